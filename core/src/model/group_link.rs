//! A contractor role has one group link: disabled at first, ⇄ enabled, and refreshed whenever somebody says so.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::id::{BusinessId, ContractorRoleId, LinkId};
use crate::time::Timestamp;
use crate::token::{KeyNumber, LinkRef};

/// A claim from a group link ends this long after the opening.
pub const CLAIM_LIFE: std::time::Duration = std::time::Duration::from_secs(7 * 24 * 3_600);

/// The group link of a contractor role. It belongs to the business, not to whoever enabled it, and never expires.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct GroupLink {
    /// The contractor role.
    pub role: ContractorRoleId,
    /// The client.
    pub client: BusinessId,
    /// What the current link is derived from; a refresh takes a new one.
    pub link: LinkId,
    /// The key it is derived with.
    pub key: KeyNumber,
    /// As it was last set; [`GroupLink::enabled`] tells what holds now.
    pub setting: Setting,
}

/// How a group link was last set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a new state must break every match")]
pub enum Setting {
    /// It opens nothing.
    Disabled,
    /// It opens as long as the business keeps the authority that it was enabled under.
    Enabled {
        /// Since when; a claim opened before is dead.
        at: Timestamp,
        /// The business's authority then.
        authority: u64,
    },
}

/// What can be asked of a group link.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::exhaustive_enums, reason = "a new command must break every match")]
pub enum Command {
    /// Make it, disabled.
    Create(ContractorRoleId, BusinessId, LinkId, KeyNumber),
    /// Let it open.
    Enable,
    /// Let it open nothing.
    Disable,
    /// Make a new link; the old one is dead.
    Refresh(LinkId, KeyNumber),
}

/// What happened to a group link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new event must break every match")]
pub enum Event {
    /// It was made.
    Created {
        /// For this contractor role.
        role: ContractorRoleId,
        /// Of this client.
        client: BusinessId,
        /// What the link is derived from.
        link: LinkId,
        /// And with which key.
        key: KeyNumber,
    },
    /// It opens.
    Enabled {
        /// Since when.
        at: Timestamp,
        /// The business's authority then.
        authority: u64,
    },
    /// It opens nothing.
    Disabled,
    /// There is a new link.
    Refreshed {
        /// What the new link is derived from.
        link: LinkId,
        /// And with which key.
        key: KeyNumber,
    },
}

/// The event that the command leads to, or none if all is as asked. `authority` is the business's now.
///
/// # Errors
/// `not_found` for a link that does not exist, `wrong_state` for making one that does.
pub fn decide(
    link: Option<&GroupLink>,
    command: Command,
    authority: u64,
    now: Timestamp,
) -> Result<Option<Event>, Error> {
    match (link.map(|link| link.enabled(authority)), command) {
        (None, Command::Create(role, client, link, key)) => Ok(Some(Event::Created { role, client, link, key })),
        (None, Command::Enable | Command::Disable | Command::Refresh(..)) => Err(Error::NotFound),
        (Some(true), Command::Create(..)) => Err(Error::WrongState { state: "enabled" }),
        (Some(false), Command::Create(..)) => Err(Error::WrongState { state: "disabled" }),
        (Some(true), Command::Enable) | (Some(false), Command::Disable) => Ok(None),
        (Some(false), Command::Enable) => Ok(Some(Event::Enabled { at: now, authority })),
        (Some(true), Command::Disable) => Ok(Some(Event::Disabled)),
        (Some(true | false), Command::Refresh(link, key)) => Ok(Some(Event::Refreshed { link, key })),
    }
}

/// The link after the event.
#[must_use]
pub fn evolve(link: Option<&GroupLink>, event: Event) -> Option<GroupLink> {
    match event {
        Event::Created { role, client, link, key } => {
            Some(GroupLink { role, client, link, key, setting: Setting::Disabled })
        }
        Event::Enabled { at, authority } => {
            link.map(|link| GroupLink { setting: Setting::Enabled { at, authority }, ..link.clone() })
        }
        Event::Disabled => link.map(|link| GroupLink { setting: Setting::Disabled, ..link.clone() }),
        Event::Refreshed { link: new, key } => link.map(|link| GroupLink { link: new, key, ..link.clone() }),
    }
}

impl GroupLink {
    /// Whether it opens, given the business's authority now.
    #[must_use]
    pub fn enabled(&self, authority: u64) -> bool {
        match self.setting {
            Setting::Disabled => false,
            Setting::Enabled { authority: under, .. } => under == authority,
        }
    }

    /// Everything about the current link but its secret.
    #[must_use]
    pub const fn link(&self) -> LinkRef {
        LinkRef::Group(self.key, self.link)
    }

    /// Whether a claim opened then from this link still holds, unless it was disabled in between: it dies with the link,
    /// and by time.
    #[must_use]
    pub fn honours(&self, link: LinkId, opened: Timestamp, authority: u64, now: Timestamp) -> bool {
        self.link == link && self.enabled(authority) && now < opened.plus(CLAIM_LIFE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: KeyNumber = KeyNumber(1);

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * 1_000_000).unwrap()
    }

    fn link_id(number: u128) -> LinkId {
        LinkId::from_uuid(uuid::Uuid::from_u128(number))
    }

    fn after(link: &GroupLink, command: Command, seconds: i64) -> GroupLink {
        evolve(Some(link), decide(Some(link), command, 0, at(seconds)).unwrap().unwrap()).unwrap()
    }

    fn disabled() -> GroupLink {
        let role = ContractorRoleId::from_uuid(uuid::Uuid::from_u128(1));
        let client = BusinessId::from_uuid(uuid::Uuid::from_u128(2));
        let create = Command::Create(role, client, link_id(3), KEY);
        evolve(None, decide(None, create, 0, at(0)).unwrap().unwrap()).unwrap()
    }

    #[test]
    fn grp_01_given_a_new_role_then_its_link_opens_nothing() {
        assert!(!disabled().enabled(0));
    }

    #[test]
    fn grp_02_given_an_enabled_link_when_enabled_again_then_nothing_happens() {
        let enabled = after(&disabled(), Command::Enable, 1);
        assert_eq!(decide(Some(&enabled), Command::Enable, 0, at(2)).unwrap(), None);
    }

    #[test]
    fn grp_05_given_a_disabled_link_when_refreshed_then_it_stays_disabled_under_the_new_link() {
        let refreshed = after(&disabled(), Command::Refresh(link_id(4), KEY), 1);
        assert!(!refreshed.enabled(0));
        assert_eq!(after(&refreshed, Command::Enable, 2).link, link_id(4));
    }

    #[test]
    fn grp_05_given_a_refresh_after_a_rotation_then_the_new_link_is_of_the_new_key() {
        let refreshed = after(&disabled(), Command::Refresh(link_id(4), KeyNumber(2)), 1);
        assert_eq!(refreshed.link(), LinkRef::Group(KeyNumber(2), link_id(4)));
    }

    #[test]
    fn grp_06_given_disabled_and_enabled_again_then_the_link_is_the_same() {
        let enabled = after(&disabled(), Command::Enable, 1);
        let again = after(&after(&enabled, Command::Disable, 2), Command::Enable, 3);
        assert_eq!(again.link(), enabled.link());
    }

    #[test]
    fn grp_17_given_a_risen_authority_then_the_link_reads_disabled_until_enabled_anew() {
        let enabled = after(&disabled(), Command::Enable, 1);
        assert!(!enabled.enabled(1));
        let event = decide(Some(&enabled), Command::Enable, 1, at(2)).unwrap().unwrap();
        assert!(evolve(Some(&enabled), event).unwrap().enabled(1));
    }

    #[test]
    fn a_claim_lives_seven_days_and_dies_by_refresh_and_by_disabling() {
        let link = after(&disabled(), Command::Enable, 10);
        let week = 7 * 24 * 3_600;
        assert!(link.honours(link_id(3), at(10), 0, at(10)));
        assert!(link.honours(link_id(3), at(11), 0, at(11 + week - 1)));
        assert!(!link.honours(link_id(3), at(11), 0, at(11 + week)));
        assert!(!link.honours(link_id(3), at(11), 1, at(12)));
        assert!(!after(&link, Command::Refresh(link_id(4), KEY), 12).honours(link_id(3), at(11), 0, at(13)));
        let off = after(&link, Command::Disable, 12);
        assert!(!off.honours(link_id(3), at(11), 0, at(12)));
    }
}
