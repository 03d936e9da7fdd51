//! Personal invites, each to one address.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use handclasp::invites::CreateInvite;
use handclasp::{Actor, Email, Handclasp, InviteId};

use super::clients::Client;
use crate::report::{Lines, count};
use crate::rows::{self, InviteRow, Row, Table};

/// What was sent, and who sent it.
#[derive(Debug)]
pub(crate) struct Sent {
    pub(crate) inviter: Actor,
    pub(crate) invites: BTreeMap<String, InviteId>,
}

impl Sent {
    /// The invite to an address.
    pub(crate) fn to(&self, address: &Email) -> Option<InviteId> {
        self.invites.get(&address.canonical()).copied()
    }
}

/// The last client invites whom the rows name; the first one has its group link.
pub(crate) async fn all(handclasp: &Handclasp, table: Table<InviteRow>, clients: &[Client]) -> Result<(Sent, Lines)> {
    let client = clients.last().context("there is no client")?;
    let inviter = client.business.actor();
    let Table { rows, mut refused } = table;
    let mut invites = BTreeMap::new();
    for Row { line, row } in rows {
        let mut create = CreateInvite::new(client.role).to(row.email);
        create.message = row.message;
        create.language = row.language;
        match handclasp.invites().create(&inviter, create).await {
            Ok(created) => {
                let address = Email::parse(created.invite.address.as_deref().unwrap_or_default())?;
                invites.insert(address.canonical(), created.invite.id);
            }
            Err(error) => {
                refused.push(rows::refused(line, error, |field| if field == "address" { "email" } else { field })?)
            }
        }
    }
    let who = count(invites.len(), "address", "addresses");
    let mut lines = vec![format!("{} invites {who} for {}", client.business.name, client.role_name)];
    if !refused.is_empty() {
        lines.push(format!("{} of invites.csv refused", refused.len()));
        lines.extend(rows::told(refused));
    }
    Ok((Sent { inviter, invites }, lines))
}
