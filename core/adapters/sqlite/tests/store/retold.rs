//! How long it takes to tell a busy client's new name to everybody.
#![expect(clippy::disallowed_methods, reason = "a test measures, and fills tables past the store")]

use std::time::{Duration, Instant};

use futures_executor::block_on;
use handclasp::storage::{Commit, Committed, Retold, Side, Storage};
use handclasp::testing::samples::{self, Fill};
use handclasp::{BusinessId, ConnectionId};
use rusqlite::Connection;

use crate::stage;

const CONNECTIONS: u128 = 10_000;

/// The lists of 2 000 others, 100 000 rows in random places.
const OTHERS: &str = "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 100000) \
    INSERT INTO sides SELECT randomblob(16), unhex(printf('%032x', 1000000 + i % 2000)), 'client', randomblob(16), \
    randomblob(16), 'connected', i, 'contractor number ' || i, 'mill street 1', NULL, '', '' FROM n";

/// The client with this number in the list of a contractor, and the contractor in its own.
fn sides(contractor: u128) -> [Side; 2] {
    let [client, other] = samples::sides(1, Fill::Blank);
    let connection = ConnectionId::between(client.owner, samples::business_id(contractor));
    // Ids of businesses lie as far apart as those of connections.
    let id = BusinessId::from_uuid(connection.as_uuid());
    let name_text = format!("contractor number {contractor}");
    [Side { connection, other: id, name_text, ..client }, Side { connection, owner: id, ..other }]
}

#[test]
fn a_busy_client_is_retold_within_half_a_second() {
    let (_folder, path) = stage::folder();
    let store = stage::created(&path);
    Connection::open(&path).unwrap().execute_batch(OTHERS).unwrap();
    let contractors: Vec<_> = (10..10 + CONNECTIONS).collect();
    for some in contractors.chunks(1_000) {
        let sides = some.iter().flat_map(|contractor| sides(*contractor)).collect();
        assert_eq!(block_on(store.commit(Commit { sides, ..stage::nothing() })).unwrap(), Committed::Done);
    }
    for text in ["a new name", "and another one"] {
        let (business, text) = (samples::business_id(1), text.to_owned());
        let retold = Some(Retold { business, name_text: text.clone(), contact_text: text });
        let start = Instant::now();
        assert_eq!(block_on(store.commit(Commit { retold, ..stage::nothing() })).unwrap(), Committed::Done);
        let spent = start.elapsed();
        println!("retold in {spent:?}");
        assert!(spent < Duration::from_millis(500), "{spent:?}");
    }
}
