//! Clients ask contractors, who say yes, no, or nothing; some clients think again.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use handclasp::connections::{AcceptRequest, DeclineRequest, RequestConnection, WithdrawRequest};
use handclasp::model::workflow::Classification;
use handclasp::testing::ManualClock;
use handclasp::{Error, Handclasp};
use serde::Serialize;

use super::{Client, Network, client, deliver, find};
use crate::input::RequestRow;
use crate::postbox::Postbox;
use crate::table::{Outcome, Row, Table, Why, word};

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Answer {
    /// The contractor accepts.
    Accepted,
    /// The contractor declines.
    Declined,
    /// The client takes it back.
    Withdrawn,
    /// Nobody answers.
    Waits,
}

const ANSWERS: [(&str, Answer); 4] =
    [("", Answer::Waits), ("accept", Answer::Accepted), ("decline", Answer::Declined), ("withdraw", Answer::Withdrawn)];

/// What came of it.
#[derive(Debug, Serialize)]
pub(crate) struct Facts {
    pub(crate) asked: usize,
    pub(crate) mails: usize,
    pub(crate) answers: BTreeMap<Answer, usize>,
    /// Of those accepted, so many must now choose categories.
    pub(crate) classification_required: usize,
    /// Contractors who answered a second time from a page that was out of date, and were refused.
    pub(crate) stale: usize,
    pub(crate) file: Outcome,
}

/// Asks and answers as the rows say.
pub(crate) async fn all(
    handclasp: &Handclasp,
    (clock, postbox): (&ManualClock, &Postbox),
    table: Table<RequestRow>,
    (clients, network): (&[Client], &Network),
) -> Result<((), Facts)> {
    let Table { rows, outcome: file } = table;
    let mut facts = Facts { asked: 0, mails: 0, answers: BTreeMap::new(), classification_required: 0, stale: 0, file };
    let mut waiting = Vec::new();
    for Row { line, row } in rows {
        clock.advance(Duration::from_secs(60));
        match ask(handclasp, clients, &row).await {
            Ok(asked) => waiting.push(asked),
            Err(why) => facts.file.refuse(line, why, |field| field)?,
        }
    }
    facts.asked = waiting.len();
    facts.mails = deliver::now(handclasp, postbox, "connection_requested").await?;
    for asked in &waiting {
        *facts.answers.entry(asked.answer).or_default() += 1;
        answer(handclasp, network, asked, &mut facts).await?;
    }
    Ok(((), facts))
}

/// A request that waits, and what is to become of it.
struct Asked<'a> {
    client: &'a Client,
    contractor: handclasp::BusinessId,
    request: handclasp::RequestId,
    answer: Answer,
}

async fn ask<'a>(handclasp: &Handclasp, clients: &'a [Client], row: &RequestRow) -> Result<Asked<'a>, Why> {
    let client = client(clients, &row.client)?;
    let role = client.role(&row.role)?.role.id;
    let answer = word("then", row.then.as_deref(), &ANSWERS)?;
    let admin = client.business.actor();
    let contractor = find(handclasp, &admin, "contractor", &row.contractor).await?;
    let connection = handclasp.connections().request(admin, RequestConnection::new(contractor, role)).await?;
    let request = connection.request.ok_or_else(|| Why::Said("the request was answered at once".to_owned()))?;
    Ok(Asked { client, contractor, request, answer })
}

async fn answer(handclasp: &Handclasp, network: &Network, asked: &Asked<'_>, facts: &mut Facts) -> Result<()> {
    let connections = handclasp.connections();
    let contractor = network.of(asked.contractor).context("a contractor is not registered")?.actor();
    match asked.answer {
        Answer::Accepted => {
            let connected = connections.accept(&contractor, AcceptRequest::new(asked.request)).await?;
            facts.classification_required += usize::from(connected.classification == Classification::Required);
        }
        Answer::Declined => {
            connections.decline(&contractor, DeclineRequest::new(asked.request)).await?;
        }
        Answer::Withdrawn => {
            connections.withdraw(asked.client.business.actor(), WithdrawRequest::new(asked.request)).await?;
        }
        Answer::Waits => return Ok(()),
    }
    match connections.decline(&contractor, DeclineRequest::new(asked.request)).await {
        Err(Error::AlreadyDecided { .. }) => facts.stale += 1,
        Err(error) => return Err(error).context("a request that is answered was refused with another answer"),
        Ok(_) => bail!("a request was answered twice"),
    }
    Ok(())
}
