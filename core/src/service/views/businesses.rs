//! Businesses as they are shown.

use serde::{Deserialize, Serialize};

use super::ContractorRole;
use crate::id::BusinessId;
use crate::model::business::{self, Address, Branding};

/// What a business says of itself; texts up to 200 graphemes, numbers up to 64. The name alone is required.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct BusinessProfile {
    /// Its name; it need not be unique.
    pub name: String,
    /// The name it trades under.
    #[serde(default)]
    pub trading_name: Option<String>,
    /// Where it is.
    #[serde(default)]
    pub address: Address,
    /// Where its people are reached, as one bare e-mail address.
    #[serde(default)]
    pub contact_email: Option<String>,
    /// Where its people are called.
    #[serde(default)]
    pub contact_phone: Option<String>,
    /// Its number in a register of companies; it need not be unique.
    #[serde(default)]
    pub registration_number: Option<String>,
    /// What it does.
    #[serde(default)]
    pub industry: Option<String>,
    /// The address listed as able to accept notifications.
    #[serde(default)]
    pub notification_email: Option<String>,
    /// The language of its mails, as a BCP 47 tag.
    #[serde(default)]
    pub language: Option<String>,
    /// How its mails look.
    #[serde(default)]
    pub branding: Branding,
    /// Whether search finds it; it does unless said otherwise.
    #[serde(default = "yes")]
    pub listed: bool,
}

const fn yes() -> bool {
    true
}

impl BusinessProfile {
    /// A listed business of which no more than the name is known.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
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
        }
    }
}

/// A business as its own members see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Business {
    /// Its id.
    pub id: BusinessId,
    /// What it says of itself.
    pub profile: BusinessProfile,
    /// Whether it may invite and request.
    pub client_account: bool,
    /// Whether it is frozen.
    pub archived: bool,
    /// What System has set for it instead of the usual limits and quotas.
    pub overrides: business::Overrides,
}

/// The public card of a business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Card {
    /// Its id.
    pub id: BusinessId,
    /// Its name.
    pub name: String,
    /// The name it trades under.
    pub trading_name: Option<String>,
    /// What it does.
    pub industry: Option<String>,
    /// The town it is in.
    pub town: Option<String>,
    /// Its number in a register of companies.
    pub registration_number: Option<String>,
}

/// How a business is reached; for its own members and for businesses Pending or Connected with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Contact {
    /// Where it is.
    pub address: Address,
    /// Where its people get mail.
    pub email: Option<String>,
    /// Where its people are called.
    pub phone: Option<String>,
}

/// A business as far as the caller may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct BusinessSeen {
    /// What anybody signed in sees.
    pub card: Card,
    /// Names of other listed businesses that its own can be taken for, up to three.
    pub confusable_with: Vec<String>,
    /// How it is reached, for those near to it.
    pub contact: Option<Contact>,
    /// All of it, for its own members and System.
    pub own: Option<Business>,
}

/// What `set_client_account` answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ClientAccount {
    /// The business.
    pub business: Business,
    /// The contractor role that every client account starts with; none if the business has never been one.
    pub supplier: Option<ContractorRole>,
}

impl Business {
    pub(crate) fn of(business: &business::Business) -> Self {
        let profile = &business.profile;
        let email = |email: &Option<crate::Email>| email.as_ref().map(|email| email.as_str().to_owned());
        Self {
            id: business.id,
            profile: BusinessProfile {
                name: profile.name.clone(),
                trading_name: profile.trading_name.clone(),
                address: profile.address.clone(),
                contact_email: email(&profile.contact_email),
                contact_phone: profile.contact_phone.clone(),
                registration_number: profile.registration_number.clone(),
                industry: profile.industry.clone(),
                notification_email: email(&profile.notification_email),
                language: profile.language.clone(),
                branding: profile.branding.clone(),
                listed: profile.listed,
            },
            client_account: business.client_account,
            archived: business.status == business::Status::Archived,
            overrides: business.overrides,
        }
    }
}

impl Card {
    /// What somebody far away sees of a business that they once had to do with: its name alone, unless anybody sees
    /// more.
    pub(crate) fn from_afar(business: &business::Business) -> Self {
        let (id, name) = (business.id, business.profile.name.clone());
        let (trading_name, industry, town, registration_number) = (None, None, None, None);
        let name_alone = Self { id, name, trading_name, industry, town, registration_number };
        if business.public() { Self::of(business) } else { name_alone }
    }

    pub(crate) fn of(business: &business::Business) -> Self {
        let profile = &business.profile;
        Self {
            id: business.id,
            name: profile.name.clone(),
            trading_name: profile.trading_name.clone(),
            industry: profile.industry.clone(),
            town: profile.address.town.clone(),
            registration_number: profile.registration_number.clone(),
        }
    }
}

impl Contact {
    pub(crate) fn of(business: &business::Business) -> Self {
        let profile = &business.profile;
        Self {
            address: profile.address.clone(),
            email: profile.contact_email.as_ref().map(|email| email.as_str().to_owned()),
            phone: profile.contact_phone.clone(),
        }
    }
}
