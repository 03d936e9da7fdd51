//! Contractor roles, their categories and their requirements.

use super::{Fill, business_id, category_id, numbered, requirement_id, role, role_id, sub_category_id};
use crate::model::category::{self, Category, SubCategory};
use crate::model::contractor_role::{self, ContractorRole, Demand};
use crate::model::requirement::{Requirement, Target};
use crate::storage::record::Record;

pub(super) fn records(fill: Fill) -> Vec<Record> {
    let mut records: Vec<Record> = vec![contractor_role(fill).into()];
    records.extend((0..2).map(|place| Record::from(category(place, fill))));
    records.extend((0..3).map(|place| Record::from(requirement(place, fill))));
    records
}

fn contractor_role(fill: Fill) -> ContractorRole {
    use contractor_role::Status::{Archived, Live};
    let demands = targets().map(|target| Demand { requirement: requirement_id(1), target });
    let bare = role(1, &fill.name(), fill.turn([Live, Archived], 0));
    ContractorRole { categories: fill.some([1, 2].map(category_id)), requirements: fill.some(demands), ..bare }
}

fn targets() -> [Target; 3] {
    let (category, sub_category) = (category_id(1), sub_category_id(1));
    [Target::Role, Target::Category { category }, Target::SubCategory { category, sub_category }]
}

fn category(place: usize, fill: Fill) -> Category {
    let sub = |number| SubCategory { id: sub_category_id(number), name: fill.name(), mandatory: number > 1 };
    Category {
        id: category_id(numbered(place)),
        role: role_id(1),
        client: business_id(1),
        name: fill.name(),
        mandatory: fill.turn([true, false], place),
        multiple: fill.turn([false, true], place),
        sub_categories: fill.some([1, 2].map(sub)),
        status: status(place, fill),
    }
}

fn requirement(place: usize, fill: Fill) -> Requirement {
    Requirement {
        id: requirement_id(numbered(place)),
        role: role_id(1),
        client: business_id(1),
        name: fill.name(),
        description: fill.text(),
        target: fill.turn(targets(), place),
        status: status(place, fill),
    }
}

fn status(place: usize, fill: Fill) -> category::Status {
    fill.turn([category::Status::Defined, category::Status::Removed], place)
}
