//! The list of operations with what they take and answer.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value};

use crate::operations::{WithClaim, WithLink, WithLinkOrClaim};

use handclasp::views::{
    AccessRequest, Business, BusinessSeen, Category, ClientAccount, Connected, Connection, ContractorRole, DefinedRole,
    GroupLink, Invite, InviteCreated, Member, Opened, OwnAccessRequest, Preview, Requirement, WorkflowSummary,
};
use handclasp::{
    access_requests, businesses, connections, contractor_roles, fees, group_links, history, invites, members, outbox,
    people, reasons,
};

/// One operation.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct OperationSchema {
    /// As in `invites.create`.
    pub name: &'static str,
    /// Whether it takes an actor; the others anybody with the link or claim may call.
    pub actor: bool,
    /// Whether it changes something, and so takes an idempotency key.
    pub changes: bool,
    /// What it takes.
    pub arguments: Schema,
    /// What it answers.
    pub answer: Schema,
}

/// A link as text: who has it may open what it leads to.
#[derive(JsonSchema)]
#[schemars(rename = "Link", transparent)]
#[expect(dead_code, reason = "stands for the schema alone")]
pub(crate) struct LinkText(#[schemars(extend("format" = "secret"))] String);

/// A claim as text: the secret to keep in the visitor's session.
#[derive(JsonSchema)]
#[schemars(rename = "Claim", transparent)]
#[expect(dead_code, reason = "stands for the schema alone")]
pub(crate) struct ClaimText(#[schemars(extend("format" = "secret"))] String);

type Row = (&'static str, bool, bool, fn(&mut SchemaGenerator) -> (Schema, Schema));

fn both<A: JsonSchema, B: JsonSchema>(generator: &mut SchemaGenerator) -> (Schema, Schema) {
    (A::json_schema(generator), generator.subschema_for::<B>())
}

const OPERATIONS: &[Row] = &[
    ("businesses.register", true, true, both::<businesses::Register, Business>),
    ("businesses.update", true, true, both::<businesses::UpdateBusiness, Business>),
    ("businesses.archive", true, true, both::<businesses::ArchiveBusiness, Business>),
    ("businesses.restore", true, true, both::<businesses::RestoreBusiness, Business>),
    ("businesses.set_client_account", true, true, both::<businesses::SetClientAccount, ClientAccount>),
    ("businesses.set_limits", true, true, both::<businesses::SetLimits, Business>),
    ("businesses.get", true, false, both::<businesses::GetBusiness, BusinessSeen>),
    ("businesses.search", true, false, both::<businesses::SearchBusinesses, businesses::SearchPage>),
    ("people.put", true, true, both::<people::Profile, handclasp::model::person::Person>),
    ("members.add", true, true, both::<members::AddMember, Member>),
    ("members.change_role", true, true, both::<members::ChangeMemberRole, Member>),
    ("members.disable", true, true, both::<members::DisableMember, Member>),
    ("members.enable", true, true, both::<members::EnableMember, Member>),
    ("members.remove", true, true, both::<members::RemoveMember, Member>),
    ("members.set_notifications", true, true, both::<members::SetNotifications, Member>),
    ("members.define_role", true, true, both::<members::DefineRole, DefinedRole>),
    ("members.roles", true, false, both::<members::ListRoles, members::Roles>),
    ("members.get", true, false, both::<members::GetMember, Member>),
    ("members.list", true, false, both::<members::ListMembers, members::MembersPage>),
    ("contractor_roles.create", true, true, both::<contractor_roles::CreateContractorRole, ContractorRole>),
    ("contractor_roles.rename", true, true, both::<contractor_roles::RenameContractorRole, ContractorRole>),
    ("contractor_roles.archive", true, true, both::<contractor_roles::ArchiveContractorRole, ContractorRole>),
    ("contractor_roles.restore", true, true, both::<contractor_roles::RestoreContractorRole, ContractorRole>),
    ("contractor_roles.define_category", true, true, both::<contractor_roles::DefineCategory, Category>),
    ("contractor_roles.remove_category", true, true, both::<contractor_roles::RemoveCategory, Category>),
    ("contractor_roles.define_requirement", true, true, both::<contractor_roles::DefineRequirement, Requirement>),
    ("contractor_roles.remove_requirement", true, true, both::<contractor_roles::RemoveRequirement, Requirement>),
    (
        "contractor_roles.list",
        true,
        false,
        both::<contractor_roles::ListContractorRoles, contractor_roles::ContractorRolesPage>,
    ),
    (
        "contractor_roles.categories",
        true,
        false,
        both::<contractor_roles::OfContractorRole, contractor_roles::Categories>,
    ),
    (
        "contractor_roles.requirements",
        true,
        false,
        both::<contractor_roles::OfContractorRole, contractor_roles::Requirements>,
    ),
    ("group_links.enable", true, true, both::<group_links::OfRole, GroupLink<LinkText>>),
    ("group_links.disable", true, true, both::<group_links::OfRole, GroupLink<LinkText>>),
    ("group_links.refresh", true, true, both::<group_links::OfRole, GroupLink<LinkText>>),
    ("group_links.copy", true, false, both::<group_links::OfRole, GroupLink<LinkText>>),
    ("group_links.list", true, false, both::<group_links::ListGroupLinks, group_links::GroupLinksPage>),
    ("invites.create", true, true, both::<invites::CreateInvite, InviteCreated<LinkText>>),
    ("invites.send", true, true, both::<invites::SendInvite, Invite>),
    ("invites.resend", true, true, both::<invites::ResendInvite, InviteCreated<LinkText>>),
    ("invites.revoke", true, true, both::<invites::RevokeInvite, Invite>),
    ("invites.get", true, false, both::<invites::GetInvite, Invite>),
    ("invites.list", true, false, both::<invites::ListInvites, invites::InvitesPage>),
    ("invites.preview", false, false, both::<WithLinkOrClaim, Preview>),
    ("invites.open", false, true, both::<WithLink, Opened<ClaimText>>),
    ("invites.decline", false, true, both::<WithClaim, Preview>),
    ("invites.accept", true, true, both::<WithClaim, Connected>),
    ("invites.redeem", true, true, both::<WithLink, Connected>),
    ("connections.request", true, true, both::<connections::RequestConnection, Connection>),
    ("connections.accept", true, true, both::<connections::AcceptRequest, Connected>),
    ("connections.decline", true, true, both::<connections::DeclineRequest, Connection>),
    ("connections.withdraw", true, true, both::<connections::WithdrawRequest, Connection>),
    ("connections.change_role", true, true, both::<connections::ChangeConnectionRole, Connected>),
    ("connections.disconnect", true, true, both::<connections::Disconnect, Connection>),
    ("connections.classify", true, true, both::<connections::Classify, Connection>),
    ("connections.submit_requirement", true, true, both::<connections::SubmitRequirement, Connection>),
    ("connections.review_requirement", true, true, both::<connections::ReviewRequirement, Connection>),
    ("connections.get", true, false, both::<connections::OfConnection, Connection>),
    ("connections.clients", true, false, both::<connections::ListConnections, connections::ConnectionsPage>),
    ("connections.contractors", true, false, both::<connections::ListConnections, connections::ConnectionsPage>),
    ("connections.pending", true, false, both::<connections::ListPending, connections::PendingPage>),
    ("connections.workflow_summary", true, false, both::<connections::OfConnection, WorkflowSummary>),
    ("access_requests.submit", true, true, both::<access_requests::SubmitAccess, OwnAccessRequest>),
    ("access_requests.withdraw", true, true, both::<access_requests::WithdrawAccess, OwnAccessRequest>),
    ("access_requests.accept", true, true, both::<access_requests::AcceptAccess, AccessRequest>),
    ("access_requests.decline", true, true, both::<access_requests::DeclineAccess, AccessRequest>),
    ("access_requests.mine", true, false, both::<access_requests::ListOwn, access_requests::OwnAccessRequestsPage>),
    ("access_requests.list", true, false, both::<access_requests::ListAccess, access_requests::AccessRequestsPage>),
    ("access_requests.get", true, false, both::<access_requests::GetAccess, AccessRequest>),
    ("reasons.set", true, true, both::<reasons::SetReasons, reasons::ReasonsListed>),
    ("reasons.list", true, false, both::<reasons::ListReasons, reasons::ReasonsListed>),
    ("fees.set_plan", true, true, both::<fees::SetPlan, fees::PlanSet>),
    ("fees.quote", true, false, both::<fees::Quote, fees::FeeQuote>),
    ("fees.statement", true, false, both::<fees::Statement, fees::FeeStatement>),
    ("outbox.deliver_due", true, false, both::<outbox::DeliverDue, outbox::DeliveryReport>),
    ("outbox.run", true, false, both::<outbox::RunOutbox, outbox::DeliveryReport>),
    ("outbox.list", true, false, both::<outbox::ListDeliveries, outbox::DeliveriesPage>),
    ("outbox.retry", true, true, both::<outbox::RetryDelivery, outbox::DeliverySeen>),
    ("outbox.purge", true, false, both::<outbox::PurgeOutbox, outbox::Purged>),
    ("history.of", true, false, both::<history::HistoryOf, history::HistoryPage>),
    ("history.since", true, false, both::<history::HistorySince, history::HistoryFeed>),
];

/// Every operation, and the types that they share by name.
#[must_use]
pub fn surface() -> (Vec<OperationSchema>, Map<String, Value>) {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.definitions_path = "/types".into());
    let mut generator = settings.into_generator();
    let operations = OPERATIONS.iter().map(|(name, actor, changes, schemas)| {
        let (arguments, answer) = schemas(&mut generator);
        OperationSchema { name, actor: *actor, changes: *changes, arguments, answer }
    });
    let operations = operations.collect();
    generator.subschema_for::<handclasp::Actor>();
    generator.subschema_for::<handclasp::Decided>();
    generator.subschema_for::<handclasp::LimitName>();
    generator.subschema_for::<handclasp::Reason>();
    let types = generator.take_definitions(true);
    (operations, types)
}
