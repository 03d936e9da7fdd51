//! Members: who may what for a business.

use serde_json::{Value, json};

use super::answer::{List, No, Said, no};
use super::model::{Actor, Id, Member, Model, Permission, QUOTAS, UserRole, email};

impl Model {
    fn member(&self, business: Id, person: Id) -> Value {
        let member = self.members[&(business, person)];
        self.member_as(business, person, member, if member.active { "active" } else { "disabled" })
    }

    fn member_as(&self, business: Id, person: Id, member: Member, status: &str) -> Value {
        let (role, notifications) = (member.role.json(business), member.notifications);
        json!({ "person": format!("$p{person}"), "email": email(person), "role": role, "status": status,
            "notifications": notifications })
    }

    fn found(&self, business: Id, person: Id) -> Result<Member, No> {
        self.members.get(&(business, person)).copied().ok_or_else(|| no("not_found"))
    }

    /// Whether somebody else is an active Admin of the business, or this member is none.
    fn not_last(&self, business: Id, person: Id) -> Result<(), No> {
        let admin = |member: &Member| member.active && member.role == UserRole::Admin;
        let of_business = self.members.iter().filter(|((of, _), member)| *of == business && admin(member));
        let admins: Vec<Id> = of_business.map(|((_, person), _)| *person).collect();
        if admins == [person] { Err(no("last_admin")) } else { Ok(()) }
    }

    pub(super) fn room_for_member(&self, business: Id) -> Result<(), No> {
        let members = self.members.keys().filter(|(of, _)| *of == business).count();
        No::full(members, QUOTAS.members, "members")
    }

    pub(super) fn add_member(&mut self, by: Actor, person: Id, role: UserRole) -> Said {
        let business = self.acting(by, Permission::Users)?;
        self.defined(business, role)?;
        self.granting(by, business, role)?;
        if !self.known.contains(&person) {
            return Err(no("not_found"));
        }
        if self.members.contains_key(&(business, person)) {
            return Err(no("already_member"));
        }
        self.room_for_member(business)?;
        self.members.insert((business, person), Member { role, active: true, notifications: true });
        Ok(self.member(business, person).into())
    }

    pub(super) fn change_role(&mut self, by: Actor, person: Id, role: UserRole) -> Said {
        let business = self.acting(by, Permission::Users)?;
        self.defined(business, role)?;
        self.granting(by, business, role)?;
        let before = self.found(business, person)?;
        if role != UserRole::Admin {
            self.not_last(business, person)?;
        }
        if before.role.may(Permission::Connect) && !role.may(Permission::Connect) {
            self.end_invites_of(business, person);
        }
        self.members.insert((business, person), Member { role, ..before });
        Ok(self.member(business, person).into())
    }

    pub(super) fn set_active(&mut self, by: Actor, person: Id, active: bool) -> Said {
        let business = self.acting(by, Permission::Users)?;
        let before = self.found(business, person)?;
        if active {
            self.granting(by, business, before.role)?;
        } else if before.active {
            self.not_last(business, person)?;
            self.end_invites_of(business, person);
        }
        self.members.insert((business, person), Member { active, ..before });
        Ok(self.member(business, person).into())
    }

    pub(super) fn remove_member(&mut self, by: Actor, person: Id) -> Said {
        let business = self.acting(by, Permission::Users)?;
        let before = self.found(business, person)?;
        self.not_last(business, person)?;
        self.end_invites_of(business, person);
        self.members.remove(&(business, person));
        Ok(self.member_as(business, person, before, "removed").into())
    }

    pub(super) fn set_notifications(&mut self, by: Actor, person: Id, notifications: bool) -> Said {
        let business = self.member_of(by)?;
        let own = by.person == Some(person) && self.members[&(business, person)].active;
        if !own && !self.may(by, business, Permission::Users) {
            return Err(no("forbidden"));
        }
        self.active(business)?;
        let before = self.found(business, person)?;
        self.members.insert((business, person), Member { notifications, ..before });
        Ok(self.member(business, person).into())
    }

    pub(super) fn get_member(&self, by: Actor, person: Id) -> Said {
        let business = self.acting(by, Permission::See)?;
        let member = self.found(business, person)?;
        let seen = member.active || self.may(by, business, Permission::Users);
        if seen { Ok(self.member(business, person).into()) } else { Err(no("not_found")) }
    }

    pub(super) fn list_members(&self, by: Actor, disabled: bool) -> Said {
        let business = self.acting(by, Permission::See)?;
        if disabled && !self.may(by, business, Permission::Users) {
            return Err(no("forbidden"));
        }
        let shown = self.members.iter().filter(|((of, _), member)| *of == business && (disabled || member.active));
        let items = shown.map(|((_, person), _)| (String::new(), self.member(business, *person))).collect();
        Ok(List { field: "members", id: "person", descending: false, items }.into())
    }
}
