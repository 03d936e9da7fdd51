//! Names that can be taken for another business's, for those who decide whom to let in.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::super::Inner;
use super::super::lists::readable_records;
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

/// A name or trading name.
struct Name<'a> {
    business: BusinessId,
    text: &'a str,
    look: String,
    folded: String,
}

fn names(card: &Card) -> impl Iterator<Item = Name<'_>> {
    let both = [Some(card.name.as_str()), card.trading_name.as_deref()].into_iter().flatten();
    both.map(|text| Name { business: card.id, text, look: look(text), folded: folded(text) })
}

/// Names by their look.
fn by_look<'a>(cards: impl Iterator<Item = &'a Card>) -> BTreeMap<String, Vec<Name<'a>>> {
    let mut by_look: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for name in cards.flat_map(names) {
        by_look.entry(name.look.clone()).or_default().push(name);
    }
    by_look
}

/// Those of the businesses whose names can be taken for others.
pub(in super::super) async fn confusable(inner: &Inner, shown: &[&Card]) -> Result<Vec<Confusable>, Error> {
    let own = by_look(shown.iter().copied());
    if own.is_empty() {
        return Ok(Vec::new());
    }
    let looks = own.keys().cloned().map(Value::Text).collect();
    let query = Query {
        source: Source::Records(Kind::Word),
        filter: Filter::All(vec![Filter::Is("listed", Value::Bool(true)), Filter::OneOf("word", looks)]),
        order: vec!["word", "business_id"],
        descending: false,
        after: None,
        limit: LOOKED_AT,
    };
    let found = readable_records::<Word>(Kind::Word, inner.storage.list(&query).await?);
    // Nearly always a look is one business's alone, and nobody is loaded.
    let of_another =
        |word: &Word| own.get(&word.word).is_some_and(|own| own.iter().any(|own| own.business != word.business));
    let keys: BTreeSet<Key> = found.iter().filter(|word| of_another(word)).map(|word| word.business.into()).collect();
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let loaded = inner.load_readable(&keys.into_iter().collect::<Vec<_>>()).await?;
    let others = loaded.iter().filter_map(|loaded| loaded.record.as_ref().and_then(Business::of));
    let others: Vec<Card> = others.filter(|business| business.public()).map(|business| Card::of(business)).collect();
    Ok(marked(shown, &own, &by_look(others.iter())))
}

/// The names of others that look like a business's own, and are written otherwise.
fn marked(
    shown: &[&Card],
    own: &BTreeMap<String, Vec<Name<'_>>>,
    others: &BTreeMap<String, Vec<Name<'_>>>,
) -> Vec<Confusable> {
    let mut with: BTreeMap<BusinessId, BTreeSet<&str>> = BTreeMap::new();
    for (look, own) in own {
        for (own, other) in
            own.iter().flat_map(|own| others.get(look).into_iter().flatten().map(move |other| (own, other)))
        {
            if own.business != other.business && own.folded != other.folded {
                with.entry(own.business).or_default().insert(other.text);
            }
        }
    }
    let told = |card: &&Card| {
        let confusable_with = with.get(&card.id)?.iter().take(TOLD).map(|name| (*name).to_owned()).collect();
        Some(Confusable { business: card.id, confusable_with })
    };
    shown.iter().filter_map(told).collect()
}
