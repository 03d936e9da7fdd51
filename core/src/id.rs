//! Identifiers: one type per thing, so that a role can't be handed in for a business.
//!
//! An id is never a secret and never grants anything. Its one spelling is the lower-case hyphenated UUID; the nil and
//! max UUIDs are refused, so that neither can stand for "any".

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The text is not a canonical, lower-case, hyphenated UUID, or is the nil or max one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a lower-case hyphenated UUID")]
#[non_exhaustive]
pub struct InvalidId;

fn parse(text: &str) -> Result<Uuid, InvalidId> {
    let id = Uuid::try_parse(text).map_err(|_| InvalidId)?;
    let mut canonical = Uuid::encode_buffer();
    if id.is_nil() || id.is_max() || id.hyphenated().encode_lower(&mut canonical) != text {
        return Err(InvalidId);
    }
    Ok(id)
}

/// A name made from other names: equal parts give the equal id, in every process.
///
/// 122 bits of SHA-256 over length-prefixed parts, as a version 8 UUID.
pub(crate) fn derived(purpose: &str, parts: &[&[u8]]) -> Uuid {
    let mut hash = Sha256::new();
    for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().copied()) {
        // Four bytes, so that the ids of two things fit into one block of the hash; no part comes near four gigabytes.
        hash.update((part.len() as u32).to_be_bytes());
        hash.update(part);
    }
    let digest: [u8; 32] = hash.finalize().into();
    let (half, _) = digest.split_at(16);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(half);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

macro_rules! ids {
    ($($(#[$doc:meta])+ $name:ident)+) => {$(
        $(#[$doc])+
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "schema", schemars(transparent))]
        pub struct $name(#[cfg_attr(feature = "schema", schemars(with = "UuidText"))] Uuid);

        impl $name {
            /// Takes the id as it is.
            #[must_use]
            pub const fn from_uuid(id: Uuid) -> Self {
                Self(id)
            }

            /// The id as a plain UUID.
            #[must_use]
            pub const fn as_uuid(&self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0.hyphenated(), out)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, concat!(stringify!($name), "({})"), self.0.hyphenated())
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                parse(text).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                out.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(input)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}

/// The schema of every id.
#[cfg(feature = "schema")]
#[derive(schemars::JsonSchema)]
#[schemars(transparent, inline)]
#[expect(dead_code, reason = "stands for the schema alone")]
struct UuidText(#[schemars(extend("format" = "uuid"))] String);

ids! {
    /// A company.
    BusinessId
    /// A human, as the host's own user table names them. A host whose users have other ids makes a UUID of them
    /// (version 5 of a namespace and its own id, for instance).
    PersonId
    /// A person in a business.
    MemberId
    /// A client's own name for a kind of contractor.
    ContractorRoleId
    /// The directed edge client → contractor.
    ConnectionId
    /// One request within a connection.
    RequestId
    /// A personal invite. It is drawn at random, and its link is derived from it.
    InviteId
    /// The random half of a group link.
    LinkId
    /// A place that only one thing can hold, or a name for another id.
    SlotId
    /// A kept answer to a call with an idempotency key.
    AnswerId
    /// Something that has to be told.
    NoticeId
    /// A notice on its way to one address.
    DeliveryId
    /// One commit: all that it wrote carries it.
    CommitId
    /// One worker's hold on a delivery.
    LeaseId
    /// A user role that a business has defined.
    UserRoleId
    /// A category of a contractor role.
    CategoryId
    /// A sub-category of a category.
    SubCategoryId
    /// A workflow step that a client demands.
    RequirementId
    /// A person's claim that a business is their employer.
    AccessRequestId
    /// A time during which a connection was Connected.
    SpellId
    /// One word by which the directory finds a business.
    WordId
    /// The list of signing keys that the database's links were made with.
    KeyRegistryId
}

impl MemberId {
    /// A person is a member of a business at most once, former or not.
    #[must_use]
    pub fn of(business: BusinessId, person: PersonId) -> Self {
        Self(derived("member", &[business.0.as_bytes(), person.0.as_bytes()]))
    }
}

impl ConnectionId {
    /// There is at most one connection per (client, contractor), ever.
    #[must_use]
    pub fn between(client: BusinessId, contractor: BusinessId) -> Self {
        Self(derived("connection", &[client.0.as_bytes(), contractor.0.as_bytes()]))
    }
}

impl ContractorRoleId {
    /// The role that every client account starts with.
    #[must_use]
    pub fn supplier_of(client: BusinessId) -> Self {
        Self(derived("supplier", &[client.0.as_bytes()]))
    }
}

impl DeliveryId {
    /// A notice reaches an address at most once. The address is the canonical one.
    #[must_use]
    pub fn of(notice: NoticeId, canonical_address: &str) -> Self {
        Self(derived("delivery", &[notice.0.as_bytes(), canonical_address.as_bytes()]))
    }
}

impl SlotId {
    /// The live bound invite of (client, address, role). The address is the canonical one.
    #[must_use]
    pub fn invite(client: BusinessId, canonical_address: &str, role: ContractorRoleId) -> Self {
        Self(derived("invite", &[client.0.as_bytes(), canonical_address.as_bytes(), role.0.as_bytes()]))
    }

    /// The contractor role of this name. The name is the folded one.
    #[must_use]
    pub fn contractor_role_name(business: BusinessId, folded_name: &str) -> Self {
        Self(derived("contractor role name", &[business.0.as_bytes(), folded_name.as_bytes()]))
    }

    /// The user role of this name. The name is the folded one.
    #[must_use]
    pub fn user_role_name(business: BusinessId, folded_name: &str) -> Self {
        Self(derived("user role name", &[business.0.as_bytes(), folded_name.as_bytes()]))
    }

    /// The open access request of a person to a business.
    #[must_use]
    pub fn access_request(business: BusinessId, person: PersonId) -> Self {
        Self(derived("access request", &[business.0.as_bytes(), person.0.as_bytes()]))
    }

    /// The contractor role whose group link this is or was.
    #[must_use]
    pub fn group_link(link: LinkId) -> Self {
        Self(derived("group link", &[link.0.as_bytes()]))
    }
}

impl WordId {
    /// A word stands for a business at most once. The word is a folded one.
    #[must_use]
    pub fn of(business: BusinessId, word: &str) -> Self {
        Self(derived("word", &[business.0.as_bytes(), word.as_bytes()]))
    }
}

impl KeyRegistryId {
    /// A database has one.
    #[must_use]
    pub fn only() -> Self {
        Self(derived("key registry", &[]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inp_20_only_the_canonical_spelling_is_an_id() {
        let good = "0197a9b2-5c00-7000-8000-00000000abcd";
        assert_eq!(good.parse::<BusinessId>().unwrap().to_string(), good);
        for bad in [
            "",
            "0197A9B2-5C00-7000-8000-00000000ABCD",
            "{0197a9b2-5c00-7000-8000-00000000abcd}",
            "urn:uuid:0197a9b2-5c00-7000-8000-00000000abcd",
            "0197a9b25c0070008000000000000abcd",
            "0197a9b2-5c00-7000-8000-00000000abc",
            "0197a9b2-5c00-7000-8000-00000000abcd\0",
            "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
        ] {
            assert_eq!(bad.parse::<BusinessId>(), Err(InvalidId), "{bad:?}");
        }
    }

    #[test]
    fn derived_ids_do_not_confuse_where_a_part_ends() {
        assert_ne!(derived("a", &[b"bc", b"d"]), derived("a", &[b"b", b"cd"]));
        assert_ne!(derived("ab", &[b"c"]), derived("a", &[b"bc"]));
        assert_eq!(derived("a", &[b"b"]), derived("a", &[b"b"]));
    }
}
