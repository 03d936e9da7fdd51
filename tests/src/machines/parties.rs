//! Businesses, people, members, contractor roles, requests and connections.

use handclasp::model::business::{self, Business};
use handclasp::model::connection::{self, Connection, Way};
use handclasp::model::contractor_role::{self, ContractorRole};
use handclasp::model::member::{self, Member, UserRole};
use handclasp::model::person;
use handclasp::model::request::{self, Request};
use handclasp::testing::samples;
use handclasp::{Email, RequestId};
use uuid::Uuid;

use super::{at, connection_id, event, refused, table, told};

fn profile() -> business::Profile {
    business::Profile {
        name: "Acme".into(),
        trading_name: None,
        address: business::Address::default(),
        contact_email: None,
        contact_phone: None,
        registration_number: None,
        industry: None,
        notification_email: None,
        language: None,
        branding: business::Branding::default(),
        listed: true,
    }
}

pub(super) fn business() -> String {
    use business::Command;
    let commands = [
        Command::Register(samples::business_id(1), Box::new(profile())),
        Command::SetClientAccount(true),
        Command::SetClientAccount(false),
    ];
    let name = |command: &Command| match command {
        Command::Register(..) => "register".to_owned(),
        Command::SetClientAccount(given) => format!("set client account: {given}"),
    };
    let state = |business: &Business| {
        let status = match business.status {
            business::Status::Active => "active",
            business::Status::Archived => "archived",
        };
        let client = if business.client_account { ", client account" } else { "" };
        format!("{status}{client}, authority {}", business.authority)
    };
    let made = |client_account, status| Business {
        id: samples::business_id(1),
        profile: profile(),
        client_account,
        authority: 3,
        status,
    };
    use business::Status::{Active, Archived};
    let made = [made(false, Active), made(true, Active), made(false, Archived), made(true, Archived)];
    let states = states(made, state);
    table("Business", &states, &commands.each_ref().map(name), |before, command| {
        told(business::decide(before.as_ref(), commands[command].clone()).map(|decided| {
            decided.map(|what| (event(&what), state(&business::evolve(before.as_ref(), &what).expect("a business"))))
        }))
    })
}

/// Nothing, and then every state, each with its name.
fn states<S, const N: usize>(made: [S; N], name: impl Fn(&S) -> String) -> Vec<(String, Option<S>)> {
    let made = made.into_iter().map(|state| (name(&state), Some(state)));
    std::iter::once(("none".to_owned(), None)).chain(made).collect()
}

pub(super) fn person() -> String {
    use person::Command;
    let known = person::Person {
        id: samples::person_id(1),
        name: "Jo".into(),
        email: Email::parse("jo@a.example").expect("an address"),
        language: None,
    };
    let other = person::Person { email: Email::parse("JO@a.example").expect("an address"), ..known.clone() };
    let commands = [Command::Put(known.clone()), Command::Put(other.clone()), Command::Introduce(other)];
    let name = |command: &Command| match command {
        Command::Put(copy) => format!("put {}", copy.email.as_str()),
        Command::Introduce(copy) => format!("introduce {}", copy.email.as_str()),
    };
    let states = states([known], |person| person.email.as_str().to_owned());
    table("Person", &states, &commands.each_ref().map(name), |before, command| {
        let decided = person::decide(before.as_ref(), commands[command].clone());
        told(Ok(decided.map(|what| (event(&what), person::evolve(&what).email.as_str().to_owned()))))
    })
}

pub(super) fn member() -> String {
    use member::{Command, Status};
    let (business, person) = (samples::business_id(1), samples::person_id(1));
    let commands = [
        Command::Add(business, person, UserRole::Worker),
        Command::ChangeRole(UserRole::Admin),
        Command::ChangeRole(UserRole::Viewer),
        Command::Disable,
    ];
    let name = |command: &Command| match command {
        Command::Add(_, _, role) => format!("add {role:?}"),
        Command::ChangeRole(role) => format!("change role: {role:?}"),
        Command::Disable => "disable".to_owned(),
    };
    let state = |member: &Member| {
        let status = match member.status {
            Status::Active => "active",
            Status::Disabled => "disabled",
            Status::Removed => "removed",
        };
        format!("{status} {:?}, authority {}", member.role, member.authority)
    };
    let made = |role, status| Member { business, person, role, status, notifications: true, authority: 3 };
    use UserRole::{Admin, Manager, Viewer, Worker};
    let made = [
        made(Admin, Status::Active),
        made(Manager, Status::Active),
        made(Viewer, Status::Active),
        made(Worker, Status::Active),
        made(Admin, Status::Disabled),
        made(Viewer, Status::Disabled),
        made(Admin, Status::Removed),
    ];
    table("Member", &states(made, state), &commands.each_ref().map(name), |before, command| {
        told(member::decide(before.as_ref(), commands[command]).map(|decided| {
            decided.map(|what| (event(&what), state(&member::evolve(before.as_ref(), what).expect("a member"))))
        }))
    })
}

pub(super) fn contractor_role() -> String {
    use contractor_role::{Command, Status};
    let commands = [Command::Create(samples::role_id(1), samples::business_id(1), "X".into()), Command::Archive];
    let name = |command: &Command| match command {
        Command::Create(..) => "create".to_owned(),
        Command::Archive => "archive".to_owned(),
    };
    let state = |role: &ContractorRole| match role.status {
        Status::Live => "live".to_owned(),
        Status::Archived => "archived".to_owned(),
    };
    let made =
        |status| ContractorRole { id: samples::role_id(1), client: samples::business_id(1), name: "X".into(), status };
    let states = states([made(Status::Live), made(Status::Archived)], state);
    table("Contractor role", &states, &commands.each_ref().map(name), |before, command| {
        told(contractor_role::decide(before.as_ref(), commands[command].clone()).map(|decided| {
            decided.map(|what| (event(&what), state(&contractor_role::evolve(before.as_ref(), &what).expect("a role"))))
        }))
    })
}

fn request_id() -> RequestId {
    RequestId::from_uuid(Uuid::from_u128(1))
}

pub(super) fn request() -> String {
    use request::{Command, State};
    let commands = [Command::Accept];
    let name = |command: &Command| match command {
        Command::Accept => "accept".to_owned(),
    };
    let state = |state: &State| match state {
        State::Pending => "pending".to_owned(),
        State::Accepted { .. } => "accepted".to_owned(),
    };
    let made = |state| Request {
        id: request_id(),
        connection: connection_id(1),
        client: samples::business_id(1),
        contractor: samples::business_id(2),
        asked_at: at(0),
        state,
    };
    let states = [State::Pending, State::Accepted { at: at(1) }].map(|each| (state(&each), made(each)));
    table("Request", &states, &commands.each_ref().map(name), |before, command| {
        match request::decide(before, commands[command], at(2)) {
            Ok(after) => state(&after),
            Err(error) => refused(&error),
        }
    })
}

pub(super) fn connection() -> String {
    use connection::{Command, State};
    let (client, contractor) = (samples::business_id(1), samples::business_id(2));
    let (role, other) = (samples::role_id(1), samples::role_id(2));
    let commands = [
        Command::Request(request_id(), other),
        Command::Accept,
        Command::Join(other, Way::GroupLink),
        Command::ChangeRole(other),
        Command::ChangeRole(role),
    ];
    let label = |given| if given == role { "role A" } else { "role B" };
    let name = |command: &Command| match command {
        Command::Request(_, role) => format!("request, {}", label(*role)),
        Command::Accept => "accept".to_owned(),
        Command::Join(role, _) => format!("join by a link, {}", label(*role)),
        Command::ChangeRole(role) => format!("change role: {}", label(*role)),
    };
    let state = |connection: &Connection| {
        let state = match connection.state {
            State::Pending { .. } => "pending",
            State::Connected { .. } => "connected",
        };
        format!("{state}, {}", label(connection.role))
    };
    let made = |state| Connection { client, contractor, role, state, changed_at: at(0) };
    let made = [made(State::Pending { request: request_id() }), made(State::Connected { since: at(0) })];
    let mut states: Vec<_> = states(made, state).into_iter().map(|(name, state)| (name, (contractor, state))).collect();
    states.push(("with itself".to_owned(), (client, None)));
    table("Connection", &states, &commands.each_ref().map(name), |(contractor, before), command| {
        let ends = (client, *contractor);
        told(connection::decide(ends, before.as_ref(), commands[command]).map(|decided| {
            decided.map(|what| {
                let after = connection::evolve(ends, before.as_ref(), what, at(1));
                (event(&what), state(&after.expect("a connection")))
            })
        }))
    })
}
