//! Businesses, members, contractor roles.

use serde_json::{Value, json};

use super::super::answer::Said;
use super::super::model::{Actor, Id, Model, Permission, UNKNOWN, UserRole, email, profile};
use super::super::op::{OnBusiness, OnMember, Who};
use super::{NAMES, NOWHERE, Play, Played, ROLES, id, pick_live};

impl Play<'_> {
    pub(super) fn business(&mut self, what: OnBusiness) -> Played {
        use Permission::{Configure, See};
        match what {
            OnBusiness::Register(name, office) => {
                let name = NAMES[usize::from(name) % NAMES.len()];
                let new = self.model.businesses.len();
                let admin = Model::a_person(self.op.by);
                let person = (self.op.who != Who::System).then_some(admin);
                let by = Actor { person, business: None, verified: true };
                let said = self.model.register(admin, name, office);
                let person = json!({ "id": format!("$p{admin}"), "name": format!("P{admin}"), "email": email(admin) });
                let arguments = json!({ "profile": profile(new, name, office), "admin": person });
                ("businesses.register", Some(by), arguments, said)
            }
            OnBusiness::Update(of, name, office) => {
                let (actor, by) = self.by(self.model.a_business(of), Configure);
                let name = NAMES[usize::from(name) % NAMES.len()];
                let id = actor.business.unwrap_or_default();
                let arguments = json!({ "profile": profile(id, name, office) });
                ("businesses.update", by, arguments, self.model.update(actor, name, office))
            }
            OnBusiness::Archive(of) => self.of_business("businesses.archive", of, Model::archive),
            OnBusiness::Restore(of) => self.of_business("businesses.restore", of, Model::restore),
            OnBusiness::SetClientAccount(of, on) => {
                let set = |model: &mut Model, actor, id| model.set_client_account(actor, id, on);
                let (operation, by, mut arguments, said) = self.of_business("businesses.set_client_account", of, set);
                arguments["client_account"] = on.into();
                (operation, by, arguments, said)
            }
            OnBusiness::DefineSteward(of) => {
                let (actor, by) = self.by(self.model.a_business(of), Permission::Users);
                let arguments = json!({ "name": "Steward", "permissions": ["users", "connect", "see"] });
                ("members.define_role", by, arguments, self.model.define_steward(actor))
            }
            OnBusiness::CreateRole(of, name) => {
                let (actor, by) = self.by(self.model.a_business(of), Configure);
                let name = ROLES[usize::from(name) % ROLES.len()];
                let said = self.model.create_role(actor, name);
                ("contractor_roles.create", by, json!({ "name": name }), said)
            }
            OnBusiness::ArchiveRole(role) => {
                self.of_role("contractor_roles.archive", role, Configure, Model::archive_role)
            }
            OnBusiness::RestoreRole(role) => {
                self.of_role("contractor_roles.restore", role, Configure, Model::restore_role)
            }
            OnBusiness::ListRoles(of) => {
                let (actor, by) = self.by(self.model.a_business(of), See);
                ("contractor_roles.list", by, json!({}), self.model.list_roles(actor))
            }
        }
    }

    fn of_business(&mut self, operation: &'static str, of: u8, run: impl Fn(&mut Model, Actor, Id) -> Said) -> Played {
        let id = self.model.a_business(of);
        // What the host alone does is asked by somebody else now and then.
        let asked = self.op.who == Who::Member;
        let actor = if asked {
            self.actor(id, Permission::Users)
        } else {
            Actor { person: None, business: None, verified: true }
        };
        (operation, Some(actor), json!({ "business": super::id("b", id) }), run(self.model, actor, id))
    }

    pub(super) fn of_role(
        &mut self,
        operation: &'static str,
        role: u8,
        needs: Permission,
        run: impl Fn(&mut Model, Actor, Id) -> Said,
    ) -> Played {
        let role = pick_live(self.model.roles.iter().map(|(id, role)| (*id, !role.archived)), role);
        let (actor, by) = self.by(self.client_of(role), needs);
        (operation, by, json!({ "role": id("r", role) }), run(self.model, actor, role))
    }

    pub(super) fn client_of(&self, role: Id) -> Id {
        self.model.roles.get(&role).map_or(UNKNOWN, |role| role.client)
    }

    pub(super) fn member(&mut self, what: OnMember) -> Played {
        use Permission::{See, Users};
        match what {
            OnMember::Put(person) => {
                let person = Model::a_person(person);
                let arguments =
                    json!({ "id": format!("$p{person}"), "name": format!("P{person}"), "email": email(person) });
                self.model.known.insert(person);
                let by = Actor { person: None, business: None, verified: true };
                ("people.put", Some(by), arguments, Ok(json!({ "email": email(person) }).into()))
            }
            OnMember::Add(of, person, role) => {
                let business = self.by(self.model.a_business(of), Users).0.business;
                let arguments = json!({ "role": self.user_role(role, business) });
                self.of_member("members.add", (of, person), Users, arguments, |model, by, person| {
                    model.add_member(by, person, role)
                })
            }
            OnMember::ChangeRole(of, person, role) => {
                let business = self.by(self.model.a_business(of), Users).0.business;
                let arguments = json!({ "role": self.user_role(role, business) });
                self.of_member("members.change_role", (of, person), Users, arguments, |model, by, person| {
                    model.change_role(by, person, role)
                })
            }
            OnMember::Disable(of, person) => {
                self.of_member("members.disable", (of, person), Users, json!({}), |model, by, person| {
                    model.set_active(by, person, false)
                })
            }
            OnMember::Enable(of, person) => {
                self.of_member("members.enable", (of, person), Users, json!({}), |model, by, person| {
                    model.set_active(by, person, true)
                })
            }
            OnMember::Remove(of, person) => {
                self.of_member("members.remove", (of, person), Users, json!({}), Model::remove_member)
            }
            OnMember::SetNotifications(of, person, on) => {
                let arguments = json!({ "notifications": on });
                self.of_member("members.set_notifications", (of, person), Users, arguments, |model, by, person| {
                    model.set_notifications(by, person, on)
                })
            }
            OnMember::Get(of, person) => {
                self.of_member("members.get", (of, person), See, json!({}), |model, by, person| {
                    model.get_member(by, person)
                })
            }
            OnMember::List(of, disabled) => {
                let (actor, by) = self.by(self.model.a_business(of), See);
                ("members.list", by, json!({ "disabled": disabled }), self.model.list_members(actor, disabled))
            }
        }
    }

    fn of_member(
        &mut self,
        operation: &'static str,
        (of, person): (u8, u8),
        needs: Permission,
        mut arguments: Value,
        run: impl Fn(&mut Model, Actor, Id) -> Said,
    ) -> Played {
        let business = self.model.a_business(of);
        let members = self.model.members.keys().filter(|(of, _)| *of == business);
        let members: Vec<Id> = members.map(|(_, person)| *person).collect();
        let person = match person.checked_sub(128) {
            Some(member) if !members.is_empty() => members[usize::from(member) % members.len()],
            _ => Model::a_person(person),
        };
        let (actor, by) = self.by(business, needs);
        arguments["person"] = format!("$p{person}").into();
        (operation, by, arguments, run(self.model, actor, person))
    }

    /// The role as it is sent: a Steward of a business that has none is one that nobody defined.
    pub(super) fn user_role(&self, role: UserRole, business: Option<Id>) -> Value {
        match business.and_then(|id| self.model.businesses.get(&id).map(|business| (id, business.steward))) {
            Some((id, true)) => role.json(id),
            Some((_, false)) | None if role == UserRole::Steward => NOWHERE.into(),
            Some((_, false)) | None => role.json(0),
        }
    }
}
