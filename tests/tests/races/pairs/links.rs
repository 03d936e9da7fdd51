//! Personal invites, pending, bound and opened; group links.

use handclasp_tests::races::{Call, ask};
use handclasp_tests::world::World;
use serde_json::json;

use super::every_pair;
use super::stages::{Cast, by, cast, person};

fn address(joiner: &handclasp::Actor) -> String {
    match joiner {
        handclasp::Actor::Person { addresses, .. } => addresses[0].as_str().to_owned(),
        handclasp::Actor::System { .. } => panic!("System has no address"),
    }
}

/// A link that anybody may use.
pub(super) async fn bearer(world: &World) -> Vec<Call> {
    let all = cast(world).await;
    let created = all.invited(world, None).await;
    let (invite, link) = (&created["invite"]["id"], &created["link"]);
    let redeem = |name, actor| Call::new(name, "invites.redeem", by(actor, json!({ "link": link })));
    let request = json!({ "contractor": all.bolt.id, "role": all.acme.role() });
    let send = json!({ "invite": invite, "address": address(&all.joiner) });
    let mut calls = vec![
        Call::new("preview", "invites.preview", json!({ "link_or_claim": link })),
        Call::new("open", "invites.open", json!({ "link": link })),
        redeem("redeem", &all.joiner),
        redeem("another redeems", &all.crane.admin()),
        redeem("the client itself redeems", &all.acme.admin()),
        Call::new("get", "invites.get", by(&all.acme.admin(), json!({ "invite": invite }))),
        Call::new("revoke", "invites.revoke", by(&all.acme.admin(), json!({ "invite": invite }))),
        Call::new("resend", "invites.resend", by(&all.acme.admin(), json!({ "invite": invite }))),
        Call::new("the inviter resends", "invites.resend", by(&all.inviter, json!({ "invite": invite }))),
        Call::new("send", "invites.send", by(&all.acme.admin(), send)),
        Call::new("request", "connections.request", by(&all.acme.admin(), request)),
    ];
    calls.extend(all.ends());
    calls.extend(all.losses());
    calls
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn per_pairs_on_a_bearer_invite() {
    every_pair("a bearer invite", bearer).await;
}

/// A link for one address, and another that could be sent there.
pub(super) async fn bound(world: &World) -> Vec<Call> {
    let all = cast(world).await;
    let to = address(&all.joiner);
    let created = all.invited(world, Some(&to)).await;
    let other = all.invited(world, None).await["invite"]["id"].clone();
    let (invite, link) = (&created["invite"]["id"], &created["link"]);
    let again = json!({ "role": all.acme.role(), "address": to });
    let mut calls = vec![
        Call::new("open", "invites.open", json!({ "link": link })),
        Call::new("redeem", "invites.redeem", by(&all.joiner, json!({ "link": link }))),
        Call::new("somebody else redeems", "invites.redeem", by(&all.bolt.admin(), json!({ "link": link }))),
        Call::new("revoke", "invites.revoke", by(&all.acme.admin(), json!({ "invite": invite }))),
        Call::new("resend", "invites.resend", by(&all.acme.admin(), json!({ "invite": invite }))),
        Call::new("invite the same address", "invites.create", by(&all.acme.admin(), again.clone())),
        Call::new("the inviter invites it again", "invites.create", by(&all.inviter, again)),
        Call::new(
            "send another there",
            "invites.send",
            by(&all.acme.admin(), json!({ "invite": other, "address": to })),
        ),
        Call::new("revoke the other", "invites.revoke", by(&all.acme.admin(), json!({ "invite": other }))),
    ];
    calls.extend(all.ends());
    calls
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn per_pairs_on_a_bound_invite_and_its_place() {
    every_pair("a bound invite", bound).await;
}

/// An opened link: its claim, and a group link to the same contractor.
pub(super) async fn opened(world: &World) -> Vec<Call> {
    let all = cast(world).await;
    let created = all.invited(world, None).await;
    let claim = ask(world, "invites.open", json!({ "link": created["link"] })).await["claim"].clone();
    let group = world.group_link(&all.acme).await;
    let invite = &created["invite"]["id"];
    let accept = |name, actor| Call::new(name, "invites.accept", by(actor, json!({ "claim": claim })));
    let mut calls = vec![
        Call::new("preview", "invites.preview", json!({ "link_or_claim": claim })),
        accept("accept", &all.joiner),
        accept("the other Admin accepts", &all.bolt.admin()),
        accept("another accepts", &all.crane.admin()),
        Call::new("decline", "invites.decline", json!({ "claim": claim })),
        Call::new("revoke", "invites.revoke", by(&all.acme.admin(), json!({ "invite": invite }))),
        Call::new("resend", "invites.resend", by(&all.acme.admin(), json!({ "invite": invite }))),
        Call::new("join by the group link", "invites.redeem", by(&all.joiner, json!({ "link": group.expose() }))),
    ];
    calls.extend(all.ends());
    calls.extend(all.losses());
    calls
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn per_pairs_on_an_opened_invite() {
    every_pair("an opened invite", opened).await;
}

/// An enabled group link and a claim of it.
pub(super) async fn group(world: &World) -> Vec<Call> {
    let all = cast(world).await;
    let link = world.group_link(&all.acme).await;
    let claim = ask(world, "invites.open", json!({ "link": link.expose() })).await["claim"].clone();
    let of_role =
        |name, operation| Call::new(name, operation, by(&all.acme.admin(), json!({ "role": all.acme.role() })));
    let redeem = |name, actor| Call::new(name, "invites.redeem", by(actor, json!({ "link": link.expose() })));
    let mut calls = vec![
        of_role("enable", "group_links.enable"),
        of_role("disable", "group_links.disable"),
        of_role("refresh", "group_links.refresh"),
        of_role("copy", "group_links.copy"),
        Call::new("open", "invites.open", json!({ "link": link.expose() })),
        redeem("redeem", &all.joiner),
        redeem("another redeems", &all.crane.admin()),
        Call::new("accept", "invites.accept", by(&all.joiner, json!({ "claim": claim }))),
    ];
    calls.extend(unlike_the_inviter(&all));
    calls.extend(all.losses());
    calls
}

/// A group link belongs to the business: who enabled it may go.
fn unlike_the_inviter(all: &Cast) -> impl Iterator<Item = Call> {
    let gone = ["the inviter is disabled", "the inviter is removed"];
    all.ends().into_iter().filter(move |call| !gone.contains(&call.name))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn grp_pairs_on_a_group_link() {
    every_pair("a group link", group).await;
}

/// The same key twice, with the same arguments and with others.
pub(super) async fn keyed(world: &World) -> Vec<Call> {
    let all = cast(world).await;
    let created = all.invited(world, None).await;
    let (invite, link) = (&created["invite"]["id"], &created["link"]);
    let other = all.invited(world, None).await["link"].clone();
    let once = |mut arguments: serde_json::Value| {
        arguments["idempotency_key"] = json!("the same key");
        arguments
    };
    let create = |address: &str| once(by(&all.inviter, json!({ "role": all.acme.role(), "address": address })));
    let request = |contractor| once(by(&all.inviter, json!({ "contractor": contractor, "role": all.acme.role() })));
    vec![
        Call::new("create", "invites.create", create("kim@k.example")),
        Call::new("create for another", "invites.create", create("lee@l.example")),
        Call::new("open", "invites.open", once(json!({ "link": link }))),
        Call::new("open without a key", "invites.open", json!({ "link": link })),
        Call::new("redeem", "invites.redeem", once(by(&all.joiner, json!({ "link": link })))),
        Call::new("redeem another", "invites.redeem", once(by(&all.joiner, json!({ "link": other })))),
        Call::new("revoke", "invites.revoke", once(by(&all.acme.admin(), json!({ "invite": invite })))),
        Call::new("request", "connections.request", request(all.bolt.id)),
        Call::new("request of another", "connections.request", request(all.crane.id)),
        Call::new(
            "the inviter is removed",
            "members.remove",
            once(by(&all.acme.admin(), json!({ "person": person(&all.inviter) }))),
        ),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cnc_09_pairs_with_one_key() {
    every_pair("one key", keyed).await;
}
