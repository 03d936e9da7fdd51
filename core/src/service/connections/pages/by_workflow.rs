//! A page by workflow status, which is stored nowhere: it is reckoned over all of the owner's rows that match the rest.

use std::collections::HashMap;
use std::sync::Arc;

use futures_util::future::{join, try_join_all};

use super::{ConnectionCounts, ConnectionsPage, ListConnections, connections, marked};
use crate::error::Error;
use crate::id::ContractorRoleId;
use crate::model::contractor_role::ContractorRole;
use crate::model::workflow::{Workflow, WorkflowStatus};
use crate::service::Inner;
use crate::service::actor::Actor;
use crate::service::lists::{Paged, Paging, readable_rows};
use crate::storage::query::{Filter, Query, Source};
use crate::storage::record::Stored;
use crate::storage::rows::{Row, SIDES};
use crate::storage::{Key, Side};

/// So many rows are looked at at a time.
const BATCH: usize = 10_000;
/// So many roles are loaded with one call, beside others: a client of its own stands behind each row of a contractor.
const AT_ONCE: usize = 2_500;

/// The page and the counts, in one pass over the rows in the order of the list.
pub(super) async fn page(
    inner: &Inner,
    actor: &Actor,
    (all, list, wanted): (Vec<Filter>, &ListConnections, WorkflowStatus),
    paging: Paging,
) -> Result<ConnectionsPage, Error> {
    let (order, descending) = list.sort.order();
    // What is not Connected has no workflow status.
    let connected = Filter::Not(Box::new(Filter::Null("classification")));
    let filter = Filter::All(all.into_iter().chain([connected]).collect());
    let mut query = Query { source: Source::Sides, filter, order, descending, after: None, limit: BATCH };
    let (mut rows, mut counts) = (Vec::new(), ConnectionCounts::default());
    let mut batch = Some(inner.storage.list(&query).await?);
    while let Some(some) = batch.take() {
        let more = some.len() == BATCH;
        query.after = crate::storage::last_position(&query.order, &SIDES, &some);
        // While one batch is reckoned with, the next is on its way.
        let more = more && query.after.is_some();
        let following = async { if more { inner.storage.list(&query).await.map(Some) } else { Ok(None) } };
        let (matched, following) = join(matching(inner, some, wanted), following).await;
        batch = following?;
        for side in matched? {
            *counts.of(side.status) += 1;
            if list.statuses.as_ref().is_some_and(|statuses| !statuses.contains(&side.status)) {
                continue;
            }
            let row = Row(side.values());
            if paging.takes(&query, &row, rows.len()) {
                rows.push(row);
            }
        }
    }
    let Paged { rows, next } = paging.cut(inner, (&query.order, &SIDES), rows)?;
    let connections = connections(inner, actor, rows).await?;
    Ok(ConnectionsPage { confusable: marked(inner, &connections).await?, connections, next, counts })
}

/// Those of the rows that are so far.
async fn matching(inner: &Inner, batch: Vec<Row>, wanted: WorkflowStatus) -> Result<Vec<Side>, Error> {
    let sides = readable_rows(Source::Sides, batch, Side::read);
    let roles = roles(inner, &sides).await?;
    let mut matching = Vec::new();
    for side in sides {
        let Some(classification) = side.classification else { continue };
        // One that makes no sense was told to the log.
        let Some(role) = roles.get(&side.role) else { continue };
        if Workflow::from_texts(classification, &side.categories, &side.progress).status(role) == wanted {
            matching.push(side);
        }
    }
    Ok(matching)
}

async fn roles(inner: &Inner, sides: &[Side]) -> Result<HashMap<ContractorRoleId, Arc<ContractorRole>>, Error> {
    let mut ids: Vec<_> = sides.iter().map(|side| side.role).collect();
    ids.sort_unstable();
    ids.dedup();
    let keys: Vec<Key> = ids.iter().map(|id| (*id).into()).collect();
    let loads = keys.chunks(AT_ONCE).map(|keys| inner.load_readable(keys));
    let loaded = try_join_all(loads).await?;
    let found = ids.into_iter().zip(loaded.into_iter().flatten()).filter_map(|(id, loaded)| {
        let role = loaded.record.as_ref().and_then(ContractorRole::of).cloned()?;
        Some((id, role))
    });
    Ok(found.collect())
}
