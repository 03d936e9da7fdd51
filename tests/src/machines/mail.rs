//! Deliveries.

use handclasp::Email;
use handclasp::model::delivery::{About, Backoff, Command, Delivery, State, retry, settle};
use handclasp::testing::samples;

use super::{at, delivery_id, invite_id, notice_id, table};

const NOW: u64 = 10;

fn label(state: &State) -> String {
    match state {
        State::Due { at: due } if *due <= at(NOW) => "due".to_owned(),
        State::Due { .. } => "due later".to_owned(),
        State::Leased { until, .. } if *until <= at(NOW) => "leased, over".to_owned(),
        State::Leased { .. } => "leased".to_owned(),
        State::Sent { .. } => "sent".to_owned(),
        State::Parked { .. } => "parked".to_owned(),
        State::Dropped { .. } => "dropped".to_owned(),
    }
}

/// What is said of a delivery, by the queue, a worker or an operator.
enum Said {
    Lease,
    Worker(Command),
    Retry,
}

pub(super) fn delivery() -> String {
    let backoff = Backoff { attempts: 3, ..Backoff::default() };
    let commands = [
        Said::Lease,
        Said::Worker(Command::Sent),
        Said::Worker(Command::Failed { error: "x".into(), share: 0.5 }),
        Said::Worker(Command::Refused { error: "x".into() }),
        Said::Worker(Command::Drop { reason: "x" }),
        Said::Retry,
    ];
    let name = |said: &Said| match said {
        Said::Lease => "lease".to_owned(),
        Said::Worker(Command::Sent) => "sent".to_owned(),
        Said::Worker(Command::Failed { .. }) => "failed".to_owned(),
        Said::Worker(Command::Refused { .. }) => "refused".to_owned(),
        Said::Worker(Command::Drop { .. }) => "drop".to_owned(),
        Said::Retry => "retry".to_owned(),
    };
    let leased = |until| State::Leased { owner: samples::lease_id(1), until: at(until) };
    let made = |state, attempts| Delivery {
        id: delivery_id(1),
        notice: notice_id(1),
        about: About::Invite { invite: invite_id(1) },
        address: Email::parse("kim@k.example").expect("an address"),
        at: at(0),
        attempts,
        last_error: None,
        state,
    };
    let states = [
        made(State::Due { at: at(NOW) }, 0),
        made(State::Due { at: at(NOW + 1) }, 1),
        made(leased(NOW + 1), 1),
        made(leased(NOW + 1), 3),
        made(leased(NOW), 1),
        made(State::Sent { at: at(1) }, 1),
        made(State::Parked { at: at(1) }, 3),
        made(State::Dropped { at: at(1) }, 1),
    ];
    let states =
        states.map(|delivery| (format!("{}, attempts {}", label(&delivery.state), delivery.attempts), delivery));
    table("Delivery, parked after three attempts", &states, &commands.each_ref().map(name), |before, command| {
        let after = match &commands[command] {
            Said::Lease => before.leased(samples::lease_id(2), at(NOW + 5), at(NOW)),
            Said::Worker(command) => settle(before, command.clone(), backoff, at(NOW)),
            Said::Retry => retry(before, at(NOW)).ok(),
        };
        after.map_or("refused".to_owned(), |after| format!("{}, attempts {}", label(&after.state), after.attempts))
    })
}
