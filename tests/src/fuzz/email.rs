//! Addresses: what is taken is one plain address, for whoever reads it.

use handclasp::Email;

use super::mail;

/// Any text as an address.
pub(super) fn email(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let json = serde_json::to_string(&text).expect("a text");
    let Ok(address) = Email::parse(&text) else {
        assert!(serde_json::from_str::<Email>(&json).is_err(), "{text:?} is refused, and taken from JSON");
        return;
    };
    let stored = address.as_str();
    assert!(stored.len() <= 254 && stored.is_ascii(), "{stored:?}");
    assert!(!stored.bytes().any(|byte| byte.is_ascii_control() || b" ,;:<>()[]\\\"".contains(&byte)), "{stored:?}");
    let (local, domain) = stored.split_once('@').expect("a local part and a domain");
    assert_eq!(text.split_once('@').map(|(local, _)| local), Some(local), "{text:?} has another local part");
    assert!(domain.contains('.') && !domain.contains('@') && domain == domain.to_ascii_lowercase(), "{stored:?}");
    // Its own spelling is the one that is kept.
    assert_eq!(Email::parse(stored).expect("taken again").as_str(), stored);
    assert_eq!(serde_json::from_str::<Email>(&json).expect("taken from JSON").as_str(), stored);
    let shouted = Email::parse(&stored.to_ascii_uppercase()).expect("case makes no other address");
    assert!(shouted == address && shouted.canonical() == address.canonical(), "{stored:?}");
    assert!(!format!("{address:?}").contains(local) || domain.contains(local) || "Email(…@)".contains(local));
    mail::goes_to(&address);
}
