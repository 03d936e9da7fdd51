//! Businesses that may invite, each with a contractor role of its own.

use anyhow::{Result, bail};
use handclasp::businesses::SetClientAccount;
use handclasp::contractor_roles::CreateContractorRole;
use handclasp::{Actor, ContractorRoleId, Error, Handclasp};

use super::{Network, Registered};
use crate::report::Lines;
use crate::rows::{self, ClientRow, Refused, Row, Table};

/// A client account and the contractor role that it invites for.
#[derive(Debug)]
pub(crate) struct Client {
    pub(crate) business: Registered,
    pub(crate) role: ContractorRoleId,
    pub(crate) role_name: String,
}

/// Makes a client account of every row's business.
pub(crate) async fn all(
    handclasp: &Handclasp,
    table: Table<ClientRow>,
    network: &Network,
) -> Result<(Vec<Client>, Lines)> {
    let (mut clients, mut refused, mut lines) = (Vec::new(), table.refused, Vec::new());
    for Row { line, row } in table.rows {
        let Some(business) = network.iter().find(|business| business.name == row.name) else {
            refused.push(Refused { line, reason: "name: no business of this name is registered".to_owned() });
            continue;
        };
        match client(handclasp, business, row.contractor_role).await {
            Ok((client, roles)) => {
                lines.push(format!("{}: {roles}", business.name));
                clients.push(client);
            }
            Err(error) => refused.push(rows::refused(line, error, |_| "contractor_role")?),
        }
    }
    if !refused.is_empty() {
        lines.push(format!("{} of clients.csv refused", refused.len()));
        lines.extend(rows::told(refused));
    }
    if clients.is_empty() {
        bail!("no row of clients.csv makes a client account, so nobody can invite\n{}", lines.join("\n"));
    }
    Ok((clients, lines))
}

async fn client(handclasp: &Handclasp, business: &Registered, role: String) -> Result<(Client, String), Error> {
    // The host decides who may invite; how a client names its contractors is the business of its Admin.
    let account = SetClientAccount::new(business.id, true);
    let account = handclasp.businesses().set_client_account(Actor::system(), account).await?;
    let role = handclasp.contractor_roles().create(business.actor(), CreateContractorRole::new(role)).await?;
    let supplier = account.supplier.map(|supplier| format!("{} and ", supplier.name)).unwrap_or_default();
    let roles = format!("contractor roles {supplier}{}", role.name);
    Ok((Client { business: business.clone(), role: role.id, role_name: role.name }, roles))
}
