//! Connections, their requests and their two sides as rows.

use uuid::Uuid;

use super::{
    Column, ColumnKind, Corrupt, Row, Table, Tabled, Value, Values, column, text, time_or_null, uuid_or_null, word,
};
use crate::id::{BusinessId, ConnectionId, ContractorRoleId, RequestId};
use crate::model::connection::{Connection, State};
use crate::model::request::{self, Request};
use crate::storage::record::Side;

const CONNECTION: &[Column] = &[
    column("client_id", ColumnKind::Uuid),
    column("contractor_id", ColumnKind::Uuid),
    column("role_id", ColumnKind::Uuid),
    column("status", ColumnKind::Text),
    column("request_id", ColumnKind::Uuid),
    column("connected_since", ColumnKind::Time),
    column("changed_at", ColumnKind::Time),
];

impl Tabled for Connection {
    const TABLE: Table = Table::of_records("connections", CONNECTION);

    fn uuid(&self) -> Uuid {
        self.id().as_uuid()
    }

    fn values(&self) -> Vec<Value> {
        let (request, since) = match self.state {
            State::Pending { request } => (Some(request.as_uuid()), None),
            State::Connected { since } => (None, Some(since)),
        };
        vec![
            Value::Uuid(self.client.as_uuid()),
            Value::Uuid(self.contractor.as_uuid()),
            Value::Uuid(self.role.as_uuid()),
            word(&self.status()),
            uuid_or_null(request),
            time_or_null(since),
            Value::Time(self.changed_at),
        ]
    }

    fn read(id: Uuid, row: &mut Values) -> Result<Self, Corrupt> {
        let client = BusinessId::from_uuid(row.uuid()?);
        let contractor = BusinessId::from_uuid(row.uuid()?);
        let role = ContractorRoleId::from_uuid(row.uuid()?);
        let status = row.text()?;
        let unknown = row.corrupt();
        let state = match (status.as_str(), row.uuid_or_null()?, row.time_or_null()?) {
            ("pending", Some(request), None) => State::Pending { request: RequestId::from_uuid(request) },
            ("connected", None, Some(since)) => State::Connected { since },
            _ => return Err(unknown),
        };
        let connection = Self { client, contractor, role, state, changed_at: row.time()? };
        if connection.uuid() == id { Ok(connection) } else { Err(Corrupt { column: "id" }) }
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
    ]
}

pub(super) fn read_side(row: Row) -> Result<Side, Corrupt> {
    let mut row = Values { table: &SIDES, values: row.0.into_iter(), place: 0 };
    Ok(Side {
        connection: ConnectionId::from_uuid(row.uuid()?),
        owner: BusinessId::from_uuid(row.uuid()?),
        end: row.word()?,
        other: BusinessId::from_uuid(row.uuid()?),
        role: ContractorRoleId::from_uuid(row.uuid()?),
        status: row.word()?,
        changed_at: row.time()?,
        name_text: row.text()?,
        contact_text: row.text()?,
    })
}
