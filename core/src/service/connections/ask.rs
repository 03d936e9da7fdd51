//! Asking a business to be a contractor.

use serde::{Deserialize, Serialize};

use super::super::actor::Caller;
use super::super::authority::acting;
use super::super::changes::Changes;
use super::super::contractor_roles::own;
use super::super::view::{Stop, View};
use super::super::views::Connection;
use super::super::walk::{Call, Context, Operation};
use super::{Connections, edge};
use crate::error::{Error, FaultKind};
use crate::id::{BusinessId, ConnectionId, ContractorRoleId, NoticeId, RequestId};
use crate::model::connection::{self, Command, Ends};
use crate::model::delivery::About;
use crate::model::request::{Request, State};
use crate::model::user_role::Permission;
use crate::model::{Event, Side};
use crate::storage::guard::Limit;

/// Whom to ask.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RequestConnection {
    /// The business that is asked to be a contractor.
    pub contractor: BusinessId,
    /// A live contractor role of the client; after a disconnect it may be left out, for the earlier one.
    #[serde(default)]
    pub role: Option<ContractorRoleId>,
}

impl RequestConnection {
    /// Asks this business, for this role.
    #[must_use]
    pub const fn new(contractor: BusinessId, role: ContractorRoleId) -> Self {
        Self { contractor, role: Some(role) }
    }

    /// Asks this business again, for the role that it had.
    #[must_use]
    pub const fn again(contractor: BusinessId) -> Self {
        Self { contractor, role: None }
    }
}

impl Connections<'_> {
    /// Asks a business to be the acting client's contractor. It is Pending at once, until answered, and the contractor
    /// is mailed.
    ///
    /// # Errors
    /// `already_pending`, `already_connected`, `not_found` for the business (an archived one too, and one that is not
    /// listed unless the two have had to do with each other) or the role, `wrong_state` for an archived role,
    /// `self_action_forbidden`, `rate_limited`, `forbidden` for a business that is no client account,
    /// `invalid_argument` without a role where there is no earlier one.
    ///
    /// ```
    /// # use handclasp::{testing, Actor, PersonId, businesses::Register, people::Profile};
    /// # use handclasp::{connections::RequestConnection, model::connection::Status};
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// # let kim = PersonId::from_uuid(uuid::Uuid::from_u128(9));
    /// # let bolt = Register::new("Bolt", Profile::new(kim, "Kim Lee", "kim@bolt.example"));
    /// # let bolt = handclasp.businesses().register(Actor::system(), bolt).await?.id;
    /// let pending = handclasp.connections().request(&admin, RequestConnection::new(bolt, supplier)).await?;
    /// assert_eq!((pending.status, pending.other.name.as_str()), (Status::Pending, "Bolt"));
    /// let again = handclasp.connections().request(&admin, RequestConnection::new(bolt, supplier)).await.unwrap_err();
    /// assert_eq!(again.code(), "already_pending");
    /// assert_eq!(again.fields()["connection"], pending.id.to_string());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn request(&self, by: impl Into<Caller>, request: RequestConnection) -> Result<Connection, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &request).await
    }
}

impl Operation for RequestConnection {
    const NAME: &'static str = "connections.request";
    type Answer = Connection;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Connection, Changes), Stop> {
        let actor = cx.by.actor()?;
        let client = acting(view, actor, Permission::Connect)?.client_account()?.business;
        let ends = Ends::between(client.id, self.contractor);
        let backwards = ConnectionId::between(self.contractor, client.id);
        let named = self.role.map(Into::into);
        view.want([self.contractor.into(), ends.id.into(), backwards.into()].into_iter().chain(named))?;
        if let Some(role) = self.role {
            own(view, client, role)?.live()?;
        }
        let contractor = view.get_or_not_found(self.contractor)?;
        let before = edge(view, ends)?.connection;
        let known = contractor.id == client.id || before.is_some() || view.find(backwards)?.is_some();
        if contractor.active().is_err() || !(contractor.profile.listed || known) {
            return Err(Error::NotFound.into());
        }
        let request = RequestId::from_uuid(cx.fresh.ordered(cx.now));
        let event = connection::decide(ends, before, Command::Request(request, self.role))?;
        let event = event.ok_or(FaultKind::Internal)?;
        let after = connection::evolve(ends, before, &event, cx.now);
        let mut changes = Changes::default();
        let after = changes.evolve(view, after, Event::Connection(event))?;
        let role = own(view, client, after.role)?;
        role.live()?;
        let record = Request {
            id: request,
            connection: ends.id,
            client: ends.client,
            contractor: ends.contractor,
            asked_at: cx.now,
            state: State::Pending,
        };
        changes.put(view, record);
        changes.list(&after, client, contractor);
        let about = About::ConnectionRequested { contractor: contractor.id, connection: ends.id, request };
        changes.owe(view, NoticeId::from_uuid(cx.fresh.ordered(cx.now)), about, cx.now);
        changes.spend(actor.author(), client, [Limit::pair(client.id, contractor.id)]);
        Ok((Connection::of(&after, Side::Client, contractor, role), changes))
    }
}
