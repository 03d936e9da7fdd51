//! Pages, statements, and what exists in the end.

use handclasp::connections::ConnectionCounts;
use handclasp::model::connection::Status;
use handclasp::model::fees::Payer;
use handclasp::views::Connection;

use super::super::Facts;
use super::inviting::day;
use super::setting_up::money;
use super::working;
use super::{count, listed};
use crate::steps::{closing, pages, statement};

/// So many lines of a statement are told.
const LINES: usize = 3;

const fn label(status: Status) -> &'static str {
    match status {
        Status::Pending => "Connection Pending",
        Status::Connected => "Connected",
        Status::Declined => "Declined",
        Status::Withdrawn => "Withdrawn",
        Status::Disconnected => "Disconnected",
    }
}

fn counts(counts: &ConnectionCounts) -> String {
    listed([
        (counts.connected, "connected"),
        (counts.pending, "pending"),
        (counts.declined, "declined"),
        (counts.withdrawn, "withdrawn"),
        (counts.disconnected, "disconnected"),
    ])
}

impl Facts for pages::Facts {
    const STEP: &'static str = "pages";
    const TITLE: &'static str = "Show a Clients page and a dashboard";

    fn lines(&self) -> Vec<String> {
        let told = counts(&self.counts);
        let mut lines = vec![format!("{}: {}", self.contractor, if told.is_empty() { "no clients" } else { &told })];
        lines.extend(self.clients.iter().map(|connection| {
            let workflow = connection.workflow_status.map(|status| format!(", workflow {}", working::status(status)));
            format!("  {}{}", of_other(connection), workflow.unwrap_or_default())
        }));
        let waiting = count(self.dashboard.len(), "request waits", "requests wait");
        lines.push(format!("its dashboard: {waiting} for an answer"));
        let since = |connection: &Connection| format!("  {}, since {}", connection.other.name, minute(connection));
        lines.extend(self.dashboard.iter().map(since));
        lines
    }
}

fn of_other(connection: &Connection) -> String {
    format!("{:<18}  {}, as {}", label(connection.status), connection.other.name, connection.role_name)
}

fn minute(connection: &Connection) -> String {
    connection.changed_at.to_string().replace('T', " ").chars().take(16).collect()
}

impl Facts for statement::Facts {
    const STEP: &'static str = "fees";
    const TITLE: &'static str = "State the fees";

    fn lines(&self) -> Vec<String> {
        let mut lines: Vec<_> = self.statements.iter().flat_map(stated).collect();
        lines.extend(self.without_plan.iter().map(|client| format!("{client} has no plan, and pays nothing")));
        lines
    }
}

fn stated(of: &statement::Stated) -> Vec<String> {
    let statement = &of.statement;
    let amount = |minor| money(minor, &statement.currency);
    let (from, to) = (day(&statement.from), day(&statement.to));
    let connections = count(statement.count, "connection", "connections");
    let (total, one_more) = (amount(statement.total), amount(of.total_with_one_more));
    let mut lines = vec![format!("{}, {from} to {to}: {connections}, {total}; with one more {one_more}", of.client)];
    let first_paid = statement.lines.iter().position(|line| line.price > 0).unwrap_or_default();
    lines.extend(statement.lines.iter().skip(first_paid).take(LINES).map(|line| {
        let payer = match line.payer {
            Payer::Client => "client",
            Payer::Contractor => "contractor",
        };
        format!("  {:>4}. {} ({payer} pays)  {}", line.place, amount(line.price), line.contractor_name)
    }));
    let rest = statement.lines.len().saturating_sub(first_paid + LINES);
    lines.extend((rest > 0).then(|| format!("        and {} more", count(rest, "line", "lines"))));
    lines
}

impl Facts for closing::Facts {
    const STEP: &'static str = "exists";
    const TITLE: &'static str = "Count what exists";

    fn lines(&self) -> Vec<String> {
        let of = |event: &str| self.events.get(event).copied().unwrap_or_default();
        let total = pages::total(&self.connections);
        let rows = [
            (of("business.registered"), "businesses".to_owned()),
            (of("business.client_account_set"), "client accounts".to_owned()),
            (of("member.added"), "members".to_owned()),
            (of("contractor_role.created"), "contractor roles".to_owned()),
            (of("category.defined"), "categories".to_owned()),
            (of("requirement.defined"), "requirements".to_owned()),
            (of("invite.created"), "personal invites".to_owned()),
            (of("access_request.submitted"), "claims of an employer".to_owned()),
            (total, format!("connections: {}", counts(&self.connections))),
            (self.mails.values().map(|mails| u64::try_from(*mails).unwrap_or(u64::MAX)).sum(), "mails".to_owned()),
            (self.events.values().sum(), "events in the history".to_owned()),
        ];
        rows.map(|(number, what)| format!("{number:>7}  {what}")).to_vec()
    }
}

impl Facts for closing::Places {
    const STEP: &'static str = "done";
    const TITLE: &'static str = "";

    fn lines(&self) -> Vec<String> {
        let mut lines = vec![
            String::new(),
            format!("Done in {:.2} s.", self.total_seconds),
            format!("   database  {} ({} KiB)", self.database, self.bytes.div_ceil(1024)),
            format!("   mails     {} ({} .eml files)", self.mail, self.mails),
        ];
        lines.extend(self.an_invite.iter().map(|file| format!("   an invite {file}")));
        lines
    }
}
