//! Creating a personal invite.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::super::actor::Caller;
use super::super::authority::acting;
use super::super::changes::Changes;
use super::super::contractor_roles::own;
use super::super::view::{Stop, View};
use super::super::views::{Invite, InviteCreated};
use super::super::walk::{Call, Context, Operation};
use super::Invites;
use super::place::take;
use crate::email::Email;
use crate::error::{Error, FaultKind, Reason};
use crate::id::{BusinessId, ContractorRoleId, InviteId, NoticeId};
use crate::model::delivery::About;
use crate::model::invite::{self, Authority, Command, LIFE, Terms};
use crate::model::user_role::Permission;
use crate::model::{Author, Event};
use crate::storage::guard::Limit;
use crate::text;
use crate::token::LinkRef;

/// What to create.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateInvite {
    /// The contractor role of the connection to be.
    pub role: ContractorRoleId,
    /// Where to mail the link, as one bare e-mail address. Without it the answer's link is all there is.
    #[serde(default)]
    pub address: Option<String>,
    /// Whether only somebody with that verified address can accept; so it is unless said otherwise.
    #[serde(default = "yes")]
    pub bind: bool,
    /// A word to the invited, up to 2 000 graphemes, lines allowed.
    #[serde(default)]
    pub message: Option<String>,
    /// The language of the mail, as a BCP 47 tag.
    #[serde(default)]
    pub language: Option<String>,
    /// How long the link lives, in seconds: from 1 to 604 800, which is seven days and what it is unless said
    /// otherwise.
    #[serde(default, with = "crate::time::seconds")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<u64>"))]
    pub life: Option<Duration>,
}

const fn yes() -> bool {
    true
}

impl CreateInvite {
    /// A link for seven days that nobody is mailed.
    #[must_use]
    pub const fn new(role: ContractorRoleId) -> Self {
        Self { role, address: None, bind: true, message: None, language: None, life: None }
    }

    /// The same, mailed and bound to an address.
    #[must_use]
    pub fn to(self, address: impl Into<String>) -> Self {
        Self { address: Some(address.into()), ..self }
    }
}

impl Invites<'_> {
    /// Creates a personal invite and shows its link, this once. With an address it is mailed there and, unless `bind`
    /// is false, only somebody with that verified address can accept; another live invite for the same address and role
    /// is superseded.
    ///
    /// # Errors
    /// `not_found` for the role, `wrong_state` for an archived one, `forbidden` for a business that is no client
    /// account, `rate_limited` for a mailed one, `invalid_argument`.
    ///
    /// ```
    /// # use handclasp::{testing, invites::CreateInvite};
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// let created = handclasp.invites().create(admin, CreateInvite::new(supplier).to("kim@k1.example")).await?;
    /// assert!(created.invite.bound);
    /// assert!(created.link.expose().starts_with("https://app.example.com/join/hclasp1_"));
    /// assert_eq!(format!("{:?}", created.link), "Link(…)");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn create(&self, by: impl Into<Caller>, create: CreateInvite) -> Result<InviteCreated, Error> {
        let (inner, by) = (&self.0.inner, by.into());
        let call = Call::from(&by);
        let created = inner.walk(call, &call.checked(check(&create))?).await?;
        created.try_map(|link| inner.configuration.keys.link(link, inner.configuration.pages.join()))
    }
}

/// The arguments, checked.
#[derive(Serialize)]
struct Create {
    role: ContractorRoleId,
    address: Option<Email>,
    bound: bool,
    message: Option<String>,
    language: Option<String>,
    life: Duration,
}

fn check(create: &CreateInvite) -> Result<Create, Error> {
    let life = create.life.unwrap_or(LIFE);
    if life < Duration::from_secs(1) || life > LIFE {
        return Err(Error::argument("life", Reason::OutOfRange));
    }
    let address = Email::checked_optional("address", create.address.as_deref())?;
    Ok(Create {
        role: create.role,
        bound: create.bind && address.is_some(),
        address,
        message: text::MESSAGE.check_optional("message", create.message.as_deref())?,
        language: text::language_optional("language", create.language.as_deref())?,
        life,
    })
}

impl Operation for Create {
    const NAME: &'static str = "invites.create";
    type Answer = InviteCreated<LinkRef>;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Self::Answer, Changes), Stop> {
        let actor = cx.by.actor()?;
        let acting = acting(view, actor, Permission::Connect)?.client_account()?;
        own(view, acting.business, self.role)?.live()?;
        let authority = Authority { member: acting.member_authority(), business: acting.business.authority };
        let id = InviteId::from_uuid(cx.fresh.random());
        let mut changes = Changes::default();
        if let Some(address) = self.address.as_ref().filter(|_| self.bound) {
            take(view, cx, &mut changes, (acting.business.id, address, self.role), id, id)?;
        }
        let terms = self.terms(cx, acting.business.id, actor.author(), authority);
        let create = Command::Create(id, Box::new(terms), self.life);
        let event = invite::decide(None, create, authority, cx.now)?.ok_or(FaultKind::Internal)?;
        let invite = changes.evolve(view, invite::evolve(None, &event), Event::Invite(event))?;
        if let Some(address) = &self.address {
            let notice = NoticeId::from_uuid(cx.fresh.ordered(cx.now));
            changes.owe_to(view, notice, About::Invite { invite: id }, (address, cx.now));
            changes.spend(actor.author(), acting.business, [Limit::address(&address.canonical())]);
        }
        let link = invite.link();
        Ok((InviteCreated { invite: Invite::of(&invite, authority, cx.now), link }, changes))
    }
}

impl Create {
    fn terms(&self, cx: &Context<'_>, client: BusinessId, inviter: Author, authority: Authority) -> Terms {
        Terms {
            client,
            role: self.role,
            inviter,
            authority,
            address: self.address.clone(),
            bound: self.bound,
            message: self.message.clone(),
            language: self.language.clone(),
            key: cx.key,
            created_at: cx.now,
        }
    }
}
