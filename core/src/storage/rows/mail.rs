//! Notices and deliveries as rows.

use uuid::Uuid;

use super::{
    Column, ColumnKind, Corrupt, Table, Tabled, Value, Values, column, json, text, text_or_null, time_or_null,
    uuid_or_null,
};
use crate::id::{DeliveryId, LeaseId, NoticeId};
use crate::model::delivery::{About, Delivery, Notice, State};

const NOTICE: &[Column] = &[
    column("kind", ColumnKind::Text),
    column("about", ColumnKind::Json),
    column("at", ColumnKind::Time),
    column("expanded_at", ColumnKind::Time),
];

impl Tabled for Notice {
    const TABLE: Table = Table::of_records("notices", NOTICE);

    fn uuid(&self) -> Uuid {
        self.id.as_uuid()
    }

    fn values(&self) -> Vec<Value> {
        vec![text(self.about.kind()), json(&self.about), Value::Time(self.at), time_or_null(self.expanded_at)]
    }

    fn read(id: Uuid, row: &mut Values) -> Result<Self, Corrupt> {
        let about = read_about(row)?;
        Ok(Self { id: NoticeId::from_uuid(id), about, at: row.time()?, expanded_at: row.time_or_null()? })
    }
}

const DELIVERY: &[Column] = &[
    column("notice_id", ColumnKind::Uuid),
    column("kind", ColumnKind::Text),
    column("about", ColumnKind::Json),
    column("address", ColumnKind::Text),
    column("at", ColumnKind::Time),
    column("attempts", ColumnKind::Int),
    column("last_error", ColumnKind::Text),
    column("state", ColumnKind::Text),
    // When anybody may take it (due, leased), or when it was settled: one index serves the queue.
    column("state_at", ColumnKind::Time),
    column("lease_owner", ColumnKind::Uuid),
];

impl Tabled for Delivery {
    const TABLE: Table = Table::of_records("deliveries", DELIVERY);

    fn uuid(&self) -> Uuid {
        self.id.as_uuid()
    }

    fn values(&self) -> Vec<Value> {
        let (state, at, owner) = match self.state {
            State::Due { at } => ("due", at, None),
            State::Leased { owner, until } => ("leased", until, Some(owner.as_uuid())),
            State::Sent { at } => ("sent", at, None),
            State::Parked { at } => ("parked", at, None),
            State::Dropped { at } => ("dropped", at, None),
        };
        vec![
            Value::Uuid(self.notice.as_uuid()),
            text(self.about.kind()),
            json(&self.about),
            text(self.address.as_str()),
            Value::Time(self.at),
            Value::Int(self.attempts.into()),
            text_or_null(self.last_error.as_deref()),
            text(state),
            Value::Time(at),
            uuid_or_null(owner),
        ]
    }

    fn read(id: Uuid, row: &mut Values) -> Result<Self, Corrupt> {
        let notice = NoticeId::from_uuid(row.uuid()?);
        let (about, address, made) = (read_about(row)?, row.email()?, row.time()?);
        let (attempts, last_error) = (row.number()?, row.text_or_null()?);
        let word = row.text()?;
        let unknown = row.corrupt();
        let state = match (word.as_str(), row.time()?, row.uuid_or_null()?) {
            ("due", at, None) => State::Due { at },
            ("leased", until, Some(owner)) => State::Leased { owner: LeaseId::from_uuid(owner), until },
            ("sent", at, None) => State::Sent { at },
            ("parked", at, None) => State::Parked { at },
            ("dropped", at, None) => State::Dropped { at },
            _ => return Err(unknown),
        };
        Ok(Self { id: DeliveryId::from_uuid(id), notice, about, address, at: made, attempts, last_error, state })
    }
}

/// The kind stands beside what it is the kind of, for whoever reads the tables.
fn read_about(row: &mut Values) -> Result<About, Corrupt> {
    let kind = row.text()?;
    let unlike = row.corrupt();
    let about: About = row.json()?;
    if about.kind() == kind { Ok(about) } else { Err(unlike) }
}
