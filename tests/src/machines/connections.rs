//! Requests, connections, and how far a requirement is.

use handclasp::model::Side;
use handclasp::model::connection::{self, Connection, Ending, Ends, Start, Way};
use handclasp::model::reasons::Reason;
use handclasp::model::request::{self, Request};
use handclasp::model::workflow::{Classification, Progress, Verdict, Workflow};
use handclasp::testing::samples;
use handclasp::{ConnectionId, RequestId, RequirementId, SpellId};
use uuid::Uuid;

use super::{at, connection_id, event, invite_id, refused, states, table, told};

fn request_id() -> RequestId {
    RequestId::from_uuid(Uuid::from_u128(1))
}

fn requirement() -> RequirementId {
    RequirementId::from_uuid(Uuid::from_u128(1))
}

pub(super) fn request() -> String {
    use request::{Command, State};
    let commands = [Command::Accept, Command::Decline, Command::Withdraw];
    let name = |command: &Command| match command {
        Command::Accept => "accept".to_owned(),
        Command::Decline => "decline".to_owned(),
        Command::Withdraw => "withdraw".to_owned(),
    };
    let state = |state: &State| match state {
        State::Pending => "pending".to_owned(),
        State::Accepted { .. } => "accepted".to_owned(),
        State::Declined { .. } => "declined".to_owned(),
        State::Withdrawn { .. } => "withdrawn".to_owned(),
    };
    let made = |state| Request {
        id: request_id(),
        connection: connection_id(1),
        client: samples::business_id(1),
        contractor: samples::business_id(2),
        asked_at: at(0),
        state,
    };
    let all =
        [State::Pending, State::Accepted { at: at(1) }, State::Declined { at: at(1) }, State::Withdrawn { at: at(1) }];
    let states = all.map(|each| (state(&each), made(each)));
    table("Request", &states, &commands.each_ref().map(name), |before, command| {
        match request::decide(before, commands[command], at(2)) {
            Ok(after) => state(&after),
            Err(error) => refused(&error),
        }
    })
}

const START: Start = Start { spell: SpellId::from_uuid(Uuid::from_u128(1)), configured: true };

fn ending(by: Side) -> Ending {
    let reason = Reason { code: "duplicate".into(), label: "Duplicate".into(), text: None };
    Ending { at: at(1), by, reason, hidden: false, role_name: "X".into() }
}

fn commands() -> Vec<connection::Command> {
    use connection::Command;
    let (role, other) = (samples::role_id(1), samples::role_id(2));
    let invite = |created| Way::Invite { invite: invite_id(1), created_at: at(created) };
    let join = |way| Command::Join { role: other, way, start: START };
    vec![
        Command::Request(request_id(), Some(other)),
        Command::Request(request_id(), None),
        Command::Accept(START),
        Command::Decline,
        Command::Withdraw,
        join(Way::GroupLink),
        join(invite(0)),
        join(invite(2)),
        Command::ChangeRole { role: other, configured: true },
        Command::ChangeRole { role, configured: true },
        Command::Disconnect(ending(Side::Client)),
        Command::Classify(Workflow { classification: Classification::Classified, ..Workflow::default() }),
        Command::Submit(requirement()),
        Command::Review(requirement(), Verdict::Approve),
    ]
}

fn label(role: handclasp::ContractorRoleId) -> &'static str {
    if role == samples::role_id(1) { "role A" } else { "role B" }
}

fn name(command: &connection::Command) -> String {
    use connection::Command;
    match command {
        Command::Request(_, Some(role)) => format!("request, {}", label(*role)),
        Command::Request(_, None) => "request, no role".to_owned(),
        Command::Accept(_) => "accept".to_owned(),
        Command::Decline => "decline".to_owned(),
        Command::Withdraw => "withdraw".to_owned(),
        Command::Join { role, way: Way::GroupLink, .. } => format!("join by a group link, {}", label(*role)),
        Command::Join { role, way: Way::Invite { created_at, .. }, .. } => {
            let age = if *created_at > at(1) { "a later invite" } else { "an earlier invite" };
            format!("join by {age}, {}", label(*role))
        }
        Command::ChangeRole { role, .. } => format!("change role: {}", label(*role)),
        Command::Disconnect(_) => "disconnect".to_owned(),
        Command::Classify(_) => "classify".to_owned(),
        Command::Submit(_) => "submit".to_owned(),
        Command::Review(..) => "approve".to_owned(),
    }
}

fn state(connection: &Connection) -> String {
    use connection::State;
    let state = match &connection.state {
        State::Pending { .. } => "pending",
        State::Connected { .. } => "connected",
        State::Declined => "declined",
        State::Withdrawn => "withdrawn",
        State::Disconnected(ending) => match ending.by {
            Side::Client => "disconnected by the client",
            Side::Contractor => "disconnected by the contractor",
        },
    };
    let ended = if connection.ended_by_client.is_some() { ", ended by the client" } else { "" };
    let workflow = match connection.workflow.classification {
        Classification::NotConfigured => "",
        Classification::Required => ", to be classified",
        Classification::Classified => ", classified",
    };
    format!("{state}, {}{ended}{workflow}", label(connection.role))
}

pub(super) fn connection() -> String {
    use connection::State;
    let (client, contractor) = (samples::business_id(1), samples::business_id(2));
    let commands = commands();
    let id = ConnectionId::between(client, contractor);
    let made = |state, ended: bool| Connection {
        id,
        client,
        contractor,
        role: samples::role_id(1),
        state,
        changed_at: at(0),
        ended_by_client: ended.then(|| at(1)),
        workflow: Workflow { of: Some(samples::role_id(1)), ..Workflow::default() },
    };
    let made = [
        made(State::Pending { request: request_id() }, false),
        made(State::Pending { request: request_id() }, true),
        made(State::Connected { since: at(0), spell: START.spell }, false),
        made(State::Declined, false),
        made(State::Declined, true),
        made(State::Withdrawn, false),
        made(State::Disconnected(Box::new(ending(Side::Client))), true),
        made(State::Disconnected(Box::new(ending(Side::Contractor))), false),
    ];
    let mut states: Vec<_> = states(made, state).into_iter().map(|(name, state)| (name, (contractor, state))).collect();
    states.push(("with itself".to_owned(), (client, None)));
    let names: Vec<String> = commands.iter().map(name).collect();
    table("Connection", &states, &names, |(contractor, before), command| {
        let ends = Ends::between(client, *contractor);
        told(connection::decide(ends, before.as_ref(), commands[command].clone()).map(|decided| {
            decided.map(|what| {
                let after = connection::evolve(ends, before.as_ref(), &what, at(2));
                (event(&what), state(&after.expect("a connection")))
            })
        }))
    })
}

pub(super) fn progress() -> String {
    let all = [Progress::Incomplete, Progress::Submitted, Progress::Approved, Progress::Returned];
    let label = |progress: Progress| match progress {
        Progress::Incomplete => "incomplete".to_owned(),
        Progress::Submitted => "submitted".to_owned(),
        Progress::Approved => "approved".to_owned(),
        Progress::Returned => "returned".to_owned(),
    };
    let states = all.map(|at| (label(at), Workflow { progress: [(requirement(), at)].into(), ..Workflow::default() }));
    let commands = ["submit", "approve", "return"].map(str::to_owned);
    table("Requirement of a connection", &states, &commands, |before, command| {
        let decided = match command {
            0 => before.submit(requirement()),
            1 => before.review(requirement(), Verdict::Approve),
            _ => before.review(requirement(), Verdict::Return),
        };
        match decided {
            Ok(Some(after)) => label(after),
            Ok(None) => "–".to_owned(),
            Err(error) => refused(&error),
        }
    })
}
