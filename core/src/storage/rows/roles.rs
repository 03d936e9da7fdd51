//! User roles, contractor roles, categories and requirements as rows.

use uuid::Uuid;

use super::{
    Column, ColumnKind, Corrupt, Table, Tabled, Value, Values, column, json, json_unless, text, text_or_null,
    uuid_or_null, word,
};
use crate::id::{BusinessId, CategoryId, ContractorRoleId, RequirementId, SubCategoryId, UserRoleId};
use crate::model::category::Category;
use crate::model::contractor_role::ContractorRole;
use crate::model::requirement::{Requirement, Target};
use crate::model::user_role::CustomRole;

const USER_ROLE: &[Column] = &[
    column("business_id", ColumnKind::Uuid),
    column("name", ColumnKind::Text),
    column("permissions", ColumnKind::Json),
];

impl Tabled for CustomRole {
    const TABLE: Table = Table::of_records("user_roles", USER_ROLE);

    fn uuid(&self) -> Uuid {
        self.id.as_uuid()
    }

    fn values(&self) -> Vec<Value> {
        vec![Value::Uuid(self.business.as_uuid()), text(&self.name), json(&self.permissions)]
    }

    fn read(id: Uuid, row: &mut Values) -> Result<Self, Corrupt> {
        let (id, business) = (UserRoleId::from_uuid(id), BusinessId::from_uuid(row.uuid()?));
        Ok(Self { id, business, name: row.text()?, permissions: row.json()? })
    }
}

const CONTRACTOR_ROLE: &[Column] = &[
    column("client_id", ColumnKind::Uuid),
    column("name", ColumnKind::Text),
    column("status", ColumnKind::Text),
    column("categories", ColumnKind::Json),
    column("requirements", ColumnKind::Json),
];

impl Tabled for ContractorRole {
    const TABLE: Table = Table::of_records("contractor_roles", CONTRACTOR_ROLE);

    fn uuid(&self) -> Uuid {
        self.id.as_uuid()
    }

    fn values(&self) -> Vec<Value> {
        vec![
            Value::Uuid(self.client.as_uuid()),
            text(&self.name),
            word(&self.status),
            json_unless(self.categories.is_empty(), &self.categories),
            json_unless(self.requirements.is_empty(), &self.requirements),
        ]
    }

    fn read(id: Uuid, row: &mut Values) -> Result<Self, Corrupt> {
        Ok(Self {
            id: ContractorRoleId::from_uuid(id),
            client: BusinessId::from_uuid(row.uuid()?),
            name: row.text()?,
            status: row.word()?,
            categories: row.json_or_default()?,
            requirements: row.json_or_default()?,
        })
    }
}

const CATEGORY: &[Column] = &[
    column("role_id", ColumnKind::Uuid),
    column("client_id", ColumnKind::Uuid),
    column("name", ColumnKind::Text),
    column("mandatory", ColumnKind::Bool),
    column("multiple", ColumnKind::Bool),
    column("sub_categories", ColumnKind::Json),
    column("status", ColumnKind::Text),
];

impl Tabled for Category {
    const TABLE: Table = Table::of_records("categories", CATEGORY);

    fn uuid(&self) -> Uuid {
        self.id.as_uuid()
    }

    fn values(&self) -> Vec<Value> {
        vec![
            Value::Uuid(self.role.as_uuid()),
            Value::Uuid(self.client.as_uuid()),
            text(&self.name),
            Value::Bool(self.mandatory),
            Value::Bool(self.multiple),
            json(&self.sub_categories),
            word(&self.status),
        ]
    }

    fn read(id: Uuid, row: &mut Values) -> Result<Self, Corrupt> {
        Ok(Self {
            id: CategoryId::from_uuid(id),
            role: ContractorRoleId::from_uuid(row.uuid()?),
            client: BusinessId::from_uuid(row.uuid()?),
            name: row.text()?,
            mandatory: row.bool()?,
            multiple: row.bool()?,
            sub_categories: row.json()?,
            status: row.word()?,
        })
    }
}

const REQUIREMENT: &[Column] = &[
    column("role_id", ColumnKind::Uuid),
    column("client_id", ColumnKind::Uuid),
    column("name", ColumnKind::Text),
    column("description", ColumnKind::Text),
    column("category_id", ColumnKind::Uuid),
    column("sub_category_id", ColumnKind::Uuid),
    column("status", ColumnKind::Text),
];

impl Tabled for Requirement {
    const TABLE: Table = Table::of_records("requirements", REQUIREMENT);

    fn uuid(&self) -> Uuid {
        self.id.as_uuid()
    }

    fn values(&self) -> Vec<Value> {
        vec![
            Value::Uuid(self.role.as_uuid()),
            Value::Uuid(self.client.as_uuid()),
            text(&self.name),
            text_or_null(self.description.as_deref()),
            uuid_or_null(self.target.category().map(|id| id.as_uuid())),
            uuid_or_null(self.target.sub_category().map(|id| id.as_uuid())),
            word(&self.status),
        ]
    }

    fn read(id: Uuid, row: &mut Values) -> Result<Self, Corrupt> {
        let role = ContractorRoleId::from_uuid(row.uuid()?);
        let client = BusinessId::from_uuid(row.uuid()?);
        let (name, description) = (row.text()?, row.text_or_null()?);
        let category = row.uuid_or_null()?.map(CategoryId::from_uuid);
        let target = match (category, row.uuid_or_null()?.map(SubCategoryId::from_uuid)) {
            (None, None) => Target::Role,
            (Some(category), None) => Target::Category { category },
            (Some(category), Some(sub_category)) => Target::SubCategory { category, sub_category },
            (None, Some(_)) => return Err(row.corrupt()),
        };
        let (id, status) = (RequirementId::from_uuid(id), row.word()?);
        Ok(Self { id, role, client, name, description, target, status })
    }
}
