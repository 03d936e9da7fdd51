//! Pages of lists: a stable order, a sealed cursor, at most 1 000 at a time.

use std::sync::Arc;

use serde::Serialize;

use super::Inner;
use super::actor::Actor;
use super::view::{Stop, View};
use super::walk::By;
use crate::error::{Error, Fault, FaultKind, Reason};
use crate::storage::query::{Filter, Query, Source};
use crate::storage::record::Stored;
use crate::storage::rows::{Corrupt, Row, Table, Value};
use crate::storage::{Key, Kind, Versioned, has_place, last_position, position};

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

/// The records of listed rows, of which none may be missing.
pub(super) fn records<R: Stored>(kind: Kind, rows: Vec<Row>) -> Result<Vec<Arc<R>>, Error> {
    rows.into_iter().map(|row| record(kind, row).map_err(|corrupt| Fault::from(corrupt).into())).collect()
}

/// The records of listed rows that can be read.
pub(super) fn readable_records<R: Stored>(kind: Kind, rows: Vec<Row>) -> Vec<Arc<R>> {
    readable_rows(Source::Records(kind), rows, |row| record(kind, row))
}

/// What can be read of listed rows. One that makes no sense hides no other, and the log is told of it.
pub(super) fn readable_rows<T>(source: Source, rows: Vec<Row>, read: impl Fn(Row) -> Result<T, Corrupt>) -> Vec<T> {
    let table = source.table();
    let told = |row: Row| {
        let key: Vec<_> = table.head.iter().map(|column| row.get(table, column.name).cloned()).collect();
        read(row).inspect_err(|corrupt| {
            tracing::error!(table = table.name, column = corrupt.column, ?key, "a stored row makes no sense");
        })
    };
    rows.into_iter().filter_map(|row| told(row).ok()).collect()
}

fn record<R: Stored>(kind: Kind, row: Row) -> Result<Arc<R>, Corrupt> {
    let record = Versioned::read(kind, row)?.record;
    record.as_ref().and_then(R::of).cloned().ok_or(Corrupt { column: Source::Records(kind).table().name })
}

impl Inner {
    /// Shows what is listed, with what the records behind it hold. If one of those makes no sense, the others are shown
    /// without what it stands behind.
    pub(super) async fn show_each<T: Sync, A: Send>(
        &self,
        actor: &Actor,
        listed: &[T],
        keys: impl Fn(&T) -> Vec<Key> + Sync,
        show: impl Fn(&View, &T) -> Result<A, Stop> + Sync,
    ) -> Result<Vec<A>, Error> {
        let all = |view: &View, some: &[T]| {
            view.want(some.iter().flat_map(&keys))?;
            some.iter().map(|one| show(view, one)).collect::<Result<Vec<_>, Stop>>()
        };
        let by = By::Actor(actor);
        match self.peek(by, |view, _| all(view, listed)).await {
            Err(Error::Fault(fault)) if fault.kind == FaultKind::StorageCorrupt => {}
            shown => return shown,
        }
        let mut shown = Vec::with_capacity(listed.len());
        for one in listed.chunks(1) {
            match self.peek(by, |view, _| all(view, one)).await {
                Ok(one) => shown.extend(one),
                Err(Error::Fault(fault)) if fault.kind == FaultKind::StorageCorrupt => {
                    let keys: Vec<_> = one.iter().flat_map(&keys).collect();
                    tracing::error!(?keys, source = ?fault.source, "a record behind a list makes no sense");
                }
                Err(error) => return Err(error),
            }
        }
        Ok(shown)
    }

    /// Loads records for a list; one that makes no sense is missing, and the log is told of it.
    pub(super) async fn load_readable(&self, keys: &[Key]) -> Result<Vec<Versioned>, Error> {
        match self.storage.load(keys).await {
            Err(fault) if fault.kind == FaultKind::StorageCorrupt => {}
            loaded => return Ok(loaded?),
        }
        let mut loaded = Vec::with_capacity(keys.len());
        for key in keys.chunks(1) {
            match self.storage.load(key).await {
                Err(fault) if fault.kind == FaultKind::StorageCorrupt => {
                    tracing::error!(?key, source = ?fault.source, "a record behind a list makes no sense");
                    loaded.push(Versioned::NONE);
                }
                one => loaded.extend(one?),
            }
        }
        Ok(loaded)
    }
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
        let mut query = Query { source, filter, order, descending, after, limit: self.limit + 1 };
        let mut rows = inner.storage.list(&query).await?;
        let goes_on = |row: &Row| has_place(&query.order, source.table(), row);
        // Rows of which not even their place can be read would hide those behind them.
        while rows.len() == query.limit && !rows.iter().any(goes_on) {
            query.limit *= 2;
            rows = inner.storage.list(&query).await?;
        }
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
            let at = position(&query.order, query.source.table(), row);
            if query.descending { at < *after } else { at > *after }
        });
        after && taken <= self.limit
    }

    /// The page of rows that may be too many, and where the list goes on. Those without a place in it count for nothing.
    pub(super) fn cut(
        &self,
        inner: &Inner,
        (order, table): (&[&'static str], &Table),
        mut rows: Vec<Row>,
    ) -> Result<Paged, Error> {
        let more = rows.len() > self.limit;
        let mut placed = rows.iter().enumerate().filter(|(_, row)| has_place(order, table, row));
        if let Some((last, _)) = placed.nth(self.limit - 1) {
            rows.truncate(last + 1);
        }
        let last = if more { last_position(order, table, &rows) } else { None };
        let next = last.map(|last| self.seal(inner, &last)).transpose()?;
        Ok(Paged { rows, next })
    }
}
