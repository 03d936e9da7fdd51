//! Businesses, people, members, and the words of the directory.

use super::{Fill, TEXT, business_id, numbered, person, person_id, user_role_id};
use crate::id::MemberId;
use crate::model::business::{Address, Away, Branding, Business, Overrides, Profile, Status};
use crate::model::directory::Word;
use crate::model::member::{self, Member};
use crate::model::person::Person;
use crate::model::user_role::{BuiltInRole, CustomRole, Permission, Role};
use crate::storage::record::Record;

pub(super) fn records(fill: Fill) -> Vec<Record> {
    let mut records: Vec<Record> = vec![
        business(1, fill).into(),
        Person { language: fill.text(), ..person(1, &fill.name()) }.into(),
        user_role(fill).into(),
    ];
    records.extend((0..5).map(|place| Record::from(member(place, fill))));
    // The word is half of the key, so it is the same in every fill.
    let words = ["", "acme", TEXT].into_iter().enumerate();
    records.extend(words.map(|(place, text)| Record::from(word(text, fill.turn([true, false], place)))));
    records
}

/// A business.
#[must_use]
pub fn business(number: u128, fill: Fill) -> Business {
    Business {
        id: business_id(number),
        profile: profile(fill).into(),
        client_account: fill.pick(false, true, true),
        authority: fill.number(),
        status: fill.pick(Status::Active, Status::Archived, Status::Active),
        away: fill.some([Away { from: fill.time(), until: fill.end() }, Away { from: fill.time(), until: None }]),
        overrides: overrides(fill),
    }
}

fn profile(fill: Fill) -> Profile {
    let text = || fill.text();
    Profile {
        name: fill.name(),
        trading_name: text(),
        address: Address { street: text(), town: text(), region: text(), postcode: text(), country: text() },
        contact_email: fill.email(),
        contact_phone: text(),
        registration_number: text(),
        industry: text(),
        notification_email: fill.email(),
        language: text(),
        branding: Branding { name: text(), colour: text(), logo_url: text(), reply_to: fill.email() },
        listed: fill.pick(false, true, false),
    }
}

fn overrides(fill: Fill) -> Overrides {
    Overrides {
        per_inviter: fill.small(),
        per_client: fill.small(),
        per_address: fill.small(),
        per_pair: fill.small(),
        members: fill.small(),
        contractor_roles: fill.small(),
        access_requests: fill.small(),
        connections: fill.small(),
    }
}

fn user_role(fill: Fill) -> CustomRole {
    let permissions = fill.some(Permission::ALL).into_iter().collect();
    CustomRole { id: user_role_id(1), business: business_id(1), name: fill.name(), permissions }
}

/// The built-in user roles, and one that a business has defined.
pub(super) fn roles(fill: Fill) -> [Role; 5] {
    let [admin, manager, viewer, worker] = BuiltInRole::ALL.map(Role::from);
    [admin, manager, viewer, worker, user_role(fill).role()]
}

fn member(place: usize, fill: Fill) -> Member {
    use member::Status::{Active, Disabled, Removed};
    let (business, person) = (business_id(1), person_id(numbered(place)));
    Member {
        id: MemberId::of(business, person),
        business,
        person,
        role: fill.turn(roles(fill), place),
        status: fill.turn([Active, Disabled, Removed], place),
        notifications: fill.turn([true, false], place),
        authority: fill.number(),
    }
}

fn word(text: &str, listed: bool) -> Word {
    Word { business: business_id(1), word: text.to_owned(), listed }
}
