//! A page by workflow status, which is stored nowhere: it is reckoned over all of the owner's rows that match the rest.

use std::collections::HashMap;
use std::sync::Arc;

use super::{ConnectionCounts, ConnectionsPage, ListConnections, connections};
use crate::error::{Error, Fault, FaultKind};
use crate::id::ContractorRoleId;
use crate::model::contractor_role::ContractorRole;
use crate::model::workflow::{Workflow, WorkflowStatus};
use crate::service::Inner;
use crate::service::actor::Actor;
use crate::service::lists::{Paged, Paging};
use crate::storage::query::{Filter, Query, Source};
use crate::storage::record::Stored;
use crate::storage::rows::{Row, SIDES};
use crate::storage::{Key, Side};

/// So many rows are looked at at a time.
const BATCH: usize = 5_000;

/// The page and the counts, in one pass over the rows in the order of the list.
pub(super) async fn page(
    inner: &Inner,
    actor: &Actor,
    (all, list, wanted): (Vec<Filter>, &ListConnections, WorkflowStatus),
    paging: Paging,
) -> Result<ConnectionsPage, Error> {
    let (order, descending) = list.sort.order();
    let filter = Filter::All(all);
    let mut query = Query { source: Source::Sides, filter, order, descending, after: None, limit: BATCH };
    let (mut rows, mut counts) = (Vec::new(), ConnectionCounts::default());
    loop {
        let batch = inner.storage.list(&query).await?;
        let more = batch.len() == BATCH;
        query.after = batch.last().map(|last| crate::storage::position(&query.order, &SIDES, last));
        for (row, side) in matching(inner, batch, wanted).await? {
            *counts.of(side.status) += 1;
            let listed = list.statuses.as_ref().is_none_or(|statuses| statuses.contains(&side.status));
            if listed && paging.takes(&query, &row, rows.len()) {
                rows.push(row);
            }
        }
        if !more {
            break;
        }
    }
    let Paged { rows, next } = paging.cut(inner, (&query.order, &SIDES), rows)?;
    Ok(ConnectionsPage { connections: connections(inner, actor, rows).await?, next, counts })
}

/// The rows that are so far, with what they say.
async fn matching(inner: &Inner, batch: Vec<Row>, wanted: WorkflowStatus) -> Result<Vec<(Row, Side)>, Error> {
    let mut sides = Vec::with_capacity(batch.len());
    for row in batch {
        let side = Side::read(row.clone()).map_err(Fault::from)?;
        sides.push((row, side));
    }
    let roles = roles(inner, &sides).await?;
    let mut matching = Vec::new();
    for (row, side) in sides {
        // A connection that is not Connected has no workflow status.
        let Some(classification) = side.classification else { continue };
        let role = roles.get(&side.role).ok_or(FaultKind::StorageCorrupt)?;
        if Workflow::from_texts(classification, &side.categories, &side.progress).status(role) == wanted {
            matching.push((row, side));
        }
    }
    Ok(matching)
}

async fn roles(inner: &Inner, sides: &[(Row, Side)]) -> Result<HashMap<ContractorRoleId, Arc<ContractorRole>>, Error> {
    let mut ids: Vec<_> = sides.iter().map(|(_, side)| side.role).collect();
    ids.sort_unstable();
    ids.dedup();
    let keys: Vec<Key> = ids.iter().map(|id| (*id).into()).collect();
    let loaded = inner.storage.load(&keys).await?;
    let found = ids.into_iter().zip(loaded).filter_map(|(id, loaded)| {
        let role = loaded.record.as_ref().and_then(ContractorRole::of).cloned()?;
        Some((id, role))
    });
    Ok(found.collect())
}
