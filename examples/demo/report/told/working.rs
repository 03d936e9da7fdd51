//! Requests, employers, workflows, and connections that end.

use handclasp::model::workflow::{Progress, WorkflowStatus};
use handclasp::views::WorkflowSummary;

use super::super::Facts;
use super::{count, left_out, listed};
use crate::steps::{employers, reconnect, requests, workflow};

impl Facts for requests::Facts {
    const STEP: &'static str = "requests";
    const TITLE: &'static str = "Ask for connections";

    fn lines(&self) -> Vec<String> {
        use requests::Answer::{Accepted, Declined, Waits, Withdrawn};
        let of = |answer| self.answers.get(&answer).copied().unwrap_or_default();
        let (asked, mails) = (count(self.asked, "request", "requests"), count(self.mails, "mail", "mails"));
        let (required, stale) = (self.classification_required, self.stale);
        let mut lines = vec![
            format!(
                "{asked}, {mails}: {} accepted, {} declined, {} withdrawn, {} waiting",
                of(Accepted),
                of(Declined),
                of(Withdrawn),
                of(Waits)
            ),
            format!("{required} of the accepted must now choose categories"),
            format!("{} from pages that were out of date: already_decided", count(stale, "answer", "answers")),
        ];
        lines.extend(left_out(&self.file));
        lines
    }
}

impl Facts for employers::Facts {
    const STEP: &'static str = "employers";
    const TITLE: &'static str = "People claim their employers, and Admins decide";

    fn lines(&self) -> Vec<String> {
        use employers::Answer::{Accepted, Declined, Waits, Withdrawn};
        let of = |answer| self.answers.get(&answer).copied().unwrap_or_default();
        let (changed, disclosed) = (self.role_changed, self.disclosed);
        let mails = count(self.mails, "mail", "mails");
        let mut lines = vec![
            format!("{}, each of a business found by search, {mails}", count(self.claims, "claim", "claims")),
            format!("{} accepted, {changed} of them with another user role than they asked for", of(Accepted)),
            format!(
                "{} declined, {disclosed} of them told why; {} withdrawn, {} waiting",
                of(Declined),
                of(Withdrawn),
                of(Waits)
            ),
            format!("{} refused: already_decided", count(self.decided_already, "second decision", "second decisions")),
        ];
        lines.extend(left_out(&self.file));
        lines
    }
}

impl Facts for workflow::Facts {
    const STEP: &'static str = "workflow";
    const TITLE: &'static str = "Choose categories, submit what is required, review it";

    fn lines(&self) -> Vec<String> {
        let Self { classified, not_classified, submitted, approved, returned, .. } = self;
        let mut lines = vec![
            format!(
                "{} chosen categories, {not_classified} not yet",
                count(*classified, "contractor has", "contractors have")
            ),
            format!(
                "{} submitted: {approved} approved, {returned} returned",
                count(*submitted, "requirement", "requirements")
            ),
        ];
        lines.extend(self.clients.iter().filter_map(|of| {
            let workflow::Workflows { client, incomplete, submitted, approved } = of;
            let told = listed([(*incomplete, "incomplete"), (*submitted, "submitted"), (*approved, "approved")]);
            (!told.is_empty()).then(|| format!("workflows of {client}: {told}"))
        }));
        lines.extend(self.summary.iter().flat_map(summary));
        lines
    }
}

fn summary(summary: &WorkflowSummary) -> Vec<String> {
    let WorkflowSummary { client, contractor, role_name, .. } = summary;
    let categories = summary.categories.iter().map(|category| {
        let subs: Vec<_> = category.sub_categories.iter().map(|sub| sub.name.as_str()).collect();
        if subs.is_empty() { category.name.clone() } else { format!("{} ({})", category.name, subs.join(", ")) }
    });
    let categories = categories.collect::<Vec<_>>().join(", ");
    let mut lines = vec![
        format!("the workflow summary of {} and {}:", client.name, contractor.name),
        format!("  {:<11} {role_name}: {categories}", status(summary.status)),
    ];
    let of = |applies: &handclasp::views::RequirementProgress| {
        format!("  {:<11} {}", progress(applies.progress), applies.requirement.name)
    };
    lines.extend(summary.requirements.iter().map(of));
    lines
}

pub(super) const fn status(status: WorkflowStatus) -> &'static str {
    match status {
        WorkflowStatus::Incomplete => "incomplete",
        WorkflowStatus::Submitted => "submitted",
        WorkflowStatus::Approved => "approved",
    }
}

const fn progress(progress: Progress) -> &'static str {
    match progress {
        Progress::Incomplete => "incomplete",
        Progress::Submitted => "submitted",
        Progress::Approved => "approved",
        Progress::Returned => "returned",
    }
}

impl Facts for reconnect::Facts {
    const STEP: &'static str = "reconnect";
    const TITLE: &'static str = "Disconnect, and connect again";

    fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(of) = &self.by_client {
            let hidden = if of.reason_seen { "sees" } else { "does not see" };
            let status = |of: Option<WorkflowStatus>| of.map_or("none", status);
            lines.push(format!("the client disconnects {}, which {hidden} the reason", of.contractor));
            lines.push(format!("  back by the group link: {}; asked again: connected", of.by_group_link));
            let (before, after) = (status(of.workflow_before), status(of.workflow_after));
            lines.push(format!("  its workflow was {before}, and is {after}"));
        }
        if let Some(of) = &self.by_contractor {
            let of_reason = if of.reason.is_empty() { String::new() } else { format!(" (\"{}\")", of.reason) };
            lines.push(format!("{} disconnects{of_reason}", of.contractor));
            lines.push("  back by the group link: connected".to_owned());
        }
        lines.extend(self.for_good.iter().map(|name| format!("{name} is disconnected and stays so")));
        lines.push(match lines.is_empty() {
            true => "nobody is connected".to_owned(),
            false => format!("the other sides are told: {}", count(self.mails, "mail", "mails")),
        });
        lines
    }
}
