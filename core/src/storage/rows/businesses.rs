//! Businesses, people, members and contractor roles as rows.

use uuid::Uuid;

use super::{
    Column, ColumnKind, Corrupt, Table, Tabled, Value, Values, column, email_or_null, json, number, text, text_or_null,
    word,
};
use crate::id::{BusinessId, ContractorRoleId, PersonId};
use crate::model::business::{Address, Business, Profile, Status};
use crate::model::contractor_role::ContractorRole;
use crate::model::member::Member;
use crate::model::person::Person;

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
        Ok(Self { id: BusinessId::from_uuid(id), profile, client_account, authority, status })
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
    column("status", ColumnKind::Text),
    column("notifications", ColumnKind::Bool),
    column("authority", ColumnKind::Int),
];

impl Tabled for Member {
    const TABLE: Table = Table::of_records("members", MEMBER);

    fn uuid(&self) -> Uuid {
        self.id().as_uuid()
    }

    fn values(&self) -> Vec<Value> {
        vec![
            Value::Uuid(self.business.as_uuid()),
            Value::Uuid(self.person.as_uuid()),
            word(&self.role),
            word(&self.status),
            Value::Bool(self.notifications),
            number(self.authority),
        ]
    }

    fn read(id: Uuid, row: &mut Values) -> Result<Self, Corrupt> {
        let member = Self {
            business: BusinessId::from_uuid(row.uuid()?),
            person: PersonId::from_uuid(row.uuid()?),
            role: row.word()?,
            status: row.word()?,
            notifications: row.bool()?,
            authority: row.number()?,
        };
        if member.uuid() == id { Ok(member) } else { Err(Corrupt { column: "id" }) }
    }
}

const CONTRACTOR_ROLE: &[Column] =
    &[column("client_id", ColumnKind::Uuid), column("name", ColumnKind::Text), column("status", ColumnKind::Text)];

impl Tabled for ContractorRole {
    const TABLE: Table = Table::of_records("contractor_roles", CONTRACTOR_ROLE);

    fn uuid(&self) -> Uuid {
        self.id.as_uuid()
    }

    fn values(&self) -> Vec<Value> {
        vec![Value::Uuid(self.client.as_uuid()), text(&self.name), word(&self.status)]
    }

    fn read(id: Uuid, row: &mut Values) -> Result<Self, Corrupt> {
        Ok(Self {
            id: ContractorRoleId::from_uuid(id),
            client: BusinessId::from_uuid(row.uuid()?),
            name: row.text()?,
            status: row.word()?,
        })
    }
}
