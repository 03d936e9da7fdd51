//! Links, claims and cursors: what is read is what its one text says, and nothing else is read at all.

use std::sync::{Arc, LazyLock};

use futures_util::FutureExt;
use handclasp::invites::CreateInvite;
use handclasp::members::ListMembers;
use handclasp::model::user_role::UserRole;
use handclasp::storage::Memory;
use handclasp::testing::sealed;
use handclasp::{Actor, Claim, Error, InviteId, KeyNumber, KeyRing, Link, LinkId, LinkRef, Timestamp};
use uuid::Uuid;

use super::input::Input;
use crate::world::{Company, World};

/// The longest text that is read as a link.
const LONGEST: usize = 2_048;

static KEYS: LazyLock<KeyRing> = LazyLock::new(|| {
    let ring = KeyRing::new(KeyNumber(2), &[2; 32]).expect("a key");
    ring.verify_only(KeyNumber(1), &[1; 32]).expect("another key")
});

/// The text of a link: any text, a changed one of a link that exists, or one that is sealed over anything.
pub(super) fn token(data: &[u8]) {
    let mut input = Input::of(data);
    match input.byte() % 3 {
        0 => one_spelling(&String::from_utf8_lossy(input.rest())),
        1 => changed_token(&mut input),
        _ => token_over_anything(&mut input),
    }
}

/// What is read says again what was read.
fn one_spelling(text: &str) {
    let Some(link) = sealed::read_token(&KEYS, text) else { return };
    let own = sealed::token(&KEYS, link).expect("a link that was read has a key");
    assert!(text.ends_with(&own), "{text:?} reads as {link:?}, which is {own:?}");
    assert!(text.len() <= LONGEST, "{} bytes are read", text.len());
}

fn any_link(input: &mut Input<'_>) -> LinkRef {
    let (kind, key) = (input.byte(), KeyNumber(1 + u16::from(input.byte() % 2)));
    let id = Uuid::from_bytes(input.bytes());
    let micros = i64::from_be_bytes(input.bytes()).rem_euclid(Timestamp::MAX.as_micros() + 1);
    let at = Timestamp::from_micros(micros).expect("within the years that count");
    match kind % 4 {
        0 => LinkRef::Personal(key, InviteId::from_uuid(id)),
        1 => LinkRef::Group(key, LinkId::from_uuid(id)),
        2 => LinkRef::PersonalClaim(key, InviteId::from_uuid(id)),
        _ => LinkRef::GroupClaim(key, LinkId::from_uuid(id), at, u32::from_be_bytes(input.bytes())),
    }
}

fn changed_token(input: &mut Input<'_>) {
    let link = any_link(input);
    let token = sealed::token(&KEYS, link).expect("a key of the ring");
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    assert!(token.bytes().all(plain) && token.len() < 100, "{token:?}");
    assert_eq!(sealed::read_token(&KEYS, &token), Some(link));
    assert_eq!(sealed::read_token(&KEYS, &format!("https://app.example.com/join/{token}")), Some(link));
    let changed = input.edited(&token);
    assert_eq!(
        sealed::read_token(&KEYS, &changed),
        (changed.ends_with(&token) && changed.len() <= LONGEST).then_some(link),
        "{changed:?} beside {token:?}"
    );
}

fn token_over_anything(input: &mut Input<'_>) {
    let key = KeyNumber(1 + u16::from(input.byte() % 2));
    let body = [&[input.byte()], key.0.to_be_bytes().as_slice(), input.rest()].concat();
    let token = sealed::token_over(&KEYS, key, &body).expect("a key of the ring");
    one_spelling(&token);
    let micros = body.get(19..27).and_then(|at| Some(i64::from_be_bytes(at.try_into().ok()?)));
    let shaped = match (body[0], body.len()) {
        (b'p' | b'g' | b'c', 19) => true,
        (b'h', 31) => micros.is_some_and(|micros| Timestamp::from_micros(micros).is_ok()),
        _ => false,
    };
    assert_eq!(sealed::read_token(&KEYS, &token).is_some(), shaped, "{body:?}");
}

/// A cursor: any text, a changed one, or one of another list.
pub(super) fn cursor(data: &[u8]) {
    let mut input = Input::of(data);
    let kind = input.byte() % 4;
    if kind == 0 {
        return cursor_at_the_door(&mut input);
    }
    let (scope, position) = (input.text(), input.text());
    let text = sealed::cursor(&KEYS, scope.as_bytes(), position.as_bytes()).expect("a signing key");
    let read = |scope: &str, text: &str| sealed::read_cursor(&KEYS, scope.as_bytes(), text);
    let short = text.len() <= 8_192;
    assert_eq!(read(&scope, &text), short.then(|| position.clone().into_bytes()));
    let other = input.edited(if kind == 1 { &scope } else { &text });
    if kind == 1 {
        assert!(other == scope || read(&other, &text).is_none(), "a cursor of {scope:?} is good for {other:?}");
    } else if let Some(position) = read(&scope, &other) {
        // Who sees the comparisons of earlier runs can bring a cursor that was given for another place of this list.
        let given = sealed::cursor(&KEYS, scope.as_bytes(), &position).expect("a signing key");
        assert_eq!(other, given, "is read beside {text:?}");
    } else {
        assert!(other != text || !short, "{text:?} is not read");
    }
}

/// Businesses, links and a list of two pages that nothing changes.
struct Still {
    world: World,
    acme: Company,
    bolt: Company,
    /// A link of each sort, then a claim of each sort.
    secrets: [String; 4],
    second_page: String,
}

static STILL: LazyLock<Still> = LazyLock::new(|| still().now_or_never().expect("memory never waits"));

async fn still() -> Still {
    let world = World::on(Arc::new(Memory::new())).await;
    let (acme, bolt) = (world.client("Acme").await, world.contractor("Bolt").await);
    world.member(&acme, UserRole::VIEWER).await;
    let invites = world.handclasp.invites();
    let personal = invites.create(acme.admin(), CreateInvite::new(acme.role())).await.expect("an invite").link;
    let opened = invites.create(acme.admin(), CreateInvite::new(acme.role())).await.expect("an invite").link;
    let claim = invites.open(&opened, None).await.expect("a claim").claim;
    let group = world.group_link(&acme).await;
    let group_claim = invites.open(&group, None).await.expect("a claim").claim;
    let secrets = [personal.expose(), group.expose(), claim.expose(), group_claim.expose()].map(str::to_owned);
    let page = world.handclasp.members().list(acme.admin(), first_page()).await.expect("a page");
    let second_page = page.next.expect("a second page");
    Still { world, acme, bolt, secrets, second_page }
}

fn first_page() -> ListMembers {
    let mut list = ListMembers::default();
    list.limit = Some(1);
    list
}

fn cursor_at_the_door(input: &mut Input<'_>) {
    let Still { world, acme, second_page, .. } = &*STILL;
    let mut list = first_page();
    let text = input.edited(second_page);
    list.cursor = Some(text.clone());
    let page = world.handclasp.members().list(acme.admin(), list).now_or_never().expect("memory never waits");
    match page {
        Ok(_) => assert_eq!(&text, second_page),
        Err(Error::InvalidArgument { field, .. }) => {
            assert_eq!(field, "cursor");
            assert_ne!(&text, second_page, "a cursor of the library's own is refused");
        }
        Err(other) => panic!("{other:?} for {text:?}"),
    }
}

/// What a visitor brings, at every door: its one text opens what it is for, and every other gives the one dead answer.
pub(super) fn claim(data: &[u8]) {
    let mut input = Input::of(data);
    let which = usize::from(input.byte() % 4);
    let secret = &STILL.secrets[which];
    let text = input.edited(secret);
    let token = secret.rsplit_once('/').map_or(secret.as_str(), |(_, token)| token);
    let true_one = text.ends_with(token) && text.len() <= LONGEST;
    at_every_door(&text, true_one, which >= 2).now_or_never().expect("memory never waits");
}

async fn at_every_door(text: &str, true_one: bool, is_claim: bool) {
    let Still { world, bolt, .. } = &*STILL;
    let invites = world.handclasp.invites();
    match invites.preview(text).await {
        Ok(preview) => assert!(true_one && preview.client.name == "Acme", "{text:?} is read"),
        Err(error) => assert!(!true_one && dead(&error), "{text:?}: {error:?}"),
    }
    let (link, claim) = (Link::new(text), Claim::new(text));
    // What a true one does at its own door would be done once: it stays closed here.
    if !true_one || is_claim {
        let refused = [
            invites.open(&link, None).await.err(),
            invites.redeem(bolt.admin(), &link).await.err(),
            invites.redeem(Actor::system_for(bolt.id), &link).await.err(),
        ];
        assert!(refused.iter().all(|error| error.as_ref().is_some_and(dead)), "{text:?} as a link: {refused:?}");
    }
    if !(true_one && is_claim) {
        let refused = [invites.accept(bolt.admin(), &claim).await.err(), invites.decline(&claim, None).await.err()];
        assert!(refused.iter().all(|error| error.as_ref().is_some_and(dead)), "{text:?} as a claim: {refused:?}");
    }
}

/// Code and text are the same for every dead link.
fn dead(error: &Error) -> bool {
    error.code() == "invite_invalid_or_expired" && error.to_string() == "Invite code is invalid or has expired"
}
