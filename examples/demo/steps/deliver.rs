//! What is owed goes out.

use anyhow::Result;
use handclasp::outbox::DeliverDue;
use handclasp::{Actor, Handclasp};

use crate::postbox::Postbox;
use crate::report::{Lines, count};

/// Delivers until nothing is due. A failed mail is due later, and so not waited for.
pub(crate) async fn due(handclasp: &Handclasp, postbox: &Postbox) -> Result<((), Lines)> {
    let before = postbox.kinds();
    let (mut failed, mut parked, mut dropped) = (0, 0, 0);
    loop {
        let report = handclasp.outbox().deliver_due(Actor::system(), DeliverDue::default()).await?;
        (failed, parked, dropped) = (failed + report.failed, parked + report.parked, dropped + report.dropped);
        if report.sent == 0 {
            break;
        }
    }
    let new = postbox.kinds().into_iter().map(|(kind, count)| (count - before.get(kind).unwrap_or(&0), kind));
    let new: Vec<_> = new.filter(|(count, _)| *count > 0).collect();
    let total: usize = new.iter().map(|(count, _)| count).sum();
    let kinds: Vec<_> = new.iter().map(|(count, kind)| format!("{count} {kind}")).collect();
    let mut lines = vec![match total {
        0 => "nothing to deliver".to_owned(),
        _ => format!("{}, one to each address: {}", count(total, "mail", "mails"), kinds.join(", ")),
    }];
    for (count, fate) in [(failed, "failed, to be tried again"), (parked, "failed for good"), (dropped, "dropped")] {
        if count > 0 {
            lines.push(format!("{count} {fate}"));
        }
    }
    Ok(((), lines))
}
