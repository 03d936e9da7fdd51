use std::time::Duration;

use super::*;

fn ends() -> Ends {
    Ends::between(BusinessId::from_uuid(uuid::Uuid::from_u128(1)), BusinessId::from_uuid(uuid::Uuid::from_u128(2)))
}

fn role(number: u128) -> ContractorRoleId {
    ContractorRoleId::from_uuid(uuid::Uuid::from_u128(number))
}

fn at(seconds: u64) -> Timestamp {
    Timestamp::MIN.plus(Duration::from_secs(seconds))
}

fn request() -> Command {
    Command::Request(RequestId::from_uuid(uuid::Uuid::from_u128(5)), Some(role(3)))
}

const fn start(configured: bool) -> Start {
    Start { spell: SpellId::from_uuid(uuid::Uuid::from_u128(11)), configured }
}

const fn accept() -> Command {
    Command::Accept(start(false))
}

fn join(number: u128) -> Command {
    Command::Join { role: role(number), way: Way::GroupLink, start: start(false) }
}

fn invited(created: u64) -> Command {
    let invite = InviteId::from_uuid(uuid::Uuid::from_u128(7));
    Command::Join { role: role(3), way: Way::Invite { invite, created_at: at(created) }, start: start(false) }
}

fn ending(by: Side, seconds: u64) -> Ending {
    let reason = Reason { code: "work_finished".into(), label: "Work finished".into(), text: None };
    Ending { at: at(seconds), by, reason, hidden: true, role_name: "Electrician".into() }
}

fn after(connection: Option<&Connection>, command: Command) -> Connection {
    let event = decide(ends(), connection, command).unwrap().unwrap();
    evolve(ends(), connection, &event, at(1)).unwrap()
}

fn ended(by: Side, seconds: u64) -> Connection {
    after(Some(&after(None, join(3))), Command::Disconnect(ending(by, seconds)))
}

fn is_wrong_state(outcome: &Result<Option<Event>, Error>, expected: &str) -> bool {
    matches!(outcome, Err(Error::WrongState { state }) if *state == expected)
}

#[test]
fn con_08_given_one_business_when_it_requests_itself_then_it_is_refused() {
    let client = ends().client;
    assert!(matches!(decide(Ends::between(client, client), None, request()), Err(Error::SelfActionForbidden)));
}

#[test]
fn con_06_given_pending_when_requested_again_then_already_pending() {
    let pending = after(None, request());
    assert!(matches!(decide(ends(), Some(&pending), request()), Err(Error::AlreadyPending { .. })));
}

#[test]
fn con_02_given_pending_when_accepted_then_connected_under_the_requested_role() {
    let connected = after(Some(&after(None, request())), accept());
    assert_eq!((connected.status(), connected.role), (Status::Connected, role(3)));
}

#[test]
fn con_03_given_pending_when_declined_or_withdrawn_then_nothing_is_connected_and_it_can_be_asked_again() {
    for (command, status) in [(Command::Decline, Status::Declined), (Command::Withdraw, Status::Withdrawn)] {
        let ended = after(Some(&after(None, request())), command);
        assert_eq!(ended.status(), status);
        assert_eq!(after(Some(&ended), request()).status(), Status::Pending);
        let no_role = Command::Request(RequestId::from_uuid(uuid::Uuid::from_u128(6)), None);
        assert!(matches!(decide(ends(), Some(&ended), no_role), Err(Error::InvalidArgument { .. })));
    }
}

#[test]
fn given_a_disconnect_when_requested_without_a_role_then_it_is_the_earlier_one() {
    let again = Command::Request(RequestId::from_uuid(uuid::Uuid::from_u128(6)), None);
    assert_eq!(after(Some(&ended(Side::Client, 5)), again).role, role(3));
}

#[test]
fn given_pending_when_a_link_is_accepted_then_connected_under_the_links_role() {
    let connected = after(Some(&after(None, request())), join(4));
    assert_eq!((connected.status(), connected.role), (Status::Connected, role(4)));
}

#[test]
fn grp_12_13_given_connected_when_a_link_is_accepted_then_already_connected() {
    let connected = after(None, join(3));
    let again = decide(ends(), Some(&connected), join(4));
    assert!(matches!(again, Err(Error::AlreadyConnected { connection }) if connection == connected.id));
}

#[test]
fn given_connected_when_the_role_changes_then_it_stays_connected_since_then() {
    let change = |number| Command::ChangeRole { role: role(number), configured: true };
    let connected = after(None, join(3));
    let changed = after(Some(&connected), change(4));
    assert_eq!((&changed.state, changed.role), (&connected.state, role(4)));
    assert_eq!(changed.workflow.classification, Classification::Required);
    assert_eq!(decide(ends(), Some(&changed), change(4)).unwrap(), None);
}

#[test]
fn given_anything_but_connected_when_disconnected_then_it_is_refused_and_twice_names_the_decision() {
    let pending = after(None, request());
    assert!(is_wrong_state(&decide(ends(), Some(&pending), Command::Disconnect(ending(Side::Client, 1))), "pending"));
    let again = decide(ends(), Some(&ended(Side::Contractor, 5)), Command::Disconnect(ending(Side::Client, 6)));
    assert!(matches!(again, Err(Error::AlreadyDecided { decision: Decided::Disconnected, at: when }) if when == at(5)));
}

#[test]
fn con_13_given_the_client_ended_it_when_a_link_is_accepted_then_only_a_newer_invite_connects() {
    let ended = ended(Side::Client, 5);
    for older in [join(3), invited(4), invited(5)] {
        assert!(matches!(decide(ends(), Some(&ended), older), Err(Error::Forbidden)));
    }
    assert_eq!(after(Some(&ended), invited(6)).status(), Status::Connected);
}

#[test]
fn given_the_client_ended_it_then_a_declined_request_lifts_nothing_and_an_accepted_one_does() {
    let asked = after(Some(&ended(Side::Client, 5)), request());
    let declined = after(Some(&asked), Command::Decline);
    assert!(matches!(decide(ends(), Some(&declined), join(3)), Err(Error::Forbidden)));
    let connected = after(Some(&asked), accept());
    let left = after(Some(&connected), Command::Disconnect(ending(Side::Contractor, 9)));
    assert_eq!(after(Some(&left), join(3)).status(), Status::Connected);
}

#[test]
fn given_the_contractor_ended_it_when_any_link_is_accepted_then_connected() {
    for link in [join(3), invited(1)] {
        assert_eq!(after(Some(&ended(Side::Contractor, 5)), link).status(), Status::Connected);
    }
}

#[test]
fn given_a_request_for_another_role_that_came_to_nothing_then_the_earlier_workflow_is_still_there() {
    let mut connected = after(None, join(3));
    connected.workflow.classification = Classification::Classified;
    let left = after(Some(&connected), Command::Disconnect(ending(Side::Contractor, 5)));
    let other = Command::Request(RequestId::from_uuid(uuid::Uuid::from_u128(6)), Some(role(4)));
    let declined = after(Some(&after(Some(&left), other)), Command::Decline);
    let back = after(Some(&declined), Command::Join { role: role(3), way: Way::GroupLink, start: start(true) });
    assert_eq!(back.workflow.classification, Classification::Classified);
}

#[test]
fn given_no_connection_when_anything_but_asking_or_joining_then_not_found() {
    for command in [accept(), Command::Decline, Command::Withdraw, Command::Disconnect(ending(Side::Client, 1))] {
        assert!(matches!(decide(ends(), None, command), Err(Error::NotFound)));
    }
}

#[test]
fn given_anything_but_connected_when_requirements_move_then_it_is_refused() {
    let ended = ended(Side::Contractor, 5);
    let submit = Command::Submit(RequirementId::from_uuid(uuid::Uuid::from_u128(8)));
    assert!(is_wrong_state(&decide(ends(), Some(&ended), submit), "disconnected"));
    assert!(is_wrong_state(&decide(ends(), Some(&ended), Command::Classify(Workflow::default())), "disconnected"));
}

#[test]
fn only_pending_and_connected_businesses_see_each_others_contacts() {
    let pending = after(None, request());
    assert!(pending.near() && after(Some(&pending), accept()).near());
    assert!(!ended(Side::Client, 5).near());
}

#[test]
fn given_an_end_when_requested_under_another_role_then_that_one_holds_from_now_on() {
    let before = ended(Side::Client, 5);
    let command = Command::Request(RequestId::from_uuid(uuid::Uuid::from_u128(6)), Some(role(4)));
    let event = decide(ends(), Some(&before), command).unwrap().unwrap();
    let asked = evolve(ends(), Some(&before), &event, at(9)).unwrap();
    assert_eq!((asked.role, asked.changed_at, asked.status()), (role(4), at(9), Status::Pending));
}
