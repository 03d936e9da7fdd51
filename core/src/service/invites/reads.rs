//! A client's personal invites, without their links.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::super::Inner;
use super::super::actor::{Actor, Caller};
use super::super::authority::acting;
use super::super::lists::{Paging, readable_records, records};
use super::super::views::Invite;
use super::super::walk::By;
use super::{Invites, authority};
use crate::error::{Error, FaultKind};
use crate::id::{ContractorRoleId, InviteId};
use crate::model::business::Business;
use crate::model::invite::{self, Status};
use crate::model::member::Member;
use crate::model::user_role::Permission;
use crate::storage::Kind;
use crate::storage::query::{Filter, Query, Source, Tally};
use crate::storage::rows::Value;
use crate::time::Timestamp;

/// Which invite.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetInvite {
    /// The invite.
    pub invite: InviteId,
}

impl GetInvite {
    /// This invite.
    #[must_use]
    pub const fn new(invite: InviteId) -> Self {
        Self { invite }
    }
}

/// Which invites.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ListInvites {
    /// Only those that are this now; all, unless given.
    pub statuses: Option<Vec<Status>>,
    /// Only those for this contractor role.
    pub role: Option<ContractorRoleId>,
    /// Where an earlier page said that the list goes on.
    pub cursor: Option<String>,
    /// At most so many, from 1 to 1 000; 100 unless given.
    pub limit: Option<u32>,
}

/// One page of invites, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct InvitesPage {
    /// The invites.
    pub invites: Vec<Invite>,
    /// Where the list goes on, if it does.
    pub next: Option<String>,
    /// How many there are per status, whatever statuses are asked for.
    pub counts: InviteCounts,
}

/// How many invites there are per status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct InviteCounts {
    /// Their link waits to be opened.
    pub pending: u64,
    /// Their claim waits to be accepted.
    pub opened: u64,
    /// They have connected somebody.
    pub accepted: u64,
    /// The invited have declined them.
    pub declined: u64,
    /// They were revoked, or lost their inviter's authority.
    pub revoked: u64,
    /// Others took their place.
    pub superseded: u64,
    /// Their time is over.
    pub expired: u64,
}

impl Invites<'_> {
    /// One personal invite of the acting client; its link is not shown again.
    ///
    /// # Errors
    /// `not_found`.
    ///
    /// ```
    /// # use handclasp::{testing, model::invite::Status, invites::{CreateInvite, GetInvite}};
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// let created = handclasp.invites().create(&admin, CreateInvite::new(supplier)).await?;
    /// assert_eq!(handclasp.invites().get(&admin, GetInvite::new(created.invite.id)).await?, created.invite);
    /// handclasp.invites().open(&created.link, None).await?;
    /// let opened = handclasp.invites().get(&admin, GetInvite::new(created.invite.id)).await?;
    /// assert_eq!(opened.status, Status::Opened);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn get(&self, by: impl Into<Caller>, get: GetInvite) -> Result<Invite, Error> {
        let by = by.into().actor;
        let found = self.0.inner.look("invites.get", By::Actor(&by), |view, cx| {
            let client = acting(view, &by, Permission::See)?.business;
            let invite = view.get_or_not_found(get.invite)?;
            if invite.terms.client != client.id {
                return Err(Error::NotFound.into());
            }
            Ok(Invite::of(invite, authority(view, &invite.terms)?, cx.now))
        });
        found.await
    }

    /// The personal invites of the acting client, the latest first, and how many there are per status.
    ///
    /// # Errors
    /// `invalid_argument`, also for a cursor of another list, filter or reader.
    ///
    /// ```
    /// # use handclasp::{testing, model::invite::Status, invites::{CreateInvite, ListInvites}};
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// handclasp.invites().create(&admin, CreateInvite::new(supplier).to("kim@bolt.example")).await?;
    /// let mut accepted = ListInvites::default();
    /// accepted.statuses = Some(vec![Status::Accepted]);
    /// let page = handclasp.invites().list(&admin, accepted).await?;
    /// assert!(page.invites.is_empty());
    /// // The counts are of all statuses.
    /// assert_eq!((page.counts.pending, page.counts.accepted), (1, 0));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn list(&self, by: impl Into<Caller>, list: ListInvites) -> Result<InvitesPage, Error> {
        let (inner, actor) = (&self.0.inner, by.into().actor);
        inner.bounded("invites.list", By::Actor(&actor), page(inner, &actor, &list)).await
    }
}

const SOURCE: Source = Source::Records(Kind::Invite);

async fn page(inner: &Inner, actor: &Actor, list: &ListInvites) -> Result<InvitesPage, Error> {
    let scope = (&list.statuses, list.role);
    let paging = Paging::new(inner, ("invites.list", actor), &scope, list.cursor.as_deref(), list.limit)?;
    let reader = inner.peek(By::Actor(actor), |view, _| Ok(Arc::clone(acting(view, actor, Permission::See)?.business)));
    let client = reader.await?;
    let now = inner.clock.now().map_err(|_| FaultKind::ClockOutOfRange)?;
    let derived = Derived::now(inner, &client, now).await?;
    let mut all = vec![Filter::Is("client_id", Value::Uuid(client.id.as_uuid()))];
    all.extend(list.role.map(|role| Filter::Is("role_id", Value::Uuid(role.as_uuid()))));
    let counts = derived.counts(inner, &Filter::All(all.clone())).await?;
    let any = |statuses: &Vec<Status>| Filter::Any(statuses.iter().map(|status| derived.filter(*status)).collect());
    all.extend(list.statuses.as_ref().map(any));
    let page = paging.page(inner, (SOURCE, Filter::All(all)), vec!["created_at", "id"], true).await?;
    let invites = readable_records::<invite::Invite>(Kind::Invite, page.rows);
    let keys = |invite: &Arc<invite::Invite>| super::authority_keys(&invite.terms).collect();
    let shown = inner
        .show_each(actor, &invites, keys, |view, invite| Ok(Invite::of(invite, authority(view, &invite.terms)?, now)));
    Ok(InvitesPage { invites: shown.await?, next: page.next, counts })
}

/// What an invite's status follows from besides its own row, as conditions on it. The suite of this file's tests holds
/// it to the model's own function.
struct Derived {
    now: Timestamp,
    /// The invites whose inviter and client have the authority that they were issued under.
    current: Filter,
}

impl Derived {
    /// Most inviters have never lost their authority; those that have are looked up.
    async fn now(inner: &Inner, client: &Business, now: Timestamp) -> Result<Self, Error> {
        let query = Query {
            source: Source::Records(Kind::Member),
            filter: Filter::All(vec![
                Filter::Is("business_id", Value::Uuid(client.id.as_uuid())),
                Filter::MoreThan("authority", Value::Int(0)),
            ]),
            order: vec!["person_id"],
            descending: false,
            after: None,
            limit: usize::MAX >> 1,
        };
        let risen = records::<Member>(Kind::Member, inner.storage.list(&query).await?)?;
        let number = |number: u64| Value::Int(i64::try_from(number).unwrap_or(i64::MAX));
        let inviter = |member: &Member| Value::Uuid(member.person.as_uuid());
        let never_lost = Filter::All(vec![
            Filter::Not(Box::new(Filter::OneOf("inviter_id", risen.iter().map(|member| inviter(member)).collect()))),
            Filter::Any(vec![Filter::Null("inviter_id"), Filter::Is("member_authority", Value::Int(0))]),
        ]);
        let since = risen.iter().map(|member| {
            let issued = Filter::Is("member_authority", number(member.authority));
            Filter::All(vec![Filter::Is("inviter_id", inviter(member)), issued])
        });
        let inviters = Filter::Any(std::iter::once(never_lost).chain(since).collect());
        let of_client = Filter::Is("business_authority", number(client.authority));
        Ok(Self { now, current: Filter::All(vec![of_client, inviters]) })
    }

    /// The invites that are this now.
    fn filter(&self, status: Status) -> Filter {
        let written = |state: &str| Filter::Is("state", Value::Text(state.to_owned()));
        let open = || Filter::Any(vec![written("pending"), written("opened")]);
        let lives = || Filter::MoreThan("ends_at", Value::Time(self.now));
        match status {
            Status::Accepted | Status::Declined | Status::Superseded => written(status.word()),
            Status::Pending | Status::Opened => {
                Filter::All(vec![written(status.word()), self.current.clone(), lives()])
            }
            Status::Expired => Filter::All(vec![open(), self.current.clone(), Filter::Not(Box::new(lives()))]),
            Status::Revoked => {
                let lost = Filter::All(vec![open(), Filter::Not(Box::new(self.current.clone()))]);
                Filter::Any(vec![written("revoked"), lost])
            }
        }
    }

    async fn counts(&self, inner: &Inner, of: &Filter) -> Result<InviteCounts, Error> {
        let mut counts = InviteCounts::default();
        for status in Status::ALL {
            let filter = Filter::All(vec![of.clone(), self.filter(status)]);
            let tally = Tally { source: SOURCE, filter, by: "client_id" };
            let total = inner.storage.tally(&tally).await?.into_iter().map(|(_, count)| count).sum();
            *match status {
                Status::Pending => &mut counts.pending,
                Status::Opened => &mut counts.opened,
                Status::Accepted => &mut counts.accepted,
                Status::Declined => &mut counts.declined,
                Status::Revoked => &mut counts.revoked,
                Status::Superseded => &mut counts.superseded,
                Status::Expired => &mut counts.expired,
            } = total;
        }
        Ok(counts)
    }
}
