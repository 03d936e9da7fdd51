//! What the connections cost.

use anyhow::Result;
use handclasp::fees::{FeeStatement, Quote, Statement};
use handclasp::{Error, Handclasp};
use serde::Serialize;

use super::Client;

/// The statements of the running period.
#[derive(Debug, Serialize)]
pub(crate) struct Facts {
    pub(crate) statements: Vec<Stated>,
    /// Clients who pay nothing.
    pub(crate) without_plan: Vec<String>,
}

/// A client's statement, and what one connection more would make of it.
#[derive(Debug, Serialize)]
pub(crate) struct Stated {
    pub(crate) client: String,
    pub(crate) statement: FeeStatement,
    pub(crate) total_with_one_more: u64,
}

/// The running period's statement of every client that has a plan.
pub(crate) async fn all(handclasp: &Handclasp, clients: &[Client]) -> Result<((), Facts)> {
    let mut facts = Facts { statements: Vec::new(), without_plan: Vec::new() };
    for client in clients {
        let (admin, name) = (client.business.actor(), client.business.name.clone());
        let quote = match handclasp.fees().quote(&admin, Quote::default()).await {
            Ok(quote) => quote,
            Err(Error::NotFound) => {
                facts.without_plan.push(name);
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        let mut of = Statement::default();
        of.limit = Some(1_000);
        let statement = handclasp.fees().statement(&admin, of).await?;
        facts.statements.push(Stated { client: name, statement, total_with_one_more: quote.total_with_one_more });
    }
    Ok(((), facts))
}
