//! Links and claims: secrets that are derived, never stored.
//!
//! A token is `hclasp1_` and base64url of kind ‖ key number ‖ link id (‖ opening time ‖ spell) ‖ tag, where
//! tag = HMAC-SHA-256(key, everything before it). What is stored is the [`LinkRef`] alone: without the key nobody can
//! make the token of it, and a token that nobody issued is refused before any storage is asked.

use std::collections::BTreeMap;
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::error::{Error, Fault, FaultKind};
use crate::id::{InviteId, LinkId};
use crate::time::Timestamp;

/// What secret scanners look for.
pub(crate) const PREFIX: &str = "hclasp1_";
const DOMAIN: &[u8] = b"handclasp token 1";
const TAG: usize = 32;
/// Kind, key number, link id.
const HEAD: usize = 1 + 2 + 16;
/// Opening time, spell.
const OPENING: usize = 8 + 4;
/// How long a token is after its prefix, without and with an opening: three bytes are four letters, and none is left over.
const TOKENS: [usize; 2] = [(HEAD + TAG) / 3 * 4, (HEAD + OPENING + TAG) / 3 * 4];
/// The longest link that anybody could mean: a base address and a token.
const LONGEST: usize = 2_048;

/// The number under which the host keeps a signing key. Numbers are never used again for another key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
#[expect(clippy::exhaustive_structs, reason = "it is a number and nothing else")]
pub struct KeyNumber(pub u16);

/// Everything about a link but its secret: what a record, a queued mail or a kept answer holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new kind of link must break every match")]
pub enum LinkRef {
    /// The link of a personal invite.
    Personal(KeyNumber, InviteId),
    /// A contractor role's group link.
    Group(KeyNumber, LinkId),
    /// What opening a personal invite gives.
    PersonalClaim(KeyNumber, InviteId),
    /// What opening a group link gives, with the time of the opening and the spell that it fell into: how often the group
    /// link had been written. Clocks differ and step back, so that no time could tell.
    GroupClaim(KeyNumber, LinkId, Timestamp, u32),
}

impl LinkRef {
    const fn parts(self) -> (u8, KeyNumber, Uuid, Option<(Timestamp, u32)>) {
        match self {
            Self::Personal(key, invite) => (b'p', key, invite.as_uuid(), None),
            Self::Group(key, link) => (b'g', key, link.as_uuid(), None),
            Self::PersonalClaim(key, invite) => (b'c', key, invite.as_uuid(), None),
            Self::GroupClaim(key, link, opened, spell) => (b'h', key, link.as_uuid(), Some((opened, spell))),
        }
    }

    fn body(self) -> Vec<u8> {
        let (kind, KeyNumber(key), id, opening) = self.parts();
        let mut body = Vec::with_capacity(HEAD + OPENING + TAG);
        body.push(kind);
        body.extend_from_slice(&key.to_be_bytes());
        body.extend_from_slice(id.as_bytes());
        if let Some((opened, spell)) = opening {
            body.extend_from_slice(&opened.as_micros().to_be_bytes());
            body.extend_from_slice(&spell.to_be_bytes());
        }
        body
    }

    fn read(body: &[u8]) -> Option<Self> {
        let (&kind, rest) = body.split_first()?;
        let (key, rest) = rest.split_first_chunk::<2>()?;
        let (id, rest) = rest.split_first_chunk::<16>()?;
        let (key, id) = (KeyNumber(u16::from_be_bytes(*key)), Uuid::from_bytes(*id));
        match (kind, rest) {
            (b'p', []) => Some(Self::Personal(key, InviteId::from_uuid(id))),
            (b'g', []) => Some(Self::Group(key, LinkId::from_uuid(id))),
            (b'c', []) => Some(Self::PersonalClaim(key, InviteId::from_uuid(id))),
            (b'h', opening) => {
                let (opened, spell) = opening.split_first_chunk::<8>()?;
                let opened = Timestamp::from_micros(i64::from_be_bytes(*opened)).ok()?;
                let spell = u32::from_be_bytes(spell.try_into().ok()?);
                Some(Self::GroupClaim(key, LinkId::from_uuid(id), opened, spell))
            }
            _ => None,
        }
    }

    const fn key(self) -> KeyNumber {
        self.parts().1
    }
}

/// A link: who has it may open what it leads to. It can be shown (`expose`), and is shown by nothing else (TOK-12): it
/// is compared with nothing, and written nowhere by itself.
///
/// ```compile_fail
/// let _ = handclasp::Link::new("a") == handclasp::Link::new("b");
/// ```
/// ```compile_fail
/// println!("{}", handclasp::Link::new("a"));
/// ```
/// ```compile_fail
/// let _ = serde_json::to_string(&handclasp::Link::new("a"));
/// ```
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Link(String);

/// What opening a link gave: the secret that the host keeps in the visitor's session. As a link, it is compared with
/// nothing and written nowhere by itself.
///
/// ```compile_fail
/// let _ = handclasp::Claim::new("a") == handclasp::Claim::new("b");
/// ```
/// ```compile_fail
/// let _ = serde_json::to_string(&handclasp::Claim::new("a"));
/// ```
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Claim(String);

macro_rules! secrets {
    ($($name:ident)+) => {$(
        impl $name {
            /// Takes what a visitor brought, unread.
            #[must_use]
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The secret itself. Keep it out of logs.
            #[must_use]
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}

secrets! { Link Claim }

/// The host's secret keys: one signs, all verify.
///
/// ```
/// use handclasp::{KeyNumber, KeyRing};
/// let old = KeyRing::new(KeyNumber(1), b"thirty-two bytes from a vault...")?;
/// // Rotated: the second key signs from now on, links of the first still open.
/// let rotated = KeyRing::new(KeyNumber(2), b"thirty-two new bytes, other vault")?
///     .verify_only(KeyNumber(1), b"thirty-two bytes from a vault...")?;
/// # Ok::<(), handclasp::Error>(())
/// ```
#[derive(Clone)]
pub struct KeyRing {
    signing: KeyNumber,
    /// Each with its first two blocks hashed already; they wipe themselves.
    keys: BTreeMap<KeyNumber, Hmac<Sha256>>,
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "KeyRing(signing {}, {} in all)", self.signing.0, self.keys.len())
    }
}

impl KeyRing {
    /// A ring with its signing key: at least 32 secret random bytes, the same for every process on one database.
    ///
    /// # Errors
    /// `config_invalid` if the key is shorter.
    pub fn new(signing: KeyNumber, secret: &[u8]) -> Result<Self, Error> {
        Self { signing, keys: BTreeMap::new() }.verify_only(signing, secret)
    }

    /// Adds a key that opens earlier links and makes no new ones.
    ///
    /// # Errors
    /// `config_invalid` if the key is shorter than 32 bytes or its number is in the ring already.
    pub fn verify_only(mut self, number: KeyNumber, secret: &[u8]) -> Result<Self, Error> {
        if secret.len() < 32 {
            return Err(Fault::new(FaultKind::ConfigInvalid, "a key needs at least 32 bytes").into());
        }
        let key = <Hmac<Sha256> as KeyInit>::new_from_slice(secret).map_err(|_| FaultKind::ConfigInvalid)?;
        if self.keys.insert(number, key).is_some() {
            return Err(Fault::new(FaultKind::ConfigInvalid, "a key number stands twice").into());
        }
        Ok(self)
    }

    pub(crate) const fn signing(&self) -> KeyNumber {
        self.signing
    }

    /// Each key's check value, which tells nothing of the key.
    pub(crate) fn check_values(&self) -> Vec<(KeyNumber, [u8; 16])> {
        let value = |number| self.tag(number, &[b"check value"])?.first_chunk::<16>().copied();
        self.keys.keys().filter_map(|number| Some((*number, value(*number)?))).collect()
    }

    fn tag(&self, number: KeyNumber, parts: &[&[u8]]) -> Option<[u8; TAG]> {
        let mut mac = self.keys.get(&number)?.clone();
        mac.update(DOMAIN);
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        Some(mac.finalize().into_bytes().into())
    }

    pub(crate) fn token(&self, link: LinkRef) -> Result<String, Error> {
        self.signed(link.key(), link.body()).ok_or(FaultKind::ConfigInvalid.into())
    }

    /// The token of a body, whatever that says.
    pub(crate) fn signed(&self, number: KeyNumber, mut body: Vec<u8>) -> Option<String> {
        let tag = self.tag(number, &[&body])?;
        body.extend_from_slice(&tag);
        let mut token = PREFIX.to_owned();
        URL_SAFE_NO_PAD.encode_string(&body, &mut token);
        Some(token)
    }

    /// The link of a personal invite or a group link, under the host's page for it.
    pub(crate) fn link(&self, link: LinkRef, page: &str) -> Result<Link, Error> {
        self.token(link).map(|token| Link(format!("{page}{token}")))
    }

    pub(crate) fn claim(&self, claim: LinkRef) -> Result<Claim, Error> {
        self.token(claim).map(Claim)
    }

    /// What a link or claim, with or without the address in front of it, stands for.
    ///
    /// Nothing is asked of storage, and no way to fail takes longer than another by what the secret is.
    pub(crate) fn verify(&self, text: &str) -> Result<LinkRef, Error> {
        self.read(text).ok_or(Error::InviteInvalidOrExpired)
    }

    fn read(&self, text: &str) -> Option<LinkRef> {
        if text.len() > LONGEST {
            return None;
        }
        let encoded = TOKENS.into_iter().find_map(|length| {
            let (head, encoded) = text.split_at_checked(text.len().checked_sub(length)?)?;
            head.ends_with(PREFIX).then_some(encoded)
        })?;
        let mut bytes = [0; HEAD + OPENING + TAG];
        let length = URL_SAFE_NO_PAD.decode_slice(encoded, &mut bytes).ok()?;
        let (body, tag) = bytes.get(..length)?.split_last_chunk::<TAG>()?;
        let link = LinkRef::read(body)?;
        let expected = self.tag(link.key(), &[body])?;
        bool::from(expected.ct_eq(tag)).then_some(link)
    }

    /// A cursor: where a list goes on, sealed for the list, the filter and the reader that it was made for.
    pub(crate) fn seal(&self, scope: &[u8], position: &[u8]) -> Result<String, Error> {
        let KeyNumber(number) = self.signing;
        let tag = self.tag(self.signing, &[b"cursor", scope, position]).ok_or(FaultKind::ConfigInvalid)?;
        let mut bytes = number.to_be_bytes().to_vec();
        bytes.extend_from_slice(position);
        bytes.extend_from_slice(&tag);
        Ok(URL_SAFE_NO_PAD.encode(&bytes))
    }

    pub(crate) fn unseal(&self, scope: &[u8], cursor: &str) -> Option<Vec<u8>> {
        if cursor.len() > 8_192 {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (number, rest) = bytes.split_first_chunk::<2>()?;
        let (position, tag) = rest.split_last_chunk::<TAG>()?;
        let expected = self.tag(KeyNumber(u16::from_be_bytes(*number)), &[b"cursor", scope, position])?;
        bool::from(expected.ct_eq(tag)).then(|| position.to_vec())
    }
}

#[cfg(test)]
mod tests;
