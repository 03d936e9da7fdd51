//! Pages of lists: a stable order, a sealed cursor, at most 1 000 at a time.

use std::sync::Arc;

use serde::Serialize;

use super::Inner;
use super::actor::Actor;
use crate::error::{Error, Fault, FaultKind, Reason};
use crate::storage::query::{Filter, Query, Source};
use crate::storage::record::Stored;
use crate::storage::rows::{Row, Table, Value};
use crate::storage::{Kind, Versioned};

/// So many, unless the caller says otherwise.
const USUAL: u32 = 100;
const MOST: u32 = 1_000;

/// One page of a list, wanted by an actor, under a filter.
pub(super) struct Paging {
    /// What a cursor is made for: the same list, filter and reader.
    scope: Vec<u8>,
    after: Option<Vec<Value>>,
    limit: usize,
}

/// What a page shows, before it is dressed.
pub(super) struct Paged {
    pub(super) rows: Vec<Row>,
    pub(super) next: Option<String>,
}

/// The records of listed rows.
pub(super) fn records<R: Stored>(kind: Kind, rows: Vec<Row>) -> Result<Vec<Arc<R>>, Error> {
    let record = |row| {
        let record = Versioned::read(kind, row).map_err(Fault::from)?.record;
        record.as_ref().and_then(R::of).cloned().ok_or(Error::from(FaultKind::StorageCorrupt))
    };
    rows.into_iter().map(record).collect()
}

impl Paging {
    pub(super) fn new(
        inner: &Inner,
        (list, actor): (&str, &Actor),
        filter: &impl Serialize,
        cursor: Option<&str>,
        limit: Option<u32>,
    ) -> Result<Self, Error> {
        let limit = limit.unwrap_or(USUAL);
        if !(1..=MOST).contains(&limit) {
            return Err(Error::argument("limit", Reason::OutOfRange));
        }
        let reader = (list, actor.author(), actor.business().ok(), filter);
        let scope = serde_json::to_vec(&reader).map_err(|error| Fault::new(FaultKind::Internal, error))?;
        let after = match cursor {
            None => None,
            Some(cursor) => {
                let position = inner.configuration.keys.unseal(&scope, cursor);
                let position = position.and_then(|position| serde_json::from_slice(&position).ok());
                Some(position.ok_or(Error::argument("cursor", Reason::Format))?)
            }
        };
        Ok(Self { scope, after, limit: usize::try_from(limit).unwrap_or(usize::MAX) })
    }

    pub(super) async fn page(
        self,
        inner: &Inner,
        (source, filter): (Source, Filter),
        order: Vec<&'static str>,
        descending: bool,
    ) -> Result<Paged, Error> {
        // One more than asked for tells whether there is a next page.
        let after = self.after.clone();
        let query = Query { source, filter, order, descending, after, limit: self.limit + 1 };
        let rows = inner.storage.list(&query).await?;
        self.cut(inner, (&query.order, source.table()), rows)
    }

    pub(super) const fn limit(&self) -> usize {
        self.limit
    }

    pub(super) fn after(&self) -> Option<Vec<Value>> {
        self.after.clone()
    }

    /// A cursor for the same list, filter and reader.
    pub(super) fn seal(&self, inner: &Inner, position: &[Value]) -> Result<String, Error> {
        let position = serde_json::to_vec(position).map_err(|error| Fault::new(FaultKind::Internal, error))?;
        inner.configuration.keys.seal(&self.scope, &position)
    }

    /// Whether a row that is looked at in the order of the query belongs on the page, or is the one more that tells of a
    /// next page.
    pub(super) fn takes(&self, query: &Query, row: &Row, taken: usize) -> bool {
        let after = self.after.as_ref().is_none_or(|after| {
            let at = crate::storage::position(&query.order, query.source.table(), row);
            if query.descending { at < *after } else { at > *after }
        });
        after && taken <= self.limit
    }

    /// The page of rows that may be one too many, and where the list goes on.
    pub(super) fn cut(
        &self,
        inner: &Inner,
        (order, table): (&[&'static str], &Table),
        mut rows: Vec<Row>,
    ) -> Result<Paged, Error> {
        let more = rows.len() > self.limit;
        rows.truncate(self.limit);
        let last = rows.last().filter(|_| more).map(|last| crate::storage::position(order, table, last));
        Ok(Paged { rows, next: last.map(|position| self.seal(inner, &position)).transpose()? })
    }
}
