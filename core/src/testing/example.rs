//! What the examples of the documentation run in.
#![expect(clippy::unwrap_used, reason = "an example that fails panics")]

use std::sync::Arc;

use futures_util::FutureExt;
use uuid::Uuid;

use super::{ManualClock, SeededEntropy};
use crate::access_requests::SubmitAccess;
use crate::businesses::{Register, SetClientAccount};
use crate::connections::RequestConnection;
use crate::mail::CapturingMailer;
use crate::storage::Memory;
use crate::views::Connection;
use crate::{
    AccessRequestId, Actor, Configuration, ContractorRoleId, Email, Error, Handclasp, KeyNumber, KeyRing, Pages, Parts,
    PersonId, people,
};

/// The settings of tests and examples: pages under `https://app.example.com`.
#[must_use]
pub fn configuration() -> Configuration {
    let keys = KeyRing::new(KeyNumber(1), b"a key for tests, of thirty-two b").unwrap();
    let pages = Pages::under("https://app.example.com").unwrap();
    Configuration::new(keys, pages, Email::parse("network@app.example.com").unwrap())
}

/// Runs an example on a store in memory, at nine o'clock on 5 January 2026.
pub fn example(run: impl AsyncFnOnce(Handclasp) -> Result<(), Error>) {
    let parts = Parts {
        clock: Arc::new(ManualClock::at("2026-01-05T09:00:00Z")),
        entropy: Arc::new(SeededEntropy::new(1)),
        ..Parts::new(Arc::new(Memory::new()), Arc::new(CapturingMailer::new()))
    };
    let whole = async {
        let handclasp = Handclasp::open(configuration(), parts).await?;
        run(handclasp).await
    };
    // The store in memory never waits, so neither does the example.
    whole.now_or_never().unwrap().unwrap();
}

/// Runs an example for which a client account stands ready, with its Admin and its role *Supplier*.
pub fn example_client(run: impl AsyncFnOnce(Handclasp, Actor, ContractorRoleId) -> Result<(), Error>) {
    example(async |handclasp| {
        let admin = PersonId::from_uuid(Uuid::from_u128(7));
        let profile = people::Profile::new(admin, "Jo Doe", "jo@acme.example");
        let client = handclasp.businesses().register(Actor::system(), Register::new("Acme", profile)).await?;
        let account = SetClientAccount::new(client.id, true);
        let account = handclasp.businesses().set_client_account(Actor::system(), account).await?;
        let supplier = account.supplier.unwrap().id;
        run(handclasp, Actor::person(admin, client.id), supplier).await
    });
}

/// Runs an example in which the client account *Acme* has asked *Bolt* to be its Supplier: with the Admin of Acme, the
/// Admin of Bolt, and the connection as Acme sees it, which is Pending.
pub fn example_request(run: impl AsyncFnOnce(Handclasp, Actor, Actor, Connection) -> Result<(), Error>) {
    example_client(async |handclasp, client, supplier| {
        let kim = PersonId::from_uuid(Uuid::from_u128(9));
        let profile = people::Profile::new(kim, "Kim Lee", "kim@bolt.example");
        let bolt = handclasp.businesses().register(Actor::system(), Register::new("Bolt", profile)).await?;
        let request = RequestConnection::new(bolt.id, supplier);
        let pending = handclasp.connections().request(&client, request).await?;
        run(handclasp, client, Actor::person(kim, bolt.id), pending).await
    });
}

/// Runs an example in which Kim, who is no member yet, has asked *Acme* for access: with the Admin of Acme, Kim, and
/// the access request, which is open.
pub fn example_access(run: impl AsyncFnOnce(Handclasp, Actor, Actor, AccessRequestId) -> Result<(), Error>) {
    example_client(async |handclasp, admin, _| {
        let acme = admin.business()?;
        let kim = Actor::signed_in(PersonId::from_uuid(Uuid::from_u128(9)));
        let kim = kim.with_verified(Email::parse("kim@acme.example")?);
        let claim = SubmitAccess::new(acme, "Kim Lee", "kim@acme.example");
        let asked = handclasp.access_requests().submit(&kim, claim).await?;
        run(handclasp, admin, kim, asked.id).await
    });
}
