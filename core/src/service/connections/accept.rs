//! Answering a request with yes.

use serde::{Deserialize, Serialize};

use super::super::actor::Caller;
use super::super::changes::Changes;
use super::super::view::{Stop, View};
use super::super::views::Connected;
use super::super::walk::{Call, Context, Operation};
use super::{Connections, asked, connect, edge, start};
use crate::error::Error;
use crate::id::RequestId;
use crate::model::connection::{Command, Ends};
use crate::model::{Side, request};

/// Which request to accept.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AcceptRequest {
    /// The request, so that a stale page can't answer a newer one.
    pub request: RequestId,
}

impl AcceptRequest {
    /// This request.
    #[must_use]
    pub const fn new(request: RequestId) -> Self {
        Self { request }
    }
}

impl Connections<'_> {
    /// Accepts a request, for the contractor. Each side is mailed once; the answer says whether categories must now be
    /// chosen.
    ///
    /// # Errors
    /// `not_found`, `already_decided`, `wrong_state` while the role or the client is archived, `limit_exceeded`
    /// (connections), `forbidden` for the client.
    ///
    /// ```
    /// # use handclasp::{testing, connections::AcceptRequest, model::{connection::Status, workflow::Classification}};
    /// # testing::example_request(async |handclasp, _, contractor, pending| {
    /// let accept = AcceptRequest::new(pending.request.unwrap());
    /// let connected = handclasp.connections().accept(&contractor, accept).await?;
    /// assert_eq!(connected.connection.status, Status::Connected);
    /// assert_eq!(connected.classification, Classification::NotConfigured);
    /// let again = handclasp.connections().accept(&contractor, accept).await.unwrap_err();
    /// assert_eq!((again.code(), &again.fields()["decision"]), ("already_decided", &"accepted".into()));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn accept(&self, by: impl Into<Caller>, accept: AcceptRequest) -> Result<Connected, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &accept).await
    }
}

impl Operation for AcceptRequest {
    const NAME: &'static str = "connections.accept";
    type Answer = Connected;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Connected, Changes), Stop> {
        let (own, request) = asked(view, cx.by.actor()?, self.request, Side::Contractor)?;
        request::decide(request, request::Command::Accept, cx.now)?;
        own.role.live()?;
        own.client.active()?;
        let edge = edge(view, Ends::of(own.connection))?;
        let mut changes = Changes::default();
        let command = Command::Accept(start(cx, own.role));
        let businesses = (own.client, own.contractor);
        let connected = connect(view, cx, &mut changes, businesses, &edge, (own.role, command))?;
        Ok((connected, changes))
    }
}
