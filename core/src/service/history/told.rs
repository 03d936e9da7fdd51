//! What is told of an event: its name and its details, never what a link is derived from.

use serde_json::{Map, Value as Json, json};

use crate::model::{
    Event, access_request, business, category, connection, contractor_role, fees, group_link, invite, member, person,
    reasons, requirement, user_role,
};

/// The name of an event and what a reader is told of it: `own` says whether their own side did it, `oneself` whether it
/// is them whom it lets in or not.
pub(super) fn told(event: &Event, own: bool, oneself: bool) -> (&'static str, Map<String, Json>) {
    let (name, details) = match event {
        Event::Business(event) => of_business(event),
        Event::Person(person::Event::Put(_)) => ("person.put", json!({})),
        Event::Member(event) => of_member(event),
        Event::UserRole(user_role::Event::Defined(role)) => {
            ("user_role.defined", json!({ "name": role.name, "permissions": role.permissions }))
        }
        Event::ContractorRole(event) => of_contractor_role(event),
        Event::Category(category::Event::Defined(category)) => {
            let subs: Vec<_> = category.sub_categories.iter().map(|sub| &sub.name).collect();
            ("category.defined", json!({ "role": category.role, "name": category.name, "sub_categories": subs }))
        }
        Event::Category(category::Event::Removed) => ("category.removed", json!({})),
        Event::Requirement(requirement::Event::Defined(requirement)) => {
            ("requirement.defined", json!({ "role": requirement.role, "name": requirement.name }))
        }
        Event::Requirement(requirement::Event::Removed) => ("requirement.removed", json!({})),
        Event::GroupLink(group_link::Event::Created { .. }) => ("group_link.created", json!({})),
        Event::GroupLink(group_link::Event::Enabled { .. }) => ("group_link.enabled", json!({})),
        Event::GroupLink(group_link::Event::Disabled) => ("group_link.disabled", json!({})),
        Event::GroupLink(group_link::Event::Refreshed { .. }) => ("group_link.refreshed", json!({})),
        Event::Invite(event) => of_invite(event),
        Event::Connection(event) => of_connection(event, own),
        Event::AccessRequest(event) => of_access_request(event, oneself),
        Event::Reasons(reasons::Event::Set { kind, reasons }) => {
            ("reasons.set", json!({ "kind": kind, "reasons": reasons }))
        }
        Event::FeePlans(fees::Event::Set(held)) => ("fee_plans.set", json!({ "from": held.from, "plan": held.plan })),
    };
    (name, if let Json::Object(details) = details { details } else { Map::new() })
}

fn of_business(event: &business::Event) -> (&'static str, Json) {
    match event {
        business::Event::Registered { profile, .. } => ("business.registered", json!({ "name": profile.name })),
        business::Event::Updated { profile } => ("business.updated", json!({ "name": profile.name })),
        business::Event::ClientAccountSet { client_account } => {
            ("business.client_account_set", json!({ "client_account": client_account }))
        }
        business::Event::Archived { .. } => ("business.archived", json!({})),
        business::Event::Restored { .. } => ("business.restored", json!({})),
        business::Event::LimitsSet { overrides } => ("business.limits_set", json!({ "overrides": overrides })),
    }
}

fn of_member(event: &member::Event) -> (&'static str, Json) {
    match event {
        member::Event::Added { person, role, .. } => ("member.added", json!({ "person": person, "role": role.which })),
        member::Event::RoleChanged { role } => ("member.role_changed", json!({ "role": role.which })),
        member::Event::Disabled => ("member.disabled", json!({})),
        member::Event::Enabled => ("member.enabled", json!({})),
        member::Event::Removed => ("member.removed", json!({})),
        member::Event::NotificationsSet { notifications } => {
            ("member.notifications_set", json!({ "notifications": notifications }))
        }
    }
}

fn of_contractor_role(event: &contractor_role::Event) -> (&'static str, Json) {
    match event {
        contractor_role::Event::Created { name, .. } => ("contractor_role.created", json!({ "name": name })),
        contractor_role::Event::Renamed { name } => ("contractor_role.renamed", json!({ "name": name })),
        contractor_role::Event::Archived => ("contractor_role.archived", json!({})),
        contractor_role::Event::Restored => ("contractor_role.restored", json!({})),
        contractor_role::Event::CategoryAdded { category } => {
            ("contractor_role.category_added", json!({ "category": category }))
        }
        contractor_role::Event::CategoryRemoved { category } => {
            ("contractor_role.category_removed", json!({ "category": category }))
        }
        contractor_role::Event::Demanded(demand) => {
            ("contractor_role.requirement_added", json!({ "requirement": demand.requirement }))
        }
        contractor_role::Event::Waived { requirement } => {
            ("contractor_role.requirement_removed", json!({ "requirement": requirement }))
        }
    }
}

fn of_invite(event: &invite::Event) -> (&'static str, Json) {
    match event {
        invite::Event::Created { terms, ends_at, .. } => {
            let address = terms.address.as_ref().map(crate::Email::as_str);
            let details = json!({ "role": terms.role, "address": address, "bound": terms.bound, "ends_at": ends_at });
            ("invite.created", details)
        }
        invite::Event::Sent { address, bound } => {
            ("invite.sent", json!({ "address": address.as_str(), "bound": bound }))
        }
        invite::Event::Opened { ends_at, .. } => ("invite.opened", json!({ "ends_at": ends_at })),
        invite::Event::Accepted { connection, .. } => ("invite.accepted", json!({ "connection": connection })),
        invite::Event::Declined { .. } => ("invite.declined", json!({})),
        invite::Event::Revoked { .. } => ("invite.revoked", json!({})),
        invite::Event::Superseded { by, .. } => ("invite.superseded", json!({ "by": by })),
    }
}

fn of_connection(event: &connection::Event, own: bool) -> (&'static str, Json) {
    match event {
        connection::Event::Requested { request, role } => {
            ("connection.requested", json!({ "request": request, "role": role }))
        }
        connection::Event::Accepted { classification, .. } => {
            ("connection.accepted", json!({ "classification": classification }))
        }
        connection::Event::Declined { request } => ("connection.declined", json!({ "request": request })),
        connection::Event::Withdrawn { request } => ("connection.withdrawn", json!({ "request": request })),
        connection::Event::Joined { role, way: connection::Way::GroupLink, classification, .. } => {
            ("connection.joined", json!({ "role": role, "by": "group_link", "classification": classification }))
        }
        connection::Event::Joined { role, way: connection::Way::Invite { invite, .. }, classification, .. } => {
            let details = json!({ "role": role, "by": "invite", "invite": invite, "classification": classification });
            ("connection.joined", details)
        }
        connection::Event::RoleChanged { role, classification } => {
            ("connection.role_changed", json!({ "role": role, "classification": classification }))
        }
        connection::Event::Disconnected(ending) => {
            let reason = (own || !ending.hidden).then_some(&ending.reason);
            ("connection.disconnected", json!({ "by": ending.by, "reason": reason }))
        }
        connection::Event::Classified { categories, .. } => {
            ("connection.classified", json!({ "categories": categories }))
        }
        connection::Event::Progressed { requirement, progress } => {
            ("connection.progressed", json!({ "requirement": requirement, "progress": progress }))
        }
    }
}

fn of_access_request(event: &access_request::Event, oneself: bool) -> (&'static str, Json) {
    match event {
        access_request::Event::Submitted { claim, .. } => {
            ("access_request.submitted", json!({ "person": claim.person, "role": claim.role.which }))
        }
        access_request::Event::Accepted { role, .. } => ("access_request.accepted", json!({ "role": role.which })),
        access_request::Event::Declined(decline) => {
            let reason = decline.reason_for(oneself);
            let details = json!({ "reason": reason, "disclosed": decline.disclosed });
            ("access_request.declined", details)
        }
        access_request::Event::Withdrawn { .. } => ("access_request.withdrawn", json!({})),
    }
}
