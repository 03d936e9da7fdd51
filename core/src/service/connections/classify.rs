//! Choosing categories.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::super::actor::Caller;
use super::super::changes::Changes;
use super::super::view::{Stop, View};
use super::super::views::Connection;
use super::super::walk::{Call, Context, Operation};
use super::{Connections, own};
use crate::error::{Error, FaultKind, Reason};
use crate::id::ConnectionId;
use crate::model::Side;
use crate::model::category::Category;
use crate::model::connection::{Command, Status};
use crate::model::contractor_role::{CATEGORIES, ContractorRole};
use crate::model::user_role::Permission;
use crate::model::workflow::{self, Choice, Classification, Workflow};

/// Which categories a connection is in.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Classify {
    /// The connection.
    pub connection: ConnectionId,
    /// One or more of the role's categories and, in each that has any, at least one sub-category. Mandatory ones need
    /// not be named.
    pub categories: Vec<Choice>,
}

impl Classify {
    /// This connection, these categories.
    #[must_use]
    pub const fn new(connection: ConnectionId, categories: Vec<Choice>) -> Self {
        Self { connection, categories }
    }
}

impl Connections<'_> {
    /// Chooses the categories of a connection, for the contractor (`connect`) or the client (`classify`). It can be
    /// done again later; what was done is kept while it still applies.
    ///
    /// # Errors
    /// `not_found` for the connection or a category, `wrong_state` unless Connected, `invalid_argument` for no category
    /// where there are some, and for a choice of sub-categories that its category does not allow.
    ///
    /// ```
    /// # use handclasp::{testing, connections::{AcceptRequest, Classify}, contractor_roles::DefineCategory};
    /// # use handclasp::model::workflow::{Choice, Classification};
    /// # testing::example_request(async |handclasp, client, contractor, pending| {
    /// # let accept = AcceptRequest::new(pending.request.unwrap());
    /// # let connection = handclasp.connections().accept(&contractor, accept).await?.connection.id;
    /// let trade = DefineCategory::new(pending.role, "Trade", &["Electrics", "Plumbing"]);
    /// let trade = handclasp.contractor_roles().define_category(&client, trade).await?;
    /// let choice = Choice { category: trade.id, sub_categories: vec![trade.sub_categories[1].id] };
    /// let classify = Classify::new(connection, vec![choice]);
    /// let classified = handclasp.connections().classify(&contractor, classify).await?;
    /// assert_eq!(classified.classification, Some(Classification::Classified));
    /// let nothing = handclasp.connections().classify(&contractor, Classify::new(connection, vec![])).await;
    /// assert_eq!(nothing.unwrap_err().code(), "invalid_argument");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn classify(&self, by: impl Into<Caller>, classify: Classify) -> Result<Connection, Error> {
        let by = by.into();
        if classify.categories.len() > CATEGORIES {
            return Err(Error::argument("categories", Reason::TooLong));
        }
        self.0.inner.walk(Call::from(&by), &classify).await
    }
}

/// Who may choose, by the end that they act for.
const fn needs(side: Side) -> Permission {
    match side {
        Side::Client => Permission::Classify,
        Side::Contractor => Permission::Connect,
    }
}

impl Operation for Classify {
    const NAME: &'static str = "connections.classify";
    type Answer = Connection;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Connection, Changes), Stop> {
        let own = own(view, cx.by.actor()?, self.connection, needs)?;
        if own.connection.status() != Status::Connected {
            return Err(Error::WrongState { state: own.connection.status().word() }.into());
        }
        let configured = configured(view, own.role)?;
        let before = &own.connection.workflow;
        let categories = workflow::classified(&before.categories, &self.categories, &configured)?;
        let chosen = Workflow { classification: Classification::Classified, categories, ..before.clone() };
        let mut changes = Changes::default();
        let after = own.change(view, cx, &mut changes, Command::Classify(chosen.pruned(own.role)))?;
        Ok((own.shown(&after), changes))
    }
}

/// The categories that can be chosen for a role.
fn configured<'v>(view: &'v View, role: &ContractorRole) -> Result<Vec<&'v Arc<Category>>, Stop> {
    view.want(role.categories.iter().map(|id| (*id).into()))?;
    let mut configured = Vec::with_capacity(role.categories.len());
    for id in &role.categories {
        configured.push(view.find(*id)?.ok_or(FaultKind::StorageCorrupt)?);
    }
    Ok(configured)
}
