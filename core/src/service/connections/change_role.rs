//! Putting a connection under another role.

use serde::{Deserialize, Serialize};

use super::super::actor::Caller;
use super::super::changes::Changes;
use super::super::contractor_roles;
use super::super::view::{Stop, View};
use super::super::views::{Connected, Connection};
use super::super::walk::{Call, Context, Operation};
use super::{Connections, own};
use crate::error::Error;
use crate::id::{ConnectionId, ContractorRoleId};
use crate::model::Side;
use crate::model::connection::Command;
use crate::model::user_role::Permission;

/// Which connection gets which role.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ChangeConnectionRole {
    /// The connection.
    pub connection: ConnectionId,
    /// A live contractor role of the client.
    pub role: ContractorRoleId,
}

impl ChangeConnectionRole {
    /// This connection, this role.
    #[must_use]
    pub const fn new(connection: ConnectionId, role: ContractorRoleId) -> Self {
        Self { connection, role }
    }
}

impl Connections<'_> {
    /// Puts a connection under another contractor role, for the client. Its categories and what was done go with the
    /// old role; the answer says whether categories must now be chosen.
    ///
    /// # Errors
    /// `not_found`, `forbidden` for the contractor, `wrong_state` unless Connected or for an archived role.
    ///
    /// ```
    /// # use handclasp::{testing, connections::{AcceptRequest, ChangeConnectionRole}, model::workflow::Classification};
    /// # use handclasp::contractor_roles::CreateContractorRole;
    /// # testing::example_request(async |handclasp, client, contractor, pending| {
    /// # let accept = AcceptRequest::new(pending.request.unwrap());
    /// # let connection = handclasp.connections().accept(&contractor, accept).await?.connection.id;
    /// let caterer = handclasp.contractor_roles().create(&client, CreateContractorRole::new("Caterer")).await?.id;
    /// let change = ChangeConnectionRole::new(connection, caterer);
    /// let changed = handclasp.connections().change_role(&client, change).await?;
    /// assert_eq!(changed.connection.role_name, "Caterer");
    /// assert_eq!(changed.classification, Classification::NotConfigured);
    /// let refused = handclasp.connections().change_role(&contractor, change).await.unwrap_err();
    /// assert_eq!(refused.code(), "forbidden");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn change_role(&self, by: impl Into<Caller>, change: ChangeConnectionRole) -> Result<Connected, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &change).await
    }
}

impl Operation for ChangeConnectionRole {
    const NAME: &'static str = "connections.change_role";
    type Answer = Connected;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Connected, Changes), Stop> {
        let own = own(view, cx.by.actor()?, self.connection, |_| Permission::Connect)?;
        if own.side == Side::Contractor {
            return Err(Error::Forbidden.into());
        }
        let role = contractor_roles::own(view, own.client, self.role)?;
        // A connection keeps a role that is archived, and what is set already can be set again.
        if role.id != own.connection.role {
            role.live()?;
        }
        let mut changes = Changes::default();
        let command = Command::ChangeRole { role: role.id, configured: !role.categories.is_empty() };
        let after = own.change(view, cx, &mut changes, command)?;
        let classification = after.workflow.classification;
        let connection = Connection::of(&after, Side::Client, own.contractor, role);
        Ok((Connected { connection, classification }, changes))
    }
}
