use std::sync::Arc;

use super::super::category::SubCategory;
use super::super::contractor_role::{self, Demand};
use super::*;
use crate::id::BusinessId;

fn id(number: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(number)
}

fn requirement(number: u128) -> RequirementId {
    RequirementId::from_uuid(id(number))
}

fn category_id(number: u128) -> CategoryId {
    CategoryId::from_uuid(id(number))
}

fn sub(number: u128, mandatory: bool) -> SubCategory {
    SubCategory { id: SubCategoryId::from_uuid(id(number)), name: format!("sub {number}"), mandatory }
}

fn category(number: u128, mandatory: bool, multiple: bool, sub_categories: Vec<SubCategory>) -> Arc<Category> {
    Arc::new(Category {
        id: category_id(number),
        role: ContractorRoleId::from_uuid(id(1)),
        client: BusinessId::from_uuid(id(2)),
        name: format!("category {number}"),
        mandatory,
        multiple,
        sub_categories,
        status: CategoryStatus::Defined,
    })
}

fn choice(category: u128, subs: &[u128]) -> Choice {
    let sub_categories = subs.iter().map(|sub| SubCategoryId::from_uuid(id(*sub))).collect();
    Choice { category: category_id(category), sub_categories }
}

fn role(demands: &[(u128, Target)]) -> ContractorRole {
    ContractorRole {
        id: ContractorRoleId::from_uuid(id(1)),
        client: BusinessId::from_uuid(id(2)),
        name: "Electrician".into(),
        status: contractor_role::Status::Live,
        categories: Vec::new(),
        requirements: demands
            .iter()
            .map(|(at, target)| Demand { requirement: requirement(*at), target: *target })
            .collect(),
    }
}

fn reason(outcome: Result<Vec<Choice>, Error>) -> (String, Reason) {
    match outcome {
        Err(Error::InvalidArgument { field, reason }) => (field.into_owned(), reason),
        other => panic!("{other:?}"),
    }
}

fn unconfigured() -> Workflow {
    Workflow::default().under(ContractorRoleId::from_uuid(id(1)), Classification::NotConfigured)
}

fn required() -> Workflow {
    Workflow::default().under(ContractorRoleId::from_uuid(id(1)), Classification::Required)
}

const SUBS: &str = "categories.sub_categories";

#[test]
fn given_mandatory_ones_then_they_are_always_included_and_cant_be_dropped() {
    let configured = [category(3, true, true, vec![sub(31, true), sub(32, false)]), category(4, false, true, vec![])];
    assert_eq!(classified(&[], &[choice(4, &[])], &configured).unwrap(), [choice(3, &[31]), choice(4, &[])]);
    assert_eq!(classified(&[], &[choice(3, &[32])], &configured).unwrap(), [choice(3, &[31, 32])]);
}

#[test]
fn given_categories_then_at_least_one_is_chosen_and_in_each_with_subs_at_least_one() {
    let configured = [category(3, false, true, vec![sub(31, false)])];
    assert_eq!(reason(classified(&[], &[], &configured)), ("categories".into(), Reason::Missing));
    assert_eq!(reason(classified(&[], &[choice(3, &[])], &configured)), (SUBS.into(), Reason::Missing));
}

#[test]
fn given_multiple_false_then_at_most_one_sub_category_beyond_the_mandatory_ones() {
    let configured = [category(3, false, false, vec![sub(31, true), sub(32, false), sub(33, false)])];
    assert_eq!(classified(&[], &[choice(3, &[32])], &configured).unwrap(), [choice(3, &[31, 32])]);
    assert_eq!(reason(classified(&[], &[choice(3, &[32, 33])], &configured)), (SUBS.into(), Reason::OutOfRange));
}

#[test]
fn con_18_given_a_sub_category_of_another_category_or_an_unknown_category_then_it_is_refused() {
    let configured = [category(3, false, true, vec![sub(31, false)]), category(4, false, true, vec![sub(41, false)])];
    assert_eq!(reason(classified(&[], &[choice(3, &[41])], &configured)), (SUBS.into(), Reason::UnknownValue));
    assert!(matches!(classified(&[], &[choice(9, &[])], &configured), Err(Error::NotFound)));
}

#[test]
fn given_a_removed_category_then_it_stays_and_if_none_is_left_the_empty_choice_classifies() {
    let before = [choice(5, &[51])];
    assert_eq!(classified(&before, &[], &[] as &[Arc<Category>]).unwrap(), before);
    let configured = [category(3, false, true, vec![])];
    assert_eq!(classified(&before, &[choice(3, &[])], &configured).unwrap(), [choice(3, &[]), choice(5, &[51])]);
}

#[test]
fn given_no_category_configured_then_requirements_apply_at_once_and_otherwise_once_classified() {
    let role = role(&[(7, Target::Role)]);
    assert_eq!(unconfigured().demands(&role).collect::<Vec<_>>(), [(requirement(7), Progress::Incomplete)]);
    assert_eq!(required().demands(&role).count(), 0);
    assert_eq!(required().status(&role), WorkflowStatus::Incomplete);
}

#[test]
fn given_targets_then_requirements_of_role_categories_and_sub_categories_apply() {
    let in_category = Target::Category { category: category_id(3) };
    let in_sub =
        |sub| Target::SubCategory { category: category_id(3), sub_category: SubCategoryId::from_uuid(id(sub)) };
    let role = role(&[(6, Target::Role), (7, in_category), (8, in_sub(31)), (9, in_sub(32))]);
    let classification = Classification::Classified;
    let workflow = Workflow { classification, categories: vec![choice(3, &[31])], ..required() };
    let applies: Vec<_> = workflow.demands(&role).map(|(requirement, _)| requirement).collect();
    assert_eq!(applies, [requirement(6), requirement(7), requirement(8)]);
}

#[test]
fn given_progress_then_the_workflow_status_is_the_least_of_it() {
    let role = role(&[(6, Target::Role), (7, Target::Role)]);
    let with =
        |one, other| Workflow { progress: [(requirement(6), one), (requirement(7), other)].into(), ..unconfigured() };
    for (one, other, status) in [
        (Progress::Approved, Progress::Approved, WorkflowStatus::Approved),
        (Progress::Submitted, Progress::Approved, WorkflowStatus::Submitted),
        (Progress::Submitted, Progress::Submitted, WorkflowStatus::Submitted),
        (Progress::Returned, Progress::Approved, WorkflowStatus::Incomplete),
        (Progress::Submitted, Progress::Incomplete, WorkflowStatus::Incomplete),
    ] {
        assert_eq!(with(one, other).status(&role), status, "{one:?} {other:?}");
    }
    assert_eq!(unconfigured().status(&self::role(&[])), WorkflowStatus::Approved);
}

#[test]
fn given_a_requirement_then_it_is_submitted_and_approved_or_returned_and_submitted_again() {
    let at = requirement(6);
    let with = |progress| Workflow { progress: [(at, progress)].into(), ..unconfigured() };
    assert_eq!(unconfigured().submit(at).unwrap(), Some(Progress::Submitted));
    assert_eq!(with(Progress::Returned).submit(at).unwrap(), Some(Progress::Submitted));
    assert_eq!(with(Progress::Submitted).submit(at).unwrap(), None);
    assert!(matches!(with(Progress::Approved).submit(at), Err(Error::WrongState { state: "approved" })));
    let submitted = with(Progress::Submitted);
    assert_eq!(submitted.review(at, Verdict::Approve).unwrap(), Some(Progress::Approved));
    assert_eq!(submitted.review(at, Verdict::Return).unwrap(), Some(Progress::Returned));
    assert_eq!(with(Progress::Approved).review(at, Verdict::Approve).unwrap(), None);
    let unbegun = unconfigured().review(at, Verdict::Approve);
    assert!(matches!(unbegun, Err(Error::WrongState { state: "incomplete" })));
    assert!(matches!(with(Progress::Approved).review(at, Verdict::Return), Err(Error::WrongState { .. })));
}

#[test]
fn given_reconnecting_under_the_role_then_what_was_classified_comes_back_and_the_rest_is_asked_again() {
    let (role, other) = (ContractorRoleId::from_uuid(id(1)), ContractorRoleId::from_uuid(id(99)));
    let classified = Workflow {
        classification: Classification::Classified,
        categories: vec![choice(3, &[])],
        progress: [(requirement(6), Progress::Approved)].into(),
        ..required()
    };
    let again = |workflow: &Workflow, role, configured| {
        let classification = workflow.classification(role, configured);
        workflow.clone().under(role, classification)
    };
    assert_eq!(again(&classified, role, true), classified);
    assert_eq!(again(&classified, other, true), Workflow { of: Some(other), ..required() });
    assert_eq!(again(&unconfigured(), role, true).classification, Classification::Required);
    assert_eq!(again(&required(), role, false).classification, Classification::NotConfigured);
}

#[test]
fn what_a_list_holds_of_a_workflow_leads_to_the_same_status() {
    let sub_category = SubCategoryId::from_uuid(id(31));
    let in_category = Target::Category { category: category_id(3) };
    let in_sub = Target::SubCategory { category: category_id(3), sub_category };
    assert_eq!([in_category, in_sub].map(Target::sub_category), [None, Some(sub_category)]);
    let role = role(&[(6, Target::Role), (7, in_category), (8, in_sub)]);
    let classification = Classification::Classified;
    for progress in [Progress::Incomplete, Progress::Submitted, Progress::Approved, Progress::Returned] {
        let progress = [6, 7, 8].map(|number| (requirement(number), progress)).into();
        let whole = Workflow { classification, categories: vec![choice(3, &[31])], progress, ..required() };
        let (categories, begun) = (whole.categories_text(), whole.progress_text());
        assert_eq!(categories, format!("{} {} ", id(3), id(31)));
        let listed = Workflow::from_texts(classification, &categories, &begun);
        assert_eq!(listed.progress, whole.progress);
        assert_eq!((listed.demands(&role).count(), listed.status(&role)), (3, whole.status(&role)));
    }
}

#[test]
fn what_applies_no_more_loses_its_progress() {
    let begun = |numbers: &[u128]| {
        let progress = numbers.iter().map(|number| (requirement(*number), Progress::Approved)).collect();
        Workflow { progress, ..unconfigured() }
    };
    assert_eq!(begun(&[6, 7]).pruned(&role(&[(6, Target::Role)])), begun(&[6]));
}
