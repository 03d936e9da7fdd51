//! A full database, written through the port to storage: the library's own operations would take minutes.

use std::sync::Arc;

use handclasp::businesses::Register;
use handclasp::mail::CapturingMailer;
use handclasp::model::business::{Address, Branding, Business, Overrides, Profile, Status};
use handclasp::model::connection::{Connection, State, Status as ConnectionStatus};
use handclasp::model::contractor_role::{ContractorRole, Demand, Status as RoleStatus};
use handclasp::model::directory::Word;
use handclasp::model::requirement::Target;
use handclasp::model::workflow::{Classification, Progress, Workflow};
use handclasp::model::{Author, Side as End};
use handclasp::storage::{Commit, Committed, Record, Side, Storage, Version, Write};
use handclasp::{
    Actor, BusinessId, CommitId, ConnectionId, ContractorRoleId, Email, Handclasp, Parts, PersonId, RequirementId,
    SpellId, Timestamp, people, testing,
};
use uuid::Uuid;

use crate::{Asked, Outcome};

/// So many businesses a commit.
const BATCH: u32 = 500;

/// A handle, and the contractor whose clients are listed.
pub(crate) struct World {
    pub(crate) handclasp: Handclasp,
    pub(crate) admin: Actor,
    pub(crate) name: String,
}

fn uuid(kind: u128, number: u32) -> Uuid {
    Uuid::from_u128(0x0197_a9b2_5c00_7000_8000_0000_0000_0000 | kind << 40 | u128::from(number + 1))
}

fn business_id(number: u32) -> BusinessId {
    BusinessId::from_uuid(uuid(1, number))
}

const STREETS: [&str; 5] = ["Long", "Mill", "Station", "Harbour", "Church"];
const TRADES: [&str; 7] = ["Building", "Roofing", "Electric", "Plumbing", "Scaffolding", "Landscape", "Demolition"];
const PLACES: [&str; 11] =
    ["North", "South", "Harbour", "Valley", "Castle", "Bridge", "Summit", "Forest", "River", "Garden", "Market"];

fn pick<'a>(names: &[&'a str], number: u32) -> &'a str {
    names[number as usize % names.len()]
}

/// A name of three words, the first nearly its own.
fn name(number: u32) -> String {
    format!("{}{} {} Ltd", pick(&PLACES, number), number / 11, pick(&TRADES, number / 3))
}

fn business(number: u32) -> Business {
    let address = Address {
        street: Some(format!("{} {} Street", number % 300, pick(&STREETS, number))),
        town: Some("Newport".to_owned()),
        region: None,
        postcode: Some(format!("NP{number}")),
        country: Some("GB".to_owned()),
    };
    let profile = Profile {
        name: name(number),
        trading_name: None,
        address,
        contact_email: Email::parse(&format!("office{number}@mail.example")).ok(),
        contact_phone: Some(format!("+44 1633 {number:06}")),
        registration_number: None,
        industry: Some(pick(&TRADES, number).to_owned()),
        notification_email: None,
        language: None,
        branding: Branding::default(),
        listed: true,
    };
    Business {
        id: business_id(number),
        profile: profile.into(),
        client_account: true,
        authority: 0,
        status: Status::Active,
        away: Vec::new(),
        overrides: Overrides::default(),
    }
}

fn at() -> Timestamp {
    "2026-01-05T09:00:00Z".parse().expect("an instant")
}

/// The role of a client, which demands two things.
fn role(number: u32) -> ContractorRole {
    let demand = |place| Demand { requirement: requirement(number, place), target: Target::Role };
    ContractorRole {
        id: ContractorRoleId::from_uuid(uuid(2, number)),
        client: business_id(number),
        name: "Supplier".to_owned(),
        status: RoleStatus::Live,
        categories: Vec::new(),
        requirements: vec![demand(0), demand(1)],
    }
}

fn requirement(number: u32, place: u128) -> RequirementId {
    RequirementId::from_uuid(uuid(3 + place, number))
}

/// A client's edge to the contractor: most connected, a third of them with everything approved.
fn connection(number: u32, contractor: BusinessId) -> Connection {
    let progress = match number % 3 {
        0 => vec![(requirement(number, 0), Progress::Approved), (requirement(number, 1), Progress::Approved)],
        1 => vec![(requirement(number, 0), Progress::Submitted)],
        _ => Vec::new(),
    };
    let state = match number % 10 {
        8 => State::Declined,
        9 => State::Withdrawn,
        _ => State::Connected { since: at(), spell: SpellId::from_uuid(uuid(6, number)) },
    };
    let role = ContractorRoleId::from_uuid(uuid(2, number));
    let classification = Classification::NotConfigured;
    let workflow =
        Workflow { of: Some(role), classification, categories: Vec::new(), progress: progress.into_iter().collect() };
    let client = business_id(number);
    Connection {
        id: ConnectionId::between(client, contractor),
        client,
        contractor,
        role,
        state,
        changed_at: at(),
        ended_by_client: None,
        workflow,
    }
}

fn sides(connection: &Connection, client: &Business, name: &str) -> [Side; 2] {
    let connected = connection.status() == ConnectionStatus::Connected;
    let side = |owner, end, other, name_text: String, contact_text: String| Side {
        connection: connection.id,
        owner,
        end,
        other,
        role: connection.role,
        status: connection.status(),
        changed_at: connection.changed_at,
        name_text: name_text.into(),
        contact_text: contact_text.into(),
        classification: connected.then_some(connection.workflow.classification),
        categories: String::new(),
        progress: if connected { connection.workflow.progress_text() } else { String::new() },
    };
    let street = client.profile.address.street.clone().unwrap_or_default().to_lowercase();
    let contact = if connected { format!("{street} newport office@mail.example") } else { String::new() };
    let own = client.profile.name.to_lowercase();
    [
        side(connection.client, End::Client, connection.contractor, name.to_lowercase(), String::new()),
        side(connection.contractor, End::Contractor, connection.client, own, contact),
    ]
}

fn commit(number: u32, records: Vec<Record>, sides: Vec<Side>) -> Commit {
    let write = |record| Write { record, version: Version(1), event: None };
    Commit {
        id: CommitId::from_uuid(uuid(7, number)),
        at: at(),
        author: Author::System,
        acting: None,
        reads: Vec::new(),
        writes: records.into_iter().map(write).collect(),
        guards: Vec::new(),
        spends: Vec::new(),
        sides,
        retold: None,
    }
}

/// Fills an empty database, and opens a handle on the store that is asked.
pub(crate) async fn fill(storage: &dyn Storage, asks: Arc<dyn Storage>, asked: &Asked) -> Outcome<World> {
    let parts = Parts::new(asks, Arc::new(CapturingMailer::new()));
    let handclasp = Handclasp::open(testing::configuration(), parts).await?;
    let (person, name) = (PersonId::from_uuid(uuid(9, 0)), "Hub Contracting".to_owned());
    let profile = people::Profile::new(person, "Jo", "jo@hub.example");
    let hub = handclasp.businesses().register(Actor::system(), Register::new(name.clone(), profile)).await?.id;
    for first in (0..asked.businesses.max(asked.connections)).step_by(BATCH as usize) {
        let (mut records, mut rows): (Vec<Record>, Vec<Side>) = (Vec::new(), Vec::new());
        for number in first..first + BATCH {
            let client = business(number);
            for word in client.profile.name.to_lowercase().split(' ') {
                records.push(Word { business: client.id, word: word.to_owned(), listed: true }.into());
            }
            if number < asked.connections {
                let connection = connection(number, hub);
                rows.extend(sides(&connection, &client, &name));
                records.extend([connection.into(), role(number).into()]);
            }
            records.push(client.into());
        }
        let committed = storage.commit(commit(first, records, rows)).await?;
        assert_eq!(committed, Committed::Done, "an empty database takes everything");
    }
    Ok(World { handclasp, admin: Actor::person(person, hub), name })
}
