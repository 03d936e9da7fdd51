//! Connections, their requests, their spells and their two sides as rows.

use uuid::Uuid;

use super::{
    Column, ColumnKind, Corrupt, Row, Table, Tabled, Value, Values, column, json, json_unless, text, time_or_null,
    uuid_or_null, word,
};
use crate::id::{BusinessId, ConnectionId, ContractorRoleId, RequestId, SpellId};
use crate::model::connection::{Connection, State};
use crate::model::fees::Spell;
use crate::model::request::{self, Request};
use crate::model::workflow::Workflow;
use crate::storage::record::Side;

const CONNECTION: &[Column] = &[
    column("client_id", ColumnKind::Uuid),
    column("contractor_id", ColumnKind::Uuid),
    column("role_id", ColumnKind::Uuid),
    column("status", ColumnKind::Text),
    column("request_id", ColumnKind::Uuid),
    column("connected_since", ColumnKind::Time),
    column("spell_id", ColumnKind::Uuid),
    column("ending", ColumnKind::Json),
    column("changed_at", ColumnKind::Time),
    column("ended_by_client", ColumnKind::Time),
    column("workflow_of", ColumnKind::Uuid),
    column("classification", ColumnKind::Text),
    column("categories", ColumnKind::Json),
    column("progress", ColumnKind::Json),
];

impl Tabled for Connection {
    const TABLE: Table = Table::of_records("connections", CONNECTION);

    fn uuid(&self) -> Uuid {
        self.id.as_uuid()
    }

    fn values(&self) -> Vec<Value> {
        let (request, since, spell, ending) = match &self.state {
            State::Pending { request } => (Some(request.as_uuid()), None, None, None),
            State::Connected { since, spell } => (None, Some(*since), Some(spell.as_uuid()), None),
            State::Declined | State::Withdrawn => (None, None, None, None),
            State::Disconnected(ending) => (None, None, None, Some(ending)),
        };
        let workflow = &self.workflow;
        vec![
            Value::Uuid(self.client.as_uuid()),
            Value::Uuid(self.contractor.as_uuid()),
            Value::Uuid(self.role.as_uuid()),
            word(&self.status()),
            uuid_or_null(request),
            time_or_null(since),
            uuid_or_null(spell),
            ending.map_or(Value::Null, json),
            Value::Time(self.changed_at),
            time_or_null(self.ended_by_client),
            uuid_or_null(workflow.of.map(|role| role.as_uuid())),
            word(&workflow.classification),
            json_unless(workflow.categories.is_empty(), &workflow.categories),
            json_unless(workflow.progress.is_empty(), &workflow.progress),
        ]
    }

    fn read(id: Uuid, row: &mut Values) -> Result<Self, Corrupt> {
        let client = BusinessId::from_uuid(row.uuid()?);
        let contractor = BusinessId::from_uuid(row.uuid()?);
        let role = ContractorRoleId::from_uuid(row.uuid()?);
        let state = read_state(row)?;
        let (changed_at, ended_by_client) = (row.time()?, row.time_or_null()?);
        let workflow = Workflow {
            of: row.uuid_or_null()?.map(ContractorRoleId::from_uuid),
            classification: row.word()?,
            categories: row.json_or_default()?,
            progress: row.json_or_default()?,
        };
        let derived = ConnectionId::between(client, contractor);
        let connection = Self { id: derived, client, contractor, role, state, changed_at, ended_by_client, workflow };
        if derived.as_uuid() == id { Ok(connection) } else { Err(Corrupt { column: "id" }) }
    }
}

fn read_state(row: &mut Values) -> Result<State, Corrupt> {
    let status = row.text()?;
    let unknown = row.corrupt();
    let (request, since) = (row.uuid_or_null()?, row.time_or_null()?);
    let spell = row.uuid_or_null()?.map(SpellId::from_uuid);
    match (status.as_str(), request, (since, spell), row.json_or_null()?) {
        ("pending", Some(request), (None, None), None) => Ok(State::Pending { request: RequestId::from_uuid(request) }),
        ("connected", None, (Some(since), Some(spell)), None) => Ok(State::Connected { since, spell }),
        ("declined", None, (None, None), None) => Ok(State::Declined),
        ("withdrawn", None, (None, None), None) => Ok(State::Withdrawn),
        ("disconnected", None, (None, None), Some(ending)) => Ok(State::Disconnected(ending)),
        _ => Err(unknown),
    }
}

const SPELL: &[Column] = &[
    column("connection_id", ColumnKind::Uuid),
    column("client_id", ColumnKind::Uuid),
    column("contractor_id", ColumnKind::Uuid),
    column("since", ColumnKind::Time),
    column("until", ColumnKind::Time),
];

impl Tabled for Spell {
    const TABLE: Table = Table::of_records("spells", SPELL);

    fn uuid(&self) -> Uuid {
        self.id.as_uuid()
    }

    fn values(&self) -> Vec<Value> {
        vec![
            Value::Uuid(self.connection.as_uuid()),
            Value::Uuid(self.client.as_uuid()),
            Value::Uuid(self.contractor.as_uuid()),
            Value::Time(self.since),
            time_or_null(self.until),
        ]
    }

    fn read(id: Uuid, row: &mut Values) -> Result<Self, Corrupt> {
        let connection = ConnectionId::from_uuid(row.uuid()?);
        let client = BusinessId::from_uuid(row.uuid()?);
        let contractor = BusinessId::from_uuid(row.uuid()?);
        let id = SpellId::from_uuid(id);
        Ok(Self { id, connection, client, contractor, since: row.time()?, until: row.time_or_null()? })
    }
}

const REQUEST: &[Column] = &[
    column("connection_id", ColumnKind::Uuid),
    column("client_id", ColumnKind::Uuid),
    column("contractor_id", ColumnKind::Uuid),
    column("asked_at", ColumnKind::Time),
    column("state", ColumnKind::Text),
    column("decided_at", ColumnKind::Time),
];

impl Tabled for Request {
    const TABLE: Table = Table::of_records("requests", REQUEST);

    fn uuid(&self) -> Uuid {
        self.id.as_uuid()
    }

    fn values(&self) -> Vec<Value> {
        let (state, at) = match self.state {
            request::State::Pending => ("pending", None),
            request::State::Accepted { at } => ("accepted", Some(at)),
            request::State::Declined { at } => ("declined", Some(at)),
            request::State::Withdrawn { at } => ("withdrawn", Some(at)),
        };
        vec![
            Value::Uuid(self.connection.as_uuid()),
            Value::Uuid(self.client.as_uuid()),
            Value::Uuid(self.contractor.as_uuid()),
            Value::Time(self.asked_at),
            text(state),
            time_or_null(at),
        ]
    }

    fn read(id: Uuid, row: &mut Values) -> Result<Self, Corrupt> {
        let connection = ConnectionId::from_uuid(row.uuid()?);
        let client = BusinessId::from_uuid(row.uuid()?);
        let contractor = BusinessId::from_uuid(row.uuid()?);
        let asked_at = row.time()?;
        let word = row.text()?;
        let unknown = row.corrupt();
        let state = match (word.as_str(), row.time_or_null()?) {
            ("pending", None) => request::State::Pending,
            ("accepted", Some(at)) => request::State::Accepted { at },
            ("declined", Some(at)) => request::State::Declined { at },
            ("withdrawn", Some(at)) => request::State::Withdrawn { at },
            _ => return Err(unknown),
        };
        Ok(Self { id: RequestId::from_uuid(id), connection, client, contractor, asked_at, state })
    }
}

pub(super) const SIDES: Table = Table {
    name: "sides",
    head: &[column("connection_id", ColumnKind::Uuid), column("owner_id", ColumnKind::Uuid)],
    columns: &[
        column("side", ColumnKind::Text),
        column("other_id", ColumnKind::Uuid),
        column("role_id", ColumnKind::Uuid),
        column("status", ColumnKind::Text),
        column("changed_at", ColumnKind::Time),
        column("name_text", ColumnKind::Text),
        column("contact_text", ColumnKind::Text),
        column("classification", ColumnKind::Text),
        column("categories", ColumnKind::Text),
        column("progress", ColumnKind::Text),
    ],
};

pub(super) fn side_values(side: &Side) -> Vec<Value> {
    vec![
        Value::Uuid(side.connection.as_uuid()),
        Value::Uuid(side.owner.as_uuid()),
        word(&side.end),
        Value::Uuid(side.other.as_uuid()),
        Value::Uuid(side.role.as_uuid()),
        word(&side.status),
        Value::Time(side.changed_at),
        text(&side.name_text),
        text(&side.contact_text),
        side.classification.as_ref().map_or(Value::Null, word),
        text(&side.categories),
        text(&side.progress),
    ]
}

pub(super) fn read_side(row: Row) -> Result<Side, Corrupt> {
    let mut row = Values { table: &SIDES, values: row.0.into_iter(), place: 0 };
    let side = Side {
        connection: ConnectionId::from_uuid(row.uuid()?),
        owner: BusinessId::from_uuid(row.uuid()?),
        end: row.word()?,
        other: BusinessId::from_uuid(row.uuid()?),
        role: ContractorRoleId::from_uuid(row.uuid()?),
        status: row.word()?,
        changed_at: row.time()?,
        name_text: row.text()?.into(),
        contact_text: row.text()?.into(),
        classification: row.word_or_null()?,
        categories: row.text()?,
        progress: row.text()?,
    };
    row.end().map(|()| side)
}
