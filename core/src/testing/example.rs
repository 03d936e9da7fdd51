//! What the examples of the documentation run in.
#![expect(clippy::unwrap_used, reason = "an example that fails panics")]

use std::sync::Arc;

use futures_util::FutureExt;
use uuid::Uuid;

use super::{ManualClock, SeededEntropy};
use crate::businesses::{Register, SetClientAccount};
use crate::mail::CapturingMailer;
use crate::storage::Memory;
use crate::{
    Actor, Configuration, ContractorRoleId, Email, Error, Handclasp, KeyNumber, KeyRing, Pages, Parts, PersonId, people,
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
