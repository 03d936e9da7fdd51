//! The directory finds listed businesses by the beginnings of the words of their names, and by how these look.

use std::collections::BTreeSet;
use std::fmt::Write;

use sha2::{Digest, Sha256};
use unicode_security::confusable_detection::skeleton;

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
    /// The word, folded; or how a name looks, which stands behind an equals sign.
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

/// How a name looks, whatever its case: equal for names that can be taken for each other.
///
/// It begins as no word does. Skeletons grow with what is drawn in them; a digest fits every index. They are taken twice,
/// for capitals look like other letters than small ones do: `I` like `l`, and `i` like none.
pub(crate) fn look(name: &str) -> String {
    let drawn: String = skeleton(name).collect();
    let small = folded(&drawn);
    let mut digest = Sha256::new();
    skeleton(&small).for_each(|character| digest.update(character.encode_utf8(&mut [0; 4])));
    let mut look = String::from("=");
    for byte in digest.finalize().iter().take(16) {
        // Writing to a string never fails.
        let _ = write!(look, "{byte:02x}");
    }
    look
}

/// What stands in the directory for a business as it is now: its words, and how its names look.
pub(crate) fn entries(business: &Business) -> BTreeSet<String> {
    if !business.public() {
        return BTreeSet::new();
    }
    let Profile { name, trading_name, .. } = &*business.profile;
    let looks = [Some(name), trading_name.as_ref()].into_iter().flatten().map(|name| look(name));
    words_of(&business.profile).into_iter().chain(looks).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::BusinessId;
    use crate::model::business::{Address, Branding, Command, decide, evolve};
    use crate::time::Timestamp;

    #[test]
    fn a_name_is_found_by_its_words_whatever_their_case_and_marks_between() {
        let found: Vec<_> = words("O'Neill & Söhne GmbH-Bau ＡＣＭＥ").into_iter().collect();
        assert_eq!(found, ["acme", "bau", "gmbh", "neill", "o", "söhne"]);
        assert!(words(" &- ").is_empty());
    }

    #[test]
    fn names_that_can_be_taken_for_each_other_look_alike() {
        let alike = [
            ["Acme", "\u{410}cme"],
            ["ACME", "\u{410}\u{421}\u{41c}\u{415}"],
            ["Acme", "ACME"],
            ["Acme", "Acrne"],
            ["PayPal", "PayPaI"],
            ["Bolt", "\u{412}olt"],
        ];
        for [one, other] in alike {
            assert_eq!(look(one), look(other), "{one} and {other}");
        }
        for [one, other] in [["Acme", "Acne"], ["Söhne", "Sohne"], ["\u{421}\u{430}\u{434}", "Cad"]] {
            assert_ne!(look(one), look(other), "{one} and {other}");
        }
        assert_eq!(look("Acme").len(), 33);
    }

    #[test]
    fn a_business_is_found_by_the_words_of_its_names_and_number_while_it_is_public() {
        let profile = Profile {
            name: "Acme Roofs".into(),
            trading_name: Some("Top".into()),
            address: Address::default(),
            contact_email: None,
            contact_phone: None,
            registration_number: Some("GB-17".into()),
            industry: Some("Roofing".into()),
            notification_email: None,
            language: None,
            branding: Branding::default(),
            listed: true,
        };
        let register = Command::Register(BusinessId::from_uuid(uuid::Uuid::from_u128(1)), Box::new(profile));
        let event = decide(None, register, Timestamp::MIN).unwrap().unwrap();
        let mut acme = evolve(None, &event).unwrap();
        let words = ["17", "acme", "gb", "roofs", "top"].map(str::to_owned);
        assert_eq!(words_of(&acme.profile), words.clone().into());
        assert_eq!(entries(&acme), words.into_iter().chain([look("Acme Roofs"), look("Top")]).collect());
        acme.profile = Profile { listed: false, ..(*acme.profile).clone() }.into();
        assert_eq!(entries(&acme), BTreeSet::new());
    }
}
