//! The directory finds listed businesses by the beginnings of the words of their names.

use std::collections::BTreeSet;

use super::business::{Business, Profile};
use crate::id::{BusinessId, WordId};
use crate::text::folded;

/// The most words of one name that are looked at; a longer name is found by its first.
const WORDS: usize = 40;

/// One word by which a business is found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Word {
    /// The business.
    pub business: BusinessId,
    /// The word, folded.
    pub word: String,
    /// Whether it is found by it now: a business that is archived or not listed is not.
    pub listed: bool,
}

impl Word {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> WordId {
        WordId::of(self.business, &self.word)
    }
}

/// The words of a text, folded, each once, in their order as bytes.
pub(crate) fn words(text: &str) -> BTreeSet<String> {
    let folded = folded(text);
    let split = folded.split(|character: char| !character.is_alphanumeric());
    split.filter(|word| !word.is_empty()).take(WORDS).map(str::to_owned).collect()
}

/// The words by which a business of this profile is found: of its name, its trading name and its registration number.
pub(crate) fn words_of(profile: &Profile) -> BTreeSet<String> {
    let texts = [Some(&profile.name), profile.trading_name.as_ref(), profile.registration_number.as_ref()];
    texts.into_iter().flatten().flat_map(|text| words(text)).collect()
}

/// The words that stand in the directory for a business as it is now.
pub(crate) fn entries(business: &Business) -> BTreeSet<String> {
    if business.public() { words_of(&business.profile) } else { BTreeSet::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_its_words_whatever_their_case_and_marks_between() {
        let found: Vec<_> = words("O'Neill & Söhne GmbH-Bau ＡＣＭＥ").into_iter().collect();
        assert_eq!(found, ["acme", "bau", "gmbh", "neill", "o", "söhne"]);
        assert!(words(" &- ").is_empty());
    }
}
