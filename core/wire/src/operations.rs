//! Every operation by name: the one list that the packages, the scenarios and the golden tables are held to.

use handclasp::businesses::{Register, SetClientAccount};
use handclasp::connections::{AcceptRequest, ChangeConnectionRole, ClientsPage, ListClients, RequestConnection};
use handclasp::contractor_roles::{ArchiveContractorRole, CreateContractorRole};
use handclasp::group_links::OfRole;
use handclasp::history::{HistoryFeed, HistoryOf, HistoryPage, HistorySince};
use handclasp::invites::{CreateInvite, RevokeInvite};
use handclasp::members::{AddMember, ChangeMemberRole, DisableMember};
use handclasp::outbox::{DeliverDue, DeliveryReport};
use handclasp::views::{
    Business, ClientAccount, Connected, Connection, ContractorRole, GroupLink, Invite, InviteCreated, Member, Opened,
    Preview,
};
use handclasp::{Claim, Error, Handclasp, Link, Reason, people};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::arguments::Arguments;

/// A link, as a visitor brought it.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct WithLink {
    /// The link, or its secret part alone.
    #[cfg_attr(feature = "schema", schemars(with = "schema::LinkText"))]
    link: String,
}

/// A claim, as opening a link gave it.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct WithClaim {
    /// The claim from the visitor's session.
    #[cfg_attr(feature = "schema", schemars(with = "schema::ClaimText"))]
    claim: String,
}

/// Either of them.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct WithLinkOrClaim {
    /// The link or the claim.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "secret")))]
    link_or_claim: String,
}

fn answer(answer: impl Serialize) -> Result<Value, Error> {
    serde_json::to_value(answer).map_err(|_| handclasp::FaultKind::Internal.into())
}

#[expect(clippy::needless_pass_by_value, reason = "what `try_map` hands over")]
fn shown(link: Link) -> Result<String, Error> {
    Ok(link.expose().to_owned())
}

fn group(link: GroupLink) -> Result<Value, Error> {
    answer(link.try_map(shown)?)
}

/// Runs one operation by name.
pub(crate) async fn run(handclasp: &Handclasp, operation: &str, arguments: &str) -> Result<Value, Error> {
    let args = Arguments::parse(arguments)?;
    match operation.split_once('.') {
        Some(("connections", name)) => connections(handclasp, name, args).await,
        Some(("contractor_roles", name)) => contractor_roles(handclasp, name, args).await,
        Some(("group_links", name)) => group_links(handclasp, name, args).await,
        Some(("invites", name)) => invites(handclasp, name, args).await,
        Some(("members", name)) => members(handclasp, name, args).await,
        Some(("businesses" | "people", _)) => businesses(handclasp, operation, args).await,
        Some(("outbox" | "history", _)) => system(handclasp, operation, args).await,
        Some(_) | None => Err(unknown()),
    }
}

fn unknown() -> Error {
    Error::InvalidArgument { field: "operation".into(), reason: Reason::UnknownValue }
}

async fn businesses(handclasp: &Handclasp, operation: &str, mut args: Arguments) -> Result<Value, Error> {
    let by = args.caller()?;
    match operation {
        "businesses.register" => answer(handclasp.businesses().register(by, args.rest()?).await?),
        "businesses.set_client_account" => answer(handclasp.businesses().set_client_account(by, args.rest()?).await?),
        "people.put" => answer(handclasp.people().put(by, args.rest()?).await?),
        _ => Err(unknown()),
    }
}

async fn members(handclasp: &Handclasp, name: &str, mut args: Arguments) -> Result<Value, Error> {
    let (members, by) = (handclasp.members(), args.caller()?);
    match name {
        "add" => answer(members.add(by, args.rest()?).await?),
        "change_role" => answer(members.change_role(by, args.rest()?).await?),
        "disable" => answer(members.disable(by, args.rest()?).await?),
        _ => Err(unknown()),
    }
}

async fn contractor_roles(handclasp: &Handclasp, name: &str, mut args: Arguments) -> Result<Value, Error> {
    let (roles, by) = (handclasp.contractor_roles(), args.caller()?);
    match name {
        "create" => answer(roles.create(by, args.rest()?).await?),
        "archive" => answer(roles.archive(by, args.rest()?).await?),
        _ => Err(unknown()),
    }
}

async fn group_links(handclasp: &Handclasp, name: &str, mut args: Arguments) -> Result<Value, Error> {
    let links = handclasp.group_links();
    match name {
        "enable" => group(links.enable(args.caller()?, args.rest()?).await?),
        "disable" => group(links.disable(args.caller()?, args.rest()?).await?),
        "refresh" => group(links.refresh(args.caller()?, args.rest()?).await?),
        "copy" => group(links.copy(args.reader()?, args.rest()?).await?),
        _ => Err(unknown()),
    }
}

async fn invites(handclasp: &Handclasp, name: &str, mut args: Arguments) -> Result<Value, Error> {
    let invites = handclasp.invites();
    match name {
        "create" => answer(invites.create(args.caller()?, args.rest()?).await?.try_map(shown)?),
        "preview" => answer(invites.preview(&args.rest::<WithLinkOrClaim>()?.link_or_claim).await?),
        "open" => {
            let key = args.key()?;
            let link = Link::new(args.rest::<WithLink>()?.link);
            let opened = invites.open(&link, key.as_deref()).await?;
            answer(opened.try_map(|claim| Ok::<_, Error>(claim.expose().to_owned()))?)
        }
        "accept" => {
            let by = args.caller()?;
            answer(invites.accept(by, &Claim::new(args.rest::<WithClaim>()?.claim)).await?)
        }
        "redeem" => {
            let by = args.caller()?;
            answer(invites.redeem(by, &Link::new(args.rest::<WithLink>()?.link)).await?)
        }
        "revoke" => answer(invites.revoke(args.caller()?, args.rest()?).await?),
        _ => Err(unknown()),
    }
}

async fn connections(handclasp: &Handclasp, name: &str, mut args: Arguments) -> Result<Value, Error> {
    let connections = handclasp.connections();
    match name {
        "request" => answer(connections.request(args.caller()?, args.rest()?).await?),
        "accept" => answer(connections.accept(args.caller()?, args.rest()?).await?),
        "change_role" => answer(connections.change_role(args.caller()?, args.rest()?).await?),
        "clients" => answer(connections.clients(args.reader()?, args.rest()?).await?),
        _ => Err(unknown()),
    }
}

async fn system(handclasp: &Handclasp, operation: &str, mut args: Arguments) -> Result<Value, Error> {
    let by = args.reader()?;
    match operation {
        "outbox.deliver_due" => answer(handclasp.outbox().deliver_due(by, args.rest()?).await?),
        "history.of" => answer(handclasp.history().of(by, args.rest()?).await?),
        "history.since" => answer(handclasp.history().since(by, args.rest()?).await?),
        _ => Err(unknown()),
    }
}

/// The list of operations with what they take and answer.
#[cfg(feature = "schema")]
pub(crate) mod schema {
    use schemars::generate::SchemaSettings;
    use schemars::{JsonSchema, Schema, SchemaGenerator};
    use serde_json::{Map, Value};

    use super::*;

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
        ("businesses.register", true, true, both::<Register, Business>),
        ("businesses.set_client_account", true, true, both::<SetClientAccount, ClientAccount>),
        ("people.put", true, true, both::<people::Profile, handclasp::model::person::Person>),
        ("members.add", true, true, both::<AddMember, Member>),
        ("members.change_role", true, true, both::<ChangeMemberRole, Member>),
        ("members.disable", true, true, both::<DisableMember, Member>),
        ("contractor_roles.create", true, true, both::<CreateContractorRole, ContractorRole>),
        ("contractor_roles.archive", true, true, both::<ArchiveContractorRole, ContractorRole>),
        ("group_links.enable", true, true, both::<OfRole, GroupLink<LinkText>>),
        ("group_links.disable", true, true, both::<OfRole, GroupLink<LinkText>>),
        ("group_links.refresh", true, true, both::<OfRole, GroupLink<LinkText>>),
        ("group_links.copy", true, false, both::<OfRole, GroupLink<LinkText>>),
        ("invites.create", true, true, both::<CreateInvite, InviteCreated<LinkText>>),
        ("invites.preview", false, false, both::<WithLinkOrClaim, Preview>),
        ("invites.open", false, true, both::<WithLink, Opened<ClaimText>>),
        ("invites.accept", true, true, both::<WithClaim, Connected>),
        ("invites.redeem", true, true, both::<WithLink, Connected>),
        ("invites.revoke", true, true, both::<RevokeInvite, Invite>),
        ("connections.request", true, true, both::<RequestConnection, Connection>),
        ("connections.accept", true, true, both::<AcceptRequest, Connected>),
        ("connections.change_role", true, true, both::<ChangeConnectionRole, Connected>),
        ("connections.clients", true, false, both::<ListClients, ClientsPage>),
        ("outbox.deliver_due", true, false, both::<DeliverDue, DeliveryReport>),
        ("history.of", true, false, both::<HistoryOf, HistoryPage>),
        ("history.since", true, false, both::<HistorySince, HistoryFeed>),
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
}
