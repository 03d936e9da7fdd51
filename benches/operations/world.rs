//! The database that everything is measured on, made through the library alone.

use std::sync::Arc;

use futures_util::{StreamExt, TryStreamExt, stream};
use handclasp::businesses::SetClientAccount;
use handclasp::connections::RequestConnection;
use handclasp::group_links::OfRole;
use handclasp::invites::CreateInvite;
use handclasp::mail::CapturingMailer;
use handclasp::storage::Storage;
use handclasp::{Actor, BusinessId, ContractorRoleId, Error, Handclasp, Link, Parts, RequestId, testing};
use handclasp_benches::business;

use crate::Outcome;
use crate::crowd;
use crate::job::{Job, What};
use crate::path::Call;

/// So many calls at once while it is made.
const AT_ONCE: usize = 64;

/// How much of it there is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    /// Personal invites, and as many requests that wait.
    pub(crate) calls: usize,
    /// Clients, each with a group link, besides the hot one; and as many contractors.
    pub(crate) hot: usize,
    /// Invites, and as many connections, that others have.
    pub(crate) others: u32,
}

impl Size {
    /// Whether there is another (client, contractor) for every invite, every request that waits and every new one.
    pub(crate) fn check(self) -> Outcome<()> {
        let most = self.hot / Pairs::ALL.len() * self.hot;
        if self.calls < 256 || self.calls > most {
            return Err(format!("calls must lie between 256 and {most}").into());
        }
        Ok(())
    }

    /// The client and the contractor at this place; neighbours share neither.
    fn pair(self, pairs: Pairs, place: usize) -> (usize, usize) {
        let turn = pairs as usize * (self.hot / Pairs::ALL.len());
        (1 + place % self.hot, (place + place / self.hot + turn) % self.hot)
    }
}

/// Clients and contractors who have nothing else to do with each other.
#[derive(Debug, Clone, Copy)]
enum Pairs {
    Invited,
    Asked,
    Strangers,
}

impl Pairs {
    const ALL: [Self; 3] = [Self::Invited, Self::Asked, Self::Strangers];
}

/// Who can do what.
#[derive(Debug)]
pub(crate) struct World {
    size: Size,
    /// Admins and a role of theirs; nobody else invites to the first, which is the hot one.
    clients: Vec<(Actor, ContractorRoleId)>,
    contractors: Vec<Actor>,
    /// Personal invites.
    links: Vec<Link>,
    /// Requests that wait.
    requests: Vec<RequestId>,
    /// The group link of each client.
    group: Vec<Link>,
}

impl World {
    /// As many calls as there are.
    pub(crate) fn calls(&self, job: Job, handclasp: &Handclasp) -> Vec<Call> {
        let call = |place| {
            let (actor, what) = self.call(job, place);
            Call::new(handclasp.clone(), actor.clone(), what)
        };
        (0..self.size.calls).map(call).collect()
    }

    fn call(&self, job: Job, place: usize) -> (&Actor, What) {
        let ends = |pairs| {
            let (client, contractor) = self.size.pair(pairs, place);
            (&self.clients[client], &self.contractors[contractor])
        };
        match job {
            Job::Create => {
                let (admin, role) = ends(Pairs::Strangers).0;
                (admin, What::Create(*role))
            }
            Job::OpenAccept => (ends(Pairs::Invited).1, What::OpenAccept(self.links[place].clone())),
            Job::Redeem => (ends(Pairs::Invited).1, What::Redeem(self.links[place].clone())),
            Job::Request => {
                let ((admin, role), contractor) = ends(Pairs::Strangers);
                (admin, What::Request(of(contractor), *role))
            }
            Job::Accept => (ends(Pairs::Asked).1, What::Accept(self.requests[place])),
        }
    }

    /// Each contractor with the group link of the hot client, or of a client of their own.
    pub(crate) fn group(&self, one_client: bool, handles: &[Handclasp]) -> Vec<Call> {
        let links: Box<dyn Iterator<Item = &Link>> = match one_client {
            true => Box::new(self.group.iter().take(1).cycle()),
            false => Box::new(self.group.iter().skip(1)),
        };
        let each = self.contractors.iter().zip(links).zip(handles);
        let call = |((actor, link), handclasp): ((&Actor, &Link), &Handclasp)| {
            Call::new(handclasp.clone(), actor.clone(), What::Redeem(link.clone()))
        };
        each.map(call).collect()
    }

    /// Somebody, and tokens that differ from good ones in their last letter.
    pub(crate) fn bad(&self) -> (&Actor, Vec<Link>) {
        let bad = |link: &Link| {
            let (start, last) = link.expose().split_at(link.expose().len() - 1);
            Link::new(format!("{start}{}", if last == "A" { "B" } else { "A" }))
        };
        (&self.contractors[0], self.links.iter().map(bad).collect())
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
    let links = all((0..size.calls).map(|place| {
        let (admin, role) = &clients[size.pair(Pairs::Invited, place).0];
        async move { Ok(handclasp.invites().create(admin, CreateInvite::new(*role)).await?.link) }
    }))
    .await?;
    let requests = all((0..size.calls).map(|place| {
        let (client, contractor) = size.pair(Pairs::Asked, place);
        let (admin, role) = &clients[client];
        let ask = RequestConnection::new(of(&contractors[contractor]), *role);
        async move {
            let asked = handclasp.connections().request(admin, ask).await?;
            Ok(asked.request.expect("a connection that was asked for has a request"))
        }
    }))
    .await?;
    crowd::fill(storage.as_ref(), size.others).await?;
    Ok(World { size, clients, contractors, links, requests, group })
}

/// The business that somebody acts for.
fn of(actor: &Actor) -> BusinessId {
    let Actor::Person { business: Some(business), .. } = actor else {
        unreachable!("a person who acts for a business")
    };
    *business
}

/// The results, in order.
async fn all<T>(work: impl Iterator<Item = impl Future<Output = Result<T, Error>>>) -> Result<Vec<T>, Error> {
    stream::iter(work).buffered(AT_ONCE).try_collect().await
}

async fn client(handclasp: &Handclasp, place: usize) -> Result<(Actor, ContractorRoleId), Error> {
    let admin = business(handclasp, "Client", place).await?;
    let set = SetClientAccount::new(of(&admin), true);
    let account = handclasp.businesses().set_client_account(Actor::system(), set).await?;
    Ok((admin, account.supplier.expect("a new client account has the role Supplier").id))
}
