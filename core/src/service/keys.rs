//! Which keys the database's links were made with: a database opened with the wrong ones would hand out dead links.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Inner;
use super::actor::Actor;
use super::changes::Changes;
use super::view::{Stop, View};
use super::walk::{By, Call, Context, Operation};
use crate::error::{Error, Fault, FaultKind};
use crate::id::KeyRegistryId;
use crate::storage::Kind;
use crate::storage::query::{Filter, Source, Tally};
use crate::storage::record::KeyRegistry;
use crate::storage::rows::Value;
use crate::token::KeyNumber;

impl Inner {
    /// Refuses to open with a key that is missing or different; records new numbers beside known ones.
    pub(super) async fn check_keys(&self) -> Result<(), Error> {
        let needed = self.numbers_in_use().await?;
        let ring = self.configuration.keys.check_values();
        let by = Actor::System { business: None };
        self.walk(Call { by: By::Actor(&by), key: None }, &Check { ring, needed }).await
    }

    /// The numbers of the keys that living links were made with. A link revoked by number still counts here: its
    /// inviter's authority is no reason to forget a key early.
    async fn numbers_in_use(&self) -> Result<BTreeSet<KeyNumber>, Error> {
        let now = self.clock.now().map_err(|_| FaultKind::ClockOutOfRange)?;
        let states = ["pending", "opened"].map(|state| Value::Text(state.into())).to_vec();
        let invites = Filter::All(vec![Filter::OneOf("state", states), Filter::MoreThan("ends_at", Value::Time(now))]);
        let mut numbers = BTreeSet::new();
        for (kind, filter) in [(Kind::Invite, invites), (Kind::GroupLink, Filter::All(Vec::new()))] {
            let tally = Tally { source: Source::Records(kind), filter, by: "key_number" };
            for (number, _) in self.storage.tally(&tally).await? {
                let Value::Int(number) = number else {
                    return Err(FaultKind::StorageCorrupt.into());
                };
                numbers.insert(KeyNumber(u16::try_from(number).map_err(|_| FaultKind::StorageCorrupt)?));
            }
        }
        Ok(numbers)
    }
}

#[derive(Serialize)]
struct Check {
    ring: Vec<(KeyNumber, [u8; 16])>,
    needed: BTreeSet<KeyNumber>,
}

impl Operation for Check {
    const NAME: &'static str = "open";
    type Answer = ();

    fn decide(&self, view: &View, _: &mut Context<'_>) -> Result<((), Changes), Stop> {
        let known = view.find(KeyRegistryId::only())?.map(|registry| registry.keys.clone()).unwrap_or_default();
        let refuse = |why: String| Err(Error::from(Fault::new(FaultKind::ConfigInvalid, why)).into());
        let in_ring = |number: KeyNumber| self.ring.iter().find(|(own, _)| *own == number);
        for (number, check) in &known {
            if in_ring(*number).is_some_and(|(_, own)| own != check) {
                return refuse(format!("key {} is not the one that the database's links were made with", number.0));
            }
        }
        if let Some(missing) = self.needed.iter().find(|number| in_ring(**number).is_none()) {
            return refuse(format!("key {} is missing: living links were made with it", missing.0));
        }
        let fresh: Vec<_> = self.ring.iter().filter(|own| !known.contains(own)).copied().collect();
        let stranger = fresh.len() == self.ring.len() && !(known.is_empty() && self.needed.is_empty());
        if stranger {
            return refuse("none of the keys is known to the database".into());
        }
        let mut changes = Changes::default();
        if !fresh.is_empty() {
            changes.put(view, KeyRegistry { keys: known.into_iter().chain(fresh).collect() });
        }
        Ok(((), changes))
    }
}
