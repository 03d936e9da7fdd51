//! Tenants: what is another's is as unknown as what does not exist.

use std::collections::BTreeSet;

use handclasp::Actor;
use handclasp::connections::ListConnections;
use handclasp::contractor_roles::ListContractorRoles;
use handclasp::group_links::ListGroupLinks;
use handclasp::invites::ListInvites;
use handclasp::members::{ChangeMemberRole, ListMembers};
use handclasp::model::user_role::UserRole;
use handclasp_tests::authority::Ready;
use handclasp_tests::stores::{self, Place};
use handclasp_tests::world::World;
use serde_json::Value;

use crate::fields::{self, Holds};

#[tokio::test]
async fn az_02_05_06_anothers_ids_and_made_up_ones_get_one_answer_and_change_nothing() {
    let mut compared = 0;
    for ready in Ready::all().await {
        let Some(foreign) = ready.as_foreign_admin() else { continue };
        let before = ready.digest().await;
        let real = ready.call(&foreign).await;
        if real["error"].is_null() {
            // It names nothing of Acme's, or only what anybody may see.
            continue;
        }
        assert_eq!(before, ready.digest().await, "{} changed something", ready.operation);
        let mut made_up = foreign.clone();
        for (number, field) in fields::of(ready.operation).into_iter().enumerate() {
            let id = format!("0197a9b2-5c00-7000-8000-0000000{number:05}");
            if field.holds == Holds::Id && at(&foreign, &field.way).is_some() {
                made_up = field.put(&made_up, id.into()).unwrap();
                compared += 1;
            }
        }
        assert_eq!(real, ready.call(&made_up).await, "{}: {foreign}", ready.operation);
    }
    assert!(compared > 30, "too little was compared: {compared}");
}

fn at<'a>(arguments: &'a Value, way: &[String]) -> Option<&'a Value> {
    way.iter()
        .try_fold(arguments, |at, step| if step == "[]" { at.get(0) } else { at.get(step) })
        .filter(|at| !at.is_null())
}

#[tokio::test]
async fn az_09_a_demotion_holds_in_another_handle_from_the_moment_it_returns() {
    for place in Place::all().await {
        let storage = place.open().await;
        let world = World::on(storage.clone()).await;
        let acme = world.client("Acme").await;
        let second = world.member(&acme, UserRole::ADMIN).await;
        // Memory is one process's; the others are opened again, as by another.
        let other = if place.name == "memory" { storage.clone() } else { place.open().await };
        let beside = world.beside(other.clone()).await;
        let create = || handclasp::invites::CreateInvite::new(acme.role());
        beside.invites().create(&second, create()).await.unwrap();
        let Actor::Person { id, .. } = second else { panic!("a person") };
        let demote = ChangeMemberRole::new(id, UserRole::VIEWER);
        world.handclasp.members().change_role(acme.admin(), demote).await.unwrap();
        let refused = beside.invites().create(&second, create()).await.unwrap_err();
        assert_eq!(refused.code(), "forbidden", "{}", place.name);
        other.close().await.unwrap();
        storage.close().await.unwrap();
        place.remove().await;
    }
}

#[tokio::test]
async fn az_10_among_many_tenants_every_list_shows_ones_own_alone() {
    stores::each(async |name, storage| {
        let world = World::on(storage).await;
        let mut tenants = Vec::new();
        for number in 0..30 {
            let client = world.client(&format!("Client {number}")).await;
            let contractor = world.contractor(&format!("Contractor {number}")).await;
            let link = world.group_link(&client).await;
            world.handclasp.invites().redeem(contractor.admin(), &link).await.unwrap();
            let invite = world.invite(&client).await.invite.id;
            tenants.push((client, contractor, invite));
        }
        for (client, contractor, invite) in tenants.iter().step_by(7) {
            let (handclasp, by) = (&world.handclasp, client.admin());
            let page = handclasp.connections().contractors(&by, ListConnections::default()).await.unwrap();
            let others: BTreeSet<_> = page.connections.iter().map(|connection| connection.other.id).collect();
            assert_eq!(others, [contractor.id].into(), "{name}");
            assert_eq!(page.counts.connected, 1, "{name}");
            let roles = handclasp.contractor_roles().list(&by, ListContractorRoles::default()).await.unwrap().roles;
            assert_eq!(roles.iter().map(|role| role.id).collect::<Vec<_>>(), [client.role()], "{name}");
            let links = handclasp.group_links().list(&by, ListGroupLinks::default()).await.unwrap().group_links;
            assert_eq!(links.iter().map(|link| link.role).collect::<Vec<_>>(), [client.role()], "{name}");
            let invites = handclasp.invites().list(&by, ListInvites::default()).await.unwrap();
            assert_eq!(invites.invites.iter().map(|invite| invite.id).collect::<Vec<_>>(), [*invite], "{name}");
            assert_eq!(invites.counts.pending, 1, "{name}");
            let members = handclasp.members().list(&by, ListMembers::default()).await.unwrap().members;
            assert_eq!(members.iter().map(|member| member.person).collect::<Vec<_>>(), [client.person], "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn az_11_a_refusal_holds_no_id_of_anothers_and_no_name_of_a_type() {
    for ready in Ready::all().await {
        let Some(foreign) = ready.as_foreign_admin() else { continue };
        let answer = ready.call(&foreign).await;
        let Some(message) = answer["error"]["message"].as_str() else { continue };
        assert!(!message.contains("Acme") && !message.contains("::"), "{}: {message}", ready.operation);
        assert!(!message.contains("-4000-8000-") && !message.contains("SELECT"), "{}: {message}", ready.operation);
    }
}
