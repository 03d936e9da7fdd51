//! Tokens and cursors with a right seal over any content. Nobody guesses a seal, so what is read behind one would
//! never be tried by guessing.

use crate::token::{KeyNumber, KeyRing, LinkRef};

/// The token that stands for a link, if the ring has its key.
#[must_use]
pub fn token(keys: &KeyRing, link: LinkRef) -> Option<String> {
    keys.token(link).ok()
}

/// A token over any bytes, signed as if this key had made it.
#[must_use]
pub fn token_over(keys: &KeyRing, key: KeyNumber, body: &[u8]) -> Option<String> {
    keys.signed(key, body.to_vec())
}

/// What a text stands for that a visitor brought.
#[must_use]
pub fn read_token(keys: &KeyRing, text: &str) -> Option<LinkRef> {
    keys.verify(text).ok()
}

/// A cursor for any scope and position.
#[must_use]
pub fn cursor(keys: &KeyRing, scope: &[u8], position: &[u8]) -> Option<String> {
    keys.seal(scope, position).ok()
}

/// The position of a text that a caller brought as the cursor of a scope.
#[must_use]
pub fn read_cursor(keys: &KeyRing, scope: &[u8], text: &str) -> Option<Vec<u8>> {
    keys.unseal(scope, text)
}
