//! Personal invites: most are mailed, some are copied and handed over.

use anyhow::Result;
use handclasp::invites::CreateInvite;
use handclasp::views::InviteCreated;
use handclasp::{Actor, BusinessId, Email, Handclasp, Link};
use serde::Serialize;

use super::{Client, client};
use crate::input::InviteRow;
use crate::table::{Outcome, Row, Table, Why, word};

/// What becomes of an invite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Course {
    /// Opened and accepted.
    Accept,
    /// Looked at by a mail scanner, then opened by its addressee and accepted.
    Scanner,
    /// Clicked twice at the same time, and accepted.
    Twice,
    /// Opened and declined.
    Decline,
    /// Revoked before it is opened.
    Revoke,
    /// Revoked between opening and accepting.
    RevokeOpened,
    /// Opened by nobody.
    Expire,
    /// Opened by nobody, sent again a week later, and accepted.
    Resend,
}

impl Course {
    const WORDS: [(&'static str, Self); 9] = [
        ("", Self::Accept),
        ("accept", Self::Accept),
        ("scanner", Self::Scanner),
        ("twice", Self::Twice),
        ("decline", Self::Decline),
        ("revoke", Self::Revoke),
        ("revoke_opened", Self::RevokeOpened),
        ("expire", Self::Expire),
        ("resend", Self::Resend),
    ];
}

/// What came of it.
#[derive(Debug, Serialize)]
pub(crate) struct Facts {
    pub(crate) clients: Vec<Invited>,
    pub(crate) file: Outcome,
}

/// How many invites a client has made.
#[derive(Debug, Serialize)]
pub(crate) struct Invited {
    pub(crate) client: String,
    pub(crate) mailed: usize,
    pub(crate) copied: usize,
}

/// An invite, who made it, and for whom.
#[derive(Debug)]
pub(crate) struct Sent {
    pub(crate) inviter: Actor,
    pub(crate) client: BusinessId,
    pub(crate) role: String,
    pub(crate) invite: handclasp::views::Invite,
    pub(crate) course: Course,
    pub(crate) to: Email,
    /// The link, if it was copied and not mailed.
    pub(crate) copied: Option<Link>,
}

/// Creates an invite for every row that the library takes.
pub(crate) async fn all(
    handclasp: &Handclasp,
    table: Table<InviteRow>,
    clients: &[Client],
) -> Result<(Vec<Sent>, Facts)> {
    let Table { rows, outcome: mut file } = table;
    let mut sent = Vec::new();
    for Row { line, row } in rows {
        match create(handclasp, clients, row).await {
            Ok(invite) => sent.push(invite),
            Err(why) => file.refuse(line, why, |field| if field == "address" { "email" } else { field })?,
        }
    }
    let invited = clients.iter().map(|client| {
        let of =
            |copied| sent.iter().filter(move |sent| is_of(sent, client) && sent.copied.is_some() == copied).count();
        Invited { client: client.business.name.clone(), mailed: of(false), copied: of(true) }
    });
    let invited = invited.filter(|of| of.mailed + of.copied > 0).collect();
    Ok((sent, Facts { clients: invited, file }))
}

fn is_of(sent: &Sent, client: &Client) -> bool {
    sent.client == client.business.id
}

async fn create(handclasp: &Handclasp, clients: &[Client], row: InviteRow) -> Result<Sent, Why> {
    let client = client(clients, &row.client)?;
    let role = &client.role(&row.role)?.role;
    let course = word("then", row.then.as_deref(), &Course::WORDS)?;
    let mailed = word("way", row.way.as_deref(), &[("", true), ("mail", true), ("copy", false)])?;
    let to = Email::parse(&row.email);
    let inviter = client.business.actor();
    let mut create = CreateInvite::new(role.id);
    // A link that is handed over needs no address; the library checks that of a mail.
    create.address = mailed.then_some(row.email);
    create.message = row.message;
    create.language = row.language;
    let to = if mailed { None } else { Some(to.map_err(|_| Why::column("email", "it is not of the right form"))?) };
    let InviteCreated { invite, link, .. } = handclasp.invites().create(&inviter, create).await?;
    let address = || Email::parse(invite.address.as_deref().unwrap_or_default());
    let copied = to.is_some().then_some(link);
    let to = to.map_or_else(address, Ok)?;
    Ok(Sent { inviter, client: client.business.id, role: role.name.clone(), invite, course, to, copied })
}
