//! `reasons`: why somebody declines or disconnects, as each business lists it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Handclasp;
use super::actor::Caller;
use super::authority::{acting, member_of};
use super::changes::Changes;
use super::view::{ReasonsOf, Stop, View};
use super::walk::{By, Call, Context, Operation};
use crate::error::{Error, Reason as Why};
use crate::model::Event;
use crate::model::reasons::{self, Command, Listed, OTHER, ReasonKind};
use crate::model::user_role::Permission;
use crate::text;

/// The most reasons of one list.
const MOST: usize = 100;
/// The longest code, in bytes.
const CODE_BYTES: usize = 64;

/// Why somebody declines or disconnects, as each business lists it.
#[derive(Debug, Clone, Copy)]
pub struct Reasons<'a>(pub(super) &'a Handclasp);

/// A reason as it is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GivenReason {
    /// The code of a listed reason, or `other`.
    pub code: String,
    /// The text that goes with `other`, up to 500 graphemes, lines allowed; a listed reason takes none.
    #[serde(default)]
    pub text: Option<String>,
}

impl GivenReason {
    /// A listed reason.
    #[must_use]
    pub fn listed(code: impl Into<String>) -> Self {
        Self { code: code.into(), text: None }
    }

    /// A reason in words.
    #[must_use]
    pub fn other(text: impl Into<String>) -> Self {
        Self { code: OTHER.to_owned(), text: Some(text.into()) }
    }

    /// The same, its lengths and characters looked at before anything else.
    pub(super) fn check(&self) -> Result<Self, Error> {
        code("reason.code", &self.code)?;
        let text = text::REASON.check_optional("reason.text", self.text.as_deref())?;
        Ok(Self { code: self.code.clone(), text })
    }
}

fn code(field: &'static str, code: &str) -> Result<(), Error> {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if code.len() > CODE_BYTES {
        Err(Error::argument(field, Why::TooLong))
    } else if code.is_empty() {
        Err(Error::argument(field, Why::Empty))
    } else if code.bytes().all(fits) {
        Ok(())
    } else {
        Err(Error::argument(field, Why::Format))
    }
}

/// Which reasons to list, for what.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SetReasons {
    /// For what.
    pub kind: ReasonKind,
    /// The reasons, up to 100, in the order in which people read them. *Other* is always there beside them.
    pub reasons: Vec<Listed>,
}

impl SetReasons {
    /// These reasons, for this.
    #[must_use]
    pub const fn new(kind: ReasonKind, reasons: Vec<Listed>) -> Self {
        Self { kind, reasons }
    }

    fn check(&self) -> Result<Self, Error> {
        if self.reasons.len() > MOST {
            return Err(Error::argument("reasons", Why::TooLong));
        }
        let mut reasons: Vec<Listed> = Vec::with_capacity(self.reasons.len());
        for listed in &self.reasons {
            code("reasons.code", &listed.code)?;
            if listed.code == OTHER || reasons.iter().any(|other| other.code == listed.code) {
                return Err(Error::NameTaken { field: "reasons.code" });
            }
            let label = text::NAME.check("reasons.label", &listed.label)?;
            reasons.push(Listed { code: listed.code.clone(), label });
        }
        Ok(Self { kind: self.kind, reasons })
    }
}

/// Which reasons to show.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListReasons {
    /// For what.
    pub kind: ReasonKind,
}

impl ListReasons {
    /// Those for this.
    #[must_use]
    pub const fn new(kind: ReasonKind) -> Self {
        Self { kind }
    }
}

/// The reasons of a business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ReasonsListed {
    /// For what.
    pub kind: ReasonKind,
    /// The reasons; *Other* is always there beside them.
    pub reasons: Vec<Listed>,
}

impl Reasons<'_> {
    /// Sets the acting business's reasons of one kind, in place of all that it had. What was given before stays as it
    /// was.
    ///
    /// # Errors
    /// `name_taken` for a code that is there twice, or `other`; `invalid_argument`.
    ///
    /// ```
    /// # use handclasp::{testing, model::reasons::{Listed, ReasonKind}, reasons::SetReasons};
    /// # testing::example_client(async |handclasp, admin, _| {
    /// let moved = Listed { code: "moved_away".into(), label: "Moved away".into() };
    /// let set = SetReasons::new(ReasonKind::Disconnect, vec![moved]);
    /// assert_eq!(handclasp.reasons().set(&admin, set).await?.reasons[0].label, "Moved away");
    /// let other = Listed { code: "other".into(), label: "Something else".into() };
    /// let set = SetReasons::new(ReasonKind::Disconnect, vec![other]);
    /// assert_eq!(handclasp.reasons().set(&admin, set).await.unwrap_err().code(), "name_taken");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn set(&self, by: impl Into<Caller>, set: SetReasons) -> Result<ReasonsListed, Error> {
        let by = by.into();
        let call = Call::from(&by);
        self.0.inner.walk(call, &call.checked(set.check())?).await
    }

    /// The acting business's reasons of one kind, for any member.
    ///
    /// # Errors
    /// `not_found`.
    ///
    /// ```
    /// # use handclasp::{testing, model::reasons::ReasonKind, reasons::ListReasons};
    /// # testing::example_client(async |handclasp, admin, _| {
    /// let usual = handclasp.reasons().list(admin, ListReasons::new(ReasonKind::Disconnect)).await?;
    /// let codes: Vec<_> = usual.reasons.iter().map(|reason| reason.code.as_str()).collect();
    /// assert_eq!(codes, ["work_finished", "wrong_business", "duplicate"]);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn list(&self, by: impl Into<Caller>, list: ListReasons) -> Result<ReasonsListed, Error> {
        let by = by.into().actor;
        let listed = self.0.inner.look("reasons.list", By::Actor(&by), |view, _| {
            let business = member_of(view, &by)?.active()?.business;
            let own = view.find(ReasonsOf(business.id))?;
            Ok(ReasonsListed { kind: list.kind, reasons: reasons::listed(own.map(Arc::as_ref), list.kind) })
        });
        listed.await
    }
}

impl Operation for SetReasons {
    const NAME: &'static str = "reasons.set";
    type Answer = ReasonsListed;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(ReasonsListed, Changes), Stop> {
        let business = acting(view, cx.by.actor()?, Permission::Configure)?.business;
        let before = view.find(ReasonsOf(business.id))?;
        let mut changes = Changes::default();
        if let Some(event) = reasons::decide(before.map(Arc::as_ref), Command::Set(self.kind, self.reasons.clone())) {
            let after = reasons::evolve(business.id, before.map(Arc::as_ref), &event);
            changes.evolve(view, Some(after), Event::Reasons(event))?;
        }
        Ok((ReasonsListed { kind: self.kind, reasons: self.reasons.clone() }, changes))
    }
}
