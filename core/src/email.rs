//! E-mail addresses: one bare address, so that what was parsed is what goes to the server.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use crate::error::{Error, Reason};

/// One bare e-mail address: local part as given, domain in its ASCII form.
///
/// Quoted local parts, comments, display names, lists, routes, address literals and dotless domains are refused.
/// Two addresses are the same if they differ by case alone.
///
/// ```
/// use handclasp::Email;
/// let address = Email::parse("Jo@Büro.example")?;
/// assert_eq!(address.as_str(), "Jo@xn--bro-hoa.example");
/// assert!(Email::parse("Jo <jo@a.example>").is_err());
/// # Ok::<(), handclasp::Error>(())
/// ```
#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    /// Reads one bare address of at most 254 bytes.
    ///
    /// # Errors
    /// `invalid_argument`, field `email`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::checked("email", text)
    }

    pub(crate) fn checked(field: &'static str, text: &str) -> Result<Self, Error> {
        let refuse = |reason| Err(Error::argument(field, reason));
        if text.len() > 254 {
            return refuse(Reason::TooLong);
        }
        if text.is_empty() {
            return refuse(Reason::Empty);
        }
        if text.chars().any(char::is_control) {
            return refuse(Reason::Control);
        }
        let Some((local, domain)) = text.split_once('@') else {
            return refuse(Reason::Format);
        };
        match ascii_domain(domain) {
            Some(domain) if local_part(local) && local.len() + domain.len() < 254 => {
                Ok(Self(format!("{local}@{domain}")))
            }
            _ => refuse(Reason::Format),
        }
    }

    pub(crate) fn checked_optional(field: &'static str, text: Option<&str>) -> Result<Option<Self>, Error> {
        text.map(|text| Self::checked(field, text)).transpose()
    }

    /// The address as it goes to a mail server.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The spelling by which addresses are compared and counted.
    #[must_use]
    pub fn canonical(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl PartialEq for Email {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for Email {}

impl fmt::Display for Email {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Addresses belong to people: a log shows the domain alone.
impl fmt::Debug for Email {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Email(…@{})", self.0.split_once('@').map_or("", |(_, domain)| domain))
    }
}

impl<'de> Deserialize<'de> for Email {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(input)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// The dot-atom of RFC 5322 §3.2.3, without the `%` and `!` of old routes.
fn local_part(local: &str) -> bool {
    let atom = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"#$&'*+-/=?^_`{|}~".contains(&byte))
    };
    local.len() <= 64 && local.split('.').all(atom)
}

/// The domain by UTS #46, or nothing if it is none that mail can go to.
fn ascii_domain(domain: &str) -> Option<String> {
    // UTS #46 would map these to dots and letters: what is shown would not be what is used.
    let disguised =
        |character: char| matches!(character, '\u{3002}' | '\u{ff0e}' | '\u{ff61}' | '\u{ff00}'..='\u{ffef}');
    if domain.chars().any(disguised) {
        return None;
    }
    let ascii = idna::domain_to_ascii_strict(domain).ok()?;
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let last = ascii.rsplit('.').next()?;
    let sound = ascii.len() <= 253
        && ascii.contains('.')
        && ascii.split('.').all(label)
        && !last.bytes().all(|byte| byte.is_ascii_digit());
    sound.then_some(ascii)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inp_31_one_bare_address_or_nothing() {
        let local_64 = format!("{}@b.example", "a".repeat(64));
        for (text, stored) in [
            ("a@b.example", "a@b.example"),
            ("First.Last+tag@B.Example", "First.Last+tag@b.example"),
            ("o'neil@b-c.example", "o'neil@b-c.example"),
            ("a@büro-müller.example", "a@xn--bro-mller-q9ae.example"),
            (local_64.as_str(), local_64.as_str()),
        ] {
            assert_eq!(Email::parse(text).unwrap().as_str(), stored);
        }
        let local_65 = format!("{}@b.example", "a".repeat(65));
        let total_255 = format!("a@{}.example", "b.".repeat(122) + "b");
        let label_64 = format!("a@{}.example", "b".repeat(64));
        for bad in [
            "",
            "a",
            "@",
            "a@",
            "@b.example",
            "a@b",
            "a@localhost",
            "a b@c.example",
            "\"a b\"@c.example",
            "\"a@evil.example \"@b.example",
            "a(x)@b.example",
            "<a@b.example>",
            "Name <a@b.example>",
            "a@b.example,c@d.example",
            "a@b.example;c@d.example",
            "a@b.example c@d.example",
            "a%b@c.example",
            "b!a@c.example",
            "a@[127.0.0.1]",
            "a@127.0.0.1",
            "a@b.example.",
            "a..b@c.example",
            ".a@b.example",
            "a.@b.example",
            "a@-b.example",
            "a@b-.example",
            "a@b..example",
            "a＠b.example",
            "a@b．example",
            "a@ｂ.example",
            "a@xn--\u{fc}.example",
            "a@xn--a.example",
            "a@b.example\r\n",
            "a\0@b.example",
            "a@\u{202e}b.example",
            "ä@b.example",
            "a@b@c.example",
            local_65.as_str(),
            total_255.as_str(),
            label_64.as_str(),
        ] {
            assert!(Email::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn eml_23_case_makes_no_other_address() {
        let (one, other) = (Email::parse("A@X.example").unwrap(), Email::parse("a@x.EXAMPLE").unwrap());
        assert_eq!(one, other);
        assert_eq!(one.canonical(), other.canonical());
        assert_eq!(one.as_str(), "A@x.example");
    }

    #[test]
    fn tok_05_debug_shows_no_person() {
        assert_eq!(format!("{:?}", Email::parse("jo@b.example").unwrap()), "Email(…@b.example)");
    }
}
