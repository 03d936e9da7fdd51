//! Pages of lists: a stable order, a sealed cursor, at most 1 000 at a time.

use serde::Serialize;

use super::Inner;
use super::actor::Actor;
use crate::error::{Error, Fault, FaultKind, Reason};
use crate::storage::query::{Filter, Query, Source};
use crate::storage::rows::{Row, Value};

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
        let query = Query { source, filter, order, descending, after: self.after, limit: self.limit + 1 };
        let mut rows = inner.storage.list(&query).await?;
        let more = rows.len() > self.limit;
        rows.truncate(self.limit);
        let next = match rows.last().filter(|_| more) {
            None => None,
            Some(last) => {
                let position = crate::storage::position(&query.order, source.table(), last);
                let position = serde_json::to_vec(&position).map_err(|error| Fault::new(FaultKind::Internal, error))?;
                Some(inner.configuration.keys.seal(&self.scope, &position)?)
            }
        };
        Ok(Paged { rows, next })
    }
}
