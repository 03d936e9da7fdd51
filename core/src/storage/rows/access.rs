//! Access requests, reasons and fee plans as rows.

use uuid::Uuid;

use super::businesses::{permissions, read_role};
use super::{
    Column, ColumnKind, Corrupt, Table, Tabled, Value, Values, column, json, text, text_or_null, time_or_null,
};
use crate::id::{AccessRequestId, BusinessId, PersonId};
use crate::model::access_request::{AccessRequest, Claim, Decline, State};
use crate::model::fees::FeePlans;
use crate::model::reasons::Reasons;

const ACCESS_REQUEST: &[Column] = &[
    column("business_id", ColumnKind::Uuid),
    column("person_id", ColumnKind::Uuid),
    column("name", ColumnKind::Text),
    column("email", ColumnKind::Text),
    column("phone", ColumnKind::Text),
    column("job_title", ColumnKind::Text),
    column("message", ColumnKind::Text),
    column("role", ColumnKind::Text),
    column("permissions", ColumnKind::Json),
    column("asked_at", ColumnKind::Time),
    column("state", ColumnKind::Text),
    column("decided_at", ColumnKind::Time),
    column("given_role", ColumnKind::Text),
    column("given_permissions", ColumnKind::Json),
    column("decline", ColumnKind::Json),
];

impl Tabled for AccessRequest {
    const TABLE: Table = Table::of_records("access_requests", ACCESS_REQUEST);

    fn uuid(&self) -> Uuid {
        self.id.as_uuid()
    }

    fn values(&self) -> Vec<Value> {
        let claim = &self.claim;
        let (state, at, role, decline) = match &self.state {
            State::Requested => ("requested", None, None, None),
            State::Accepted { at, role } => ("accepted", Some(*at), Some(*role), None),
            State::Declined(decline) => ("declined", Some(decline.at), None, Some(decline)),
            State::Withdrawn { at } => ("withdrawn", Some(*at), None, None),
        };
        vec![
            Value::Uuid(claim.business.as_uuid()),
            Value::Uuid(claim.person.as_uuid()),
            text(&claim.name),
            text(claim.email.as_str()),
            text_or_null(claim.phone.as_deref()),
            text_or_null(claim.job_title.as_deref()),
            text_or_null(claim.message.as_deref()),
            text(&claim.role.which.to_string()),
            permissions(claim.role),
            Value::Time(self.asked_at),
            text(state),
            time_or_null(at),
            text_or_null(role.map(|role| role.which.to_string()).as_deref()),
            role.map_or(Value::Null, permissions),
            decline.map_or(Value::Null, json),
        ]
    }

    fn read(id: Uuid, row: &mut Values) -> Result<Self, Corrupt> {
        let claim = Claim {
            business: BusinessId::from_uuid(row.uuid()?),
            person: PersonId::from_uuid(row.uuid()?),
            name: row.text()?,
            email: row.email()?,
            phone: row.text_or_null()?,
            job_title: row.text_or_null()?,
            message: row.text_or_null()?,
            role: read_role(row)?,
        };
        let asked_at = row.time()?;
        let word = row.text()?;
        let unknown = row.corrupt();
        let state = match (word.as_str(), row.time_or_null()?) {
            ("requested", None) => State::Requested,
            ("accepted", Some(at)) => State::Accepted { at, role: read_role(row)? },
            ("declined", Some(at)) => {
                row.nothing(2)?;
                let decline: Decline = row.json()?;
                if decline.at != at {
                    return Err(unknown);
                }
                State::Declined(decline)
            }
            ("withdrawn", Some(at)) => State::Withdrawn { at },
            _ => return Err(unknown),
        };
        row.nothing(match &state {
            State::Requested | State::Withdrawn { .. } => 3,
            State::Accepted { .. } => 1,
            State::Declined(_) => 0,
        })?;
        Ok(Self { id: AccessRequestId::from_uuid(id), claim, asked_at, state })
    }
}

const REASONS: &[Column] = &[column("access_decline", ColumnKind::Json), column("disconnect", ColumnKind::Json)];

impl Tabled for Reasons {
    const TABLE: Table = Table::of_records("reasons", REASONS);

    fn uuid(&self) -> Uuid {
        self.business.as_uuid()
    }

    fn values(&self) -> Vec<Value> {
        [&self.access_decline, &self.disconnect].map(|list| list.as_ref().map_or(Value::Null, json)).into()
    }

    fn read(id: Uuid, row: &mut Values) -> Result<Self, Corrupt> {
        let business = BusinessId::from_uuid(id);
        Ok(Self { business, access_decline: row.json_or_null()?, disconnect: row.json_or_null()? })
    }
}

impl Tabled for FeePlans {
    const TABLE: Table = Table::of_records("fee_plans", &[column("held", ColumnKind::Json)]);

    fn uuid(&self) -> Uuid {
        self.client.as_uuid()
    }

    fn values(&self) -> Vec<Value> {
        vec![json(&self.held)]
    }

    fn read(id: Uuid, row: &mut Values) -> Result<Self, Corrupt> {
        Ok(Self { client: BusinessId::from_uuid(id), held: row.json()? })
    }
}
