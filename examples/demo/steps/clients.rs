//! Businesses that may invite, and what their connections cost.

use anyhow::{Result, bail};
use handclasp::businesses::SetClientAccount;
use handclasp::fees::{PlanSet, SetPlan};
use handclasp::model::fees::{Payer, Plan, Tier};
use handclasp::{Actor, Handclasp};
use serde::Serialize;

use super::{Client, Network, Role, client};
use crate::input::{ClientRow, FeeRow};
use crate::table::{Outcome, Row, Table, Why, number, word};

/// What came of it.
#[derive(Debug, Serialize)]
pub(crate) struct Facts {
    pub(crate) clients: Vec<String>,
    pub(crate) plans: Vec<Priced>,
    pub(crate) files: [Outcome; 2],
}

/// A client and its fee plan.
#[derive(Debug, Serialize)]
pub(crate) struct Priced {
    pub(crate) client: String,
    pub(crate) plan: Plan,
}

/// Makes a client account of every row's business, and sets the fee plans.
pub(crate) async fn all(
    handclasp: &Handclasp,
    accounts: Table<ClientRow>,
    fees: Table<FeeRow>,
    network: &Network,
) -> Result<(Vec<Client>, Facts)> {
    let (mut clients, mut plans) = (Vec::<Client>::new(), Vec::new());
    let Table { rows, outcome: mut of_accounts } = accounts;
    for Row { line, row } in rows {
        match account(handclasp, network, &row, &clients).await {
            Ok(client) => clients.push(client),
            Err(why) => of_accounts.refuse(line, why, |field| field)?,
        }
    }
    if clients.is_empty() {
        bail!("no row of clients.csv makes a client account, so nobody can invite or ask anybody");
    }
    let Table { rows, outcome: mut of_fees } = fees;
    for Row { line, row } in rows {
        match price(handclasp, &clients, &row).await {
            Ok(set) => plans.push(Priced { client: row.client, plan: set.plan }),
            Err(why) => of_fees.refuse(line, why, |field| field.rsplit('.').next().unwrap_or(field))?,
        }
    }
    let names = clients.iter().map(|client| client.business.name.clone()).collect();
    let files = [of_accounts, of_fees];
    Ok((clients, Facts { clients: names, plans, files }))
}

async fn account(handclasp: &Handclasp, network: &Network, row: &ClientRow, earlier: &[Client]) -> Result<Client, Why> {
    let business = network.named("name", &row.name)?.clone();
    if client(earlier, &row.name).is_ok() {
        return Err(Why::column("name", "it is a client account already"));
    }
    // The host decides who may invite; how a client names its contractors is the business of its Admin.
    let account = SetClientAccount::new(business.id, true);
    let account = handclasp.businesses().set_client_account(Actor::system(), account).await?;
    let supplier = account.supplier.map(|role| Role { role, categories: Vec::new() });
    Ok(Client { business, roles: supplier.into_iter().collect() })
}

async fn price(handclasp: &Handclasp, clients: &[Client], row: &FeeRow) -> Result<PlanSet, Why> {
    let client = client(clients, &row.client)?.business.id;
    let first = number("price", &row.price)?;
    let tiers = match (&row.up_to, &row.price_beyond) {
        (None, None) => vec![Tier { up_to: None, price: first }],
        (Some(up_to), Some(beyond)) => vec![
            Tier { up_to: Some(number("up_to", up_to)?), price: first },
            Tier { up_to: None, price: number("price_beyond", beyond)? },
        ],
        (Some(_), None) => return Err(Why::column("price_beyond", "it is missing, and up_to is given")),
        (None, Some(_)) => return Err(Why::column("up_to", "it is missing, and price_beyond is given")),
    };
    let payers = [("", Payer::Client), ("client", Payer::Client), ("contractor", Payer::Contractor)];
    let plan = Plan {
        currency: row.currency.clone(),
        anchor_day: number("anchor_day", &row.anchor_day)?,
        free_allowance: row.free_allowance.as_deref().map_or(Ok(0), |free| number("free_allowance", free))?,
        tiers,
        payer: word("payer", row.payer.as_deref(), &payers)?,
    };
    Ok(handclasp.fees().set_plan(Actor::system(), SetPlan::new(client, plan)).await?)
}
