//! Group links, invites, and who comes by them.

use serde_json::json;

use super::super::answer::Said;
use super::super::invites::STATUSES;
use super::super::links::Token;
use super::super::model::{Actor, Id, Model, Permission, UNKNOWN, email};
use super::super::op::{OnInvite, OnLink, Who};
use super::{Play, Played, id, pick_live};

impl Play<'_> {
    pub(super) fn link(&mut self, what: OnLink) -> Played {
        use Permission::{Connect, See};
        match what {
            OnLink::Enable(role) => self.of_role("group_links.enable", role, Connect, Model::enable_link),
            OnLink::Disable(role) => self.of_role("group_links.disable", role, Connect, Model::disable_link),
            OnLink::Refresh(role) => self.of_role("group_links.refresh", role, Connect, Model::refresh_link),
            OnLink::Copy(role) => self.of_role("group_links.copy", role, Connect, Model::copy_link),
            OnLink::List(of) => {
                let (actor, by) = self.by(self.model.a_business(of), See);
                ("group_links.list", by, json!({}), self.model.list_links(actor))
            }
            OnLink::Preview(token) => {
                let token = self.model.a_token(token.is_multiple_of(2), token);
                let arguments = json!({ "link_or_claim": self.model.token(token) });
                ("invites.preview", None, arguments, self.model.preview(token))
            }
            OnLink::Open(link) => {
                let link = self.model.a_token(false, link);
                ("invites.open", None, json!({ "link": self.model.token(link) }), self.model.open(link))
            }
            OnLink::Decline(claim) => {
                let claim = self.model.a_token(true, claim);
                ("invites.decline", None, json!({ "claim": self.model.token(claim) }), self.model.decline_claim(claim))
            }
            OnLink::Accept(claim, by) => {
                let claim = self.model.a_token(true, claim);
                let (actor, by) = self.contractor(claim, by);
                let said = self.model.join(actor, claim.filter(|claim| claim.is_claim()));
                ("invites.accept", by, json!({ "claim": self.model.token(claim) }), said)
            }
            OnLink::Redeem(link, by) => {
                let link = self.model.a_token(false, link);
                let (actor, by) = self.contractor(link, by);
                let said = self.model.join(actor, link.filter(|link| !link.is_claim()));
                ("invites.redeem", by, json!({ "link": self.model.token(link) }), said)
            }
        }
    }

    /// Who accepts: for a bound invite mostly somebody whose address it is.
    fn contractor(&self, token: Option<Token>, by: u8) -> (Actor, Option<Actor>) {
        let invite = match token {
            Some(Token::Personal(id) | Token::PersonalClaim(id)) => self.model.invites.get(&id),
            Some(Token::Group { .. } | Token::GroupClaim { .. }) | None => None,
        };
        let wanted = invite.filter(|invite| invite.bound).and_then(|invite| invite.address.as_deref());
        let holders = self.model.members.iter().filter(|((of, person), member)| {
            member.may(Permission::Connect)
                && Some(*of) != invite.map(|invite| invite.client)
                && wanted == Some(email(*person).as_str())
        });
        let holders: Vec<(Id, Id)> = holders.map(|(key, _)| *key).collect();
        if holders.is_empty() || self.op.who != Who::Able {
            return self.by(self.model.a_business(by), Permission::Connect);
        }
        let (business, person) = holders[usize::from(by) % holders.len()];
        let actor = Actor { person: Some(person), business: Some(business), verified: true };
        (actor, Some(actor))
    }

    pub(super) fn invite(&mut self, what: OnInvite) -> Played {
        match what {
            OnInvite::Create(role, to, bind, life) => {
                let roles = self.model.roles.iter().map(|(id, role)| (*id, !role.archived));
                let role = pick_live(roles, role);
                let (actor, by) = self.by(self.client_of(role), Permission::Connect);
                let to = to.map(|to| email(Model::a_person(to)));
                let arguments = json!({ "role": id("r", role), "address": to, "bind": bind, "life": life / 1_000_000 });
                ("invites.create", by, arguments, self.model.create_invite(actor, role, (to, bind), life))
            }
            OnInvite::Send(invite, to, bind) => {
                let to = email(Model::a_person(to));
                let (operation, by, mut arguments, said) =
                    self.of_invite("invites.send", invite, |model, actor, id| model.send_invite(actor, id, &to, bind));
                (arguments["address"], arguments["bind"]) = (to.into(), bind.into());
                (operation, by, arguments, said)
            }
            OnInvite::Resend(invite) => self.of_invite("invites.resend", invite, Model::resend_invite),
            OnInvite::Revoke(invite) => self.of_invite("invites.revoke", invite, Model::revoke_invite),
            OnInvite::Get(invite) => {
                self.of_invite("invites.get", invite, |model, actor, id| model.get_invite(actor, id))
            }
            OnInvite::List(of, only) => {
                let (actor, by) = self.by(self.model.a_business(of), Permission::See);
                let only = only.map(|only| STATUSES[usize::from(only) % STATUSES.len()]);
                let arguments = json!({ "statuses": only.map(|only| [only]) });
                ("invites.list", by, arguments, self.model.list_invites(actor, only))
            }
        }
    }

    fn of_invite(
        &mut self,
        operation: &'static str,
        invite: u8,
        run: impl Fn(&mut Model, Actor, Id) -> Said,
    ) -> Played {
        let model = &*self.model;
        let lively = |id: Id| match (operation, model.status(id)) {
            ("invites.send", status) => status == "pending" && !model.invites[&id].bound,
            (_, status) => matches!(status, "pending" | "opened"),
        };
        let invite = pick_live(model.invites.keys().map(|id| (*id, lively(*id))), invite);
        let client = self.model.invites.get(&invite).map_or(UNKNOWN, |invite| invite.client);
        let (actor, by) =
            self.by(client, if operation == "invites.get" { Permission::See } else { Permission::Connect });
        (operation, by, json!({ "invite": id("i", invite) }), run(self.model, actor, invite))
    }
}
