//! `history`: what happened, one event per changed record and version.

mod told;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use self::told::told;
use super::actor::{Actor, Caller};
use super::authority::acting;
use super::lists::{Paging, readable_rows};
use super::view::{Stop, View};
use super::walk::By;
use super::{Handclasp, Inner};
use crate::error::{Error, Reason};
use crate::id::{
    AccessRequestId, BusinessId, CategoryId, ConnectionId, ContractorRoleId, InviteId, MemberId, PersonId,
    RequirementId, UserRoleId,
};
use crate::model::member::Status;
use crate::model::user_role::Permission;
use crate::model::{Author, Owners};
use crate::storage::query::{Filter, Source};
use crate::storage::rows::Value;
use crate::storage::{Key, Record, StoredEvent};
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
    /// The person who did it; none for System, for visitors, and for people of the other side.
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
        let actor = by.into().actor;
        actor.is_system()?;
        let limit = since.limit.unwrap_or(100);
        if !(1..=1_000).contains(&limit) {
            return Err(Error::argument("limit", Reason::OutOfRange));
        }
        let inner = &self.0.inner;
        let events = inner.bounded("history.since", By::Actor(&actor), async {
            let limit = usize::try_from(limit).unwrap_or(usize::MAX);
            Ok(inner.storage.feed(since.after, limit).await?)
        });
        let events = events.await?;
        let next = events.last().map_or(since.after, |(position, _)| *position);
        let entry = |(position, event): (u64, StoredEvent)| FeedEntry {
            position,
            owner: event.owner,
            counterpart: event.counterpart,
            entry: HistoryEntry::of(&event, None),
        };
        Ok(HistoryFeed { entries: events.into_iter().map(entry).collect(), next })
    }
}

async fn page(inner: &Inner, actor: &Actor, of: HistoryOf) -> Result<HistoryPage, Error> {
    let paging = Paging::new(inner, ("history.of", actor), &of.subject, of.cursor.as_deref(), of.limit)?;
    let own = inner.peek(By::Actor(actor), |view, _| readable(view, actor, of.subject)).await?;
    let key = of.subject.key();
    let filter = Filter::All(vec![
        Filter::Is("subject_id", Value::Uuid(key.id)),
        Filter::Is("subject_kind", Value::Text(crate::storage::rows::table(key.kind).name.to_owned())),
    ]);
    let page = paging.page(inner, (Source::Events, filter), vec!["version"], false).await?;
    let events = readable_rows(Source::Events, page.rows, StoredEvent::read);
    Ok(HistoryPage { entries: events.iter().map(|event| HistoryEntry::of(event, own)).collect(), next: page.next })
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

    /// What its reader holds.
    const fn permission(self) -> Permission {
        match self {
            Self::AccessRequest { .. } | Self::UserRole { .. } => Permission::Users,
            Self::FeePlans { .. } => Permission::Fees,
            Self::Business { .. }
            | Self::Person { .. }
            | Self::Member { .. }
            | Self::ContractorRole { .. }
            | Self::Category { .. }
            | Self::Requirement { .. }
            | Self::Reasons { .. }
            | Self::GroupLink { .. }
            | Self::Invite { .. }
            | Self::Connection { .. } => Permission::See,
        }
    }
}

/// The acting business, if the subject is its own or a connection of its own. A person's history is System's alone.
fn readable(view: &View, actor: &Actor, subject: Subject) -> Result<Option<BusinessId>, Stop> {
    let person = matches!(subject, Subject::Person { .. });
    if person {
        actor.is_system().map_err(|_| Error::NotFound)?;
    }
    let acting = if person { None } else { Some(acting(view, actor, subject.permission())?) };
    let reader = acting.as_ref().map(|acting| acting.business.id);
    view.want([subject.key()])?;
    let record = view.seen(subject.key()).record.as_ref().ok_or(Error::NotFound)?;
    // Disabled and former members are for those who see them in lists.
    let hidden = matches!(record, Record::Member(member) if member.status != Status::Active);
    if hidden && !acting.is_some_and(|acting| acting.may(Permission::Users)) {
        return Err(Error::NotFound.into());
    }
    let (owner, counterpart): Owners = record.owners();
    if person || reader == owner || (reader.is_some() && reader == counterpart) {
        Ok(reader)
    } else {
        Err(Error::NotFound.into())
    }
}

impl HistoryEntry {
    /// What a reader may see of an event: who of the other side did something is theirs to know.
    fn of(event: &StoredEvent, reader: Option<BusinessId>) -> Self {
        let own = reader.is_none() || event.acting == reader;
        let (name, details) = told(&event.event, own);
        Self {
            at: event.at,
            event: name.to_owned(),
            subject: event.subject.id,
            version: event.version.0,
            person: match event.author {
                Author::Person(person) if own => Some(person),
                Author::Person(_) | Author::System | Author::Visitor => None,
            },
            acting: event.acting,
            details,
        }
    }
}
