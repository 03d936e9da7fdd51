//! Contractor roles, categories and requirements.

use handclasp::model::category::{self, Category};
use handclasp::model::contractor_role::{self, ContractorRole, Demand};
use handclasp::model::requirement::{self, Requirement, Target};
use handclasp::testing::samples;
use handclasp::{CategoryId, RequirementId};

use super::{event, states, table, told};

fn category_id() -> CategoryId {
    CategoryId::from_uuid(samples::uuid(1))
}

pub(super) fn contractor_role() -> String {
    use contractor_role::{Command, Status};
    let (category, demand) = (CategoryId::from_uuid(samples::uuid(1)), Target::Category { category: category_id() });
    let requirement = RequirementId::from_uuid(samples::uuid(1));
    let commands = [
        Command::Create(samples::role_id(1), samples::business_id(1), "X".into()),
        Command::Rename("Y".into()),
        Command::Archive,
        Command::Restore,
        Command::AddCategory(category),
        Command::RemoveCategory(category),
        Command::Demand(Demand { requirement, target: demand }),
        Command::Waive(requirement),
    ];
    let name = |command: &Command| match command {
        Command::Create(..) => "create".to_owned(),
        Command::Rename(_) => "rename".to_owned(),
        Command::Archive => "archive".to_owned(),
        Command::Restore => "restore".to_owned(),
        Command::AddCategory(_) => "add category".to_owned(),
        Command::RemoveCategory(_) => "remove category".to_owned(),
        Command::Demand(_) => "demand, of the category".to_owned(),
        Command::Waive(_) => "waive".to_owned(),
    };
    let state = |role: &ContractorRole| {
        let status = match role.status {
            Status::Live => "live",
            Status::Archived => "archived",
        };
        format!("{status} {}, categories {}, demands {}", role.name, role.categories.len(), role.requirements.len())
    };
    let made = |status, configured: bool| ContractorRole {
        id: samples::role_id(1),
        client: samples::business_id(1),
        name: "X".into(),
        status,
        categories: configured.then_some(category).into_iter().collect(),
        requirements: configured.then_some(Demand { requirement, target: demand }).into_iter().collect(),
    };
    let states = states([made(Status::Live, false), made(Status::Live, true), made(Status::Archived, true)], state);
    table("Contractor role", &states, &commands.each_ref().map(name), |before, command| {
        told(contractor_role::decide(before.as_ref(), commands[command].clone()).map(|decided| {
            decided.map(|what| (event(&what), state(&contractor_role::evolve(before.as_ref(), &what).expect("a role"))))
        }))
    })
}

fn status(status: category::Status) -> String {
    match status {
        category::Status::Defined => "defined".to_owned(),
        category::Status::Removed => "removed".to_owned(),
    }
}

pub(super) fn category() -> String {
    use category::{Command, Status};
    let made = |status| Category {
        id: category_id(),
        role: samples::role_id(1),
        client: samples::business_id(1),
        name: "X".into(),
        mandatory: false,
        multiple: true,
        sub_categories: Vec::new(),
        status,
    };
    let commands = [Command::Define(made(Status::Defined)), Command::Remove];
    let name = |command: &Command| match command {
        Command::Define(_) => "define".to_owned(),
        Command::Remove => "remove".to_owned(),
    };
    let states = states([made(Status::Defined), made(Status::Removed)], |category| status(category.status));
    table("Category", &states, &commands.each_ref().map(name), |before, command| {
        told(category::decide(before.as_ref(), commands[command].clone()).map(|decided| {
            decided.map(|what| {
                let after = category::evolve(before.as_ref(), &what).expect("a category");
                (event(&what), status(after.status))
            })
        }))
    })
}

pub(super) fn requirement() -> String {
    use requirement::{Command, Status};
    let made = |status| Requirement {
        id: RequirementId::from_uuid(samples::uuid(1)),
        role: samples::role_id(1),
        client: samples::business_id(1),
        name: "X".into(),
        description: None,
        target: Target::Role,
        status,
    };
    let commands = [Command::Define(made(Status::Defined)), Command::Remove];
    let name = |command: &Command| match command {
        Command::Define(_) => "define".to_owned(),
        Command::Remove => "remove".to_owned(),
    };
    let states = states([made(Status::Defined), made(Status::Removed)], |requirement| status(requirement.status));
    table("Requirement", &states, &commands.each_ref().map(name), |before, command| {
        told(requirement::decide(before.as_ref(), commands[command].clone()).map(|decided| {
            decided.map(|what| {
                let after = requirement::evolve(before.as_ref(), &what).expect("a requirement");
                (event(&what), status(after.status))
            })
        }))
    })
}
