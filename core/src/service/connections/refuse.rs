//! Answering a request with no, and taking one back. Neither mails anybody.

use serde::{Deserialize, Serialize};

use super::super::actor::{Actor, Caller};
use super::super::changes::Changes;
use super::super::view::{Stop, View};
use super::super::views::Connection;
use super::super::walk::{Call, Context, Operation};
use super::{Connections, asked};
use crate::error::Error;
use crate::id::RequestId;
use crate::model::Side;
use crate::model::connection::Command;
use crate::model::request::{self, Request};

/// Which request to decline.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DeclineRequest {
    /// The request, so that a stale page can't answer a newer one.
    pub request: RequestId,
}

impl DeclineRequest {
    /// This request.
    #[must_use]
    pub const fn new(request: RequestId) -> Self {
        Self { request }
    }
}

/// Which request to take back.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct WithdrawRequest {
    /// The request, so that a stale page can't take back a newer one.
    pub request: RequestId,
}

impl WithdrawRequest {
    /// This request.
    #[must_use]
    pub const fn new(request: RequestId) -> Self {
        Self { request }
    }
}

impl Connections<'_> {
    /// Declines a request, for the contractor. Nothing is connected and nobody is mailed; both sides see it in their
    /// lists.
    ///
    /// # Errors
    /// `not_found`, `already_decided`, `forbidden` for the client.
    ///
    /// ```
    /// # use handclasp::{testing, connections::DeclineRequest, model::connection::Status};
    /// # testing::example_request(async |handclasp, client, contractor, pending| {
    /// let decline = DeclineRequest::new(pending.request.unwrap());
    /// let refused = handclasp.connections().decline(&client, decline).await.unwrap_err();
    /// assert_eq!(refused.code(), "forbidden");
    /// let declined = handclasp.connections().decline(&contractor, decline).await?;
    /// assert_eq!(declined.status, Status::Declined);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn decline(&self, by: impl Into<Caller>, decline: DeclineRequest) -> Result<Connection, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &decline).await
    }

    /// Takes a request back, for the client. Nobody is mailed; both sides see it in their lists.
    ///
    /// # Errors
    /// `not_found`, `already_decided`, `forbidden` for the contractor.
    ///
    /// ```
    /// # use handclasp::{testing, connections::{AcceptRequest, WithdrawRequest}, model::connection::Status};
    /// # testing::example_request(async |handclasp, client, contractor, pending| {
    /// let request = pending.request.unwrap();
    /// let withdrawn = handclasp.connections().withdraw(&client, WithdrawRequest::new(request)).await?;
    /// assert_eq!(withdrawn.status, Status::Withdrawn);
    /// let late = handclasp.connections().accept(&contractor, AcceptRequest::new(request)).await.unwrap_err();
    /// assert_eq!((late.code(), &late.fields()["decision"]), ("already_decided", &"withdrawn".into()));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn withdraw(&self, by: impl Into<Caller>, withdraw: WithdrawRequest) -> Result<Connection, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &withdraw).await
    }
}

/// How one side ends a request, as its machine and the connection's say it.
struct End {
    side: Side,
    of_request: request::Command,
    of_connection: Command,
}

fn end(view: &View, cx: &Context<'_>, actor: &Actor, id: RequestId, end: End) -> Result<(Connection, Changes), Stop> {
    let (own, request) = asked(view, actor, id, end.side)?;
    let state = request::decide(request, end.of_request, cx.now)?;
    let mut changes = Changes::default();
    changes.put(view, Request { state, ..(*request).clone() });
    let after = own.change(view, cx, &mut changes, end.of_connection)?;
    Ok((own.shown(&after), changes))
}

impl Operation for DeclineRequest {
    const NAME: &'static str = "connections.decline";
    type Answer = Connection;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Connection, Changes), Stop> {
        let (of_request, of_connection) = (request::Command::Decline, Command::Decline);
        end(view, cx, cx.by.actor()?, self.request, End { side: Side::Contractor, of_request, of_connection })
    }
}

impl Operation for WithdrawRequest {
    const NAME: &'static str = "connections.withdraw";
    type Answer = Connection;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Connection, Changes), Stop> {
        let (of_request, of_connection) = (request::Command::Withdraw, Command::Withdraw);
        end(view, cx, cx.by.actor()?, self.request, End { side: Side::Client, of_request, of_connection })
    }
}
