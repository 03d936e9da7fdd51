//! Links, invites, mails, and the week after.

use super::super::Facts;
use super::{count, counted, left_out, listed, refusals};
use crate::steps::invites::Course;
use crate::steps::{deliver, group_link, invites, visitors, week};

impl Facts for group_link::Facts {
    const STEP: &'static str = "group_link";
    const TITLE: &'static str = "Let contractors join through a group link, all at once";

    fn lines(&self) -> Vec<String> {
        let Self { client, role, visitors, connected, .. } = self;
        let mut lines = vec![
            format!("{client} enables its link for {role}, and copies it twice: the same link"),
            format!("{} at the same time: {connected} connected", count(*visitors, "contractor", "contractors")),
        ];
        if !self.refused.is_empty() {
            lines.push(format!("refused: {}", counted(&self.refused)));
        }
        lines.push(format!("then a new link takes its place; the old one: \"{}\"", self.after_refresh));
        lines
    }
}

impl Facts for invites::Facts {
    const STEP: &'static str = "invites";
    const TITLE: &'static str = "Invite contractors by name";

    fn lines(&self) -> Vec<String> {
        let clients = self.clients.iter().map(|of| {
            let links = count(of.mailed + of.copied, "personal link", "personal links");
            format!("{}: {links}, {} to be mailed, {} copied by hand", of.client, of.mailed, of.copied)
        });
        clients.chain(left_out(&self.file)).collect()
    }
}

impl Facts for deliver::Facts {
    const STEP: &'static str = "deliver";
    const TITLE: &'static str = "Deliver the mail";

    fn lines(&self) -> Vec<String> {
        let mut lines = match self.mails {
            0 => vec!["nothing to deliver".to_owned()],
            mails => vec![format!("{}: {}", count(mails, "mail", "mails"), counted(&self.by_kind))],
        };
        let fates = [
            (self.failed, "failed, to be tried again"),
            (self.parked, "failed for good"),
            (self.dropped, "dropped, for nobody is entitled to them any more"),
        ];
        lines.extend(Some(listed(fates)).filter(|fates| !fates.is_empty()));
        lines
    }
}

impl Facts for visitors::Facts {
    const STEP: &'static str = "visitors";
    const TITLE: &'static str = "Use the links";

    fn lines(&self) -> Vec<String> {
        let of = |course| self.courses.get(&course).copied().unwrap_or_default();
        let (scanned, twice) = (of(Course::Scanner), of(Course::Twice));
        let accepted = of(Course::Accept) + scanned + twice;
        let looks = self.previews_by_scanners;
        let courses = [
            (accepted, "opened and accepted"),
            (scanned, "of them after a mail scanner had looked"),
            (twice, "of them clicked twice at the same moment: one click opens, the other is refused"),
            (of(Course::Decline), "opened and declined: accepting refused"),
            (of(Course::Revoke), "revoked unopened: opening refused"),
            (of(Course::RevokeOpened), "revoked once opened: accepting refused"),
            (self.strangers, "left alone: nobody with that address is registered"),
        ];
        let mut lines: Vec<_> = courses.iter().map(|course| listed([(to_u64(course.0), course.1)])).collect();
        if let Some(line) = lines.get_mut(1).filter(|_| looks > 0) {
            line.push_str(&format!(" {}: that uses up nothing", count(looks, "time", "times")));
        }
        lines.retain(|line| !line.is_empty());
        lines.extend(refusals(&self.refusals));
        lines
    }
}

fn to_u64(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

impl Facts for week::Facts {
    const STEP: &'static str = "week";
    const TITLE: &'static str = "Seven days later: what nobody has opened is over";

    fn lines(&self) -> Vec<String> {
        let links = count(self.unopened, "link", "links");
        let mut lines = vec![format!("the clock of this story is moved by hand, and shows {}", day(&self.now))];
        lines.push(format!(
            "{links} unopened: {} alive one microsecond before the end, {} at the end",
            self.alive_before, self.alive_after
        ));
        lines.extend(refusals(&self.refusals));
        if self.resent > 0 {
            lines.push(format!("{} sent again, with a new link for seven days, and accepted", self.resent));
        }
        lines.extend(self.clients.iter().filter_map(|of| {
            let counts = &of.counts;
            let told = listed([
                (counts.pending, "pending"),
                (counts.opened, "opened"),
                (counts.accepted, "accepted"),
                (counts.declined, "declined"),
                (counts.revoked, "revoked"),
                (counts.superseded, "superseded"),
                (counts.expired, "expired"),
            ]);
            (!told.is_empty()).then(|| format!("invites of {}: {told}", of.client))
        }));
        lines
    }
}

/// The day of an instant.
pub(super) fn day(at: &handclasp::Timestamp) -> String {
    at.to_string().chars().take(10).collect()
}
