//! Finding a business by the beginnings of the words of its name.
//!
//! The directory holds one record per word of each listed business. A search walks the rarest of its words, so that
//! "acme ltd" looks at the businesses called Acme and not at every Ltd, and looks at no more than a bounded number of
//! them a call: a page may be short and still say where the list goes on.

use serde::{Deserialize, Serialize};

use super::super::Inner;
use super::super::actor::{Actor, Caller};
use super::super::changes::Changes;
use super::super::lists::{Paging, readable_records};
use super::super::view::{Stop, View};
use super::super::views::Card;
use super::super::walk::By;
use super::{Businesses, Confusable, confusable};
use crate::error::{Error, Reason};
use crate::id::WordId;
use crate::model::business::Business;
use crate::model::directory::{Word, entries, words};
use crate::storage::query::{Filter, Query, Source};
use crate::storage::record::Stored;
use crate::storage::rows::{Row, Value};
use crate::storage::{Key, Kind};
use crate::text;

/// So many entries of each word are looked at to find the rarest.
const RARE: usize = 64;
/// So many entries are looked at a call, at most.
const LOOKED_AT: usize = 2_000;
/// The most words that one search can have.
const WORDS: usize = 10;
const SOURCE: Source = Source::Records(Kind::Word);

/// What to look for.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SearchBusinesses {
    /// The beginnings of one or more words of the name, the trading name or the registration number, whatever their
    /// case; up to 200 graphemes and 10 words.
    pub text: String,
    /// Where an earlier page said that the list goes on.
    #[serde(default)]
    pub cursor: Option<String>,
    /// At most so many, from 1 to 1 000; 100 unless given.
    #[serde(default)]
    pub limit: Option<u32>,
}

impl SearchBusinesses {
    /// Businesses with words that begin so.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), cursor: None, limit: None }
    }
}

/// One page of businesses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SearchPage {
    /// The businesses, in the order of the word that was found. A page may be short, even empty, and the list go on.
    pub businesses: Vec<Card>,
    /// Those of them whose names can be taken for others'.
    pub confusable: Vec<Confusable>,
    /// Where the list goes on, if it does.
    pub next: Option<String>,
}

impl Businesses<'_> {
    /// Finds active, listed businesses by the beginnings of words, for any signed-in person.
    ///
    /// # Errors
    /// `invalid_argument` for a text without letters or digits, with more than 10 words, and for a cursor of another
    /// search or reader.
    ///
    /// ```
    /// # use handclasp::{testing, businesses::SearchBusinesses};
    /// # testing::example_client(async |handclasp, person, _| {
    /// let found = handclasp.businesses().search(&person, SearchBusinesses::new("ac")).await?;
    /// assert_eq!(found.businesses[0].name, "Acme");
    /// assert_eq!(found.next, None);
    /// let refused = handclasp.businesses().search(&person, SearchBusinesses::new("!?")).await.unwrap_err();
    /// assert_eq!(refused.fields()["reason"], "blank");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn search(&self, by: impl Into<Caller>, search: SearchBusinesses) -> Result<SearchPage, Error> {
        let (inner, actor) = (&self.0.inner, by.into().actor);
        inner.bounded("businesses.search", By::Actor(&actor), page(inner, &actor, &search)).await
    }
}

/// Brings the directory to what a business is called now.
pub(super) fn list(
    view: &View,
    changes: &mut Changes,
    before: Option<&Business>,
    after: &Business,
) -> Result<(), Stop> {
    let was = before.map(entries).unwrap_or_default();
    let is = entries(after);
    let changed: Vec<_> = was.symmetric_difference(&is).collect();
    // A word that was taken away is kept as not listed, and may come back.
    if before.is_some() {
        view.want(changed.iter().map(|word| Key::from(WordId::of(after.id, word))))?;
    }
    for word in changed {
        changes.put(view, Word { business: after.id, word: word.clone(), listed: is.contains(word) });
    }
    Ok(())
}

async fn page(inner: &Inner, actor: &Actor, search: &SearchBusinesses) -> Result<SearchPage, Error> {
    let text = text::NEEDLE.check("text", &search.text)?;
    let wanted: Vec<String> = words(&text).into_iter().collect();
    if wanted.is_empty() || wanted.len() > WORDS {
        let reason = if wanted.is_empty() { Reason::Blank } else { Reason::TooLong };
        return Err(Error::argument("text", reason));
    }
    let paging = Paging::new(inner, ("businesses.search", actor), &wanted, search.cursor.as_deref(), search.limit)?;
    // Pages go on by the word that the first one went by, whichever is rarest by now.
    let (driver, after) = match paging.after().as_deref() {
        None => (rarest(inner, &wanted).await?, None),
        Some([Value::Text(driver), word, business]) => (driver.clone(), Some(vec![word.clone(), business.clone()])),
        Some(_) => return Err(Error::argument("cursor", Reason::Format)),
    };
    let mut query = beginning(&driver, RARE.max(paging.limit() + 1));
    query.after = after;
    let (mut found, mut looked_at) = (Vec::new(), 0);
    loop {
        let rows = inner.storage.list(&query).await?;
        let more = rows.len() == query.limit;
        looked_at += rows.len();
        query.after = crate::storage::last_position(&query.order, SOURCE.table(), &rows);
        found.extend(matching(inner, rows, (&driver, &wanted)).await?);
        let more = more && query.after.is_some();
        if !more {
            query.after = None;
        }
        if !more || found.len() > paging.limit() || looked_at >= LOOKED_AT {
            break;
        }
    }
    // A full page goes on after its last row; a short one, after the last entry that was looked at.
    let next = if found.len() > paging.limit() {
        found.truncate(paging.limit());
        found.last().map(|(position, _)| position.clone())
    } else {
        query.after
    };
    let businesses: Vec<Card> = found.into_iter().map(|(_, card)| card).collect();
    let confusable = confusable(inner, &businesses.iter().collect::<Vec<_>>()).await?;
    let sealed = |at: Vec<Value>| {
        let position: Vec<Value> = std::iter::once(Value::Text(driver.clone())).chain(at).collect();
        paging.seal(inner, &position)
    };
    Ok(SearchPage { businesses, confusable, next: next.map(sealed).transpose()? })
}

/// The entries of words that begin so.
fn beginning(word: &str, limit: usize) -> Query {
    let filter = Filter::All(vec![Filter::Is("listed", Value::Bool(true)), Filter::Begins("word", word.to_owned())]);
    Query { source: SOURCE, filter, order: vec!["word", "business_id"], descending: false, after: None, limit }
}

/// The word with the fewest entries; among those with many, the longest.
async fn rarest(inner: &Inner, wanted: &[String]) -> Result<String, Error> {
    let mut counted = Vec::with_capacity(wanted.len());
    if let [only] = wanted {
        return Ok(only.clone());
    }
    for word in wanted {
        let entries = inner.storage.list(&beginning(word, RARE)).await?.len();
        counted.push((entries, std::cmp::Reverse(word.len()), word));
    }
    Ok(counted.into_iter().min().map(|(.., word)| word.clone()).unwrap_or_default())
}

/// The businesses that have all the words, with their places in the list, each by the first of its words that begins as
/// the driver does.
async fn matching(
    inner: &Inner,
    rows: Vec<Row>,
    (driver, wanted): (&str, &[String]),
) -> Result<Vec<(Vec<Value>, Card)>, Error> {
    let words = readable_records::<Word>(Kind::Word, rows);
    let keys: Vec<Key> = words.iter().map(|word| word.business.into()).collect();
    let mut found = Vec::new();
    for (word, loaded) in words.into_iter().zip(inner.load_readable(&keys).await?) {
        let business = loaded.record.as_ref().and_then(Business::of);
        let card = business.and_then(|business| shown(business, &word, (driver, wanted)));
        // Where it stands in the order of the list.
        found.extend(card.map(|card| (vec![Value::Text(word.word.clone()), Value::Uuid(card.id.as_uuid())], card)));
    }
    Ok(found)
}

fn shown(business: &Business, word: &Word, (driver, wanted): (&str, &[String])) -> Option<Card> {
    let own = entries(business);
    let begins = |wanted: &str| own.iter().find(|own| own.starts_with(wanted));
    let first = begins(driver) == Some(&word.word);
    (first && wanted.iter().all(|wanted| begins(wanted).is_some())).then(|| Card::of(business))
}
