//! Text that stays text: mail readers make links of what looks like one, and decode in a subject what looks encoded,
//! whoever wrote it.

/// The text with a space wherever it would go on as an address or as an encoded word: behind the dot of `acme.com`, the
/// colon of `https://…` and the first sign of `=?utf-8?q?x?=` (RFC 2047). Sentences, initials, times and amounts stay as they are.
pub(super) fn inert(text: &str) -> String {
    let mut inert = String::with_capacity(text.len());
    let mut previous = ' ';
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        inert.push(character);
        let goes_on = match character {
            // Of the dots, the last three are those that a browser takes for one.
            '.' | '\u{3002}' | '\u{ff0e}' | '\u{ff61}' => {
                !previous.is_whitespace() && host_goes_on(previous, rest.as_str())
            }
            ':' => !previous.is_whitespace() && path_goes_on(previous, rest.as_str()),
            '=' => rest.as_str().starts_with('?'),
            _ => false,
        };
        if goes_on {
            inert.push(' ');
        }
        previous = character;
    }
    inert
}

/// Whether what comes behind a dot makes it one of a host's: more than an initial, and no amount. A number that goes on
/// as an address or a port is none.
fn host_goes_on(previous: char, rest: &str) -> bool {
    let end = rest.find(|character| !within_name(character)).unwrap_or(rest.len());
    let (label, behind) = rest.split_at(end);
    if label.bytes().all(|byte| byte.is_ascii_digit()) {
        let address = behind.starts_with(['.', ':']) || !previous.is_ascii_digit();
        return address && !label.is_empty();
    }
    label.chars().nth(1).is_some()
}

/// Whether what comes behind a colon makes it a scheme's: no space, and no time of day.
fn path_goes_on(previous: char, rest: &str) -> bool {
    let next = rest.chars().next().unwrap_or(' ');
    let time = previous.is_ascii_digit() && next.is_ascii_digit();
    !time && !next.is_whitespace()
}

/// Whether a name of a host may hold it.
fn within_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '-' || !character.is_ascii() && !character.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn eml_19_what_would_be_a_link_is_text() {
        for (typed, shown) in [
            ("acme.com/login", "acme. com/login"),
            ("https://evil.example/?a=b", "https: //evil. example/?a=b"),
            ("www.evil.co.uk", "www. evil. co. uk"),
            ("mailto:a@b.example", "mailto: a@b. example"),
            ("http://127.0.0.1/x", "http: //127. 0. 0.1/x"),
            ("10.20.30.40", "10. 20. 30.40"),
            ("1.2:3:4.5:6:1.2:7", "1. 2:3:4. 5:6:1. 2:7"),
            ("evil。example", "evil。 example"),
            ("1.evil", "1. evil"),
            ("=?utf-8?q?x?=", "= ?utf-8?q?x?="),
        ] {
            assert_eq!(inert(typed), shown);
            assert_eq!(inert(shown), shown, "once is enough");
        }
    }

    #[test]
    fn eml_19_what_is_no_link_stays_as_it_is() {
        for text in
            ["", "J.P. Morgan & Co.", "24/7 Ltd.", "10:30, 1.5 t", "e.g. this. And: that", "St. Gallen", ".net ."]
        {
            assert_eq!(inert(text), text);
        }
    }
}
