//! People say where they work, and the Admins of those businesses decide.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use handclasp::access_requests::{AcceptAccess, DeclineAccess, ListOwn, SubmitAccess, WithdrawAccess};
use handclasp::model::reasons::ReasonKind;
use handclasp::model::user_role::UserRole;
use handclasp::reasons::{GivenReason, ListReasons};
use handclasp::{AccessRequestId, Actor, Email, Error, Handclasp, PersonId};
use serde::Serialize;
use uuid::Uuid;

use super::{Network, deliver, find};
use crate::input::PersonRow;
use crate::postbox::Postbox;
use crate::table::{Outcome, Row, Table, Why, word, yes};

/// The host's own user table: a user's id is their place in it, after those of the first Admins.
#[derive(Default)]
struct Users(Vec<Email>);

impl Users {
    /// The id of the user of this address, who signs up if they are new.
    fn id(&mut self, address: &Email) -> PersonId {
        let place = self.0.iter().position(|known| known == address).unwrap_or_else(|| {
            self.0.push(address.clone());
            self.0.len() - 1
        });
        PersonId::from_uuid(Uuid::from_u64_pair(1, u64::try_from(place).unwrap_or(u64::MAX)))
    }
}

/// What becomes of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Answer {
    Accepted,
    Declined,
    Withdrawn,
    Waits,
}

const ANSWERS: [(&str, Answer); 4] =
    [("", Answer::Waits), ("accept", Answer::Accepted), ("decline", Answer::Declined), ("withdraw", Answer::Withdrawn)];

/// What came of it.
#[derive(Debug, Serialize)]
pub(crate) struct Facts {
    pub(crate) claims: usize,
    pub(crate) mails: usize,
    pub(crate) answers: BTreeMap<Answer, usize>,
    /// Accepted with another user role than the one asked for.
    pub(crate) role_changed: usize,
    /// Declined, and the person was told why.
    pub(crate) disclosed: usize,
    /// A second Admin's decision, refused.
    pub(crate) decided_already: usize,
    pub(crate) file: Outcome,
}

/// Lets people claim employers, and the Admins answer as the rows say.
pub(crate) async fn all(
    handclasp: &Handclasp,
    postbox: &Postbox,
    table: Table<PersonRow>,
    network: &Network,
) -> Result<((), Facts)> {
    let Table { rows, outcome: file } = table;
    let answers = BTreeMap::new();
    let mut facts = Facts { claims: 0, mails: 0, answers, role_changed: 0, disclosed: 0, decided_already: 0, file };
    let (mut users, mut waiting) = (Users::default(), Vec::new());
    for Row { line, row } in rows {
        match claim(handclasp, network, &mut users, &row).await {
            Ok(claim) => waiting.push(claim),
            Err(why) => facts.file.refuse(line, why, |field| if field == "business" { "employer" } else { field })?,
        }
    }
    facts.claims = waiting.len();
    facts.mails = deliver::now(handclasp, postbox, "access_requested").await?;
    for claim in &waiting {
        *facts.answers.entry(claim.answer).or_default() += 1;
        answer(handclasp, claim, &mut facts).await?;
    }
    Ok(((), facts))
}

/// A claim that waits, and what is to become of it.
struct Claim {
    request: AccessRequestId,
    person: Actor,
    admin: Actor,
    answer: Answer,
    granted: Option<UserRole>,
    reason: GivenReason,
    disclose: bool,
}

async fn claim(handclasp: &Handclasp, network: &Network, users: &mut Users, row: &PersonRow) -> Result<Claim, Why> {
    // Everything of the row is looked at before the claim is made.
    let answer = word("then", row.then.as_deref(), &ANSWERS)?;
    let disclose = yes("disclosed", row.disclosed.as_deref())?;
    let role = |column, text: &Option<String>| {
        let role = text.as_deref().map(str::parse::<UserRole>).transpose();
        role.map_err(|_| Why::column(column, "it is no user role"))
    };
    let (asked, granted) = (role("role", &row.role)?, role("granted", &row.granted)?);
    if answer == Answer::Declined && row.reason.is_none() {
        return Err(Why::column("reason", "it is missing, and declining needs one"));
    }
    // The host has verified the address when the person signed up.
    let address = Email::parse(&row.email).map_err(|_| Why::column("email", "it is not of the right form"))?;
    let person = Actor::signed_in(users.id(&address)).with_verified(address);
    let employer = find(handclasp, &person, "employer", &row.employer).await?;
    let admin = network.of(employer).ok_or_else(|| Why::column("employer", "it is not registered here"))?.actor();
    let reason = given(handclasp, &admin, row.reason.as_deref().unwrap_or_default()).await?;
    let mut submit = SubmitAccess::new(employer, &row.name, &row.email);
    submit.phone.clone_from(&row.phone);
    submit.job_title.clone_from(&row.job_title);
    submit.message.clone_from(&row.message);
    submit.role = asked.unwrap_or(submit.role);
    let request = handclasp.access_requests().submit(&person, submit).await?.id;
    Ok(Claim { request, person, admin, answer, granted, reason, disclose })
}

/// One of the business's reasons, or else the text as it is.
async fn given(handclasp: &Handclasp, admin: &Actor, text: &str) -> Result<GivenReason, Why> {
    let listed = handclasp.reasons().list(admin, ListReasons::new(ReasonKind::AccessDecline)).await?;
    let known = listed.reasons.into_iter().find(|reason| reason.label == text);
    Ok(known.map_or_else(|| GivenReason::other(text), |reason| GivenReason::listed(reason.code)))
}

async fn answer(handclasp: &Handclasp, claim: &Claim, facts: &mut Facts) -> Result<()> {
    let requests = handclasp.access_requests();
    let mut decline = DeclineAccess::new(claim.request, "not_an_employee");
    match claim.answer {
        Answer::Accepted => {
            let mut accept = AcceptAccess::new(claim.request);
            accept.role = claim.granted;
            requests.accept(&claim.admin, accept).await?;
            facts.role_changed += usize::from(claim.granted.is_some());
        }
        Answer::Declined => {
            (decline.reason, decline.disclose) = (claim.reason.clone(), claim.disclose);
            requests.decline(&claim.admin, decline.clone()).await?;
            let own = requests.mine(&claim.person, ListOwn::default()).await?;
            let own = own.requests.into_iter().find(|own| own.id == claim.request);
            let seen = own.context("a person's own request is not listed")?.reason.is_some();
            facts.disclosed += usize::from(seen);
        }
        Answer::Withdrawn => {
            requests.withdraw(&claim.person, WithdrawAccess::new(claim.request)).await?;
        }
        Answer::Waits => return Ok(()),
    }
    match requests.decline(&claim.admin, decline).await {
        Err(Error::AlreadyDecided { .. }) => facts.decided_already += 1,
        Err(error) => return Err(error).context("a decided claim was refused with another answer"),
        Ok(_) => bail!("a claim was decided twice"),
    }
    Ok(())
}
