//! What others have: invites that wait and connections that stand, written through the port to storage. The library's
//! own operations would take an hour for a million.

use handclasp::model::connection::{Connection, State};
use handclasp::model::invite::{self, Authority, Invite, Terms};
use handclasp::model::workflow::Workflow;
use handclasp::model::{Author, Side as End};
use handclasp::storage::{Commit, Committed, Record, Side, Storage, Version, Write};
use handclasp::{
    BusinessId, CommitId, ConnectionId, ContractorRoleId, InviteId, KeyNumber, PersonId, SpellId, Timestamp,
};
use uuid::Uuid;

use crate::Outcome;

/// So many invites and connections a commit.
const BATCH: u32 = 1_000;
/// So many of each belong to one client.
const OF_ONE_CLIENT: u32 = 100;
/// Between so many contractors they are shared out; a prime, so that nobody is connected with the same client twice.
const CONTRACTORS: u32 = 10_103;

/// Adds so many invites, and as many connections.
pub(crate) async fn fill(storage: &dyn Storage, others: u32) -> Outcome<()> {
    for first in (0..others).step_by(BATCH as usize) {
        let numbers = first..others.min(first + BATCH);
        let connections: Vec<_> = numbers.clone().map(connection).collect();
        let sides = connections.iter().flat_map(sides).collect();
        let records =
            numbers.map(|number| Record::from(invite(number))).chain(connections.into_iter().map(Record::from));
        let committed = storage.commit(commit(first, records, sides)).await?;
        assert_eq!(committed, Committed::Done, "nobody else writes");
    }
    Ok(())
}

/// Ids as others have made them over the year before: the time goes first, and the rest is scattered.
fn uuid(kind: u64, number: u32) -> Uuid {
    let millis = 0x0190_0000_0000 + u64::from(number) * 20_000;
    let scattered = (u64::from(number) << 3 | kind).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    Uuid::from_u64_pair(millis << 16 | 0x7000 | kind, scattered >> 2 | 1 << 63)
}

fn client(number: u32) -> BusinessId {
    BusinessId::from_uuid(uuid(1, number / OF_ONE_CLIENT))
}

fn role(number: u32) -> ContractorRoleId {
    ContractorRoleId::from_uuid(uuid(2, number / OF_ONE_CLIENT))
}

fn at() -> Timestamp {
    "2026-01-05T09:00:00Z".parse().expect("an instant")
}

fn invite(number: u32) -> Invite {
    let terms = Terms {
        client: client(number),
        role: role(number),
        inviter: Author::Person(PersonId::from_uuid(uuid(3, number / OF_ONE_CLIENT))),
        authority: Authority { member: Some(0), business: 0 },
        address: None,
        bound: false,
        message: None,
        language: None,
        key: KeyNumber(1),
        created_at: at(),
    };
    let ends_at = "2099-01-05T09:00:00Z".parse().expect("an instant");
    Invite { id: InviteId::from_uuid(uuid(4, number)), terms, ends_at, state: invite::State::Pending }
}

fn connection(number: u32) -> Connection {
    let client = client(number);
    let contractor = (number / OF_ONE_CLIENT + number % OF_ONE_CLIENT * 101) % CONTRACTORS;
    let contractor = BusinessId::from_uuid(uuid(5, contractor));
    Connection {
        id: ConnectionId::between(client, contractor),
        client,
        contractor,
        role: role(number),
        state: State::Connected { since: at(), spell: SpellId::from_uuid(uuid(6, number)) },
        changed_at: at(),
        ended_by_client: None,
        workflow: Workflow::default(),
    }
}

fn sides(connection: &Connection) -> [Side; 2] {
    let side = |owner: BusinessId, end, other: BusinessId| Side {
        connection: connection.id,
        owner,
        end,
        other,
        role: connection.role,
        status: connection.status(),
        changed_at: connection.changed_at,
        name_text: format!("{other} building services ltd").into(),
        contact_text: "1 long street newport np1 gb office@mail.example".into(),
        classification: Some(connection.workflow.classification),
        categories: String::new(),
        progress: String::new(),
    };
    let (client, contractor) = (connection.client, connection.contractor);
    [side(client, End::Client, contractor), side(contractor, End::Contractor, client)]
}

fn commit(number: u32, records: impl Iterator<Item = Record>, sides: Vec<Side>) -> Commit {
    let write = |record| Write { record, version: Version(1), event: None };
    Commit {
        id: CommitId::from_uuid(uuid(7, number)),
        at: at(),
        author: Author::System,
        acting: None,
        reads: Vec::new(),
        writes: records.map(write).collect(),
        guards: Vec::new(),
        spends: Vec::new(),
        sides,
        retold: None,
    }
}
