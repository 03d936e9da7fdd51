//! A profile and the texts that lists find and sort it by.

use std::ops::Deref;
use std::sync::Arc;

use super::Profile;
use crate::email::Email;
use crate::text::{folded, folded_together};

/// A profile as the lists of others tell it: its texts are folded when it is read or changes, and not for each
/// connection that is listed by them.
///
/// It reads as its profile, and is made anew where that changes.
#[derive(Debug, Clone)]
pub struct Told {
    profile: Profile,
    names: Arc<str>,
    contacts: Arc<str>,
}

impl From<Profile> for Told {
    fn from(profile: Profile) -> Self {
        let names = folded_together(&[&profile.name, profile.trading_name.as_deref().unwrap_or_default()]).into();
        let contacts = contacts(&profile).into();
        Self { profile, names, contacts }
    }
}

impl Deref for Told {
    type Target = Profile;

    fn deref(&self) -> &Profile {
        &self.profile
    }
}

/// The texts follow from the profile.
impl PartialEq for Told {
    fn eq(&self, other: &Self) -> bool {
        self.profile == other.profile
    }
}

impl Told {
    /// Its names as one text; for those who may not know the trading name, without it.
    pub(crate) fn names(&self, traded: bool) -> Arc<str> {
        if traded { Arc::clone(&self.names) } else { folded(&self.profile.name).into() }
    }

    /// Its address, e-mail and phone as one text.
    pub(crate) fn contacts(&self) -> Arc<str> {
        Arc::clone(&self.contacts)
    }
}

fn contacts(profile: &Profile) -> String {
    let address = &profile.address;
    let parts = [
        address.street.as_deref(),
        address.town.as_deref(),
        address.region.as_deref(),
        address.postcode.as_deref(),
        address.country.as_deref(),
        profile.contact_email.as_ref().map(Email::as_str),
        profile.contact_phone.as_deref(),
    ];
    folded_together(&parts.map(Option::unwrap_or_default))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::samples::{self, Fill};

    #[test]
    fn it_is_told_by_its_own_texts_and_far_away_without_its_trading_name() {
        let mut profile = (*samples::business(1, Fill::Bare).profile).clone();
        profile.name = "Acme  Caf\u{c9}".into();
        let plain = Told::from(profile.clone());
        assert_eq!(
            [&*plain.names(true), &*plain.names(false), &*plain.contacts()],
            ["acme caf\u{e9}", "acme caf\u{e9}", ""]
        );
        profile.trading_name = Some("ACE".into());
        (profile.address.town, profile.contact_phone) = (Some("Newport".into()), Some("+44 1".into()));
        let traded = Told::from(profile);
        let texts = [traded.names(true), traded.names(false), traded.contacts()];
        assert_eq!(texts.each_ref().map(|text| &**text), ["acme caf\u{e9} ace", "acme caf\u{e9}", "newport +44 1"]);
        assert_ne!(plain, traded);
    }
}
