//! Every operation by name: the one list that the packages, the scenarios and the golden tables are held to.

use handclasp::views::GroupLink;
use handclasp::{Claim, Error, Handclasp, Link, Reason};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::arguments::Arguments;

/// A link, as a visitor brought it.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct WithLink {
    /// The link, or its secret part alone.
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::LinkText"))]
    link: String,
}

/// A claim, as opening a link gave it.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct WithClaim {
    /// The claim from the visitor's session.
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::ClaimText"))]
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
    // On the heap: each group has room for the longest of its calls.
    match operation.split_once('.') {
        Some(("businesses" | "people", _)) => Box::pin(businesses(handclasp, operation, args)).await,
        Some(("members", name)) => Box::pin(members(handclasp, name, args)).await,
        Some(("contractor_roles", name)) => Box::pin(contractor_roles(handclasp, name, args)).await,
        Some(("group_links", name)) => Box::pin(group_links(handclasp, name, args)).await,
        Some(("invites", name)) => Box::pin(invites(handclasp, name, args)).await,
        Some(("connections", name)) => Box::pin(connections(handclasp, name, args)).await,
        Some(("access_requests", name)) => Box::pin(access_requests(handclasp, name, args)).await,
        Some(("reasons" | "fees", _)) => Box::pin(settings(handclasp, operation, args)).await,
        Some(("outbox" | "history", _)) => Box::pin(system(handclasp, operation, args)).await,
        Some(_) | None => Err(unknown()),
    }
}

fn unknown() -> Error {
    Error::InvalidArgument { field: "operation".into(), reason: Reason::UnknownValue }
}

async fn businesses(handclasp: &Handclasp, operation: &str, mut args: Arguments) -> Result<Value, Error> {
    let group = handclasp.businesses();
    match operation {
        "businesses.register" => answer(group.register(args.caller()?, args.rest()?).await?),
        "businesses.update" => answer(group.update(args.caller()?, args.rest()?).await?),
        "businesses.archive" => answer(group.archive(args.caller()?, args.rest()?).await?),
        "businesses.restore" => answer(group.restore(args.caller()?, args.rest()?).await?),
        "businesses.set_client_account" => answer(group.set_client_account(args.caller()?, args.rest()?).await?),
        "businesses.set_limits" => answer(group.set_limits(args.caller()?, args.rest()?).await?),
        "businesses.get" => answer(group.get(args.reader()?, args.rest()?).await?),
        "businesses.search" => answer(group.search(args.reader()?, args.rest()?).await?),
        "people.put" => answer(handclasp.people().put(args.caller()?, args.rest()?).await?),
        _ => Err(unknown()),
    }
}

async fn members(handclasp: &Handclasp, name: &str, mut args: Arguments) -> Result<Value, Error> {
    let group = handclasp.members();
    match name {
        "add" => answer(group.add(args.caller()?, args.rest()?).await?),
        "change_role" => answer(group.change_role(args.caller()?, args.rest()?).await?),
        "disable" => answer(group.disable(args.caller()?, args.rest()?).await?),
        "enable" => answer(group.enable(args.caller()?, args.rest()?).await?),
        "remove" => answer(group.remove(args.caller()?, args.rest()?).await?),
        "define_role" => answer(group.define_role(args.caller()?, args.rest()?).await?),
        "set_notifications" => answer(group.set_notifications(args.caller()?, args.rest()?).await?),
        "roles" => answer(group.roles(args.reader()?, args.rest()?).await?),
        "get" => answer(group.get(args.reader()?, args.rest()?).await?),
        "list" => answer(group.list(args.reader()?, args.rest()?).await?),
        _ => Err(unknown()),
    }
}

async fn contractor_roles(handclasp: &Handclasp, name: &str, mut args: Arguments) -> Result<Value, Error> {
    let group = handclasp.contractor_roles();
    match name {
        "create" => answer(group.create(args.caller()?, args.rest()?).await?),
        "rename" => answer(group.rename(args.caller()?, args.rest()?).await?),
        "archive" => answer(group.archive(args.caller()?, args.rest()?).await?),
        "restore" => answer(group.restore(args.caller()?, args.rest()?).await?),
        "define_category" => answer(group.define_category(args.caller()?, args.rest()?).await?),
        "remove_category" => answer(group.remove_category(args.caller()?, args.rest()?).await?),
        "define_requirement" => answer(group.define_requirement(args.caller()?, args.rest()?).await?),
        "remove_requirement" => answer(group.remove_requirement(args.caller()?, args.rest()?).await?),
        "list" => answer(group.list(args.reader()?, args.rest()?).await?),
        "categories" => answer(group.categories(args.reader()?, args.rest()?).await?),
        "requirements" => answer(group.requirements(args.reader()?, args.rest()?).await?),
        _ => Err(unknown()),
    }
}

async fn connections(handclasp: &Handclasp, name: &str, mut args: Arguments) -> Result<Value, Error> {
    let group = handclasp.connections();
    match name {
        "request" => answer(group.request(args.caller()?, args.rest()?).await?),
        "accept" => answer(group.accept(args.caller()?, args.rest()?).await?),
        "decline" => answer(group.decline(args.caller()?, args.rest()?).await?),
        "withdraw" => answer(group.withdraw(args.caller()?, args.rest()?).await?),
        "change_role" => answer(group.change_role(args.caller()?, args.rest()?).await?),
        "disconnect" => answer(group.disconnect(args.caller()?, args.rest()?).await?),
        "classify" => answer(group.classify(args.caller()?, args.rest()?).await?),
        "submit_requirement" => answer(group.submit_requirement(args.caller()?, args.rest()?).await?),
        "review_requirement" => answer(group.review_requirement(args.caller()?, args.rest()?).await?),
        "get" => answer(group.get(args.reader()?, args.rest()?).await?),
        "clients" => answer(group.clients(args.reader()?, args.rest()?).await?),
        "contractors" => answer(group.contractors(args.reader()?, args.rest()?).await?),
        "pending" => answer(group.pending(args.reader()?, args.rest()?).await?),
        "workflow_summary" => answer(group.workflow_summary(args.reader()?, args.rest()?).await?),
        _ => Err(unknown()),
    }
}

async fn access_requests(handclasp: &Handclasp, name: &str, mut args: Arguments) -> Result<Value, Error> {
    let group = handclasp.access_requests();
    match name {
        "submit" => answer(group.submit(args.caller()?, args.rest()?).await?),
        "withdraw" => answer(group.withdraw(args.caller()?, args.rest()?).await?),
        "accept" => answer(group.accept(args.caller()?, args.rest()?).await?),
        "decline" => answer(group.decline(args.caller()?, args.rest()?).await?),
        "mine" => answer(group.mine(args.reader()?, args.rest()?).await?),
        "list" => answer(group.list(args.reader()?, args.rest()?).await?),
        "get" => answer(group.get(args.reader()?, args.rest()?).await?),
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
        "list" => answer(links.list(args.reader()?, args.rest()?).await?),
        _ => Err(unknown()),
    }
}

async fn invites(handclasp: &Handclasp, name: &str, mut args: Arguments) -> Result<Value, Error> {
    let invites = handclasp.invites();
    match name {
        "create" => answer(invites.create(args.caller()?, args.rest()?).await?.try_map(shown)?),
        "send" => answer(invites.send(args.caller()?, args.rest()?).await?),
        "resend" => answer(invites.resend(args.caller()?, args.rest()?).await?.try_map(shown)?),
        "revoke" => answer(invites.revoke(args.caller()?, args.rest()?).await?),
        "get" => answer(invites.get(args.reader()?, args.rest()?).await?),
        "list" => answer(invites.list(args.reader()?, args.rest()?).await?),
        "preview" => answer(invites.preview(&args.rest::<WithLinkOrClaim>()?.link_or_claim).await?),
        "open" => {
            let key = args.key()?;
            let link = Link::new(args.rest::<WithLink>()?.link);
            let opened = invites.open(&link, key.as_deref()).await?;
            answer(opened.try_map(|claim| Ok::<_, Error>(claim.expose().to_owned()))?)
        }
        "decline" => {
            let key = args.key()?;
            let claim = Claim::new(args.rest::<WithClaim>()?.claim);
            answer(invites.decline(&claim, key.as_deref()).await?)
        }
        "accept" => {
            let by = args.caller()?;
            answer(invites.accept(by, &Claim::new(args.rest::<WithClaim>()?.claim)).await?)
        }
        "redeem" => {
            let by = args.caller()?;
            answer(invites.redeem(by, &Link::new(args.rest::<WithLink>()?.link)).await?)
        }
        _ => Err(unknown()),
    }
}

async fn settings(handclasp: &Handclasp, operation: &str, mut args: Arguments) -> Result<Value, Error> {
    let (reasons, fees) = (handclasp.reasons(), handclasp.fees());
    match operation {
        "reasons.set" => answer(reasons.set(args.caller()?, args.rest()?).await?),
        "reasons.list" => answer(reasons.list(args.reader()?, args.rest()?).await?),
        "fees.set_plan" => answer(fees.set_plan(args.caller()?, args.rest()?).await?),
        "fees.quote" => answer(fees.quote(args.reader()?, args.rest()?).await?),
        "fees.statement" => answer(fees.statement(args.reader()?, args.rest()?).await?),
        _ => Err(unknown()),
    }
}

async fn system(handclasp: &Handclasp, operation: &str, mut args: Arguments) -> Result<Value, Error> {
    let (outbox, history) = (handclasp.outbox(), handclasp.history());
    match operation {
        "outbox.deliver_due" => answer(outbox.deliver_due(args.reader()?, args.rest()?).await?),
        "outbox.run" => answer(outbox.run(args.reader()?, args.rest()?).await?),
        "outbox.list" => answer(outbox.list(args.reader()?, args.rest()?).await?),
        "outbox.retry" => answer(outbox.retry(args.caller()?, args.rest()?).await?),
        "outbox.purge" => answer(outbox.purge(args.reader()?, args.rest()?).await?),
        "history.of" => answer(history.of(args.reader()?, args.rest()?).await?),
        "history.since" => answer(history.since(args.reader()?, args.rest()?).await?),
        _ => Err(unknown()),
    }
}
