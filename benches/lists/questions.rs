//! What is asked, and how long the answers take beside the bare driver's.

use std::time::{Duration, Instant};

use handclasp::businesses::{SearchBusinesses, UpdateBusiness};
use handclasp::connections::ListConnections;
use handclasp::model::connection::Status;
use handclasp::model::workflow::WorkflowStatus;
use handclasp::views::BusinessProfile;
use handclasp_benches::recording::Recording;

use crate::Outcome;
use crate::fill::World;
use crate::floor::{Floor, Prepared};

/// How long one question took, of one store.
pub(crate) struct Answer {
    pub(crate) store: &'static str,
    pub(crate) question: &'static str,
    /// The mark that it must hold.
    pub(crate) mark: Duration,
    pub(crate) spans: Vec<Duration>,
    /// What the bare driver needed for the same rows, question by question; nothing of what writes.
    pub(crate) floors: Vec<Duration>,
}

/// Renaming is asked less often: each rewrites every list.
const RENAMES: usize = 5;

/// A store whose lists are asked.
pub(crate) struct Asking<'a> {
    pub(crate) store: &'static str,
    pub(crate) world: &'a World,
    pub(crate) recording: &'a Recording,
    pub(crate) floor: &'a Floor,
    pub(crate) times: usize,
}

impl Asking<'_> {
    pub(crate) async fn all(&self) -> Outcome<Vec<Answer>> {
        let mut answers = self.clients().await?;
        for (question, text) in [
            ("search: a rare word", "castle1234"),
            ("search: a common word and a rare one", "ltd castle1234"),
            ("search: a common beginning", "cas"),
            ("search: two common words", "roofing ltd"),
        ] {
            let ask = async || {
                let mut search = SearchBusinesses::new(text);
                search.limit = Some(20);
                let found = self.world.handclasp.businesses().search(&self.world.admin, search).await?;
                expect(!found.businesses.is_empty(), "businesses")
            };
            answers.push(self.read(question, 5, ask).await?);
        }
        let (mut number, question) = (0, "renaming a business with all connections");
        let rename = async || {
            number += 1;
            let profile = BusinessProfile::named(format!("{} {number}", self.world.name));
            self.world.handclasp.businesses().update(&self.world.admin, UpdateBusiness::new(profile)).await?;
            Ok(())
        };
        answers.push(self.timed(question, 500, RENAMES, None, rename).await?);
        Ok(answers)
    }

    async fn clients(&self) -> Outcome<Vec<Answer>> {
        let page = async |list: ListConnections| {
            let page = self.world.handclasp.connections().clients(&self.world.admin, list).await?;
            Ok::<_, handclasp::Error>((page.connections.len(), page.counts.connected))
        };
        let full = async |list| expect(page(list).await?.0 == 50, "a page of 50");
        let of = |limit| {
            let mut list = ListConnections::default();
            list.limit = Some(limit);
            list
        };
        let mut by_workflow = of(50);
        by_workflow.workflow_status = Some(WorkflowStatus::Approved);
        Ok(vec![
            self.read("clients: status, name, address; 50 and counts", 10, async || full(filtered()).await).await?,
            self.read("clients: by name, 50 and counts", 10, async || full(of(50)).await).await?,
            self.read("clients: counts alone (a page of one)", 10, async || expect(page(of(1)).await?.1 > 0, "counts"))
                .await?,
            self.read("clients: by workflow status, 50 and counts", 100, async || full(by_workflow.clone()).await)
                .await?,
        ])
    }

    /// Asks beside the bare driver.
    async fn read(
        &self,
        question: &'static str,
        mark: u64,
        mut ask: impl AsyncFnMut() -> Outcome<()>,
    ) -> Outcome<Answer> {
        self.recording.reads();
        ask().await?;
        let reads = self.recording.reads();
        let mut floor = self.floor.prepared(&reads).await?;
        let (_, rows) = floor.read().await?;
        expect(rows == reads.iter().map(|(_, rows)| rows).sum::<usize>(), "the same rows for the bare driver")?;
        self.timed(question, mark, self.times, Some(floor), ask).await
    }

    async fn timed(
        &self,
        question: &'static str,
        mark: u64,
        times: usize,
        mut floor: Option<Prepared<'_>>,
        mut ask: impl AsyncFnMut() -> Outcome<()>,
    ) -> Outcome<Answer> {
        let (mut spans, mut floors) = (Vec::with_capacity(times), Vec::new());
        // The first is not measured: it fills caches that a running host has full.
        for round in 0..=times {
            let begun = Instant::now();
            ask().await?;
            let span = begun.elapsed();
            let bare = match &mut floor {
                Some(floor) => Some(floor.read().await?.0),
                None => None,
            };
            if round > 0 {
                spans.push(span);
                floors.extend(bare);
            }
        }
        Ok(Answer { store: self.store, question, mark: Duration::from_millis(mark), spans, floors })
    }
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
