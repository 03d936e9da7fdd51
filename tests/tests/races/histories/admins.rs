//! The Admin set of one business: whatever the order, there is always one.

use futures_util::future::BoxFuture;
use handclasp::Handclasp;
use handclasp::model::user_role::UserRole;
use handclasp_tests::races::ask;
use serde_json::json;

use super::{Subject, answered, every_history};
use crate::pairs::stages::{by, person};

const MEMBERS: usize = 3;

/// Each member: whether they are an Admin, and whether they are active.
type State = [(bool, bool); MEMBERS];

#[derive(Debug, Clone)]
struct Call {
    by: usize,
    of: usize,
    what: &'static str,
    answer: String,
}

struct Admins([handclasp::Actor; MEMBERS]);

impl Subject for Admins {
    type State = State;
    type Call = Call;

    fn start() -> State {
        [(true, true); MEMBERS]
    }

    fn call<'a>(&'a self, handclasp: &'a Handclasp, _: usize, chosen: usize) -> BoxFuture<'a, Call> {
        Box::pin(async move {
            let (who, of) = (chosen % MEMBERS, chosen / MEMBERS % MEMBERS);
            let mut arguments = by(&self.0[who], json!({ "person": person(&self.0[of]) }));
            let (what, operation) = match chosen / MEMBERS / MEMBERS % 5 {
                0 => ("demote", "members.change_role"),
                1 | 2 => ("promote", "members.change_role"),
                3 => ("disable", "members.disable"),
                _ => ("enable", "members.enable"),
            };
            if operation == "members.change_role" {
                arguments["role"] = json!(if what == "demote" { "viewer" } else { "admin" });
            }
            let (answer, _) = answered(handclasp, operation, &arguments).await;
            Call { by: who, of, what, answer }
        })
    }

    fn step(state: &State, call: &Call) -> Option<State> {
        if state[call.by] != (true, true) {
            return (call.answer == "forbidden").then_some(*state);
        }
        let mut after = *state;
        match call.what {
            "demote" => after[call.of].0 = false,
            "promote" => after[call.of].0 = true,
            "disable" => after[call.of].1 = false,
            _ => after[call.of].1 = true,
        }
        if after.contains(&(true, true)) {
            (call.answer == "ok").then_some(after)
        } else {
            (call.answer == "last_admin").then_some(*state)
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cnc_14_in_histories_of_the_admin_set_there_is_always_one() {
    every_history(async |world, number| {
        let acme = world.contractor(&format!("Business {number}")).await;
        let others = [world.member(&acme, UserRole::ADMIN).await, world.member(&acme, UserRole::ADMIN).await];
        let [second, third] = others;
        let listed = ask(world, "members.list", by(&acme.admin(), json!({}))).await;
        assert_eq!(listed["members"].as_array().map(Vec::len), Some(MEMBERS));
        Admins([acme.admin(), second, third])
    })
    .await;
}

#[test]
fn what_leaves_no_admin_is_refused() {
    let two = [(true, true), (true, true), (false, true)];
    let call = |by, of, answer: &str| Call { by, of, what: "demote", answer: answer.to_owned() };
    let one = Admins::step(&two, &call(0, 1, "ok")).expect("one is left");
    assert_eq!(Admins::step(&one, &call(0, 0, "ok")), None);
    assert_eq!(Admins::step(&one, &call(0, 0, "last_admin")), Some(one));
    assert_eq!(Admins::step(&one, &call(1, 0, "ok")), None, "who is no Admin any more sends nobody away");
}
