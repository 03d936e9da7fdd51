//! Contractor roles, their categories, and what is required of whom.

use anyhow::Result;
use handclasp::Handclasp;
use handclasp::contractor_roles::{CreateContractorRole, DefineCategory, DefineRequirement};
use handclasp::model::requirement::Target;
use handclasp::views::Category;
use serde::Serialize;

use super::{Client, Network, Role, client};
use crate::input::RoleRow;
use crate::table::{Outcome, Row, Table, Why, yes};

/// What came of it.
#[derive(Debug, Serialize)]
pub(crate) struct Facts {
    pub(crate) clients: Vec<Configured>,
    pub(crate) file: Outcome,
}

/// What a client has configured.
#[derive(Debug, Serialize)]
pub(crate) struct Configured {
    pub(crate) client: String,
    pub(crate) roles: Vec<String>,
    pub(crate) categories: usize,
    pub(crate) sub_categories: usize,
    pub(crate) requirements: usize,
}

/// Lets each client configure what its rows say. A row is one operation, so it is taken whole or not at all.
pub(crate) async fn all(
    handclasp: &Handclasp,
    table: Table<RoleRow>,
    network: &Network,
    mut clients: Vec<Client>,
) -> Result<(Vec<Client>, Facts)> {
    let Table { rows, outcome: mut file } = table;
    let mut required = vec![0; clients.len()];
    for Row { line, row } in rows {
        let done = match (&row.requirement, &row.category) {
            (None, None) => create(handclasp, network, &mut clients, &row).await,
            (None, Some(category)) => define(handclasp, &mut clients, &row, category).await,
            (Some(requirement), _) => require(handclasp, &clients, &row, requirement).await.map(|()| {
                let of = clients.iter().zip(&mut required).filter(|(client, _)| client.business.name == row.client);
                of.for_each(|(_, count)| *count += 1);
            }),
        };
        if let Err(why) = done {
            file.refuse(line, why, |field| column(field, &row))?;
        }
    }
    let configured = clients.iter().zip(required).map(|(client, requirements)| Configured::of(client, requirements));
    let configured = configured.collect();
    Ok((clients, Facts { clients: configured, file }))
}

async fn create(handclasp: &Handclasp, network: &Network, clients: &mut [Client], row: &RoleRow) -> Result<(), Why> {
    // Whether the business may have contractor roles is the library's to say.
    let admin = network.named("client", &row.client)?.actor();
    let role = handclasp.contractor_roles().create(admin, CreateContractorRole::new(&row.role)).await?;
    if let Some(client) = clients.iter_mut().find(|client| client.business.name == row.client) {
        client.roles.push(Role { role, categories: Vec::new() });
    }
    Ok(())
}

async fn define(handclasp: &Handclasp, clients: &mut [Client], row: &RoleRow, name: &str) -> Result<(), Why> {
    let client = client(clients, &row.client)?;
    let (admin, role) = (client.business.actor(), client.role(&row.role)?.role.id);
    let mut define = DefineCategory::new(role, name, &sub_categories(row));
    define.mandatory = yes("mandatory", row.mandatory.as_deref())?;
    let category = handclasp.contractor_roles().define_category(admin, define).await?;
    let mut roles = clients.iter_mut().flat_map(|client| &mut client.roles);
    if let Some(role) = roles.find(|of| of.role.id == role) {
        role.categories.push(category);
    }
    Ok(())
}

async fn require(handclasp: &Handclasp, clients: &[Client], row: &RoleRow, name: &str) -> Result<(), Why> {
    let client = client(clients, &row.client)?;
    let role = client.role(&row.role)?;
    let define = DefineRequirement::new(role.role.id, name).of(target(&role.categories, row)?);
    handclasp.contractor_roles().define_requirement(client.business.actor(), define).await?;
    Ok(())
}

fn target(categories: &[Category], row: &RoleRow) -> Result<Target, Why> {
    let Some(name) = &row.category else {
        return Ok(Target::Role);
    };
    let category = categories.iter().find(|category| category.name == *name);
    let category = category.ok_or_else(|| Why::column("category", "the role has no category of this name"))?;
    match sub_categories(row).as_slice() {
        [] => Ok(Target::Category { category: category.id }),
        [name] => {
            let sub = category.sub_categories.iter().find(|sub| sub.name == *name);
            let sub = sub.ok_or_else(|| Why::column("sub_categories", "the category has none of this name"))?;
            Ok(Target::SubCategory { category: category.id, sub_category: sub.id })
        }
        [_, _, ..] => Err(Why::column("sub_categories", "a requirement is of one of them, or of all")),
    }
}

/// Semicolons stand between them.
fn sub_categories(row: &RoleRow) -> Vec<&str> {
    row.sub_categories.iter().flat_map(|names| names.split(';')).map(str::trim).collect()
}

/// The column that a field of the call came from.
fn column<'a>(field: &'a str, row: &RoleRow) -> &'a str {
    match (field, &row.requirement, &row.category) {
        ("name", Some(_), _) => "requirement",
        ("name", None, Some(_)) => "category",
        ("name", None, None) => "role",
        ("sub_categories.name", ..) => "sub_categories",
        (field, ..) => field,
    }
}

impl Configured {
    fn of(client: &Client, requirements: usize) -> Self {
        let categories = || client.roles.iter().flat_map(|role| &role.categories);
        Self {
            client: client.business.name.clone(),
            roles: client.roles.iter().map(|role| role.role.name.clone()).collect(),
            categories: categories().count(),
            sub_categories: categories().map(|category| category.sub_categories.len()).sum(),
            requirements,
        }
    }
}
