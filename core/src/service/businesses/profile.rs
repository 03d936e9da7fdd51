//! What a business says of itself, looked at before it is taken.

use super::super::views::BusinessProfile;
use crate::email::Email;
use crate::error::{Error, Reason};
use crate::model::business::{Address, Branding, Profile};
use crate::text;

/// The profile as it is to be stored; what does not fit is reported under `profile.…`.
pub(super) fn profile(given: &BusinessProfile) -> Result<Profile, Error> {
    let address = &given.address;
    Ok(Profile {
        name: text::NAME.check("profile.name", &given.name)?,
        trading_name: text::NAME.check_optional("profile.trading_name", given.trading_name.as_deref())?,
        address: Address {
            street: text::LINE.check_optional("profile.address.street", address.street.as_deref())?,
            town: text::LINE.check_optional("profile.address.town", address.town.as_deref())?,
            region: text::LINE.check_optional("profile.address.region", address.region.as_deref())?,
            postcode: text::NUMBER.check_optional("profile.address.postcode", address.postcode.as_deref())?,
            country: address
                .country
                .as_deref()
                .map(|code| text::country("profile.address.country", code))
                .transpose()?,
        },
        contact_email: Email::checked_optional("profile.contact_email", given.contact_email.as_deref())?,
        contact_phone: text::NUMBER.check_optional("profile.contact_phone", given.contact_phone.as_deref())?,
        registration_number: text::NUMBER
            .check_optional("profile.registration_number", given.registration_number.as_deref())?,
        industry: text::LINE.check_optional("profile.industry", given.industry.as_deref())?,
        notification_email: Email::checked_optional("profile.notification_email", given.notification_email.as_deref())?,
        language: text::language_optional("profile.language", given.language.as_deref())?,
        branding: branding(&given.branding)?,
        listed: given.listed,
    })
}

fn branding(given: &Branding) -> Result<Branding, Error> {
    let colour = |colour: &String| {
        let digits = colour.strip_prefix('#').unwrap_or_default();
        digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
    };
    if given.colour.as_ref().is_some_and(|given| !colour(given)) {
        return Err(Error::argument("profile.branding.colour", Reason::Format));
    }
    if let Some(logo) = given.logo_url.as_deref() {
        text::URL.check("profile.branding.logo_url", logo)?;
        if !url::Url::parse(logo).is_ok_and(|url| url.scheme() == "https") {
            return Err(Error::argument("profile.branding.logo_url", Reason::Format));
        }
    }
    Ok(Branding { name: text::NAME.check_optional("profile.branding.name", given.name.as_deref())?, ..given.clone() })
}
