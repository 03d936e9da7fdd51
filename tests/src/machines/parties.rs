//! Businesses, people, members and user roles.

use handclasp::model::business::{self, Business, Overrides};
use handclasp::model::member::{self, Member};
use handclasp::model::person;
use handclasp::model::user_role::{self, BuiltInRole, CustomRole, Permission, Role, UserRole};
use handclasp::testing::samples;
use handclasp::{Email, MemberId, UserRoleId};

use super::{at, event, states, table, told};

fn profile() -> business::Profile {
    business::Profile {
        name: "Acme".into(),
        trading_name: None,
        address: business::Address::default(),
        contact_email: None,
        contact_phone: None,
        registration_number: None,
        industry: None,
        notification_email: None,
        language: None,
        branding: business::Branding::default(),
        listed: true,
    }
}

pub(super) fn business() -> String {
    use business::Command;
    let commands = [
        Command::Register(samples::business_id(1), Box::new(profile())),
        Command::Update(Box::new(business::Profile { name: "Acme 2".into(), ..profile() })),
        Command::SetClientAccount(true),
        Command::SetClientAccount(false),
        Command::Archive,
        Command::Restore,
        Command::SetLimits(Overrides { per_client: Some(7), ..Overrides::default() }),
    ];
    let name = |command: &Command| match command {
        Command::Register(..) => "register".to_owned(),
        Command::Update(_) => "update".to_owned(),
        Command::SetClientAccount(given) => format!("set client account: {given}"),
        Command::Archive => "archive".to_owned(),
        Command::Restore => "restore".to_owned(),
        Command::SetLimits(_) => "set limits".to_owned(),
    };
    let state = |business: &Business| {
        let status = match business.status {
            business::Status::Active => "active",
            business::Status::Archived => "archived",
        };
        let client = if business.client_account { ", client account" } else { "" };
        format!("{status}{client}, authority {}", business.authority)
    };
    let made = |client_account, status| Business {
        id: samples::business_id(1),
        profile: profile().into(),
        client_account,
        authority: 3,
        status,
        away: Vec::new(),
        overrides: Overrides::default(),
    };
    use business::Status::{Active, Archived};
    let made = [made(false, Active), made(true, Active), made(false, Archived), made(true, Archived)];
    let states = states(made, state);
    table("Business", &states, &commands.each_ref().map(name), |before, command| {
        told(business::decide(before.as_ref(), commands[command].clone(), at(1)).map(|decided| {
            decided.map(|what| (event(&what), state(&business::evolve(before.as_ref(), &what).expect("a business"))))
        }))
    })
}

pub(super) fn person() -> String {
    use person::Command;
    let known = person::Person {
        id: samples::person_id(1),
        name: "Jo".into(),
        email: Email::parse("jo@a.example").expect("an address"),
        language: None,
    };
    let other = person::Person { email: Email::parse("JO@a.example").expect("an address"), ..known.clone() };
    let commands = [Command::Put(known.clone()), Command::Put(other.clone()), Command::Introduce(other)];
    let name = |command: &Command| match command {
        Command::Put(copy) => format!("put {}", copy.email.as_str()),
        Command::Introduce(copy) => format!("introduce {}", copy.email.as_str()),
    };
    let states = states([known], |person| person.email.as_str().to_owned());
    table("Person", &states, &commands.each_ref().map(name), |before, command| {
        let decided = person::decide(before.as_ref(), commands[command].clone());
        told(Ok(decided.map(|what| (event(&what), person::evolve(&what).email.as_str().to_owned()))))
    })
}

/// A role that a business has defined.
fn clerk() -> Role {
    let permissions = [Permission::Connect, Permission::See].into_iter().collect();
    Role { which: UserRole::Custom(UserRoleId::from_uuid(samples::uuid(1))), permissions }
}

fn label(role: Role) -> String {
    match role.which {
        UserRole::BuiltIn(role) => format!("{role:?}"),
        UserRole::Custom(_) => "Clerk (connect, see)".to_owned(),
    }
}

pub(super) fn member() -> String {
    use BuiltInRole::{Admin, Manager, Viewer, Worker};
    use member::{Command, Status};
    let (business, person) = (samples::business_id(1), samples::person_id(1));
    let commands = [
        Command::Add(business, person, Worker.into()),
        Command::ChangeRole(Admin.into()),
        Command::ChangeRole(Viewer.into()),
        Command::Disable,
        Command::Enable,
        Command::Remove,
        Command::SetNotifications(false),
    ];
    let name = |command: &Command| match command {
        Command::Add(_, _, role) => format!("add {}", label(*role)),
        Command::ChangeRole(role) => format!("change role: {}", label(*role)),
        Command::Disable => "disable".to_owned(),
        Command::Enable => "enable".to_owned(),
        Command::Remove => "remove".to_owned(),
        Command::SetNotifications(on) => format!("notifications: {on}"),
    };
    let state = |member: &Member| {
        let status = match member.status {
            Status::Active => "active",
            Status::Disabled => "disabled",
            Status::Removed => "removed",
        };
        let silent = if member.notifications { "" } else { ", not notified" };
        format!("{status} {}, authority {}{silent}", label(member.role), member.authority)
    };
    let id = MemberId::of(business, person);
    let made = |role: Role, status| Member { id, business, person, role, status, notifications: true, authority: 3 };
    let made = [
        made(Admin.into(), Status::Active),
        made(clerk(), Status::Active),
        made(Manager.into(), Status::Active),
        made(Viewer.into(), Status::Active),
        made(Worker.into(), Status::Active),
        made(Admin.into(), Status::Disabled),
        made(Viewer.into(), Status::Disabled),
        made(Admin.into(), Status::Removed),
    ];
    table("Member", &states(made, state), &commands.each_ref().map(name), |before, command| {
        told(member::decide(before.as_ref(), commands[command]).map(|decided| {
            decided.map(|what| (event(&what), state(&member::evolve(before.as_ref(), what).expect("a member"))))
        }))
    })
}

pub(super) fn user_role() -> String {
    use user_role::Command;
    let Role { which, permissions } = clerk();
    let UserRole::Custom(id) = which else { panic!("a role that a business has defined") };
    let clerk = CustomRole { id, business: samples::business_id(1), name: "Clerk".into(), permissions };
    let commands = [Command::Define(clerk.clone())];
    let name = |command: &Command| match command {
        Command::Define(_) => "define".to_owned(),
    };
    let states = states([clerk], |_| "defined".to_owned());
    table("User role", &states, &commands.each_ref().map(name), |before, command| {
        let decided = user_role::decide(before.as_ref(), commands[command].clone());
        told(decided.map(|what| Some((event(&what), user_role::evolve(&what).name))))
    })
}
