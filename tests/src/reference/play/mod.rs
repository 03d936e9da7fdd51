//! From what is drawn to a call: which thing is meant, who calls, what is sent, and what the model says must come.

mod businesses;
mod connections;
mod links;

use serde_json::{Value, json};

use super::answer::Said;
use super::links::Token;
use super::mails::Mail;
use super::model::{Actor, Id, Model, PEOPLE, Permission, UNKNOWN, email};
use super::op::{OnClock, Op, What, Who};

/// An id that nobody made.
const NOWHERE: &str = "00000000-0000-4000-8000-ffffffffffff";
const NAMES: [&str; 8] = ["Ash", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Larch", "Oak"];
const ROLES: [&str; 6] = ["Electrician", "Plumber", "Roofer", "Painter", "Mason", "Joiner"];

/// A call, and what must come of it.
#[derive(Debug, Clone)]
pub(super) struct Call {
    pub(super) operation: &'static str,
    pub(super) arguments: Value,
    pub(super) said: Said,
    pub(super) saves: Vec<(String, &'static str)>,
    /// What must be sent by it.
    pub(super) mails: Vec<Mail>,
}

fn id(kind: &str, id: Id) -> String {
    if id == UNKNOWN { NOWHERE.to_owned() } else { format!("${kind}{id}") }
}

/// One of these, the later ones more often; now and then something that is not there.
fn pick(among: &[Id], by: u8) -> Id {
    let back = usize::from(by);
    match among.len() {
        0 => UNKNOWN,
        _ if by == u8::MAX => UNKNOWN,
        count => among[count - 1 - back * back * count / (255 * 255)],
    }
}

/// The same, of those that something can still come of, in most cases.
fn pick_live(all: impl Iterator<Item = (Id, bool)>, by: u8) -> Id {
    let all: Vec<_> = all.collect();
    let live: Vec<Id> = all.iter().filter(|(_, live)| *live).map(|(id, _)| *id).collect();
    let any: Vec<Id> = all.into_iter().map(|(id, _)| id).collect();
    if by.is_multiple_of(4) || live.is_empty() { pick(&any, by) } else { pick(&live, by) }
}

impl Actor {
    fn json(self) -> Value {
        let business = self.business.map(|business| id("b", business));
        match self.person {
            None => json!({ "kind": "system", "business": business }),
            Some(person) => {
                let addresses: Vec<String> = self.verified.then(|| email(person)).into_iter().collect();
                json!({ "kind": "person", "id": format!("$p{person}"), "addresses": addresses, "business": business })
            }
        }
    }
}

/// What a step comes to, while it is worked out.
struct Play<'a> {
    model: &'a mut Model,
    op: Op,
}

impl Model {
    /// Takes a step; nothing is called where only the clock moves.
    pub(super) fn play(&mut self, op: Op) -> Option<Call> {
        self.saves.clear();
        Play { model: self, op }.call()
    }

    /// Mostly one of the first.
    fn a_business(&self, by: u8) -> Id {
        match by {
            u8::MAX => UNKNOWN,
            200.. => usize::from(by) % self.businesses.len(),
            _ => usize::from(by) % 4,
        }
    }

    fn a_person(by: u8) -> Id {
        usize::from(by) % PEOPLE
    }

    /// Somebody of this business who is known to hold the permission, if there is anybody.
    fn able(&self, business: Id, permission: Permission, by: u8) -> Option<Id> {
        let members = self.members.iter().filter(|((of, _), member)| *of == business && member.may(permission));
        let people: Vec<Id> = members.map(|((_, person), _)| *person).collect();
        (!people.is_empty()).then(|| people[usize::from(by) % people.len()])
    }

    /// The next moments at which something ends.
    fn ends(&self) -> Vec<i64> {
        let invites = self.invites.values().map(|invite| invite.ends);
        let claims = self.tokens.values().filter_map(|token| match token {
            Token::GroupClaim { opened, .. } => Some(opened + super::links::WEEK),
            Token::Personal(_) | Token::PersonalClaim(_) | Token::Group { .. } => None,
        });
        let mut ends: Vec<i64> = invites.chain(claims).filter(|end| *end > self.now).collect();
        ends.sort_unstable();
        ends.truncate(4);
        ends
    }

    fn a_token(&self, claim: bool, by: u8) -> Option<Token> {
        let all = self.tokens.iter().filter(|(_, token)| by.is_multiple_of(16) || token.is_claim() == claim);
        let number = pick_live(all.map(|(number, token)| (*number, self.lead(Some(*token)).is_ok())), by);
        self.tokens.get(&number).copied()
    }

    /// A token as it is sent: what nobody issued is a text of the right form.
    fn token(&self, token: Option<Token>) -> String {
        let number = self.tokens.iter().find(|(_, known)| Some(**known) == token).map(|(number, _)| number);
        match (token, number) {
            (Some(Token::Group { link, .. }), _) => format!("$l{link}"),
            (Some(_), Some(number)) => format!("$t{number}"),
            _ => "hclasp1_nobody_issued_this".to_owned(),
        }
    }
}

impl Play<'_> {
    fn actor(&self, business: Id, permission: Permission) -> Actor {
        let (model, by) = (&*self.model, self.op.by);
        let business = if business == UNKNOWN { model.a_business(by.wrapping_add(1)) } else { business };
        let person = Model::a_person(by);
        let able = model.able(business, permission, by).unwrap_or(person);
        let members: Vec<(Id, Id)> = model.members.keys().copied().collect();
        let of_business: Vec<Id> =
            members.iter().filter(|(of, _)| *of == business).map(|(_, person)| *person).collect();
        let (any, anybody) = members[usize::from(by) % members.len()];
        let (person, business) = match self.op.who {
            Who::Able | Who::Unverified => (Some(able), Some(business)),
            Who::Member => (of_business.get(usize::from(by) % of_business.len().max(1)).copied(), Some(business)),
            Who::Stranger => (Some(anybody), Some(any)),
            Who::Pretender => (Some(person), Some(model.a_business(by.wrapping_mul(7)))),
            Who::Nobody => (Some(person), None),
            Who::System => (None, Some(business)),
        };
        Actor { person, business, verified: self.op.who != Who::Unverified }
    }

    fn call(mut self) -> Option<Call> {
        let (operation, by, mut arguments, said) = match self.op.what {
            What::Clock(clock) => {
                self.clock(clock);
                return None;
            }
            What::Business(what) => self.business(what),
            What::Member(what) => self.member(what),
            What::Link(what) => self.link(what),
            What::Invite(what) => self.invite(what),
            What::Connection(what) => self.connection(what),
            What::Access(what) => self.access(what),
            What::Deliver => return Some(self.deliver()),
        };
        if let Some(by) = by {
            arguments["actor"] = by.json();
        }
        let saves = std::mem::take(&mut self.model.saves);
        Some(Call { operation, arguments, said, saves, mails: Vec::new() })
    }

    fn deliver(&mut self) -> Call {
        let (mails, dropped) = self.model.deliver();
        let report = json!({ "sent": mails.len(), "dropped": dropped, "failed": 0, "parked": 0, "lost": 0 });
        let arguments = json!({ "actor": { "kind": "system" }, "limit": 1000 });
        Call { operation: "outbox.deliver_due", arguments, said: Ok(report.into()), saves: Vec::new(), mails }
    }

    fn clock(&mut self, clock: OnClock) {
        match clock {
            OnClock::Later(by) => self.model.now += by,
            OnClock::Earlier(by) => self.model.now -= by,
            OnClock::ToAnEnd(which, more) => {
                let ends = self.model.ends();
                let end = ends.get(usize::from(which) % ends.len().max(1));
                self.model.now = end.map_or(self.model.now, |end| end + more);
            }
        }
    }

    /// Who may for this business, and what they call.
    fn by(&self, business: Id, permission: Permission) -> (Actor, Option<Actor>) {
        let actor = self.actor(business, permission);
        (actor, Some(actor))
    }
}

/// The operation, who calls, what is sent, and what must come.
type Played = (&'static str, Option<Actor>, Value, Said);
