//! What is drawn at random. Numbers stand for things by where they are in the world at that moment, so that any
//! sequence makes sense and can be shortened.

use proptest::prelude::*;

use super::model::UserRole;

/// One step.
#[derive(Debug, Clone, Copy)]
pub(super) struct Op {
    pub(super) who: Who,
    /// Which of those it could be.
    pub(super) by: u8,
    pub(super) what: What,
}

/// Who calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// Somebody who may, of a business that may.
    Able,
    /// The same, whose address nobody has verified.
    Unverified,
    /// A member of that business, whatever their role.
    Member,
    /// A member of any business, acting for it.
    Stranger,
    /// Anybody, acting for a business that need not be theirs.
    Pretender,
    /// Somebody who names no business.
    Nobody,
    /// The host, for that business.
    System,
}

/// What is done.
#[derive(Debug, Clone, Copy)]
pub(super) enum What {
    Clock(OnClock),
    Business(OnBusiness),
    Member(OnMember),
    Link(OnLink),
    Invite(OnInvite),
    Connection(OnConnection),
    Access(OnAccess),
    Deliver,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum OnClock {
    Later(i64),
    Earlier(i64),
    /// To the moment at which something ends, and so many microseconds more.
    ToAnEnd(u8, i64),
}

#[derive(Debug, Clone, Copy)]
pub(super) enum OnBusiness {
    Register(u8, bool),
    Update(u8, u8, bool),
    Archive(u8),
    Restore(u8),
    SetClientAccount(u8, bool),
    /// Of a user role; in the beginning alone.
    DefineSteward(u8),
    CreateRole(u8, u8),
    ArchiveRole(u8),
    RestoreRole(u8),
    ListRoles(u8),
}

/// Of a business, a person.
#[derive(Debug, Clone, Copy)]
pub(super) enum OnMember {
    /// Of a person, by the host; in the beginning alone.
    Put(u8),
    Add(u8, u8, UserRole),
    ChangeRole(u8, u8, UserRole),
    Disable(u8, u8),
    Enable(u8, u8),
    Remove(u8, u8),
    SetNotifications(u8, u8, bool),
    Get(u8, u8),
    List(u8, bool),
}

#[derive(Debug, Clone, Copy)]
pub(super) enum OnLink {
    Enable(u8),
    Disable(u8),
    Refresh(u8),
    Copy(u8),
    List(u8),
    Preview(u8),
    Open(u8),
    Decline(u8),
    /// A claim or link, and by which business.
    Accept(u8, u8),
    Redeem(u8, u8),
}

#[derive(Debug, Clone, Copy)]
pub(super) enum OnInvite {
    /// Of a role, to an address, bound or not, for so long.
    Create(u8, Option<u8>, bool, i64),
    Send(u8, u8, bool),
    Resend(u8),
    Revoke(u8),
    Get(u8),
    List(u8, Option<u8>),
}

#[derive(Debug, Clone, Copy)]
pub(super) enum OnConnection {
    /// Of a role, to a contractor, naming the role or not.
    Request(u8, u8, bool),
    Accept(u8),
    Decline(u8),
    Withdraw(u8),
    /// By the client or by the contractor, hiding the reason or not.
    Disconnect(u8, bool, bool),
    ChangeRole(u8, u8),
    Get(u8, bool),
    /// Contractors or clients, by name or by the last change, of one status or of all.
    List(u8, bool, bool, Option<u8>),
    Pending(u8),
}

#[derive(Debug, Clone, Copy)]
pub(super) enum OnAccess {
    /// By a person, to a business.
    Submit(u8, u8, UserRole),
    Withdraw(u8),
    Accept(u8, Option<UserRole>),
    Decline(u8, bool),
    Get(u8),
    List(u8),
    Mine(u8),
}

fn who() -> impl Strategy<Value = Who> {
    prop_oneof![
        66 => Just(Who::Able),
        4 => Just(Who::Unverified),
        6 => Just(Who::Member),
        6 => Just(Who::Stranger),
        4 => Just(Who::Pretender),
        1 => Just(Who::Nobody),
        9 => Just(Who::System),
    ]
}

fn role() -> impl Strategy<Value = UserRole> {
    prop_oneof![
        3 => Just(UserRole::Admin),
        1 => Just(UserRole::Manager),
        1 => Just(UserRole::Viewer),
        1 => Just(UserRole::Worker),
        3 => Just(UserRole::Steward),
    ]
}

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

fn clock() -> BoxedStrategy<OnClock> {
    prop_oneof![
        4 => (1..90 * SECOND).prop_map(OnClock::Later),
        3 => (1..5 * 3_600 * SECOND).prop_map(OnClock::Later),
        1 => (1..3 * DAY).prop_map(OnClock::Later),
        2 => (1..2 * 3_600 * SECOND).prop_map(OnClock::Earlier),
        3 => (any::<u8>(), -1..=1_i64).prop_map(|(which, more)| OnClock::ToAnEnd(which, more)),
    ]
    .boxed()
}

fn people() -> BoxedStrategy<OnMember> {
    let two = || (any::<u8>(), any::<u8>());
    prop_oneof![
        4 => (two(), role()).prop_map(|((of, person), role)| OnMember::Add(of, person, role)),
        5 => (two(), role()).prop_map(|((of, person), role)| OnMember::ChangeRole(of, person, role)),
        2 => two().prop_map(|(of, person)| OnMember::Disable(of, person)),
        4 => two().prop_map(|(of, person)| OnMember::Enable(of, person)),
        2 => two().prop_map(|(of, person)| OnMember::Remove(of, person)),
        2 => (two(), any::<bool>()).prop_map(|((of, person), on)| OnMember::SetNotifications(of, person, on)),
        1 => two().prop_map(|(of, person)| OnMember::Get(of, person)),
        1 => (any::<u8>(), any::<bool>()).prop_map(|(of, disabled)| OnMember::List(of, disabled)),
    ]
    .boxed()
}

fn businesses() -> BoxedStrategy<OnBusiness> {
    let two = || (any::<u8>(), any::<u8>());
    let mostly = prop::bool::weighted(0.8);
    prop_oneof![
        1 => (any::<u8>(), any::<bool>()).prop_map(|(name, office)| OnBusiness::Register(name, office)),
        3 => (two(), any::<bool>()).prop_map(|((of, name), office)| OnBusiness::Update(of, name, office)),
        1 => any::<u8>().prop_map(OnBusiness::Archive),
        5 => any::<u8>().prop_map(OnBusiness::Restore),
        3 => (any::<u8>(), mostly).prop_map(|(of, on)| OnBusiness::SetClientAccount(of, on)),
        4 => two().prop_map(|(of, name)| OnBusiness::CreateRole(of, name)),
        2 => any::<u8>().prop_map(OnBusiness::ArchiveRole),
        5 => any::<u8>().prop_map(OnBusiness::RestoreRole),
        1 => any::<u8>().prop_map(OnBusiness::ListRoles),
    ]
    .boxed()
}

fn links() -> BoxedStrategy<OnLink> {
    prop_oneof![
        5 => any::<u8>().prop_map(OnLink::Enable),
        2 => any::<u8>().prop_map(OnLink::Disable),
        2 => any::<u8>().prop_map(OnLink::Refresh),
        3 => any::<u8>().prop_map(OnLink::Copy),
        1 => any::<u8>().prop_map(OnLink::List),
        3 => any::<u8>().prop_map(OnLink::Preview),
        15 => any::<u8>().prop_map(OnLink::Open),
        2 => any::<u8>().prop_map(OnLink::Decline),
        10 => (any::<u8>(), any::<u8>()).prop_map(|(claim, by)| OnLink::Accept(claim, by)),
        8 => (any::<u8>(), any::<u8>()).prop_map(|(link, by)| OnLink::Redeem(link, by)),
    ]
    .boxed()
}

fn invites() -> BoxedStrategy<OnInvite> {
    let life =
        prop_oneof![3 => Just(super::links::WEEK), 1 => (1..7 * 86_400_i64).prop_map(|seconds| seconds * SECOND)];
    let invite = (any::<u8>(), proptest::option::weighted(0.6, any::<u8>()), prop::bool::weighted(0.8), life);
    prop_oneof![
        12 => invite.prop_map(|(role, to, bind, life)| OnInvite::Create(role, to, bind, life)),
        4 => (any::<u8>(), any::<u8>(), any::<bool>()).prop_map(|(invite, to, bind)| OnInvite::Send(invite, to, bind)),
        3 => any::<u8>().prop_map(OnInvite::Resend),
        2 => any::<u8>().prop_map(OnInvite::Revoke),
        1 => any::<u8>().prop_map(OnInvite::Get),
        3 => (any::<u8>(), proptest::option::of(any::<u8>())).prop_map(|(of, only)| OnInvite::List(of, only)),
    ]
    .boxed()
}

fn connections() -> BoxedStrategy<OnConnection> {
    let list = (any::<u8>(), any::<bool>(), any::<bool>(), proptest::option::of(any::<u8>()));
    prop_oneof![
        12 => (any::<u8>(), any::<u8>(), prop::bool::weighted(0.7))
            .prop_map(|(role, contractor, named)| OnConnection::Request(role, contractor, named)),
        8 => any::<u8>().prop_map(OnConnection::Accept),
        4 => any::<u8>().prop_map(OnConnection::Decline),
        3 => any::<u8>().prop_map(OnConnection::Withdraw),
        9 => (any::<u8>(), any::<bool>(), any::<bool>())
            .prop_map(|(edge, client, hidden)| OnConnection::Disconnect(edge, client, hidden)),
        2 => (any::<u8>(), any::<u8>()).prop_map(|(edge, role)| OnConnection::ChangeRole(edge, role)),
        1 => (any::<u8>(), any::<bool>()).prop_map(|(edge, client)| OnConnection::Get(edge, client)),
        4 => list.prop_map(|(of, client, name, only)| OnConnection::List(of, client, name, only)),
        1 => any::<u8>().prop_map(OnConnection::Pending),
    ]
    .boxed()
}

fn access() -> BoxedStrategy<OnAccess> {
    prop_oneof![
        10 => (any::<u8>(), any::<u8>(), role()).prop_map(|(person, of, role)| OnAccess::Submit(person, of, role)),
        2 => any::<u8>().prop_map(OnAccess::Withdraw),
        4 => (any::<u8>(), proptest::option::of(role())).prop_map(|(access, role)| OnAccess::Accept(access, role)),
        4 => (any::<u8>(), any::<bool>()).prop_map(|(access, told)| OnAccess::Decline(access, told)),
        1 => any::<u8>().prop_map(OnAccess::Get),
        1 => any::<u8>().prop_map(OnAccess::List),
        1 => any::<u8>().prop_map(OnAccess::Mine),
    ]
    .boxed()
}

/// Any step at all.
pub(super) fn any_op() -> BoxedStrategy<Op> {
    let what = prop_oneof![
        12 => clock().prop_map(What::Clock),
        10 => businesses().prop_map(What::Business),
        14 => people().prop_map(What::Member),
        22 => links().prop_map(What::Link),
        14 => invites().prop_map(What::Invite),
        24 => connections().prop_map(What::Connection),
        14 => access().prop_map(What::Access),
        4 => Just(What::Deliver),
    ];
    (who(), any::<u8>(), what).prop_map(|(who, by, what)| Op { who, by, what }).boxed()
}

/// How every world begins: people, two clients of which one has a second Admin, and two contractors.
pub(super) fn beginning() -> Vec<Op> {
    use OnBusiness::{DefineSteward, Register, SetClientAccount};
    let people = (0..8).map(|person| What::Member(OnMember::Put(person)));
    let businesses = (0..4).map(|number| What::Business(Register(number, number % 2 == 1)));
    let rest = [
        What::Business(SetClientAccount(0, true)),
        What::Business(SetClientAccount(1, true)),
        What::Business(DefineSteward(0)),
        What::Business(DefineSteward(1)),
        What::Member(OnMember::Add(0, 4, UserRole::Admin)),
        What::Member(OnMember::Add(1, 5, UserRole::Steward)),
        What::Member(OnMember::Add(2, 0, UserRole::Viewer)),
    ];
    // Whoever registers a business is its Admin: the first four.
    let ops = people.chain(businesses).chain(rest).zip((0..8).cycle());
    ops.map(|(what, by)| Op { who: Who::System, by, what }).collect()
}
