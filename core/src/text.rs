//! What may stand in a text that people typed, and how two of them compare.
//!
//! Length comes first, so that a text of a gigabyte costs no more than a look at its length.

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};
use unicode_segmentation::UnicodeSegmentation;

use crate::error::{Error, Reason};

/// A grapheme of more bytes is no letter but an attack: the longest emoji of the standard takes 41.
const GRAPHEME_BYTES: usize = 64;

/// The cap of one text field. Bytes are four times the graphemes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cap {
    graphemes: usize,
    lines: bool,
}

/// Names of businesses, people and roles.
pub(crate) const NAME: Cap = Cap::line(200);
/// Streets, towns, industries and the like.
pub(crate) const LINE: Cap = Cap::line(200);
/// Registration numbers, telephone numbers, postcodes.
pub(crate) const NUMBER: Cap = Cap::line(64);
/// A message of the inviter.
pub(crate) const MESSAGE: Cap = Cap { graphemes: 2_000, lines: true };
/// A reason in words.
pub(crate) const REASON: Cap = Cap { graphemes: 500, lines: true };
/// Text to look for.
pub(crate) const NEEDLE: Cap = Cap::line(200);
/// Web addresses.
pub(crate) const URL: Cap = Cap::line(500);

impl Cap {
    const fn line(graphemes: usize) -> Self {
        Self { graphemes, lines: false }
    }

    /// Whether a text has no more bytes than any that was checked.
    pub(crate) const fn fits(self, text: &str) -> bool {
        text.len() <= self.graphemes * 4
    }

    /// The text as it is to be stored: as given, with CRLF folded to LF where lines are allowed.
    pub(crate) fn check(self, field: &'static str, text: &str) -> Result<String, Error> {
        let refuse = |reason| Err(Error::argument(field, reason));
        if !self.fits(text) {
            return refuse(Reason::TooLong);
        }
        if text.is_empty() {
            return refuse(Reason::Empty);
        }
        let text = if self.lines { text.replace("\r\n", "\n") } else { text.to_owned() };
        if let Err(reason) = self.characters(&text) {
            return refuse(reason);
        }
        if !text.chars().any(visible) {
            return refuse(Reason::Blank);
        }
        let mut count = 0;
        for grapheme in text.graphemes(true) {
            count += 1;
            if count > self.graphemes || grapheme.len() > GRAPHEME_BYTES {
                return refuse(Reason::TooLong);
            }
        }
        Ok(text)
    }

    pub(crate) fn check_optional(self, field: &'static str, text: Option<&str>) -> Result<Option<String>, Error> {
        text.map(|text| self.check(field, text)).transpose()
    }

    fn characters(self, text: &str) -> Result<(), Reason> {
        let mut previous = None;
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            if !(self.lines && character == '\n') {
                single(character)?;
            }
            if invisible(character) {
                let between = previous.is_some_and(joinable) && characters.peek().copied().is_some_and(joinable);
                let welcome = variation_selector(character) || tag(character) || (joiner(character) && between);
                if !welcome {
                    return Err(Reason::Invisible);
                }
            }
            previous = Some(character);
        }
        Ok(())
    }
}

fn single(character: char) -> Result<(), Reason> {
    let code = u32::from(character);
    match character {
        '\u{2028}' | '\u{2029}' => Err(Reason::Control),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' => Err(Reason::Bidi),
        _ if character.is_control() => Err(Reason::Control),
        '\u{fdd0}'..='\u{fdef}' => Err(Reason::Noncharacter),
        _ if code & 0xfffe == 0xfffe => Err(Reason::Noncharacter),
        _ => Ok(()),
    }
}

/// Joiners (ZWNJ, ZWJ) are part of Persian, Hindi and of emoji, between two characters that show.
const fn joiner(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}')
}

const fn variation_selector(character: char) -> bool {
    matches!(character, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// The letters that spell the flags of regions.
const fn tag(character: char) -> bool {
    matches!(character, '\u{e0020}'..='\u{e007f}')
}

fn joinable(character: char) -> bool {
    visible(character) || variation_selector(character)
}

fn invisible(character: char) -> bool {
    matches!(
        character,
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'
            ..='\u{180f}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}'
    ) || variation_selector(character)
        || character.general_category() == GeneralCategory::Format
            && !matches!(
                character,
                '\u{600}'
                    ..='\u{605}'
                        | '\u{6dd}'
                        | '\u{70f}'
                        | '\u{890}'
                        | '\u{891}'
                        | '\u{8e2}'
                        | '\u{110bd}'
                        | '\u{110cd}'
            )
}

fn visible(character: char) -> bool {
    !invisible(character) && !character.is_whitespace() && !character.is_control()
}

/// The text by which two names are the same name, and in which text is looked for: NFKC, case folded, spaces as one.
pub(crate) fn folded(text: &str) -> String {
    folded_together(&[text])
}

/// Several texts as one, with a space between.
pub(crate) fn folded_together(texts: &[&str]) -> String {
    let mut line = String::with_capacity(texts.iter().map(|text| text.len() + 1).sum());
    for text in texts {
        // Most texts are ASCII, of which only case can differ: the tables took a third of a redeem. Most of these have
        // their words apart already.
        if tidy(text) {
            add_words(&mut line, std::iter::once(*text));
        } else if text.is_ascii() {
            add_words(&mut line, text.split_ascii_whitespace());
        } else {
            let folded = caseless::default_case_fold_str(&text.nfkc().collect::<String>());
            add_words(&mut line, folded.nfkc().collect::<String>().split_whitespace());
        }
    }
    line.make_ascii_lowercase();
    line
}

/// Whether a text is words of ASCII with one space between.
fn tidy(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Without a way out in the midst, many bytes are looked at at once.
    let plain = bytes.iter().fold(true, |plain, byte| plain & (b' '..=b'~').contains(byte));
    let ends = [bytes.first(), bytes.last()].iter().all(|end| end.is_some_and(|end| *end != b' '));
    let apart = bytes.iter().zip(bytes.iter().skip(1)).fold(true, |apart, pair| apart & (pair != (&b' ', &b' ')));
    plain && ends && apart
}

fn add_words<'a>(line: &mut String, words: impl Iterator<Item = &'a str>) {
    for word in words {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
}

/// A BCP 47 language tag in its plain form: letters and digits in parts of up to eight, joined by hyphens.
pub(crate) fn language(field: &'static str, tag: &str) -> Result<String, Error> {
    let parts_fit = |tag: &str| {
        tag.split('-').enumerate().all(|(place, part)| {
            (1..=8).contains(&part.len())
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
                && (place > 0 || (part.len() >= 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic())))
        })
    };
    if tag.len() > 35 {
        Err(Error::argument(field, Reason::TooLong))
    } else if parts_fit(tag) {
        Ok(tag.to_owned())
    } else {
        Err(Error::argument(field, Reason::Format))
    }
}

pub(crate) fn language_optional(field: &'static str, tag: Option<&str>) -> Result<Option<String>, Error> {
    tag.map(|tag| language(field, tag)).transpose()
}

/// An ISO 3166 code of two capital letters.
pub(crate) fn country(field: &'static str, code: &str) -> Result<String, Error> {
    if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        Ok(code.to_owned())
    } else {
        Err(Error::argument(field, Reason::Format))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(cap: Cap, text: &str) -> Option<Reason> {
        match cap.check("name", text) {
            Ok(_) => None,
            Err(Error::InvalidArgument { reason, .. }) => Some(reason),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn inp_01_02_nothing_and_nothing_visible_are_refused() {
        assert_eq!(reason(NAME, ""), Some(Reason::Empty));
        for blank in [" ", "\u{a0}", "\u{2003}", "\u{3000}"] {
            assert_eq!(reason(NAME, blank), Some(Reason::Blank), "{blank:?}");
        }
        for invisible in ["\u{200b}", "\u{feff}", "\u{2060}", "\u{3164}"] {
            assert_eq!(reason(NAME, invisible), Some(Reason::Invisible), "{invisible:?}");
        }
    }

    #[test]
    fn inp_03_04_the_maximum_passes_and_one_more_does_not() {
        assert_eq!(reason(NAME, &"é".repeat(200)), None);
        assert_eq!(reason(NAME, &"é".repeat(201)), Some(Reason::TooLong));
        assert_eq!(reason(NAME, &"\u{20000}".repeat(200)), None);
        assert_eq!(reason(NAME, &"a".repeat(801)), Some(Reason::TooLong));
    }

    #[test]
    fn inp_06_07_08_controls_and_line_breaks_are_refused() {
        for control in ['\0', '\t', '\n', '\r', '\u{7f}', '\u{85}', '\u{9f}', '\u{2028}', '\u{2029}'] {
            assert_eq!(reason(NAME, &format!("a{control}b")), Some(Reason::Control), "{control:?}");
        }
        assert_eq!(MESSAGE.check("message", "a\r\nb\nc").unwrap(), "a\nb\nc");
        assert_eq!(reason(MESSAGE, "a\rb"), Some(Reason::Control));
    }

    #[test]
    fn inp_09_direction_marks_are_refused_and_right_to_left_names_pass() {
        for mark in ['\u{202a}', '\u{202e}', '\u{2066}', '\u{2069}', '\u{200e}', '\u{200f}', '\u{61c}'] {
            assert_eq!(reason(NAME, &format!("a{mark}b")), Some(Reason::Bidi), "{mark:?}");
        }
        for name in ["شركة النور للمقاولات", "בנייה ירוקה בע״מ"] {
            assert_eq!(NAME.check("name", name).unwrap(), name);
        }
    }

    #[test]
    fn inp_10_joiners_pass_only_where_they_join() {
        for name in ["می\u{200c}خواهم", "👩\u{200d}🔧", "❤\u{fe0f}\u{200d}🔥", "क्\u{200d}ष"] {
            assert_eq!(reason(NAME, name), None, "{name:?}");
        }
        for name in
            ["a\u{200d}", "\u{200c}a", "a\u{200d} b", "a\u{200d}\u{200d}b", "a\u{200b}b", "a\u{ad}b", "a\u{feff}b"]
        {
            assert_eq!(reason(NAME, name), Some(Reason::Invisible), "{name:?}");
        }
    }

    #[test]
    fn inp_11_a_letter_buried_in_marks_is_refused() {
        assert_eq!(reason(NAME, &format!("a{}", "\u{301}".repeat(60))), Some(Reason::TooLong));
        assert_eq!(reason(MESSAGE, &format!("a{}", "\u{301}".repeat(10_000))), Some(Reason::TooLong));
    }

    #[test]
    fn inp_14_15_rare_characters_pass_and_noncharacters_do_not() {
        assert_eq!(reason(NAME, "𠮷野家 🏴\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}"), None);
        for noncharacter in ['\u{fdd0}', '\u{fffe}', '\u{1ffff}'] {
            assert_eq!(reason(NAME, &format!("a{noncharacter}")), Some(Reason::Noncharacter));
        }
    }

    #[test]
    fn inp_13_one_space_lies_between_words_and_none_around_them() {
        for text in ["Acme Ltd", " Acme Ltd", "ACME  ltd", "acme ltd ", "Acme\u{a0}Ltd", "\tacme\nLTD"] {
            assert_eq!(folded(text), "acme ltd", "{text:?}");
            assert_eq!(folded_together(&["", text, " ", "é", "b"]), "acme ltd é b", "{text:?}");
        }
        for text in ["", " ", "  ", "\t"] {
            assert_eq!(folded(text), "", "{text:?}");
        }
    }

    #[test]
    fn inp_13_names_compare_by_what_they_look_like() {
        assert_eq!(folded("Électricien  Né"), folded("e\u{301}lectricien ne\u{301}"));
        assert_eq!(folded("ＡＣＭＥ Straße"), "acme strasse");
        assert_ne!(folded("Acme"), folded("Аcme"));
    }

    #[test]
    fn languages_and_countries_have_one_form() {
        for good in ["en", "pt-BR", "zh-Hant-TW"] {
            assert_eq!(language("language", good).unwrap(), good);
        }
        for bad in ["", "e", "en_GB", "en-", "1n", "englishlanguage"] {
            assert!(language("language", bad).is_err(), "{bad:?}");
        }
        assert!(country("country", "GB").is_ok());
        for bad in ["gb", "UK1", "", "GBR"] {
            assert!(country("country", bad).is_err(), "{bad:?}");
        }
    }
}
