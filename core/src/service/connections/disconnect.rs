//! Ending a connection.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::super::actor::Caller;
use super::super::changes::Changes;
use super::super::reasons::GivenReason;
use super::super::view::{ReasonsOf, Stop, View};
use super::super::views::Connection;
use super::super::walk::{Call, Context, Operation};
use super::{Connections, own};
use crate::error::{Error, FaultKind};
use crate::id::{ConnectionId, NoticeId};
use crate::model::Side;
use crate::model::connection::{Command, Ending, State};
use crate::model::delivery::About;
use crate::model::fees::Spell;
use crate::model::reasons::{self, ReasonKind};
use crate::model::user_role::Permission;

/// Which connection to end, and why.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Disconnect {
    /// The connection.
    pub connection: ConnectionId,
    /// Why: one of the acting business's reasons for it, or `other` with a text.
    pub reason: GivenReason,
    /// Whether the reason is kept from the other side, in mail, lists and history.
    #[serde(default)]
    pub hide_reason: bool,
}

impl Disconnect {
    /// This connection, for a listed reason, which the other side may know.
    #[must_use]
    pub fn new(connection: ConnectionId, reason: impl Into<String>) -> Self {
        Self { connection, reason: GivenReason::listed(reason), hide_reason: false }
    }
}

impl Connections<'_> {
    /// Ends a connection, for either side. The other side is told; history is kept. What the client has ended is
    /// connected again by a new request or a personal invite created afterwards alone.
    ///
    /// # Errors
    /// `not_found`, `wrong_state` unless Connected, `already_decided` if it is disconnected already, `invalid_argument`
    /// for the reason.
    ///
    /// ```
    /// # use handclasp::{testing, connections::{AcceptRequest, Disconnect}, model::{Side, connection::Status}};
    /// # testing::example_request(async |handclasp, client, contractor, pending| {
    /// # let accept = AcceptRequest::new(pending.request.unwrap());
    /// # let connection = handclasp.connections().accept(&contractor, accept).await?.connection.id;
    /// let disconnect = Disconnect::new(connection, "work_finished");
    /// let ended = handclasp.connections().disconnect(&contractor, disconnect.clone()).await?;
    /// assert_eq!(ended.status, Status::Disconnected);
    /// assert_eq!(ended.ended.unwrap().by, Side::Contractor);
    /// let again = handclasp.connections().disconnect(&client, disconnect).await.unwrap_err();
    /// assert_eq!(again.code(), "already_decided");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn disconnect(&self, by: impl Into<Caller>, disconnect: Disconnect) -> Result<Connection, Error> {
        let by = by.into();
        let call = Call::from(&by);
        let checked = disconnect.reason.check().map(|reason| Disconnect { reason, ..disconnect });
        self.0.inner.walk(call, &call.checked(checked)?).await
    }
}

impl Operation for Disconnect {
    const NAME: &'static str = "connections.disconnect";
    type Answer = Connection;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Connection, Changes), Stop> {
        let own = own(view, cx.by.actor()?, self.connection, |_| Permission::Connect)?;
        let reasons = view.find(ReasonsOf(own.acting.business.id))?;
        let GivenReason { code, text } = &self.reason;
        let reason = reasons::given(reasons.map(Arc::as_ref), ReasonKind::Disconnect, code, text.clone())?;
        let role_name = own.role.name.clone();
        let ending = Ending { at: cx.now, by: own.side, reason, hidden: self.hide_reason, role_name };
        let mut changes = Changes::default();
        let after = own.change(view, cx, &mut changes, Command::Disconnect(ending))?;
        if let State::Connected { spell, .. } = own.connection.state {
            let spell = view.find(spell)?.ok_or(FaultKind::StorageCorrupt)?;
            changes.put(view, Spell { until: Some(cx.now), ..Spell::clone(spell) });
        }
        let (told, side) = match own.side {
            Side::Client => (&own.contractor, Side::Contractor),
            Side::Contractor => (&own.client, Side::Client),
        };
        // What falls due to an archived business is not kept for its return. Known here, while a time can't tell it.
        if told.active().is_ok() {
            let about =
                About::ConnectionEnded { told: told.id, side, connection: after.id, role: after.role, at: cx.now };
            changes.owe(view, NoticeId::from_uuid(cx.fresh.ordered(cx.now)), about, cx.now);
        }
        Ok((own.shown(&after), changes))
    }
}
