//! A business is registered once, may become a client account, and may be archived.

use serde::{Deserialize, Serialize};

use crate::email::Email;
use crate::error::Error;
use crate::id::BusinessId;

/// A company.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Business {
    /// Its id.
    pub id: BusinessId,
    /// What it says of itself.
    pub profile: Profile,
    /// Whether it may invite and request.
    pub client_account: bool,
    /// Rises when everything that the business issued must die: on archiving, and when `client_account` is taken away.
    pub authority: u64,
    /// Whether it can act.
    pub status: Status,
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
    /// Let it invite and request, or no longer.
    SetClientAccount(bool),
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
}

/// The event that the command leads to, or none if all is as asked.
///
/// # Errors
/// `not_found` for a business that does not exist; `wrong_state` while it is archived.
pub fn decide(business: Option<&Business>, command: Command) -> Result<Option<Event>, Error> {
    match (business, command) {
        (None, Command::Register(id, profile)) => Ok(Some(Event::Registered { id, profile })),
        (None, Command::SetClientAccount(_)) => Err(Error::NotFound),
        (Some(_), Command::Register(..)) => Err(Error::WrongState { state: "registered" }),
        (Some(business), Command::SetClientAccount(client_account)) => {
            business.active()?;
            Ok((business.client_account != client_account).then_some(Event::ClientAccountSet { client_account }))
        }
    }
}

/// The business after the event.
#[must_use]
pub fn evolve(business: Option<&Business>, event: &Event) -> Option<Business> {
    match event {
        Event::Registered { id, profile } => Some(Business {
            id: *id,
            profile: (**profile).clone(),
            client_account: false,
            authority: 0,
            status: Status::Active,
        }),
        Event::ClientAccountSet { client_account } => business.map(|business| Business {
            client_account: *client_account,
            authority: business.authority + u64::from(!client_account),
            ..business.clone()
        }),
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
        let event = decide(None, Command::Register(id, Box::new(profile))).unwrap().unwrap();
        evolve(None, &event).unwrap()
    }

    fn after(business: &Business, command: Command) -> Business {
        let event = decide(Some(business), command).unwrap().unwrap();
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
        assert_eq!(decide(Some(&client), Command::SetClientAccount(true)).unwrap(), None);
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
    fn given_an_archived_business_when_anything_is_asked_then_it_is_refused() {
        let archived = Business { status: Status::Archived, client_account: true, ..registered() };
        assert!(matches!(
            decide(Some(&archived), Command::SetClientAccount(false)),
            Err(Error::WrongState { state: "archived" })
        ));
        assert!(!archived.invites());
    }
}
