//! What benches share: businesses, a store that keeps what it is asked, and values as bare drivers take them.

pub mod bare;
pub mod recording;

use handclasp::businesses::Register;
use handclasp::{Actor, Error, Handclasp, PersonId, people};
use uuid::Uuid;

/// A business's Admin, who acts for it.
///
/// # Errors
/// As `businesses.register`.
pub async fn business(handclasp: &Handclasp, kind: &str, place: usize) -> Result<Actor, Error> {
    let admin = PersonId::from_uuid(Uuid::from_u128(0x0197_a9b2_5c00_7000_8000_0000_0000_0001 + place as u128));
    let profile = people::Profile::new(admin, format!("Admin {place}"), format!("admin{place}@mail.example"));
    let mut register = Register::new(format!("{kind} {place} Building Services Ltd"), profile);
    register.profile.trading_name = Some(format!("{kind} {place}"));
    register.profile.address.street = Some(format!("{place} Long Street"));
    register.profile.address.town = Some("Newport".to_owned());
    register.profile.address.postcode = Some(format!("NP{place}"));
    register.profile.address.country = Some("GB".to_owned());
    register.profile.contact_email = Some(format!("office{place}@mail.example"));
    register.profile.contact_phone = Some(format!("+44 1633 {place:06}"));
    let registered = handclasp.businesses().register(Actor::system(), register).await?;
    Ok(Actor::person(admin, registered.id))
}
