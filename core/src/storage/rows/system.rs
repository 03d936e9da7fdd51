//! Slots, kept answers, the key registry and events as rows.

use uuid::Uuid;

use super::{Column, ColumnKind, Corrupt, Row, Table, Tabled, Value, Values, column, json, text, uuid_or_null};
use crate::id::{AnswerId, BusinessId, CommitId, KeyRegistryId, PersonId, SlotId};
use crate::model::Author;
use crate::storage::key::{Key, Kind, Version};
use crate::storage::record::{Answer, KeyRegistry, Slot, StoredEvent};

impl Tabled for Slot {
    const TABLE: Table = Table::of_records("slots", &[column("target_id", ColumnKind::Uuid)]);

    fn uuid(&self) -> Uuid {
        self.id.as_uuid()
    }

    fn values(&self) -> Vec<Value> {
        vec![Value::Uuid(self.target)]
    }

    fn read(id: Uuid, row: &mut Values) -> Result<Self, Corrupt> {
        Ok(Self { id: SlotId::from_uuid(id), target: row.uuid()? })
    }
}

const ANSWER: &[Column] =
    &[column("arguments", ColumnKind::Bytes), column("answer", ColumnKind::Json), column("at", ColumnKind::Time)];

impl Tabled for Answer {
    const TABLE: Table = Table::of_records("answers", ANSWER);

    fn uuid(&self) -> Uuid {
        self.id.as_uuid()
    }

    fn values(&self) -> Vec<Value> {
        vec![Value::Bytes(self.arguments.to_vec()), text(&self.answer), Value::Time(self.at)]
    }

    fn read(id: Uuid, row: &mut Values) -> Result<Self, Corrupt> {
        let arguments = row.bytes()?;
        let arguments = arguments.try_into().map_err(|_| row.corrupt())?;
        Ok(Self { id: AnswerId::from_uuid(id), arguments, answer: row.text()?, at: row.time()? })
    }
}

impl Tabled for KeyRegistry {
    const TABLE: Table = Table::of_records("signing_keys", &[column("check_values", ColumnKind::Json)]);

    fn uuid(&self) -> Uuid {
        KeyRegistryId::only().as_uuid()
    }

    fn values(&self) -> Vec<Value> {
        vec![json(&self.keys)]
    }

    fn read(id: Uuid, row: &mut Values) -> Result<Self, Corrupt> {
        let registry = Self { keys: row.json()? };
        if registry.uuid() == id { Ok(registry) } else { Err(Corrupt { column: "id" }) }
    }
}

pub(super) const EVENTS: Table = Table {
    name: "events",
    head: &[column("subject_id", ColumnKind::Uuid), column("version", ColumnKind::Int)],
    columns: &[
        column("subject_kind", ColumnKind::Text),
        column("commit_id", ColumnKind::Uuid),
        column("at", ColumnKind::Time),
        column("author", ColumnKind::Text),
        column("author_id", ColumnKind::Uuid),
        column("acting_id", ColumnKind::Uuid),
        column("owner_id", ColumnKind::Uuid),
        column("counterpart_id", ColumnKind::Uuid),
        column("event", ColumnKind::Json),
    ],
};

pub(super) fn event_values(event: &StoredEvent) -> Vec<Value> {
    let (author, author_id) = match event.author {
        Author::Person(person) => ("person", Some(person.as_uuid())),
        Author::System => ("system", None),
        Author::Visitor => ("visitor", None),
    };
    let business = |id: Option<BusinessId>| uuid_or_null(id.map(|id| id.as_uuid()));
    vec![
        Value::Uuid(event.subject.id),
        Value::Int(event.version.0),
        text(super::table(event.subject.kind).name),
        Value::Uuid(event.commit.as_uuid()),
        Value::Time(event.at),
        text(author),
        uuid_or_null(author_id),
        business(event.acting),
        business(event.owner),
        business(event.counterpart),
        json(&event.event),
    ]
}

pub(super) fn read_event(row: Row) -> Result<StoredEvent, Corrupt> {
    let mut row = Values { table: &EVENTS, values: row.0.into_iter(), place: 0 };
    let (id, version) = (row.uuid()?, Version(row.int()?));
    let name = row.text()?;
    let kind = Kind::ALL.into_iter().find(|kind| super::table(*kind).name == name).ok_or(row.corrupt())?;
    let event = StoredEvent {
        subject: Key { kind, id },
        version,
        commit: CommitId::from_uuid(row.uuid()?),
        at: row.time()?,
        author: read_author(&mut row)?,
        acting: row.uuid_or_null()?.map(BusinessId::from_uuid),
        owner: row.uuid_or_null()?.map(BusinessId::from_uuid),
        counterpart: row.uuid_or_null()?.map(BusinessId::from_uuid),
        event: row.json()?,
    };
    row.end().map(|()| event)
}

fn read_author(row: &mut Values) -> Result<Author, Corrupt> {
    let word = row.text()?;
    let unknown = row.corrupt();
    match (word.as_str(), row.uuid_or_null()?) {
        ("person", Some(person)) => Ok(Author::Person(PersonId::from_uuid(person))),
        ("system", None) => Ok(Author::System),
        ("visitor", None) => Ok(Author::Visitor),
        _ => Err(unknown),
    }
}
