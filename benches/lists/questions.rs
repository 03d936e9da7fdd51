//! What is asked, and how long the answers take.

use std::time::{Duration, Instant};

use handclasp::businesses::{SearchBusinesses, UpdateBusiness};
use handclasp::connections::ListConnections;
use handclasp::model::connection::Status;
use handclasp::model::workflow::WorkflowStatus;
use handclasp::views::BusinessProfile;

use crate::fill::World;
use crate::{Asked, Outcome};

/// How long one question took, of one store.
pub(crate) struct Answer {
    pub(crate) store: &'static str,
    pub(crate) question: &'static str,
    /// The mark that it must hold.
    pub(crate) mark: Duration,
    pub(crate) spans: Vec<Duration>,
}

/// Renaming is asked less often: each rewrites every list.
const RENAMES: usize = 5;

pub(crate) async fn ask(store: &'static str, world: &World, asked: &Asked) -> Outcome<Vec<Answer>> {
    let clients = world.handclasp.connections();
    let page = async |list: ListConnections| {
        let page = clients.clients(&world.admin, list).await?;
        Ok::<_, handclasp::Error>((page.connections.len(), page.counts.connected))
    };
    let times = asked.times;
    let mut answers = vec![
        timed(store, "clients: status, name, address; 50 and counts", 10, times, async || {
            let (rows, _) = page(filtered()).await?;
            expect(rows == 50, "a page of 50")
        })
        .await?,
        timed(store, "clients: by name, 50 and counts", 10, times, async || {
            let mut list = ListConnections::default();
            list.limit = Some(50);
            let (rows, _) = page(list).await?;
            expect(rows == 50, "a page of 50")
        })
        .await?,
        timed(store, "clients: counts alone (a page of one)", 10, times, async || {
            let mut list = ListConnections::default();
            list.limit = Some(1);
            let (_, connected) = page(list).await?;
            expect(connected > 0, "counts")
        })
        .await?,
        timed(store, "clients: by workflow status, 50 and counts", 100, times, async || {
            let mut list = ListConnections::default();
            (list.workflow_status, list.limit) = (Some(WorkflowStatus::Approved), Some(50));
            let (rows, _) = page(list).await?;
            expect(rows == 50, "a page of 50")
        })
        .await?,
    ];
    for (question, text) in [
        ("search: a rare word", "castle1234"),
        ("search: a common word and a rare one", "ltd castle1234"),
        ("search: a common beginning", "cas"),
        ("search: two common words", "roofing ltd"),
    ] {
        answers.push(
            timed(store, question, 5, times, async || {
                let mut search = SearchBusinesses::new(text);
                search.limit = Some(20);
                let found = world.handclasp.businesses().search(&world.admin, search).await?;
                expect(!found.businesses.is_empty(), "businesses")
            })
            .await?,
        );
    }
    let mut number = 0;
    answers.push(
        timed(store, "renaming a business with all connections", 500, RENAMES, async || {
            number += 1;
            let profile = BusinessProfile::named(format!("{} {number}", world.name));
            world.handclasp.businesses().update(&world.admin, UpdateBusiness::new(profile)).await?;
            Ok(())
        })
        .await?,
    );
    Ok(answers)
}

fn filtered() -> ListConnections {
    let mut list = ListConnections::default();
    list.statuses = Some(vec![Status::Connected]);
    list.name = Some("roofing".into());
    list.contact = Some("mill street".into());
    list.limit = Some(50);
    list
}

fn expect(holds: bool, what: &str) -> Outcome<()> {
    if holds { Ok(()) } else { Err(format!("there should be {what}").into()) }
}

async fn timed(
    store: &'static str,
    question: &'static str,
    mark: u64,
    times: usize,
    mut ask: impl AsyncFnMut() -> Outcome<()>,
) -> Outcome<Answer> {
    // The first is not measured: it fills caches that a running host has full.
    ask().await?;
    let mut spans = Vec::with_capacity(times);
    for _ in 0..times {
        let begun = Instant::now();
        ask().await?;
        spans.push(begun.elapsed());
    }
    Ok(Answer { store, question, mark: Duration::from_millis(mark), spans })
}
