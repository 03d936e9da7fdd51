//! Businesses, people, members and the directory as rows.

use uuid::Uuid;

use super::{
    Column, ColumnKind, Corrupt, Table, Tabled, Value, Values, column, email_or_null, json, json_unless, number, text,
    text_or_null, word,
};
use crate::id::{BusinessId, MemberId, PersonId};
use crate::model::business::{Address, Business, Overrides, Profile, Status};
use crate::model::directory::Word;
use crate::model::member::Member;
use crate::model::person::Person;
use crate::model::user_role::{Role, UserRole};

const BUSINESS: &[Column] = &[
    column("name", ColumnKind::Text),
    column("trading_name", ColumnKind::Text),
    column("street", ColumnKind::Text),
    column("town", ColumnKind::Text),
    column("region", ColumnKind::Text),
    column("postcode", ColumnKind::Text),
    column("country", ColumnKind::Text),
    column("contact_email", ColumnKind::Text),
    column("contact_phone", ColumnKind::Text),
    column("registration_number", ColumnKind::Text),
    column("industry", ColumnKind::Text),
    column("notification_email", ColumnKind::Text),
    column("language", ColumnKind::Text),
    column("branding", ColumnKind::Json),
    column("listed", ColumnKind::Bool),
    column("client_account", ColumnKind::Bool),
    column("authority", ColumnKind::Int),
    column("status", ColumnKind::Text),
    column("away", ColumnKind::Json),
    column("overrides", ColumnKind::Json),
];

impl Tabled for Business {
    const TABLE: Table = Table::of_records("businesses", BUSINESS);

    fn uuid(&self) -> Uuid {
        self.id.as_uuid()
    }

    fn values(&self) -> Vec<Value> {
        let profile = &self.profile;
        let address = &profile.address;
        let status = match self.status {
            Status::Active => "active",
            Status::Archived => "archived",
        };
        vec![
            text(&profile.name),
            text_or_null(profile.trading_name.as_deref()),
            text_or_null(address.street.as_deref()),
            text_or_null(address.town.as_deref()),
            text_or_null(address.region.as_deref()),
            text_or_null(address.postcode.as_deref()),
            text_or_null(address.country.as_deref()),
            email_or_null(profile.contact_email.as_ref()),
            text_or_null(profile.contact_phone.as_deref()),
            text_or_null(profile.registration_number.as_deref()),
            text_or_null(profile.industry.as_deref()),
            email_or_null(profile.notification_email.as_ref()),
            text_or_null(profile.language.as_deref()),
            json(&profile.branding),
            Value::Bool(profile.listed),
            Value::Bool(self.client_account),
            number(self.authority),
            text(status),
            json_unless(self.away.is_empty(), &self.away),
            json_unless(self.overrides == Overrides::default(), &self.overrides),
        ]
    }

    fn read(id: Uuid, row: &mut Values) -> Result<Self, Corrupt> {
        let name = row.text()?;
        let trading_name = row.text_or_null()?;
        let address = Address {
            street: row.text_or_null()?,
            town: row.text_or_null()?,
            region: row.text_or_null()?,
            postcode: row.text_or_null()?,
            country: row.text_or_null()?,
        };
        let profile = Profile {
            name,
            trading_name,
            address,
            contact_email: row.email_or_null()?,
            contact_phone: row.text_or_null()?,
            registration_number: row.text_or_null()?,
            industry: row.text_or_null()?,
            notification_email: row.email_or_null()?,
            language: row.text_or_null()?,
            branding: row.json()?,
            listed: row.bool()?,
        };
        let (client_account, authority) = (row.bool()?, row.number()?);
        let status = match row.text()?.as_str() {
            "active" => Status::Active,
            "archived" => Status::Archived,
            _ => return Err(row.corrupt()),
        };
        let (away, overrides) = (row.json_or_default()?, row.json_or_default()?);
        Ok(Self {
            id: BusinessId::from_uuid(id),
            profile: profile.into(),
            client_account,
            authority,
            status,
            away,
            overrides,
        })
    }
}

const PERSON: &[Column] =
    &[column("name", ColumnKind::Text), column("email", ColumnKind::Text), column("language", ColumnKind::Text)];

impl Tabled for Person {
    const TABLE: Table = Table::of_records("people", PERSON);

    fn uuid(&self) -> Uuid {
        self.id.as_uuid()
    }

    fn values(&self) -> Vec<Value> {
        vec![text(&self.name), text(self.email.as_str()), text_or_null(self.language.as_deref())]
    }

    fn read(id: Uuid, row: &mut Values) -> Result<Self, Corrupt> {
        let id = PersonId::from_uuid(id);
        Ok(Self { id, name: row.text()?, email: row.email()?, language: row.text_or_null()? })
    }
}

const MEMBER: &[Column] = &[
    column("business_id", ColumnKind::Uuid),
    column("person_id", ColumnKind::Uuid),
    column("role", ColumnKind::Text),
    // Of a role that the business has defined; the others' are known.
    column("permissions", ColumnKind::Json),
    column("status", ColumnKind::Text),
    column("notifications", ColumnKind::Bool),
    column("authority", ColumnKind::Int),
];

impl Tabled for Member {
    const TABLE: Table = Table::of_records("members", MEMBER);

    fn uuid(&self) -> Uuid {
        self.id.as_uuid()
    }

    fn values(&self) -> Vec<Value> {
        vec![
            Value::Uuid(self.business.as_uuid()),
            Value::Uuid(self.person.as_uuid()),
            text(&self.role.which.to_string()),
            permissions(self.role),
            word(&self.status),
            Value::Bool(self.notifications),
            number(self.authority),
        ]
    }

    fn read(id: Uuid, row: &mut Values) -> Result<Self, Corrupt> {
        let (business, person) = (BusinessId::from_uuid(row.uuid()?), PersonId::from_uuid(row.uuid()?));
        let derived = MemberId::of(business, person);
        let member = Self {
            id: derived,
            business,
            person,
            role: read_role(row)?,
            status: row.word()?,
            notifications: row.bool()?,
            authority: row.number()?,
        };
        if derived.as_uuid() == id { Ok(member) } else { Err(Corrupt { column: "id" }) }
    }
}

/// What a role lets its holder do, unless the role is built in.
pub(super) fn permissions(role: Role) -> Value {
    match role.which {
        UserRole::BuiltIn(_) => Value::Null,
        UserRole::Custom(_) => json(&role.permissions),
    }
}

/// A role of two columns: which, and its permissions.
pub(super) fn read_role(row: &mut Values) -> Result<Role, Corrupt> {
    let which: UserRole = row.word()?;
    match (which, row.json_or_null()?) {
        (UserRole::BuiltIn(role), None) => Ok(role.into()),
        (UserRole::Custom(_), Some(permissions)) => Ok(Role { which, permissions }),
        (UserRole::BuiltIn(_), Some(_)) | (UserRole::Custom(_), None) => Err(row.corrupt()),
    }
}

const WORD: &[Column] =
    &[column("business_id", ColumnKind::Uuid), column("word", ColumnKind::Text), column("listed", ColumnKind::Bool)];

impl Tabled for Word {
    const TABLE: Table = Table::of_records("directory_words", WORD);

    fn uuid(&self) -> Uuid {
        self.id().as_uuid()
    }

    fn values(&self) -> Vec<Value> {
        vec![Value::Uuid(self.business.as_uuid()), text(&self.word), Value::Bool(self.listed)]
    }

    fn read(id: Uuid, row: &mut Values) -> Result<Self, Corrupt> {
        let business = BusinessId::from_uuid(row.uuid()?);
        let word = Self { business, word: row.text()?, listed: row.bool()? };
        if word.uuid() == id { Ok(word) } else { Err(Corrupt { column: "id" }) }
    }
}
