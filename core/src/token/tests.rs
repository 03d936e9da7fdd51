use std::collections::HashSet;

use super::*;
use crate::entropy::{Entropy, Fresh, OsEntropy};

const PAGE: &str = "https://app.example.com/join/";

fn ring() -> KeyRing {
    KeyRing::new(KeyNumber(1), &[7; 32]).unwrap()
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn every_kind() -> [LinkRef; 4] {
    let (key, opened) = (KeyNumber(1), Timestamp::from_micros(1_767_603_600_000_000).unwrap());
    [
        LinkRef::Personal(key, InviteId::from_uuid(id(1))),
        LinkRef::Group(key, LinkId::from_uuid(id(1))),
        LinkRef::PersonalClaim(key, InviteId::from_uuid(id(1))),
        LinkRef::GroupClaim(key, LinkId::from_uuid(id(1)), opened, 3),
    ]
}

fn dead(text: &str) -> bool {
    matches!(ring().verify(text), Err(Error::InviteInvalidOrExpired))
}

#[test]
fn tok_01_links_are_distinct_unpadded_url_safe_and_evenly_spread() {
    let mut seed = [0; 32];
    OsEntropy::new().fill(&mut seed).unwrap();
    let mut fresh = Fresh::seeded(seed);
    let mut seen = HashSet::new();
    let mut counts = [0_u32; 256];
    for _ in 0..100_000 {
        let token = ring().token(LinkRef::Personal(KeyNumber(1), InviteId::from_uuid(fresh.random()))).unwrap();
        let encoded = token.strip_prefix(PREFIX).unwrap();
        let bytes = URL_SAFE_NO_PAD.decode(encoded).unwrap();
        assert_eq!(bytes.len(), HEAD + TAG);
        for byte in &bytes[3..] {
            counts[usize::from(*byte)] += 1;
        }
        assert!(seen.insert(token));
    }
    let expected = f64::from(counts.iter().sum::<u32>()) / 256.0;
    let chi: f64 = counts.iter().map(|count| (f64::from(*count) - expected).powi(2) / expected).sum();
    // 255 degrees of freedom: beyond 400 once in 10^8 runs.
    assert!(chi < 400.0, "{chi}");
}

#[test]
fn a_link_is_what_it_was_made_of_with_and_without_its_page() {
    for link in every_kind() {
        let token = ring().token(link).unwrap();
        assert_eq!(ring().verify(&token).unwrap(), link);
        assert_eq!(ring().verify(&format!("{PAGE}{token}")).unwrap(), link);
    }
}

#[test]
fn tok_06_nothing_and_words_open_nothing() {
    for text in ["", " ", "\0", "null", "undefined", PREFIX, "hclasp1_AAAA", "00000000-0000-0000-0000-000000000000"] {
        assert!(dead(text), "{text:?}");
    }
}

#[test]
fn tok_07_a_token_of_any_length_is_refused_by_its_length() {
    for length in [1, 1_024, 10 << 20] {
        assert!(dead(&"A".repeat(length)));
        assert!(dead(&format!("{PREFIX}{}", "A".repeat(length))));
    }
}

#[test]
fn tok_07_the_longest_text_is_read_and_one_more_byte_is_not() {
    for link in every_kind() {
        let token = ring().token(link).unwrap();
        let of_length = |length| format!("{}{token}", "x".repeat(length - token.len()));
        assert_eq!(ring().verify(&of_length(2_048)).unwrap(), link);
        assert!(dead(&of_length(2_049)) && dead(&of_length(4_096)));
    }
}

#[test]
fn tok_08_every_changed_character_kills_it() {
    for link in every_kind() {
        let token = ring().token(link).unwrap();
        for place in 0..token.len() {
            for other in ["A", "b", "_", "=", " ", "é"] {
                let mut changed = token.clone();
                changed.replace_range(place..=place, other);
                assert!(changed == token || dead(&changed), "{place} {other}");
            }
        }
        assert!(dead(&token[..token.len() - 1]) && dead(&format!("{token}A")) && dead(&format!("{token}=")));
    }
}

#[test]
fn tok_10_a_kind_is_part_of_the_secret() {
    let tokens: HashSet<_> = every_kind().into_iter().map(|link| ring().token(link).unwrap()).collect();
    assert_eq!(tokens.len(), 4);
    let personal = ring().token(every_kind()[0]).unwrap();
    let mut bytes = URL_SAFE_NO_PAD.decode(personal.strip_prefix(PREFIX).unwrap()).unwrap();
    bytes[0] = b'g';
    assert!(dead(&format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes))));
}

#[test]
fn tok_19_an_old_key_verifies_and_a_foreign_one_does_not() {
    let rotated = KeyRing::new(KeyNumber(2), &[8; 32]).unwrap().verify_only(KeyNumber(1), &[7; 32]).unwrap();
    let foreign = KeyRing::new(KeyNumber(1), &[9; 32]).unwrap();
    for link in every_kind() {
        let token = ring().token(link).unwrap();
        assert_eq!(rotated.verify(&token).unwrap(), link);
        assert!(foreign.verify(&token).is_err());
    }
    assert_eq!(rotated.signing(), KeyNumber(2));
}

/// Links in the world keep their meaning: these were made by the first version, and only ever grow.
#[test]
fn links_made_earlier_still_open() {
    let samples = [
        "hclasp1_cAABAAAAAAAAAAAAAAAAAAAAAQYMd3lGJUjUfwZ1JWB-ldp1MC4U0gjI6Of8XX1HioN9",
        "hclasp1_ZwABAAAAAAAAAAAAAAAAAAAAAcho-BxygfUUuefetcB2l5CEEXIxQ6-hR5jHOsHPcet4",
        "hclasp1_YwABAAAAAAAAAAAAAAAAAAAAAf7-TWBuSEShQdDROeI3UovwThzos4XaxQu_e_q9eW_M",
        "hclasp1_aAABAAAAAAAAAAAAAAAAAAAAAQAGR6BIroQAAAAAA92sEmGX3HUIJGBCUKHlmaKSwnaSzKZYTCi_YFJBX3x8",
    ];
    let made: Vec<_> = every_kind().into_iter().map(|link| ring().token(link).unwrap()).collect();
    assert_eq!(made, samples);
}

#[test]
fn tok_05_secrets_show_nothing() {
    let ring = ring();
    let link = ring.link(every_kind()[0], PAGE).unwrap();
    assert_eq!(format!("{link:?}"), "Link(…)");
    assert_eq!(format!("{:?}", Claim::new("x")), "Claim(…)");
    assert_eq!(format!("{ring:?}"), "KeyRing(signing 1, 1 in all)");
}

#[test]
fn a_short_or_repeated_key_is_refused() {
    assert_eq!(KeyRing::new(KeyNumber(1), &[7; 31]).unwrap_err().code(), "config_invalid");
    assert_eq!(ring().verify_only(KeyNumber(1), &[8; 32]).unwrap_err().code(), "config_invalid");
}

#[test]
fn tok_20_every_key_has_a_check_value_of_its_own() {
    let rotated = KeyRing::new(KeyNumber(2), &[8; 32]).unwrap().verify_only(KeyNumber(1), &[7; 32]).unwrap();
    let values = rotated.check_values();
    assert_eq!(values.iter().map(|(number, _)| number.0).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(ring().check_values(), values[..1]);
    let foreign = KeyRing::new(KeyNumber(1), &[9; 32]).unwrap();
    assert_ne!(foreign.check_values(), ring().check_values());
}

#[test]
fn inp_34_a_cursor_is_good_for_its_own_list_alone() {
    let cursor = ring().seal(b"clients of acme", b"page 2").unwrap();
    assert_eq!(ring().unseal(b"clients of acme", &cursor).unwrap(), b"page 2");
    assert!(ring().unseal(b"clients of other", &cursor).is_none());
    for place in 0..cursor.len() {
        let mut changed = cursor.clone();
        changed.replace_range(place..=place, if &cursor[place..=place] == "A" { "B" } else { "A" });
        assert!(ring().unseal(b"clients of acme", &changed).is_none(), "{place}");
    }
    assert!(ring().unseal(b"", &"A".repeat(10_000)).is_none());
    // Two bytes of a key number and 32 of a tag around it: the longest cursor has 8 192 characters.
    for (length, read) in [(6_110, true), (6_111, false), (9_000, false)] {
        let long = ring().seal(b"", &vec![7; length]).unwrap();
        assert_eq!(ring().unseal(b"", &long).is_some(), read, "{length}");
    }
}
