//! The database that everything is measured on, made through the library alone.

use std::sync::Arc;

use futures_util::{StreamExt, TryStreamExt, stream};
use handclasp::businesses::{Register, SetClientAccount};
use handclasp::group_links::OfRole;
use handclasp::invites::CreateInvite;
use handclasp::mail::CapturingMailer;
use handclasp::storage::Storage;
use handclasp::{Actor, ContractorRoleId, Error, Handclasp, Link, Parts, PersonId, people, testing};
use uuid::Uuid;

use crate::Outcome;
use crate::crowd;
use crate::path::Call;

/// So many calls at once while it is made.
const AT_ONCE: usize = 64;

/// How much of it there is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    /// Personal invites.
    pub(crate) redeems: usize,
    /// Clients, each with a group link, besides the hot one; and as many contractors.
    pub(crate) hot: usize,
    /// Invites, and as many connections, that others have.
    pub(crate) others: u32,
}

impl Size {
    /// Whether there is another (client, contractor) for every invite.
    pub(crate) fn check(self) -> Outcome<()> {
        let pairs = self.hot.saturating_mul(self.hot);
        if self.redeems < 256 || self.redeems > pairs {
            return Err(format!("redeems must lie between 256 and {pairs}").into());
        }
        Ok(())
    }
}

/// Who can redeem what.
#[derive(Debug)]
pub(crate) struct World {
    personal: Vec<(Actor, Link)>,
    contractors: Vec<Actor>,
    /// Of one client each; the first is the hot one, to whom nobody else invites.
    group: Vec<Link>,
}

impl World {
    /// Personal invites, each of another (client, contractor); neighbours share neither.
    pub(crate) fn personal(&self, handclasp: &Handclasp) -> Vec<Call> {
        let call = |(actor, link): &(Actor, Link)| Call::new(handclasp.clone(), actor.clone(), link.clone());
        self.personal.iter().map(call).collect()
    }

    /// Each contractor with the group link of the hot client, or of a client of their own.
    pub(crate) fn group(&self, one_client: bool, handles: &[Handclasp]) -> Vec<Call> {
        let links: Box<dyn Iterator<Item = &Link>> = match one_client {
            true => Box::new(self.group.iter().take(1).cycle()),
            false => Box::new(self.group.iter().skip(1)),
        };
        let each = self.contractors.iter().zip(links).zip(handles);
        each.map(|((actor, link), handclasp)| Call::new(handclasp.clone(), actor.clone(), link.clone())).collect()
    }

    /// How many contractors there are.
    pub(crate) const fn contractors(&self) -> usize {
        self.contractors.len()
    }
}

/// A handle as a host has it: its own clock and randomness.
pub(crate) async fn open(storage: Arc<dyn Storage>) -> Result<Handclasp, Error> {
    Handclasp::open(testing::configuration(), Parts::new(storage, Arc::new(CapturingMailer::new()))).await
}

/// Fills an empty database.
pub(crate) async fn fill(storage: Arc<dyn Storage>, size: Size) -> Outcome<World> {
    let handclasp = &open(Arc::clone(&storage)).await?;
    let clients = all((0..=size.hot).map(|place| client(handclasp, place))).await?;
    let contractors = all((1..=size.hot).map(|place| business(handclasp, "Contractor", size.hot + place))).await?;
    let group = all(clients.iter().map(async |(admin, role)| {
        let enabled = handclasp.group_links().enable(admin.clone(), OfRole::new(*role)).await?;
        Ok(enabled.link.expect("an enabled link is shown"))
    }))
    .await?;
    let personal = all((0..size.redeems).map(|place| {
        let (admin, role) = &clients[1 + place % size.hot];
        let contractor = contractors[(place + place / size.hot) % size.hot].clone();
        async move {
            let created = handclasp.invites().create(admin.clone(), CreateInvite::new(*role)).await?;
            Ok((contractor, created.link))
        }
    }))
    .await?;
    crowd::fill(storage.as_ref(), size.others).await?;
    Ok(World { personal, contractors, group })
}

/// The results, in order.
async fn all<T>(work: impl Iterator<Item = impl Future<Output = Result<T, Error>>>) -> Result<Vec<T>, Error> {
    stream::iter(work).buffered(AT_ONCE).try_collect().await
}

async fn client(handclasp: &Handclasp, place: usize) -> Result<(Actor, ContractorRoleId), Error> {
    let admin = business(handclasp, "Client", place).await?;
    let Actor::Person { business: Some(business), .. } = admin else {
        unreachable!("a person who acts for a business")
    };
    let set = SetClientAccount::new(business, true);
    let account = handclasp.businesses().set_client_account(Actor::system(), set).await?;
    Ok((admin, account.supplier.expect("a new client account has the role Supplier").id))
}

/// A business's Admin, who acts for it.
async fn business(handclasp: &Handclasp, kind: &str, place: usize) -> Result<Actor, Error> {
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
