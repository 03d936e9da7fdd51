//! Names that can be taken for another business's, for those who decide whom to let in.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::super::Inner;
use super::super::lists::records;
use super::super::views::Card;
use crate::error::Error;
use crate::id::BusinessId;
use crate::model::business::Business;
use crate::model::directory::{Word, look};
use crate::storage::query::{Filter, Query, Source};
use crate::storage::record::Stored;
use crate::storage::rows::Value;
use crate::storage::{Key, Kind};
use crate::text::folded;

/// A business whose name or trading name looks like that of another listed business, though it is written otherwise, as
/// `Аcme` with a Cyrillic А looks like `Acme`. It is no proof of anything: people should look twice.
///
/// What looks alike is told by the skeletons of [UTS #39](https://www.unicode.org/reports/tr39/#Confusable_Detection),
/// whatever the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Confusable {
    /// The business.
    pub business: BusinessId,
    /// The names that its own can be taken for, up to three.
    pub confusable_with: Vec<String>,
}

/// So many entries are looked at a call, at most.
const LOOKED_AT: usize = 1_000;
/// So many names are told of one business.
const TOLD: usize = 3;

/// Those of the businesses whose names can be taken for others.
pub(in super::super) async fn confusable(inner: &Inner, shown: &[&Card]) -> Result<Vec<Confusable>, Error> {
    let looks: BTreeSet<String> = shown.iter().flat_map(|card| names(card)).map(look).collect();
    if looks.is_empty() {
        return Ok(Vec::new());
    }
    let looks = looks.into_iter().map(Value::Text).collect();
    let query = Query {
        source: Source::Records(Kind::Word),
        filter: Filter::All(vec![Filter::Is("listed", Value::Bool(true)), Filter::OneOf("word", looks)]),
        order: vec!["word", "business_id"],
        descending: false,
        after: None,
        limit: LOOKED_AT,
    };
    let found = records::<Word>(Kind::Word, inner.storage.list(&query).await?)?;
    let mut like: BTreeMap<&str, Vec<BusinessId>> = BTreeMap::new();
    for word in &found {
        like.entry(&word.word).or_default().push(word.business);
    }
    // Nearly always a look is one business's alone, and nobody else is loaded.
    like.retain(|_, businesses| businesses.len() > 1 || shown.iter().all(|card| !businesses.contains(&card.id)));
    let keys: BTreeSet<Key> = like.values().flatten().map(|business| (*business).into()).collect();
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let loaded = inner.storage.load(&keys.into_iter().collect::<Vec<_>>()).await?;
    let others = loaded.iter().filter_map(|loaded| loaded.record.as_ref().and_then(Business::of));
    let others: Vec<Card> = others.filter(|business| business.public()).map(|business| Card::of(business)).collect();
    let told = shown.iter().map(|card| Confusable { business: card.id, confusable_with: taken_for(card, &others) });
    Ok(told.filter(|told| !told.confusable_with.is_empty()).collect())
}

/// The names of others that look like the business's own, and are not the same.
fn taken_for(card: &Card, others: &[Card]) -> Vec<String> {
    let own: Vec<_> = names(card).map(|name| (look(name), folded(name))).collect();
    let alike = |name: &str| {
        let (look, folded) = (look(name), folded(name));
        own.iter().any(|own| own.0 == look) && own.iter().all(|own| own.1 != folded)
    };
    let others = others.iter().filter(|other| other.id != card.id).flat_map(names).filter(|name| alike(name));
    let different: BTreeSet<&str> = others.collect();
    different.into_iter().take(TOLD).map(str::to_owned).collect()
}

fn names(card: &Card) -> impl Iterator<Item = &str> {
    [Some(card.name.as_str()), card.trading_name.as_deref()].into_iter().flatten()
}
