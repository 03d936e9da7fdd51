//! What is owed goes out.

use anyhow::Result;
use handclasp::outbox::{DeliverDue, DeliveryReport};
use handclasp::{Actor, Handclasp};
use serde::Serialize;

use super::Counts;
use crate::postbox::Postbox;
use crate::report::Progress;

/// So many at a time, for the progress to move.
const AT_A_TIME: u32 = 64;

/// What came of it.
#[derive(Debug, Serialize)]
pub(crate) struct Facts {
    pub(crate) mails: usize,
    pub(crate) by_kind: Counts,
    pub(crate) failed: u32,
    pub(crate) parked: u32,
    pub(crate) dropped: u32,
}

/// Delivers until nothing is due. A failed mail is due later, and so not waited for.
pub(crate) async fn due(handclasp: &Handclasp, postbox: &Postbox, progress: &Progress) -> Result<((), Facts)> {
    let before = postbox.kinds();
    let (mut sent, mut failed, mut parked, mut dropped) = (0, 0, 0, 0);
    loop {
        let report = some(handclasp).await?;
        sent += report.sent;
        (failed, parked, dropped) = (failed + report.failed, parked + report.parked, dropped + report.dropped);
        if report.sent + report.dropped == 0 {
            break;
        }
        progress.reach(usize::try_from(sent).unwrap_or_default(), "mails");
    }
    let new =
        postbox.kinds().into_iter().map(|(kind, count)| (kind.to_owned(), count - before.get(kind).unwrap_or(&0)));
    let by_kind: Counts = new.filter(|(_, count)| *count > 0).collect();
    Ok(((), Facts { mails: by_kind.values().sum(), by_kind, failed, parked, dropped }))
}

/// Delivers what is due while a step is under way, and says how many mails of one kind there were.
pub(crate) async fn now(handclasp: &Handclasp, postbox: &Postbox, kind: &str) -> Result<usize> {
    let of_kind = || postbox.kinds().get(kind).copied().unwrap_or_default();
    let before = of_kind();
    loop {
        let report = some(handclasp).await?;
        if report.sent + report.dropped == 0 {
            return Ok(of_kind() - before);
        }
    }
}

async fn some(handclasp: &Handclasp) -> Result<DeliveryReport> {
    let mut due = DeliverDue::default();
    due.limit = Some(AT_A_TIME);
    Ok(handclasp.outbox().deliver_due(Actor::system(), due).await?)
}
