//! A business that is called something else is called so in the lists of all others.

use std::sync::Arc;

use futures_util::future::{BoxFuture, join};

use super::round_trips::event;
use super::stage::{
    Store, adding, at_once, commit, done, everything, find, give_way, guard, refused, rows, stale, versioned, write,
};
use crate::id::{BusinessId, ConnectionId};
use crate::model::Side as End;
use crate::model::business::Profile;
use crate::model::connection::Status;
use crate::storage::guard::{Adjust, GuardKind};
use crate::storage::{Commit, Committed, Filter, Record, Refusal, Retold, Row, Side, Source, Value, Version};
use crate::testing::samples::{self, Fill};

/// The business that is retold.
const TOLD: u128 = 1;

/// `commit_retells_a_business_in_every_list`
pub(super) async fn in_every_list(store: Store) {
    let store = &store;
    let mut sides = prepare(store).await;
    let texts =
        [["new name", "contact", "new"], [samples::TEXT, "", ""], ["", samples::TEXT, samples::TEXT], ["n", "c", "n"]];
    for [name, contact, far_name] in texts {
        let retold = Retold { far_name_text: far_name.into(), ..retelling(TOLD, name, contact) };
        retell(&mut sides, &retold);
        // It goes with records and their history, and changes nothing else.
        let person: Record = samples::person(1, name).into();
        let version = find(store, person.key()).await.version.next();
        let writes = vec![write(person.clone(), version.0, event(&person))];
        done(store, Commit { writes, retold: Some(retold), ..commit() }).await;
        assert_eq!(find(store, person.key()).await, versioned(person, version.0));
        told(store, &sides).await;
    }
    not_by_a_commit_that_does_not_stand(store).await;
    // Nobody lists it.
    done(store, Commit { retold: Some(retelling(900, "x", "x")), ..commit() }).await;
    told(store, &sides).await;
    both_ends_at_once(store).await;
    while_lists_are_written(store).await;
}

fn retelling(business: u128, name: &str, contact: &str) -> Retold {
    let business = samples::business_id(business);
    let [name_text, far_name_text] = [name, name].map(Arc::from);
    Retold { business, name_text, contact_text: contact.into(), far_name_text }
}

/// What the promise says, of rows in memory.
fn retell(sides: &mut [Side], retold: &Retold) {
    for side in sides.iter_mut().filter(|side| side.other == retold.business) {
        if side.near() {
            side.name_text.clone_from(&retold.name_text);
            side.contact_text.clone_from(&retold.contact_text);
        } else {
            side.name_text.clone_from(&retold.far_name_text);
        }
    }
}

/// Lists of many others, near and far, that show the business; its own; and those of strangers.
async fn prepare(store: &Store) -> Vec<Side> {
    let mut sides = Vec::new();
    for (number, status) in (10..110_u128).zip(Status::ALL.into_iter().cycle()) {
        // Both ways round, for it is a client of some and a contractor of others.
        let ends = if number % 2 == 0 { [TOLD, number] } else { [number, TOLD] };
        sides.extend(between(ends, status, number));
        sides.extend(between([number + 100, number], status, number));
    }
    done(store, Commit { sides: sides.clone(), ..commit() }).await;
    sides
}

fn between(ends: [u128; 2], status: Status, number: u128) -> [Side; 2] {
    let [client, contractor] = ends.map(samples::business_id);
    samples::sides(1, Fill::ALL[usize::try_from(number % 3).unwrap()]).map(|side| {
        let (owner, other) = match side.end {
            End::Client => (client, contractor),
            End::Contractor => (contractor, client),
        };
        let side = Side { connection: ConnectionId::between(client, contractor), owner, other, status, ..side };
        // Emptied, as it was when they parted.
        if side.near() { side } else { Side { contact_text: Arc::default(), ..side } }
    })
}

async fn told(store: &Store, sides: &[Side]) {
    let mut expected: Vec<_> = sides.to_vec();
    expected.sort_by_key(|side| (side.connection, side.owner));
    let found = rows(store, Source::Sides, Filter::All(Vec::new())).await;
    assert_eq!(found, expected.iter().map(|side| Row(side.values())).collect::<Vec<_>>());
}

async fn not_by_a_commit_that_does_not_stand(store: &Store) {
    let before = everything(store).await;
    let retold = Some(retelling(TOLD, "never", "never"));
    let reads = vec![(samples::business_id(TOLD).into(), Version(7))];
    stale(store, Commit { reads, retold: retold.clone(), ..commit() }, "it was read at another version").await;
    assert_eq!(everything(store).await, before);
    let full = Adjust { max: Some(0), ..adding(guard(GuardKind::Clients, TOLD), 1) };
    let refusal = refused(store, Commit { guards: vec![full], retold, ..commit() }).await;
    assert_eq!(refusal, Refusal::Guard(full.guard));
    assert_eq!(everything(store).await, before);
}

/// The two of a connection change at once: each is told to the other.
async fn both_ends_at_once(store: &Store) {
    let (one, other) = (900, 901);
    done(store, Commit { sides: between([one, other], Status::Connected, 0).to_vec(), ..commit() }).await;
    let retells = (0..8).flat_map(|round| [one, other].map(|business| (business, format!("{business} {round}"))));
    let commits = retells.map(|(business, text)| -> BoxFuture<'_, ()> {
        Box::pin(async move {
            done(store, Commit { retold: Some(retelling(business, &text, &text)), ..commit() }).await;
        })
    });
    at_once(commits).await;
    for business in [one, other] {
        for side in listing(store, samples::business_id(business)).await {
            assert!(side.name_text.starts_with(&business.to_string()), "{business} is called {side:?}");
            assert_eq!(side.name_text, side.contact_text, "of two commits");
        }
    }
}

/// The rows that show a business.
async fn listing(store: &Store, business: BusinessId) -> Vec<Side> {
    let found = rows(store, Source::Sides, Filter::Is("other_id", Value::Uuid(business.as_uuid()))).await;
    assert!(!found.is_empty());
    found.into_iter().map(|row| Side::read(row).unwrap()).collect()
}

/// Others come to list the business while its name changes: whoever has read the old name is stale or told again.
async fn while_lists_are_written(store: &Store) {
    let business = |version: i64| {
        let mut business = samples::business(950, Fill::Bare);
        business.profile = Profile { name: version.to_string(), ..(*business.profile).clone() }.into();
        Record::from(business)
    };
    let key = business(1).key();
    let called = |version: Version, other| {
        let [_, side] = between([950, other], Status::Connected, 0);
        let sides = vec![Side { name_text: version.0.to_string().into(), ..side }];
        Commit { reads: vec![(key, version)], sides, ..commit() }
    };
    done(store, Commit { writes: vec![write(business(1), 1, None)], ..called(Version::NONE, 951) }).await;
    for (round, other) in (2..26).zip(1_000..) {
        let text = round.to_string();
        let renamed = Commit {
            writes: vec![write(business(round), round, None)],
            retold: Some(retelling(950, &text, &text)),
            ..commit()
        };
        let joins = async {
            while store.commit(called(find(store, key).await.version, other)).await.unwrap() == Committed::Stale {
                give_way().await;
            }
        };
        let (renamed, ()) = join(store.commit(renamed), joins).await;
        assert_eq!(renamed.unwrap(), Committed::Done);
        for side in listing(store, samples::business_id(950)).await {
            assert_eq!(*side.name_text, *text, "somebody still calls it otherwise");
        }
    }
}
