//! measurement
#![expect(clippy::unwrap_used, clippy::print_stdout, clippy::indexing_slicing, reason = "x")]
use std::sync::Arc;
use std::time::{Duration, Instant};
use handclasp::model::connection::{self, Connection};
use handclasp::model::delivery::{About, Notice};
use handclasp::model::invite::{self, Invite};
use handclasp::model::{Author, Event, Side as End};
use handclasp::storage::guard::*;
use handclasp::storage::record::Side;
use handclasp::storage::*;
use handclasp::testing::samples::{self, Fill};
use handclasp::*;
use handclasp_postgres::{Options, Postgres};
use uuid::Uuid;

fn u() -> Uuid { Uuid::new_v4() }

struct Shape { client: BusinessId, contractor: BusinessId, role: ContractorRoleId, invite: Invite, reads: Vec<(Key, Version)> }

fn shape(client: BusinessId, n: u128) -> Shape {
    let mut i = samples::invite(n, invite::State::Opened { at: samples::time(1) }, Fill::Bare);
    i.id = InviteId::from_uuid(u());
    i.terms.client = client;
    let role = ContractorRoleId::from_uuid(Uuid::from_u128(client.as_uuid().as_u128() ^ 1));
    let contractor = BusinessId::from_uuid(u());
    let k = |kind, id| (Key { kind, id }, Version(0));
    let reads = vec![k(Kind::Business, client.as_uuid()), k(Kind::Business, contractor.as_uuid()), k(Kind::Member, u()), k(Kind::ContractorRole, role.as_uuid()), k(Kind::Slot, u()), k(Kind::Person, u())];
    Shape { client, contractor, role, invite: i, reads }
}

fn redeem(s: &Shape) -> Commit {
    let id = ConnectionId::between(s.client, s.contractor);
    let at = samples::time(5);
    let mut inv = s.invite.clone();
    inv.state = invite::State::Accepted { at, connection: id };
    let conn = Connection { client: s.client, contractor: s.contractor, role: s.role, state: connection::State::Connected { since: at }, changed_at: at };
    let notice = |about| Write { record: Notice { id: NoticeId::from_uuid(u()), about, at, expanded_at: None }.into(), version: Version(1), event: None };
    let side = |end, owner, other| Side { connection: id, owner, end, other, role: s.role, status: connection::Status::Connected, changed_at: at, name_text: "acme building company".into(), contact_text: "jo@acme.example 12 high street".into() };
    Commit {
        id: CommitId::from_uuid(u()), at, author: Author::Person(PersonId::from_uuid(u())), acting: Some(s.contractor),
        reads: s.reads.clone(),
        writes: vec![
            Write { record: inv.into(), version: Version(2), event: Some(Event::Invite(invite::Event::Accepted { at, connection: id })) },
            Write { record: conn.into(), version: Version(1), event: Some(Event::Connection(connection::Event::Accepted)) },
            notice(About::ConnectionAccepted { client: s.client, connection: id }),
            notice(About::ConnectionConfirmed { contractor: s.contractor, connection: id }),
        ],
        guards: vec![
            Adjust { guard: Guard { kind: GuardKind::Contractors, business: s.client }, delta: 1, max: Some(10_000_000), min: None },
            Adjust { guard: Guard { kind: GuardKind::Clients, business: s.contractor }, delta: 1, max: Some(10_000), min: None },
        ],
        spends: vec![],
        sides: vec![side(End::Client, s.client, s.contractor), side(End::Contractor, s.contractor, s.client)],
    }
}

async fn seed(store: &Arc<Postgres>, shapes: &[Shape]) {
    for chunk in shapes.chunks(500) {
        let all = chunk.iter().map(|s| {
            let c = Commit { id: CommitId::from_uuid(u()), at: samples::time(1), author: Author::System, acting: None, reads: vec![], writes: vec![Write { record: s.invite.clone().into(), version: Version(1), event: None }], guards: vec![], spends: vec![], sides: vec![] };
            store.commit(c)
        });
        for r in futures_util::future::join_all(all).await { assert_eq!(r.unwrap(), Committed::Done); }
    }
}

async fn run(store: &Arc<Postgres>, shapes: Vec<Shape>, callers: usize, loads: bool) -> (f64, Vec<Duration>) {
    let total = shapes.len();
    let queue = Arc::new(std::sync::Mutex::new(shapes));
    let began = Instant::now();
    let tasks: Vec<_> = (0..callers).map(|_| {
        let (store, queue) = (store.clone(), queue.clone());
        tokio::spawn(async move {
            let mut times = vec![];
            loop {
                let Some(s) = queue.lock().unwrap().pop() else { return times };
                let c = redeem(&s);
                let t = Instant::now();
                if loads {
                    let mut keys: Vec<Key> = s.reads.iter().map(|r| r.0).collect();
                    keys.push(s.invite.id.into());
                    store.load(&keys[6..]).await.unwrap();
                    store.load(&keys).await.unwrap();
                }
                assert_eq!(store.commit(c).await.unwrap(), Committed::Done);
                times.push(t.elapsed());
            }
        })
    }).collect();
    let mut times = vec![];
    for t in tasks { times.extend(t.await.unwrap()); }
    let rate = total as f64 / began.elapsed().as_secs_f64();
    times.sort();
    (rate, times)
}

const FLOOR: [&str; 7] = [
    "UPDATE handclasp.invites SET version = r.v, state = 'accepted', state_at = '2026-01-01Z', state_of = r.o FROM unnest($1::uuid[], $2::bigint[], $3::uuid[]) AS r(id, v, o) WHERE invites.id = r.id",
    "INSERT INTO handclasp.connections SELECT a, 1, b, c, d, 'connected', NULL, '2026-01-01Z', '2026-01-01Z' FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[]) AS r(a,b,c,d)",
    "INSERT INTO handclasp.sides SELECT a, b, 'client', c, d, 'connected', '2026-01-01Z', 'acme building company', 'jo@acme.example 12 high street' FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[]) AS r(a,b,c,d)",
    "INSERT INTO handclasp.events SELECT a, v, 'invites', b, '2026-01-01Z', 'person', c, c, d, c, '{\"subject\":\"connection\",\"kind\":\"accepted\"}' FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[]) AS r(a,b,c,d,v)",
    "INSERT INTO handclasp.notices SELECT a, 1, 'connection_accepted', '{\"kind\":\"connection_accepted\",\"client\":\"5eb7a9a4-6ff4-4a3c-8a1c-6ff6b5a5fdc1\",\"connection\":\"5eb7a9a4-6ff4-4a3c-8a1c-6ff6b5a5fdc1\"}', '2026-01-01Z', NULL FROM unnest($1::uuid[]) AS r(a)",
    "INSERT INTO handclasp.guards AS g SELECT k, b, 1 FROM unnest($1::text[], $2::uuid[]) AS r(k, b) ON CONFLICT (business_id, kind) DO UPDATE SET value = g.value + 1",
    "SELECT 1",
];

async fn floor_one(client: &tokio_postgres::Client, st: &[tokio_postgres::Statement], group: &[Shape]) {
    let ids: Vec<Uuid> = group.iter().map(|s| s.invite.id.as_uuid()).collect();
    let two: Vec<i64> = group.iter().map(|_| 2).collect();
    let conns: Vec<Uuid> = group.iter().map(|s| ConnectionId::between(s.client, s.contractor).as_uuid()).collect();
    let cl: Vec<Uuid> = group.iter().map(|s| s.client.as_uuid()).collect();
    let co: Vec<Uuid> = group.iter().map(|s| s.contractor.as_uuid()).collect();
    let ro: Vec<Uuid> = group.iter().map(|s| s.role.as_uuid()).collect();
    let cat = |a: &Vec<Uuid>, b: &Vec<Uuid>| -> Vec<Uuid> { a.iter().chain(b).copied().collect() };
    let (sc, so, sx, sr) = (cat(&conns, &conns), cat(&cl, &co), cat(&co, &cl), cat(&ro, &ro));
    let ev = cat(&ids, &conns);
    let vs: Vec<i64> = two.iter().copied().chain(two.iter().map(|_| 1)).collect();
    let n2: Vec<Uuid> = sc.iter().map(|_| u()).collect();
    let kinds: Vec<&str> = cl.iter().map(|_| "contractors").chain(co.iter().map(|_| "clients")).collect();
    // one guard row per (kind, business): dedupe for grouped hot client
    let mut gk = vec![]; let mut gb = vec![]; let mut seen = std::collections::HashSet::new();
    for (k, b) in kinds.iter().zip(&so) { if seen.insert((*k, *b)) { gk.push(*k); gb.push(*b); } }
    let p0: Vec<&(dyn tokio_postgres::types::ToSql + Sync)> = vec![&ids, &two, &conns];
    let p1: Vec<&(dyn tokio_postgres::types::ToSql + Sync)> = vec![&conns, &cl, &co, &ro];
    let p2: Vec<&(dyn tokio_postgres::types::ToSql + Sync)> = vec![&sc, &so, &sx, &sr];
    let p3: Vec<&(dyn tokio_postgres::types::ToSql + Sync)> = vec![&ev, &n2, &sc, &sr, &vs];
    let p4: Vec<&(dyn tokio_postgres::types::ToSql + Sync)> = vec![&n2];
    let p5: Vec<&(dyn tokio_postgres::types::ToSql + Sync)> = vec![&gk, &gb];
    let r = futures_util::join!(
        client.batch_execute("BEGIN"),
        client.execute(&st[0], &p0),
        client.execute(&st[1], &p1),
        client.execute(&st[2], &p2),
        client.execute(&st[3], &p3),
        client.execute(&st[4], &p4),
        client.execute(&st[5], &p5),
        client.batch_execute("COMMIT"),
    );
    r.0.unwrap(); r.1.unwrap(); r.2.unwrap(); r.3.unwrap(); r.4.unwrap(); r.5.unwrap(); r.6.unwrap(); r.7.unwrap();
}

async fn floor(url: &str, shapes: Vec<Shape>, connections: usize, group: usize) -> (f64, Vec<Duration>) {
    let mut clients = vec![];
    for _ in 0..connections {
        let (c, conn) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(conn);
        c.batch_execute("SET plan_cache_mode = force_generic_plan; SET enable_seqscan=off; SET jit=off").await.unwrap();
        let mut st = vec![];
        for s in FLOOR { st.push(c.prepare(s).await.unwrap()); }
        clients.push((c, st));
    }
    let total = shapes.len();
    let queue = Arc::new(std::sync::Mutex::new(shapes));
    let began = Instant::now();
    let tasks: Vec<_> = clients.into_iter().map(|(c, st)| {
        let queue = queue.clone();
        tokio::spawn(async move {
            let mut times = vec![];
            loop {
                let batch: Vec<Shape> = { let mut q = queue.lock().unwrap(); let n = q.len().saturating_sub(group); q.drain(n..).collect() };
                if batch.is_empty() { return times }
                let t = Instant::now();
                floor_one(&c, &st, &batch).await;
                times.push(t.elapsed());
            }
        })
    }).collect();
    let mut times = vec![];
    for t in tasks { times.extend(t.await.unwrap()); }
    let rate = total as f64 / began.elapsed().as_secs_f64();
    times.sort();
    (rate, times)
}

fn show(name: &str, (rate, times): (f64, Vec<Duration>)) {
    println!("{name:42} {rate:8.0}/s  p50 {:?} p99 {:?}", times[times.len() / 2], times[times.len() * 99 / 100]);
}

#[tokio::main]
async fn main() {
    let server = std::env::var("HANDCLASP_TEST_POSTGRES_URL").unwrap();
    let admin = { let (c, conn) = tokio_postgres::connect(&server, tokio_postgres::NoTls).await.unwrap(); tokio::spawn(conn); c };
    admin.batch_execute("DROP DATABASE IF EXISTS measure WITH (FORCE)").await.unwrap();
    admin.batch_execute("CREATE DATABASE measure").await.unwrap();
    let url = format!("{}/measure", server.rsplit_once('/').unwrap().0);
    let groups: usize = std::env::var("GROUPS").ok().and_then(|g| g.parse().ok()).unwrap_or(Options::default().groups);
    let store = Arc::new(Postgres::open(&url, Options { create: true, groups, ..Options::default() }).await.unwrap());
    let n: usize = std::env::var("N").ok().and_then(|g| g.parse().ok()).unwrap_or(6000);
    let different = |n: usize| -> Vec<Shape> { (0..n).map(|i| shape(BusinessId::from_uuid(u()), i as u128)).collect() };
    let hot = |n: usize| -> Vec<Shape> { let c = BusinessId::from_uuid(u()); (0..n).map(|i| shape(c, i as u128)).collect() };
    let w = different(1000); seed(&store, &w).await; run(&store, w, 64, true).await;
    for round in 0..2 {
        println!("-- round {round}, groups {groups}");
        let s = different(n / 6); seed(&store, &s).await; show("floor, 1 connection", floor(&url, s, 1, 1).await);
        let s = different(n); seed(&store, &s).await; show("floor, 64 connections, one each", floor(&url, s, 64, 1).await);
        let s = different(n * 2); seed(&store, &s).await; show("floor, 4 connections, groups of 64", floor(&url, s, 4, 64).await);
        let s = different(n / 6); seed(&store, &s).await; show("1 caller, commit", run(&store, s, 1, false).await);
        let s = different(n / 6); seed(&store, &s).await; show("1 caller, load+load+commit", run(&store, s, 1, true).await);
        for callers in [64, 256] {
            let s = different(n * 2); seed(&store, &s).await; show(&format!("{callers} callers, commit, different"), run(&store, s, callers, false).await);
            let s = hot(n * 2); seed(&store, &s).await; show(&format!("{callers} callers, commit, hot"), run(&store, s, callers, false).await);
            let s = different(n * 2); seed(&store, &s).await; show(&format!("{callers} callers, l+l+commit, different"), run(&store, s, callers, true).await);
            let s = hot(n * 2); seed(&store, &s).await; show(&format!("{callers} callers, l+l+commit, hot"), run(&store, s, callers, true).await);
        }
    }
}
