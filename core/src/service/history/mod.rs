//! `history`: what happened, one event per changed record and version.

mod reader;
mod told;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use self::reader::Reader;
use super::actor::{Actor, Caller};
use super::lists::{Paging, readable_rows};
use super::walk::By;
use super::{Handclasp, Inner};
use crate::error::{Error, Reason};
use crate::id::{
    AccessRequestId, BusinessId, CategoryId, ConnectionId, ContractorRoleId, InviteId, MemberId, PersonId,
    RequirementId, UserRoleId,
};
use crate::storage::query::{Filter, Source};
use crate::storage::rows::Value;
use crate::storage::{Key, StoredEvent};
use crate::time::Timestamp;

/// What happened, one event per changed record and version.
#[derive(Debug, Clone, Copy)]
pub struct History<'a>(pub(super) &'a Handclasp);

/// Of what the history is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Subject {
    /// A business.
    Business {
        /// Its id.
        id: BusinessId,
    },
    /// A person; their history is the host's alone.
    Person {
        /// Their id.
        id: PersonId,
    },
    /// A membership.
    Member {
        /// Of this business.
        business: BusinessId,
        /// This person.
        person: PersonId,
    },
    /// A contractor role.
    ContractorRole {
        /// Its id.
        id: ContractorRoleId,
    },
    /// A user role that the business has defined.
    UserRole {
        /// Its id.
        id: UserRoleId,
    },
    /// A category of a contractor role.
    Category {
        /// Its id.
        id: CategoryId,
    },
    /// A requirement of a contractor role.
    Requirement {
        /// Its id.
        id: RequirementId,
    },
    /// An access request; for holders of `users`.
    AccessRequest {
        /// Its id.
        id: AccessRequestId,
    },
    /// A business's reasons.
    Reasons {
        /// Whose.
        business: BusinessId,
    },
    /// A client's fee plans; for holders of `fees`.
    FeePlans {
        /// Whose.
        client: BusinessId,
    },
    /// A contractor role's group link.
    GroupLink {
        /// The contractor role.
        role: ContractorRoleId,
    },
    /// A personal invite.
    Invite {
        /// Its id.
        id: InviteId,
    },
    /// A connection.
    Connection {
        /// Its id.
        id: ConnectionId,
    },
}

/// Whose history, from where on.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct HistoryOf {
    /// Of what.
    pub subject: Subject,
    /// Where an earlier page said that the list goes on.
    #[serde(default)]
    pub cursor: Option<String>,
    /// At most so many, from 1 to 1 000; 100 unless given.
    #[serde(default)]
    pub limit: Option<u32>,
}

impl HistoryOf {
    /// The first page of this subject's history.
    #[must_use]
    pub const fn new(subject: Subject) -> Self {
        Self { subject, cursor: None, limit: None }
    }
}

/// The feed after a position.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct HistorySince {
    /// The last position that was seen; 0 for everything.
    pub after: u64,
    /// At most so many, from 1 to 1 000; 100 unless given.
    pub limit: Option<u32>,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct HistoryEntry {
    /// When.
    pub at: Timestamp,
    /// What, as in `invite.opened`.
    pub event: String,
    /// To which record, by its id; a group link has its contractor role's, a membership one of its own.
    pub subject: uuid::Uuid,
    /// Which change of the record this was, from 1.
    pub version: i64,
    /// The person who did it; none for System, for visitors, and for people of the other side. Nobody learns who decided
    /// on their own access request, nor who let them in.
    pub person: Option<PersonId>,
    /// The business that they acted for.
    pub acting: Option<BusinessId>,
    /// More about it.
    pub details: Map<String, Json>,
}

/// One page of a history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct HistoryPage {
    /// What happened, the earliest first.
    pub entries: Vec<HistoryEntry>,
    /// Where the list goes on, if it does.
    pub next: Option<String>,
}

/// What happened after a position.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct HistoryFeed {
    /// What happened, in the order of positions.
    pub entries: Vec<FeedEntry>,
    /// The position to go on after.
    pub next: u64,
}

/// One thing that happened, in the feed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FeedEntry {
    /// Its place in the feed.
    pub position: u64,
    /// The business whose record it is.
    pub owner: Option<BusinessId>,
    /// The business at the other end of a connection.
    pub counterpart: Option<BusinessId>,
    /// What happened.
    pub entry: HistoryEntry,
}

impl History<'_> {
    /// The history of one record of the acting business, or of a connection of it, the earliest first. Members who are
    /// disabled or gone are for holders of `users`, as in `members.list`.
    ///
    /// # Errors
    /// `not_found` for what is not the business's or not for the reader, `forbidden` without `see`, `invalid_argument`.
    ///
    /// ```
    /// # use handclasp::{testing, Actor, history::{HistoryOf, Subject}};
    /// # testing::example_request(async |handclasp, client, contractor, pending| {
    /// # let Actor::Person { id: jo, .. } = client else { unreachable!() };
    /// let of = HistoryOf::new(Subject::Connection { id: pending.id });
    /// let own = handclasp.history().of(&client, of.clone()).await?;
    /// assert_eq!((own.entries[0].event.as_str(), own.entries[0].person), ("connection.requested", Some(jo)));
    /// let theirs = handclasp.history().of(&contractor, of).await?;
    /// assert_eq!((theirs.entries[0].event.as_str(), theirs.entries[0].person), ("connection.requested", None));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn of(&self, by: impl Into<Caller>, of: HistoryOf) -> Result<HistoryPage, Error> {
        let actor = by.into().actor;
        let inner = &self.0.inner;
        inner.bounded("history.of", By::Actor(&actor), page(inner, &actor, of)).await
    }

    /// Everything that happened after a position, for the host's projections and webhooks. Keep `next` and ask again:
    /// nothing is shown twice, and nothing comes in before a position that was shown.
    ///
    /// # Errors
    /// `forbidden` for anybody but System, `invalid_argument`.
    ///
    /// ```
    /// # use handclasp::{testing, Actor, history::HistorySince, invites::CreateInvite};
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// let seen = handclasp.history().since(Actor::system(), HistorySince::default()).await?;
    /// handclasp.invites().create(&admin, CreateInvite::new(supplier)).await?;
    /// let mut since = HistorySince::default();
    /// since.after = seen.next;
    /// let feed = handclasp.history().since(Actor::system(), since).await?;
    /// assert_eq!((feed.entries.len(), feed.entries[0].entry.event.as_str()), (1, "invite.created"));
    /// let refused = handclasp.history().since(&admin, since).await.unwrap_err();
    /// assert_eq!(refused.code(), "forbidden");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn since(&self, by: impl Into<Caller>, since: HistorySince) -> Result<HistoryFeed, Error> {
        let (inner, actor) = (&self.0.inner, by.into().actor);
        let events = inner.bounded("history.since", By::Actor(&actor), async {
            actor.is_system()?;
            let limit = since.limit.unwrap_or(100);
            if !(1..=1_000).contains(&limit) {
                return Err(Error::argument("limit", Reason::OutOfRange));
            }
            let limit = usize::try_from(limit).unwrap_or(usize::MAX);
            Ok(inner.storage.feed(since.after, limit).await?)
        });
        let events = events.await?;
        let next = events.last().map_or(since.after, |(position, _)| *position);
        let entry = |(position, event): (u64, StoredEvent)| FeedEntry {
            position,
            owner: event.owner,
            counterpart: event.counterpart,
            entry: Reader::HOST.entry(&event),
        };
        Ok(HistoryFeed { entries: events.into_iter().map(entry).collect(), next })
    }
}

async fn page(inner: &Inner, actor: &Actor, of: HistoryOf) -> Result<HistoryPage, Error> {
    let paging = Paging::new(inner, ("history.of", actor), &of.subject, of.cursor.as_deref(), of.limit)?;
    let reader = inner.peek(By::Actor(actor), |view, _| Reader::of(view, actor, of.subject)).await?;
    let key = of.subject.key();
    let filter = Filter::All(vec![
        Filter::Is("subject_id", Value::Uuid(key.id)),
        Filter::Is("subject_kind", Value::Text(crate::storage::rows::table(key.kind).name.to_owned())),
    ]);
    let page = paging.page(inner, (Source::Events, filter), vec!["version"], false).await?;
    let events = readable_rows(Source::Events, page.rows, StoredEvent::read);
    Ok(HistoryPage { entries: events.iter().map(|event| reader.entry(event)).collect(), next: page.next })
}

impl Subject {
    fn key(self) -> Key {
        match self {
            Self::Business { id } => id.into(),
            Self::Person { id } => id.into(),
            Self::Member { business, person } => MemberId::of(business, person).into(),
            Self::ContractorRole { id } => id.into(),
            Self::UserRole { id } => id.into(),
            Self::Category { id } => id.into(),
            Self::Requirement { id } => id.into(),
            Self::AccessRequest { id } => id.into(),
            Self::Reasons { business } => Key::reasons(business),
            Self::FeePlans { client } => Key::fee_plans(client),
            Self::GroupLink { role } => Key::group_link(role),
            Self::Invite { id } => id.into(),
            Self::Connection { id } => id.into(),
        }
    }
}
