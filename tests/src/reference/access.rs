//! Access requests.

use serde_json::{Value, json};

use super::answer::{List, No, Said, no, time};
use super::mails::Notice;
use super::model::{Actor, Id, Member, Model, Permission, QUOTAS, UserRole, email};

#[derive(Debug, Clone)]
pub(super) struct Access {
    pub(super) business: Id,
    pub(super) person: Id,
    role: UserRole,
    asked: i64,
    /// As which, and when.
    pub(super) answer: Option<(&'static str, i64)>,
    disclosed: bool,
}

impl Model {
    fn status_of(&self, id: Id) -> &'static str {
        self.accesses[&id].answer.map_or("requested", |(how, _)| how)
    }

    /// As somebody reads it who may decide over others; what they asked themselves tells them no more than it did then.
    fn access(&self, by: Actor, id: Id) -> Value {
        let access = &self.accesses[&id];
        let declined = self.status_of(id) == "declined";
        let told = declined && (access.disclosed || by.person != Some(access.person));
        json!({
            "id": format!("$a{id}"),
            "person": format!("$p{}", access.person),
            "email": email(access.person),
            "role": access.role.json(access.business),
            "status": self.status_of(id),
            "asked_at": time(access.asked),
            "decided_at": access.answer.map(|(_, at)| time(at)),
            "reason": told.then(|| json!({ "code": "wrong_business" })),
            "disclosed": declined.then_some(access.disclosed),
        })
    }

    fn own_access(&self, id: Id) -> Value {
        let access = &self.accesses[&id];
        let told = self.status_of(id) == "declined" && access.disclosed;
        let name = self.businesses[&access.business].name;
        json!({
            "id": format!("$a{id}"),
            "business": { "id": format!("$b{}", access.business), "name": name },
            "role": access.role.json(access.business),
            "status": self.status_of(id),
            "asked_at": time(access.asked),
            "decided_at": access.answer.map(|(_, at)| time(at)),
            "reason": told.then(|| json!({ "code": "wrong_business" })),
        })
    }

    /// Under the address of this person.
    pub(super) fn submit(&mut self, by: Actor, address: Id, business: Id, role: UserRole) -> Said {
        let person = by.person.ok_or_else(|| no("forbidden"))?;
        if !by.verified {
            return Err(no("email_not_verified"));
        }
        if address != person {
            return Err(no("email_mismatch"));
        }
        if self.businesses.get(&business).is_none_or(|business| business.archived) {
            return Err(no("not_found"));
        }
        if self.members.contains_key(&(business, person)) {
            return Err(no("already_member"));
        }
        let mut open =
            self.accesses.iter().filter(|(_, access)| access.business == business && access.answer.is_none());
        if let Some((id, _)) = open.clone().find(|(_, access)| access.person == person) {
            let fields = json!({ "access_request": format!("$a{id}") });
            return Err(No { code: "already_pending", fields });
        }
        self.defined(business, role)?;
        No::full(open.by_ref().count(), QUOTAS.access_requests, "access_requests")?;
        let pair = format!("{person} {business}");
        self.spend(vec![("per_requester", person.to_string()), ("per_requester_pair", pair)])?;
        self.known.insert(person);
        let id = self.accesses.len();
        let (asked, answer, disclosed) = (self.now, None, false);
        self.accesses.insert(id, Access { business, person, role, asked, answer, disclosed });
        self.save(format!("a{id}"), "id");
        self.owe(business, Notice::Asked { access: id });
        Ok(self.own_access(id).into())
    }

    pub(super) fn withdraw_access(&mut self, by: Actor, id: Id) -> Said {
        let person = by.person.ok_or_else(|| no("forbidden"))?;
        match self.accesses.get(&id).filter(|access| access.person == person) {
            None => return Err(no("not_found")),
            Some(Access { answer: Some((how, at)), .. }) => return Err(No::decided(how, *at)),
            Some(_) => {}
        }
        self.decide(id, "withdrawn");
        Ok(self.own_access(id).into())
    }

    fn decide(&mut self, id: Id, how: &'static str) {
        let now = self.now;
        self.accesses.entry(id).and_modify(|access| access.answer = Some((how, now)));
    }

    /// The request, if it is the actor's to decide and still open.
    fn others(&self, by: Actor, id: Id) -> Result<Access, No> {
        let business = self.acting(by, Permission::Users)?;
        let access = self.accesses.get(&id).filter(|access| access.business == business);
        let access = access.ok_or_else(|| no("not_found"))?;
        if by.person == Some(access.person) {
            return Err(no("self_action_forbidden"));
        }
        access.answer.map_or_else(|| Ok(access.clone()), |(how, at)| Err(No::decided(how, at)))
    }

    pub(super) fn accept_access(&mut self, by: Actor, id: Id, role: Option<UserRole>) -> Said {
        let Access { business, person, role: asked, .. } = self.others(by, id)?;
        let role = role.unwrap_or(asked);
        self.defined(business, role)?;
        self.granting(by, business, role)?;
        if self.members.contains_key(&(business, person)) {
            return Err(no("already_member"));
        }
        self.room_for_member(business)?;
        self.members.insert((business, person), Member { role, active: true, notifications: true });
        self.decide(id, "accepted");
        self.accesses.entry(id).and_modify(|access| access.role = role);
        self.owed.push(Notice::Outcome { kind: "access_request_accepted", person });
        Ok(self.access(by, id).into())
    }

    pub(super) fn decline_access(&mut self, by: Actor, id: Id, disclosed: bool) -> Said {
        let Access { person, .. } = self.others(by, id)?;
        self.decide(id, "declined");
        self.accesses.entry(id).and_modify(|access| access.disclosed = disclosed);
        self.owed.push(Notice::Outcome { kind: "access_request_declined", person });
        Ok(self.access(by, id).into())
    }

    pub(super) fn get_access(&self, by: Actor, id: Id) -> Said {
        let business = self.acting(by, Permission::Users)?;
        let own = self.accesses.get(&id).is_some_and(|access| access.business == business);
        if own { Ok(self.access(by, id).into()) } else { Err(no("not_found")) }
    }

    pub(super) fn list_access(&self, by: Actor) -> Said {
        let business = self.acting(by, Permission::Users)?;
        let own = self.accesses.iter().filter(|(_, access)| access.business == business);
        let items = own.map(|(id, access)| (time(access.asked), self.access(by, *id))).collect();
        Ok(List { field: "requests", id: "id", descending: false, items }.into())
    }

    pub(super) fn mine(&self, by: Actor) -> Said {
        let person = by.person.ok_or_else(|| no("forbidden"))?;
        let own = self.accesses.iter().filter(|(_, access)| access.person == person);
        let items = own.map(|(id, access)| (time(access.asked), self.own_access(*id))).collect();
        Ok(List { field: "requests", id: "id", descending: true, items }.into())
    }
}
