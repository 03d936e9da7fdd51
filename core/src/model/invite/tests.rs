use super::*;

const NOW: Authority = Authority { member: Some(1), business: 1 };
const DEMOTED: Authority = Authority { member: Some(2), business: 1 };
const ARCHIVED: Authority = Authority { member: Some(1), business: 2 };

fn at(seconds: u64) -> Timestamp {
    Timestamp::MIN.plus(Duration::from_secs(seconds))
}

fn connection() -> ConnectionId {
    ConnectionId::from_uuid(uuid::Uuid::from_u128(9))
}

fn pending() -> Invite {
    let id = |number| uuid::Uuid::from_u128(number);
    let terms = Terms {
        client: BusinessId::from_uuid(id(1)),
        role: ContractorRoleId::from_uuid(id(2)),
        inviter: Author::System,
        authority: NOW,
        address: None,
        bound: false,
        message: None,
        language: None,
        key: KeyNumber(1),
        created_at: at(0),
    };
    let create = Command::Create(InviteId::from_uuid(id(3)), Box::new(terms), LIFE);
    evolve(None, &decide(None, create, NOW, at(0)).unwrap().unwrap()).unwrap()
}

fn after(invite: &Invite, command: Command, seconds: u64) -> Invite {
    evolve(Some(invite), &decide(Some(invite), command, NOW, at(seconds)).unwrap().unwrap()).unwrap()
}

fn dead(invite: &Invite, command: Command, authority: Authority, now: Timestamp) -> bool {
    matches!(decide(Some(invite), command, authority, now), Err(Error::InviteInvalidOrExpired))
}

#[test]
fn per_01_02_given_a_new_invite_then_it_lives_604_800_s_to_the_microsecond() {
    let end = at(604_800);
    let before = Timestamp::from_micros(end.as_micros() - 1).unwrap();
    assert_eq!(pending().ends_at, end);
    assert_eq!(pending().status(NOW, before), Status::Pending);
    assert_eq!(pending().status(NOW, end), Status::Expired);
    assert!(dead(&pending(), Command::Redeem(connection()), NOW, end));
}

#[test]
fn given_an_opened_invite_then_its_link_is_dead_and_its_claim_lives_on() {
    let opened = after(&pending(), Command::Open, 10);
    assert!(dead(&opened, Command::Open, NOW, at(11)));
    assert!(dead(&opened, Command::Redeem(connection()), NOW, at(11)));
    assert_eq!(after(&opened, Command::Accept(connection()), 11).status(NOW, at(12)), Status::Accepted);
}

#[test]
fn given_an_unopened_invite_then_a_claim_to_it_is_dead() {
    assert!(dead(&pending(), Command::Accept(connection()), NOW, at(1)));
}

#[test]
fn given_opened_late_then_the_claim_ends_24_hours_after_and_opened_early_at_the_expiry() {
    assert_eq!(after(&pending(), Command::Open, 604_799).ends_at, at(604_799 + 24 * 3_600));
    assert_eq!(after(&pending(), Command::Open, 1).ends_at, at(604_800));
}

#[test]
fn per_04_given_an_accepted_invite_then_everything_else_is_refused_and_revoking_names_the_decision() {
    let accepted = after(&pending(), Command::Redeem(connection()), 5);
    assert!(dead(&accepted, Command::Redeem(connection()), NOW, at(6)));
    assert!(matches!(
        decide(Some(&accepted), Command::Revoke, NOW, at(6)),
        Err(Error::AlreadyDecided { decision: Decided::Accepted, at: when }) if when == at(5)
    ));
}

#[test]
fn per_09_given_an_expired_invite_when_revoked_then_nothing_changes() {
    assert_eq!(decide(Some(&pending()), Command::Revoke, NOW, at(604_800)).unwrap(), None);
}

#[test]
fn per_15_given_a_lost_authority_then_it_is_revoked_also_after_its_time() {
    for authority in [DEMOTED, ARCHIVED] {
        assert_eq!(pending().status(authority, at(1)), Status::Revoked);
        assert_eq!(pending().status(authority, at(999_999)), Status::Revoked);
        assert!(dead(&pending(), Command::Redeem(connection()), authority, at(1)));
    }
    let accepted = after(&pending(), Command::Redeem(connection()), 5);
    assert_eq!(accepted.status(DEMOTED, at(6)), Status::Accepted);
}

#[test]
fn per_13_given_another_in_its_place_then_it_is_superseded_and_an_expired_one_is_left_alone() {
    let by = InviteId::from_uuid(uuid::Uuid::from_u128(4));
    let superseded = after(&pending(), Command::Supersede(by), 5);
    assert_eq!(superseded.status(NOW, at(6)), Status::Superseded);
    assert_eq!(decide(Some(&pending()), Command::Supersede(by), NOW, at(604_800)).unwrap(), None);
}

fn is_wrong_state(outcome: &Result<Option<Event>, Error>, expected: &str) -> bool {
    matches!(outcome, Err(Error::WrongState { state }) if *state == expected)
}

#[test]
fn given_a_pending_bearer_invite_when_sent_then_it_is_bound_and_cant_be_sent_again() {
    let address = Email::parse("kim@k1.example").unwrap();
    let sent = after(&pending(), Command::Send(address.clone(), true), 1);
    assert_eq!((sent.terms.address.as_ref(), sent.terms.bound), (Some(&address), true));
    let again = |invite: &Invite| decide(Some(invite), Command::Send(address.clone(), true), NOW, at(2));
    assert!(is_wrong_state(&again(&sent), "bound"));
    let bearer = after(&pending(), Command::Send(address.clone(), false), 1);
    assert!(!bearer.terms.bound);
    assert!(again(&bearer).unwrap().is_some());
    assert!(is_wrong_state(&again(&after(&pending(), Command::Open, 1)), "opened"));
}

#[test]
fn given_an_opened_invite_when_declined_then_it_is_over_and_an_unopened_one_cant_be() {
    let declined = after(&after(&pending(), Command::Open, 1), Command::Decline, 2);
    assert_eq!(declined.status(DEMOTED, at(3)), Status::Declined);
    assert!(dead(&declined, Command::Decline, NOW, at(3)));
    assert!(dead(&pending(), Command::Decline, NOW, at(3)));
    let revoke = decide(Some(&declined), Command::Revoke, NOW, at(3));
    assert!(matches!(revoke, Err(Error::AlreadyDecided { decision: Decided::Declined, .. })));
}

#[test]
fn per_21_given_pending_opened_or_expired_when_resent_then_it_is_superseded_and_what_is_ended_is_not() {
    let resend = || Command::Resend(InviteId::from_uuid(uuid::Uuid::from_u128(4)));
    assert_eq!(after(&pending(), resend(), 1).status(NOW, at(2)), Status::Superseded);
    assert_eq!(after(&after(&pending(), Command::Open, 1), resend(), 2).status(NOW, at(3)), Status::Superseded);
    assert_eq!(after(&pending(), resend(), 604_800).status(NOW, at(604_801)), Status::Superseded);
    let accepted = after(&pending(), Command::Redeem(connection()), 5);
    let again = decide(Some(&accepted), resend(), NOW, at(6));
    assert!(matches!(again, Err(Error::AlreadyDecided { decision: Decided::Accepted, .. })));
    assert!(is_wrong_state(&decide(Some(&pending()), resend(), DEMOTED, at(1)), "revoked"));
}
