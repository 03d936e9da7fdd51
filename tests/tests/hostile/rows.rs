//! Rows that somebody wrote past the library, and that make no sense: each concerns those who ask for it, and nobody
//! else.

use std::time::Duration;

use handclasp::Actor;
use handclasp::group_links::{ListGroupLinks, OfRole};
use handclasp::invites::{CreateInvite, ListInvites};
use handclasp::members::ListMembers;
use handclasp::model::user_role::UserRole;
use handclasp::outbox::{DeliverDue, ListDeliveries};
use handclasp_tests::stores::Place;
use handclasp_tests::told::{Told, listening};
use handclasp_tests::world::World;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::stage::{Rows, Stage};

/// No word, no time, no text, no version of this library's.
const WORD: &str = "status = 'superb'";
const UTF8: &str = "name = CAST(x'ff41fe' AS TEXT)";

#[tokio::test]
async fn sto_21_a_row_that_makes_no_sense_hides_no_other_and_the_log_names_it() {
    let told = Told::default();
    let _guard = listening(told.clone());
    let stage = Stage::set().await;
    let named = |table: &str, set: &str| {
        let (events, id) = (told.take(), stage.first(table).to_string());
        assert!(events.iter().any(|event| event.contains(&id)), "{table}, {set}: {id} is not in {events:#?}");
    };
    assert_eq!(stage.contractors().await.expect("a page"), 3);
    for (table, set) in [
        ("connections", WORD),
        ("connections", "changed_at = -1"),
        ("connections", "version = -5"),
        ("connections", "progress = '{'"),
        ("sides", WORD),
        ("sides", "changed_at = 9223372036854775807"),
        ("sides", "name_text = CAST(x'ff41fe' AS TEXT)"),
        ("sides", "other_id = x'00'"),
    ] {
        let listed = stage.with((table, Rows::First), set, async || stage.contractors().await).await;
        assert_eq!(listed.unwrap_or_else(|error| panic!("{table}, {set}: {}", error.code())), 2, "{table}, {set}");
        named(table, set);
        assert_eq!(stage.contractors().await.expect("a page"), 3);
    }
    for set in
        ["state = 'superb'", "ends_at = -1", "address = 'nobody'", "state_at = NULL, state = 'revoked'", "bound = 7"]
    {
        let listed = stage.with(("invites", Rows::First), set, async || stage.invites().await).await;
        assert_eq!(listed.unwrap_or_else(|error| panic!("{set}: {}", error.code())), 2, "{set}");
        named("invites", set);
    }
    for set in ["email = 'nobody'", UTF8, "version = 0"] {
        let all = stage.with(("people", Rows::First), set, async || stage.members().await).await;
        // The first person is Acme's own Admin.
        assert_eq!(all.unwrap_or_else(|error| panic!("{set}: {}", error.code())), 2, "{set}");
        named("people", set);
    }
}

#[tokio::test]
async fn sto_21_a_null_where_none_may_be_hides_no_other() {
    let stage = Stage::set().await;
    let mails = stage.mails().await.expect("a page");
    assert!(mails > 3, "{mails}");
    for (table, all) in [("connections", 3), ("sides", 3), ("invites", 3), ("people", 3), ("deliveries", mails)] {
        let columns = stage.never_null(table);
        assert!(columns.len() > 2, "{table}: {columns:?}");
        for column in columns {
            let listed = async || match table {
                "invites" => stage.invites().await,
                "people" => stage.members().await,
                "deliveries" => stage.mails().await,
                _ => stage.contractors().await,
            };
            let listed = stage.with((table, Rows::First), &format!("{column} = NULL"), listed).await;
            assert_eq!(listed.map_err(|error| error.code()), Ok(all - 1), "{table}, {column}");
        }
    }
}

#[tokio::test]
async fn sto_21_rows_that_make_no_sense_end_no_list() {
    let stage = Stage::set().await;
    let pages = async |limit: u32| {
        let mut list = ListInvites::default();
        list.limit = Some(limit);
        let mut pages = Vec::new();
        loop {
            let page = stage.world.handclasp.invites().list(stage.acme.admin(), list.clone()).await.expect("a page");
            pages.push(page.invites.len());
            list.cursor = page.next;
            if list.cursor.is_none() {
                return pages;
            }
        }
    };
    for _ in 0..9 {
        stage.world.invite(&stage.acme).await;
    }
    // Of twelve, the latest first. By no time at all they come last, by one that nobody can tell first.
    for time in ["NULL", "9223372036854775807"] {
        let both = async || [pages(1).await, pages(4).await].map(|pages| pages.iter().sum::<usize>());
        let but_one = stage.with(("invites", Rows::First), &format!("created_at = {time}"), both).await;
        assert_eq!(but_one, [11, 11], "{time}");
        let but_last = format!("CASE WHEN id = (SELECT max(id) FROM invites) THEN created_at ELSE {time} END");
        let one = stage.with(("invites", Rows::All), &format!("created_at = {but_last}"), both).await;
        assert_eq!(one, [1, 1], "{time}");
        let none = stage.with(("invites", Rows::All), &format!("created_at = {time}"), both).await;
        assert_eq!(none, [0, 0], "{time}");
    }
}

#[tokio::test]
async fn sto_21_a_row_with_a_null_where_none_may_be_is_told_by_whoever_needs_it() {
    let stage = Stage::set().await;
    let admin = json!(stage.acme.admin());
    let call = async |operation: &str, arguments: &Value| -> Value {
        let answer = handclasp_wire::call(&stage.world.handclasp, operation, &arguments.to_string()).await;
        serde_json::from_str(&answer).expect("JSON")
    };
    let first = async |list: &str, of: &str| call(list, &json!({ "actor": admin })).await["ok"][of][0]["id"].clone();
    let connection = json!({ "actor": admin, "connection": first("connections.contractors", "connections").await });
    let mut disconnect = connection.clone();
    disconnect["reason"] = json!({ "code": "duplicate" });
    let invite = json!({ "actor": admin, "invite": first("invites.list", "invites").await });
    let create = json!({ "actor": admin, "role": stage.acme.role() });
    for (table, operation, arguments) in [
        ("connections", "connections.get", &connection),
        ("connections", "connections.disconnect", &disconnect),
        ("invites", "invites.get", &invite),
        ("invites", "invites.revoke", &invite),
        ("contractor_roles", "invites.create", &create),
        ("businesses", "invites.create", &create),
        ("members", "invites.create", &create),
    ] {
        for column in stage.never_null(table) {
            let set = format!("{column} = NULL");
            let answer = stage.with((table, Rows::All), &set, async || call(operation, arguments).await).await;
            assert_eq!(answer["error"]["code"], "storage_corrupt", "{operation} with {table}.{column}: {answer}");
        }
        // With all as it was it is no less than it was.
        let answer = call(operation, arguments).await;
        assert!(answer.get("ok").is_some(), "{operation}: {answer}");
    }
}

#[tokio::test]
async fn sto_21_a_huge_text_hides_no_row() {
    let stage = Stage::set().await;
    let huge = |column: &str| format!("{column} = '{}'", "x".repeat(10_000_000));
    let listed = stage.with(("sides", Rows::First), &huge("name_text"), async || stage.contractors().await).await;
    assert_eq!(listed.expect("a page"), 3);
    let listed = stage.with(("invites", Rows::First), &huge("message"), async || stage.invites().await).await;
    assert_eq!(listed.expect("a page"), 3);
    let listed = stage.with(("people", Rows::First), &huge("name"), async || stage.members().await).await;
    assert_eq!(listed.expect("a page"), 3);
}

#[tokio::test]
async fn sto_21_what_rests_on_such_a_row_is_told_and_nothing_is_decided_by_it() {
    let stage = Stage::set().await;
    let world = &stage.world;
    let create = async || {
        let created = world.handclasp.invites().create(stage.acme.admin(), CreateInvite::new(stage.acme.role())).await;
        created.map(|_| ()).map_err(|error| error.code())
    };
    for (table, set) in [
        ("contractor_roles", WORD),
        ("contractor_roles", UTF8),
        ("contractor_roles", "version = 0"),
        ("businesses", WORD),
        ("businesses", "overrides = '{'"),
        ("businesses", "authority = -1"),
        ("members", "role = 'king'"),
        ("members", "status = 'here'"),
        ("members", "notifications = 2"),
    ] {
        let told = stage.with((table, Rows::All), set, async || create().await).await;
        assert_eq!(told, Err("storage_corrupt"), "{table}, {set}");
        assert_eq!(create().await, Ok(()), "{table}, {set}: mended");
    }
    // No column is too long to be read, and one that was written past the library is shown as it is.
    let huge = format!("name = '{}'", "x".repeat(10_000_000));
    assert_eq!(stage.with(("contractor_roles", Rows::First), &huge, async || create().await).await, Ok(()));
    // A version beyond all numbers can't be written over, and nothing wraps.
    let last = "version = 9223372036854775807";
    let (links, role) = (world.handclasp.group_links(), OfRole::new(stage.acme.role()));
    let changed = async || {
        links.list(stage.acme.admin(), ListGroupLinks::default()).await.expect("a list");
        links.disable(stage.acme.admin(), role).await
    };
    let refused = stage.with(("group_links", Rows::All), last, changed).await;
    assert_eq!(refused.map(drop).map_err(|error| error.code()), Err("conflict"));
}

#[tokio::test]
async fn sto_21_eml_05_rows_behind_mails_delay_no_other_mail() {
    for (table, set, sent) in [
        // A notice that makes no sense waits to be mended; so does one whose readers can't be found.
        ("notices", "about = '{}', kind = 'x'", 3),
        ("notices", "at = -1", 3),
        ("notices", "about = CAST(x'ff' AS TEXT)", 3),
        // What a mail is about is counted as an attempt that failed.
        ("connections", WORD, 2),
        ("businesses", "name = 'Crane' || char(13, 10) || 'Bcc: all@bolt.example' WHERE name = 'Crane'", 2),
    ] {
        let place = Place::sqlite();
        let world = World::on(place.open().await).await;
        let (acme, bolt, crane) =
            (world.client("Acme").await, world.contractor("Bolt").await, world.contractor("Crane").await);
        for contractor in [&bolt, &crane] {
            let link = world.invite(&acme).await.link;
            world.handclasp.invites().redeem(contractor.admin(), &link).await.expect("a connection");
        }
        let tables = Connection::open(place.folder().expect("a folder").join("handclasp.db")).expect("the tables");
        let set = if set.contains("WHERE") {
            set.to_owned()
        } else {
            format!("{set} WHERE id = (SELECT min(id) FROM {table})")
        };
        tables.execute_batch(&format!("UPDATE {table} SET checksum = NULL, {set}")).expect("the tables");
        let report = world.handclasp.outbox().deliver_due(Actor::system(), DeliverDue::default()).await;
        let report = report.unwrap_or_else(|error| panic!("{table}, {set}: {}", error.code()));
        assert_eq!(report.sent, sent, "{table}, {set}: {report:?}");
        let stuck = report.failed + report.parked;
        assert_eq!(report.sent + stuck, if table == "notices" { 3 } else { 4 }, "{table}, {set}: {report:?}");
        for message in world.mailer.messages() {
            assert!(!message.subject.contains(char::is_control) && !message.text.contains("\nBcc:"), "{message:?}");
        }
        for _ in 0..40 {
            world.clock.advance(Duration::from_secs(7 * 3_600));
            world.handclasp.outbox().deliver_due(Actor::system(), DeliverDue::default()).await.expect("a delivery");
        }
        let page = world.handclasp.outbox().list(Actor::system(), ListDeliveries::default()).await.expect("a list");
        let waiting = page.deliveries.iter().filter(|mail| mail.status == handclasp::outbox::DeliveryStatus::Parked);
        assert_eq!(u32::try_from(waiting.count()).unwrap(), stuck, "{table}, {set}: parked in the end");
    }
}

#[tokio::test]
async fn eml_05_a_mail_to_somebody_whose_row_makes_no_sense_waits_until_it_is_mended() {
    for expanded in [false, true] {
        let place = Place::sqlite();
        let world = World::on(place.open().await).await;
        let (acme, bolt) = (world.client("Acme").await, world.contractor("Bolt").await);
        world.member(&bolt, UserRole::ADMIN).await;
        let link = world.invite(&acme).await.link;
        world.handclasp.invites().redeem(bolt.admin(), &link).await.expect("a connection");
        let deliver = async |limit: u32| {
            let mut deliver = DeliverDue::default();
            deliver.limit = Some(limit);
            world.handclasp.outbox().deliver_due(Actor::system(), deliver).await.expect("a delivery")
        };
        let before = if expanded { deliver(1).await.sent } else { 0 };
        let told = |address: &str| world.mailer.messages().iter().filter(|mail| mail.to.as_str() == address).count();
        let members =
            world.handclasp.members().list(bolt.admin(), ListMembers::default()).await.expect("a page").members;
        let waits = members.iter().find(|member| told(&member.email) == 0).expect("one mail went at most");
        let tables = Connection::open(place.folder().expect("a folder").join("handclasp.db")).expect("the tables");
        let write = |email: &str| {
            let set = "UPDATE people SET checksum = NULL, email = ?1 WHERE id = ?2 RETURNING 1";
            tables.query_row(set, (email, waits.person.as_uuid().as_bytes()), |_| Ok(())).expect("a row");
        };
        write("nobody");
        let report = deliver(100).await;
        assert_eq!(report.dropped, 0, "expanded: {expanded}, {report:?}");
        assert!(before + report.sent < 3, "expanded: {expanded}, {report:?}");
        write(&waits.email);
        world.clock.advance(Duration::from_secs(3_600));
        let after = deliver(100).await.sent;
        assert_eq!(before + report.sent + after, 3, "expanded: {expanded}");
        assert_eq!(told(&waits.email), 1, "expanded: {expanded}");
    }
}
