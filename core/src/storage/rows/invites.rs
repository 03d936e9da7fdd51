//! Group links and personal invites as rows. No column holds a secret: a link is derived from an id and a key number.

use uuid::Uuid;

use super::{
    Column, ColumnKind, Corrupt, Table, Tabled, Value, Values, column, email_or_null, number, text, text_or_null,
    time_or_null, uuid_or_null,
};
use crate::id::{BusinessId, ConnectionId, ContractorRoleId, InviteId, LinkId, PersonId};
use crate::model::Author;
use crate::model::group_link::{GroupLink, Setting};
use crate::model::invite::{Authority, Invite, State, Terms};
use crate::token::KeyNumber;

const GROUP_LINK: &[Column] = &[
    column("client_id", ColumnKind::Uuid),
    column("link_id", ColumnKind::Uuid),
    column("key_number", ColumnKind::Int),
    column("enabled_at", ColumnKind::Time),
    column("enabled_under", ColumnKind::Int),
];

impl Tabled for GroupLink {
    const TABLE: Table = Table::of_records("group_links", GROUP_LINK);

    fn uuid(&self) -> Uuid {
        self.role.as_uuid()
    }

    fn values(&self) -> Vec<Value> {
        let (at, under) = match self.setting {
            Setting::Disabled => (Value::Null, Value::Null),
            Setting::Enabled { at, authority } => (Value::Time(at), number(authority)),
        };
        let (client, link) = (Value::Uuid(self.client.as_uuid()), Value::Uuid(self.link.as_uuid()));
        vec![client, link, number(self.key.0.into()), at, under]
    }

    fn read(id: Uuid, row: &mut Values) -> Result<Self, Corrupt> {
        let client = BusinessId::from_uuid(row.uuid()?);
        let link = LinkId::from_uuid(row.uuid()?);
        let key = KeyNumber(row.number()?);
        let setting = match row.time_or_null()? {
            None => row.nothing(1).map(|()| Setting::Disabled)?,
            Some(at) => Setting::Enabled { at, authority: row.number()? },
        };
        Ok(Self { role: ContractorRoleId::from_uuid(id), client, link, key, setting })
    }
}

const INVITE: &[Column] = &[
    column("client_id", ColumnKind::Uuid),
    column("role_id", ColumnKind::Uuid),
    column("inviter_id", ColumnKind::Uuid),
    column("member_authority", ColumnKind::Int),
    column("business_authority", ColumnKind::Int),
    column("address", ColumnKind::Text),
    column("bound", ColumnKind::Bool),
    column("message", ColumnKind::Text),
    column("language", ColumnKind::Text),
    column("key_number", ColumnKind::Int),
    column("created_at", ColumnKind::Time),
    column("ends_at", ColumnKind::Time),
    column("state", ColumnKind::Text),
    column("state_at", ColumnKind::Time),
    column("state_of", ColumnKind::Uuid),
];

impl Tabled for Invite {
    const TABLE: Table = Table::of_records("invites", INVITE);

    fn uuid(&self) -> Uuid {
        self.id.as_uuid()
    }

    fn values(&self) -> Vec<Value> {
        let terms = &self.terms;
        let inviter = match terms.inviter {
            Author::Person(person) => Some(person.as_uuid()),
            Author::System | Author::Visitor => None,
        };
        let (state, at, of) = match self.state {
            State::Pending => ("pending", None, None),
            State::Opened { at } => ("opened", Some(at), None),
            State::Accepted { at, connection } => ("accepted", Some(at), Some(connection.as_uuid())),
            State::Declined { at } => ("declined", Some(at), None),
            State::Revoked { at } => ("revoked", Some(at), None),
            State::Superseded { at, by } => ("superseded", Some(at), Some(by.as_uuid())),
        };
        vec![
            Value::Uuid(terms.client.as_uuid()),
            Value::Uuid(terms.role.as_uuid()),
            uuid_or_null(inviter),
            terms.authority.member.map_or(Value::Null, number),
            number(terms.authority.business),
            email_or_null(terms.address.as_ref()),
            Value::Bool(terms.bound),
            text_or_null(terms.message.as_deref()),
            text_or_null(terms.language.as_deref()),
            number(terms.key.0.into()),
            Value::Time(terms.created_at),
            Value::Time(self.ends_at),
            text(state),
            time_or_null(at),
            uuid_or_null(of),
        ]
    }

    fn read(id: Uuid, row: &mut Values) -> Result<Self, Corrupt> {
        let terms = read_terms(row)?;
        let ends_at = row.time()?;
        let state = match row.text()?.as_str() {
            "pending" => row.nothing(2).map(|()| State::Pending)?,
            "opened" => State::Opened { at: at_alone(row)? },
            "declined" => State::Declined { at: at_alone(row)? },
            "revoked" => State::Revoked { at: at_alone(row)? },
            "accepted" => State::Accepted { at: row.time()?, connection: ConnectionId::from_uuid(row.uuid()?) },
            "superseded" => State::Superseded { at: row.time()?, by: InviteId::from_uuid(row.uuid()?) },
            _ => return Err(row.corrupt()),
        };
        Ok(Self { id: InviteId::from_uuid(id), terms, ends_at, state })
    }
}

fn at_alone(row: &mut Values) -> Result<crate::time::Timestamp, Corrupt> {
    let at = row.time()?;
    row.nothing(1).map(|()| at)
}

fn read_terms(row: &mut Values) -> Result<Terms, Corrupt> {
    let client = BusinessId::from_uuid(row.uuid()?);
    let role = ContractorRoleId::from_uuid(row.uuid()?);
    let inviter = row.uuid_or_null()?.map_or(Author::System, |person| Author::Person(PersonId::from_uuid(person)));
    let member = match row.int_or_null()? {
        None => None,
        Some(number) => Some(u64::try_from(number).map_err(|_| row.corrupt())?),
    };
    Ok(Terms {
        client,
        role,
        inviter,
        authority: Authority { member, business: row.number()? },
        address: row.email_or_null()?,
        bound: row.bool()?,
        message: row.text_or_null()?,
        language: row.text_or_null()?,
        key: KeyNumber(row.number()?),
        created_at: row.time()?,
    })
}
