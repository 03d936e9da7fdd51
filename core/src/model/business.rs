//! A business is registered once, may become a client account, and may be archived and restored.

mod told;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use self::told::Told;
use crate::email::Email;
use crate::error::Error;
use crate::id::BusinessId;
use crate::time::Timestamp;

/// A company.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Business {
    /// Its id.
    pub id: BusinessId,
    /// What it says of itself.
    pub profile: Told,
    /// Whether it may invite and request.
    pub client_account: bool,
    /// Rises when everything that the business issued must die: on archiving, and when `client_account` is taken away.
    pub authority: u64,
    /// Whether it can act.
    pub status: Status,
    /// When it was archived, the longest ago first; fees are not counted meanwhile.
    pub away: Vec<Away>,
    /// What System has set for it instead of the usual limits and quotas.
    pub overrides: Overrides,
}

/// A time during which a business was archived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Away {
    /// Since when.
    pub from: Timestamp,
    /// Until when, if it came back.
    pub until: Option<Timestamp>,
}

/// What System has set for one business; where it has set nothing, the configuration holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::exhaustive_structs, reason = "hosts build it, `..Overrides::default()` for what they leave out")]
pub struct Overrides {
    /// How much one person may send for the client within 24 hours.
    pub per_inviter: Option<u32>,
    /// How much the client may send within 24 hours.
    pub per_client: Option<u32>,
    /// How much the client may send to one address within 24 hours, all clients counted together.
    pub per_address: Option<u32>,
    /// How much the client may send to one contractor within 24 hours.
    pub per_pair: Option<u32>,
    /// How many members it may have, active or disabled.
    pub members: Option<u32>,
    /// How many contractor roles it may have that are not archived.
    pub contractor_roles: Option<u32>,
    /// How many access requests to it may be open.
    pub access_requests: Option<u32>,
    /// How many connected contractors it may have, and as many connected clients.
    pub connections: Option<u32>,
}

/// What a business says of itself. The name alone is required; names and registration numbers need not be unique.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// The name it trades under.
    pub trading_name: Option<String>,
    /// Where it is.
    pub address: Address,
    /// Where its people are reached.
    pub contact_email: Option<Email>,
    /// Where its people are called.
    pub contact_phone: Option<String>,
    /// Its number in a register of companies.
    pub registration_number: Option<String>,
    /// What it does.
    pub industry: Option<String>,
    /// The address listed as able to accept notifications.
    pub notification_email: Option<Email>,
    /// The language of its mails, as a BCP 47 tag.
    pub language: Option<String>,
    /// How its mails look.
    pub branding: Branding,
    /// Whether search finds it.
    pub listed: bool,
}

/// A postal address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::exhaustive_structs, reason = "hosts build addresses, `..Address::default()` for what they leave out")]
pub struct Address {
    /// Street and number.
    pub street: Option<String>,
    /// Town.
    pub town: Option<String>,
    /// County, state or province.
    pub region: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
    /// Country, as an ISO 3166 code of two capital letters.
    pub country: Option<String>,
}

/// How a business's mails look.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::exhaustive_structs, reason = "hosts build branding, `..Branding::default()` for what they leave out")]
pub struct Branding {
    /// The name shown as the sender.
    pub name: Option<String>,
    /// A colour as `#rrggbb`.
    pub colour: Option<String>,
    /// The https address of a logo.
    pub logo_url: Option<String>,
    /// Where answers to its mails go.
    pub reply_to: Option<Email>,
}

/// Whether a business can act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a new state must break every match")]
pub enum Status {
    /// It can act.
    Active,
    /// It is frozen: it can't act, isn't found, gets no notices.
    Archived,
}

/// What can be asked of a business.
#[derive(Debug, Clone)]
#[expect(clippy::exhaustive_enums, reason = "a new command must break every match")]
pub enum Command {
    /// Register it.
    Register(BusinessId, Box<Profile>),
    /// Let it say something else of itself.
    Update(Box<Profile>),
    /// Let it invite and request, or no longer.
    SetClientAccount(bool),
    /// Freeze it.
    Archive,
    /// Let it act again.
    Restore,
    /// Set its own limits and quotas.
    SetLimits(Overrides),
}

/// What happened to a business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new event must break every match")]
pub enum Event {
    /// It was registered.
    Registered {
        /// Its id.
        id: BusinessId,
        /// What it said of itself.
        profile: Box<Profile>,
    },
    /// It may invite and request, or may no longer.
    ClientAccountSet {
        /// Whether it may.
        client_account: bool,
    },
    /// It says something else of itself.
    Updated {
        /// What it says.
        profile: Box<Profile>,
    },
    /// It was frozen.
    Archived {
        /// When.
        at: Timestamp,
    },
    /// It can act again.
    Restored {
        /// When.
        at: Timestamp,
    },
    /// It got its own limits and quotas.
    LimitsSet {
        /// These.
        overrides: Overrides,
    },
}

/// The event that the command leads to, or none if all is as asked.
///
/// # Errors
/// `not_found` for a business that does not exist; `wrong_state` while it is archived.
pub fn decide(business: Option<&Business>, command: Command, now: Timestamp) -> Result<Option<Event>, Error> {
    let Some(business) = business else {
        return match command {
            Command::Register(id, profile) => Ok(Some(Event::Registered { id, profile })),
            Command::Update(_)
            | Command::SetClientAccount(_)
            | Command::Archive
            | Command::Restore
            | Command::SetLimits(_) => Err(Error::NotFound),
        };
    };
    match command {
        Command::Register(..) => Err(Error::WrongState { state: "registered" }),
        Command::Update(profile) => {
            business.active()?;
            Ok((!business.profile.same(&profile)).then_some(Event::Updated { profile }))
        }
        Command::SetClientAccount(client_account) => {
            business.active()?;
            Ok((business.client_account != client_account).then_some(Event::ClientAccountSet { client_account }))
        }
        Command::Archive => Ok((business.status == Status::Active).then_some(Event::Archived { at: now })),
        Command::Restore => Ok((business.status == Status::Archived).then_some(Event::Restored { at: now })),
        Command::SetLimits(overrides) => {
            Ok((business.overrides != overrides).then_some(Event::LimitsSet { overrides }))
        }
    }
}

/// The business after the event.
#[must_use]
pub fn evolve(business: Option<&Business>, event: &Event) -> Option<Business> {
    if let Event::Registered { id, profile } = event {
        return Some(Business {
            id: *id,
            profile: (**profile).clone().into(),
            client_account: false,
            authority: 0,
            status: Status::Active,
            away: Vec::new(),
            overrides: Overrides::default(),
        });
    }
    let mut business = business?.clone();
    match event {
        Event::Registered { .. } => return None,
        Event::Updated { profile } => business.profile = (**profile).clone().into(),
        Event::ClientAccountSet { client_account } => {
            business.client_account = *client_account;
            business.authority += u64::from(!client_account);
        }
        Event::Archived { at } => {
            business.status = Status::Archived;
            business.authority += 1;
            business.away.push(Away { from: *at, until: None });
        }
        Event::Restored { at } => {
            business.status = Status::Active;
            if let Some(last) = business.away.last_mut() {
                last.until = Some(*at);
            }
        }
        Event::LimitsSet { overrides } => business.overrides = *overrides,
    }
    Some(business)
}

impl Profile {
    /// Equal to the letter: a changed case of an address is a change here.
    fn same(&self, other: &Self) -> bool {
        let addresses = |profile: &Self| {
            let Self { contact_email, notification_email, branding, .. } = profile.clone();
            [contact_email, notification_email, branding.reply_to].map(|email| email.map(|email| email.to_string()))
        };
        self == other && addresses(self) == addresses(other)
    }
}

impl Business {
    /// An archived business can't act, nor be dealt with.
    pub(crate) const fn active(&self) -> Result<(), Error> {
        match self.status {
            Status::Active => Ok(()),
            Status::Archived => Err(Error::WrongState { state: "archived" }),
        }
    }

    /// Whether anybody signed in may see its card.
    pub(crate) fn public(&self) -> bool {
        self.profile.listed && self.status == Status::Active
    }

    /// The text by which others find and sort it, of the names that they see: those who are near, or not.
    pub(crate) fn names(&self, near: bool) -> Arc<str> {
        self.profile.names(near || self.public())
    }

    /// Whether lists find and sort it by the same texts.
    pub(crate) fn told_alike(&self, other: &Self) -> bool {
        let texts = |business: &Self| (business.names(true), business.names(false), business.profile.contacts());
        texts(self) == texts(other)
    }

    /// Whether its links can lead anywhere.
    pub(crate) fn invites(&self) -> bool {
        self.client_account && self.status == Status::Active
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registered() -> Business {
        let profile = Profile {
            name: "Acme".into(),
            trading_name: None,
            address: Address::default(),
            contact_email: None,
            contact_phone: None,
            registration_number: None,
            industry: None,
            notification_email: None,
            language: None,
            branding: Branding::default(),
            listed: true,
        };
        let id = BusinessId::from_uuid(uuid::Uuid::from_u128(1));
        let event = decide(None, Command::Register(id, Box::new(profile)), Timestamp::MIN).unwrap().unwrap();
        evolve(None, &event).unwrap()
    }

    fn after(business: &Business, command: Command) -> Business {
        let event = decide(Some(business), command, Timestamp::MIN).unwrap().unwrap();
        evolve(Some(business), &event).unwrap()
    }

    #[test]
    fn given_a_new_business_then_it_may_not_invite() {
        assert!(!registered().client_account);
        assert!(!registered().invites());
    }

    #[test]
    fn given_a_client_account_when_it_is_given_again_then_nothing_happens() {
        let client = after(&registered(), Command::SetClientAccount(true));
        assert!(client.invites());
        assert_eq!(decide(Some(&client), Command::SetClientAccount(true), Timestamp::MIN).unwrap(), None);
    }

    #[test]
    fn given_a_client_account_when_it_is_taken_away_then_all_that_it_issued_dies_for_good() {
        let client = after(&registered(), Command::SetClientAccount(true));
        let without = after(&client, Command::SetClientAccount(false));
        let again = after(&without, Command::SetClientAccount(true));
        assert!(without.authority > client.authority);
        assert_eq!(again.authority, without.authority);
    }

    #[test]
    fn given_an_archived_business_when_it_is_changed_then_it_is_refused_until_restored() {
        let archived = after(&after(&registered(), Command::SetClientAccount(true)), Command::Archive);
        let profile = Profile { name: "Acme 2".into(), ..(*archived.profile).clone() };
        for command in [Command::SetClientAccount(false), Command::Update(Box::new(profile))] {
            let refused = decide(Some(&archived), command, Timestamp::MIN);
            assert!(matches!(refused, Err(Error::WrongState { state: "archived" })));
        }
        assert!(!archived.invites());
        assert_eq!(decide(Some(&archived), Command::Archive, Timestamp::MIN).unwrap(), None);
        let restored = after(&archived, Command::Restore);
        assert!(restored.invites());
        assert_eq!(decide(Some(&restored), Command::Restore, Timestamp::MIN).unwrap(), None);
    }

    #[test]
    fn grp_17_given_an_archived_business_when_restored_then_what_it_issued_stays_dead() {
        let client = after(&registered(), Command::SetClientAccount(true));
        let restored = after(&after(&client, Command::Archive), Command::Restore);
        assert!(restored.authority > client.authority);
        assert_eq!(restored.away, [Away { from: Timestamp::MIN, until: Some(Timestamp::MIN) }]);
    }

    #[test]
    fn given_a_profile_when_an_address_changes_its_case_then_it_is_updated() {
        let with =
            |email| Profile { contact_email: Some(Email::parse(email).unwrap()), ..(*registered().profile).clone() };
        let before = after(&registered(), Command::Update(Box::new(with("office@acme.example"))));
        let command = |email| Command::Update(Box::new(with(email)));
        assert_eq!(decide(Some(&before), command("office@acme.example"), Timestamp::MIN).unwrap(), None);
        let updated = after(&before, command("Office@acme.example"));
        assert_eq!(updated.profile.contact_email.as_ref().unwrap().as_str(), "Office@acme.example");
    }

    #[test]
    fn given_limits_when_set_again_then_nothing_happens() {
        let overrides = Overrides { per_client: Some(7), ..Overrides::default() };
        let limited = after(&registered(), Command::SetLimits(overrides));
        assert_eq!(limited.overrides.per_client, Some(7));
        assert_eq!(decide(Some(&limited), Command::SetLimits(overrides), Timestamp::MIN).unwrap(), None);
    }

    #[test]
    fn lists_are_rewritten_only_for_what_they_show() {
        let acme = registered();
        let saying = |business: &Business, change: fn(&mut Profile)| {
            let mut profile = (*business.profile).clone();
            change(&mut profile);
            Business { profile: profile.into(), ..business.clone() }
        };
        let traded = saying(&acme, |profile| profile.trading_name = Some("A".into()));
        assert!(acme.told_alike(&saying(&acme, |profile| profile.industry = Some("Roofing".into()))));
        assert!(acme.told_alike(&saying(&acme, |profile| profile.name = "ACME".into())), "case is not looked for");
        assert!(!acme.told_alike(&saying(&acme, |profile| profile.contact_phone = Some("+44 1633 1".into()))));
        assert!(!acme.told_alike(&traded));
        // Whether it is public decides who is told its trading name, and nothing else.
        let unlisted = |business| saying(business, |profile| profile.listed = false);
        let archived = |business: &Business| Business { status: Status::Archived, ..business.clone() };
        assert_eq!([true, false].map(|near| unlisted(&traded).names(near)), ["acme a", "acme"].map(Arc::from));
        assert!(acme.told_alike(&unlisted(&acme)) && acme.told_alike(&archived(&acme)));
        assert!(!traded.told_alike(&unlisted(&traded)) && !traded.told_alike(&archived(&traded)));
    }
}
