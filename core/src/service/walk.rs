//! The one way through the house: load, decide, commit; at a conflict again at once.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::future::{Either, FutureExt, select};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Inner;
use super::actor::{Actor, Caller};
use super::answers;
use super::changes::{Changes, Sheet};
use super::settings::exceeded;
use super::view::{Stop, View};
use crate::entropy::Fresh;
use crate::error::{Error, Fault, FaultKind};
use crate::id::{BusinessId, CommitId};
use crate::model::Author;
use crate::storage::guard::Spend;
use crate::storage::{Committed, Refusal};
use crate::time::Timestamp;
use crate::token::KeyNumber;

/// So often an operation is decided before it answers `conflict`: of many who write one record at once one comes
/// through in a round, so the last of them loses as many rounds as there are others.
const ROUNDS: usize = 128;
/// No decision follows more pointers than this.
const LOADS: usize = 8;

/// One operation: its arguments, checked, and what they lead to.
pub(crate) trait Operation: Serialize + Sync {
    /// As in `invites.create`.
    const NAME: &'static str;
    /// Whether it is done for the business that the actor names. What a person does for themselves is not: nobody has
    /// looked whether that business is theirs, and history would show it to others.
    const FOR_BUSINESS: bool = true;
    /// What it answers. Links and claims stand in it as what they are derived from.
    type Answer: Serialize + DeserializeOwned + Send;

    /// Looks at records and says what changes, or why nothing does. It reads by key alone, draws from `cx` alone, and
    /// decides the same from the same.
    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Self::Answer, Changes), Stop>;
}

/// What a decision is told besides records.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    pub(crate) by: By<'a>,
    pub(crate) now: Timestamp,
    pub(crate) fresh: Fresh,
    /// The key that new links are made with.
    pub(crate) key: KeyNumber,
}

/// Who calls: an actor, or somebody with a link or claim.
#[derive(Debug, Clone, Copy)]
pub(crate) enum By<'a> {
    Actor(&'a Actor),
    Visitor,
}

impl<'a> By<'a> {
    pub(crate) const fn actor(self) -> Result<&'a Actor, Error> {
        match self {
            Self::Actor(actor) => Ok(actor),
            Self::Visitor => Err(Error::Forbidden),
        }
    }

    const fn author(self) -> Author {
        match self {
            Self::Actor(actor) => actor.author(),
            Self::Visitor => Author::Visitor,
        }
    }

    fn acting(self) -> Option<BusinessId> {
        self.actor().and_then(Actor::business).ok()
    }

    /// A refused call writes nothing; it is a tracing event, with ids and the code alone.
    pub(crate) fn told<T>(self, operation: &'static str, outcome: Result<T, Error>) -> Result<T, Error> {
        outcome.inspect_err(|error| refused(operation, self, error))
    }
}

/// A call: who, and the idempotency key if they gave one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Call<'a> {
    pub(crate) by: By<'a>,
    pub(crate) key: Option<&'a str>,
}

impl Call<'_> {
    /// An operation whose arguments were looked at before anything else is: refused, it is told like what is refused
    /// later.
    pub(crate) fn checked<O: Operation>(self, operation: Result<O, Error>) -> Result<O, Error> {
        self.by.told(O::NAME, operation)
    }
}

impl<'a> From<&'a Caller> for Call<'a> {
    fn from(caller: &'a Caller) -> Self {
        Self { by: By::Actor(&caller.actor), key: caller.idempotency_key.as_deref() }
    }
}

/// What a decision came to, when, and from what.
struct Decided<A> {
    outcome: Result<A, Error>,
    now: Timestamp,
    seen: View,
    /// Of the commit, if it comes to one.
    id: CommitId,
}

impl Inner {
    /// Walks an operation to its end: an answer whose changes stand, or an error and nothing changed.
    pub(crate) async fn walk<O: Operation>(&self, call: Call<'_>, operation: &O) -> Result<O::Answer, Error> {
        let changing = AtomicBool::new(false);
        // On the heap, or each layer between here and the host would have room for all of it.
        let rounds = Box::pin(self.rounds(call, operation, &changing));
        self.bounded_change(O::NAME, call.by, rounds, &changing).await
    }

    /// Looks without changing anything.
    pub(crate) async fn look<A>(
        &self,
        name: &'static str,
        by: By<'_>,
        decide: impl Fn(&View, &mut Context<'_>) -> Result<A, Stop> + Sync,
    ) -> Result<A, Error> {
        self.bounded(name, by, Box::pin(self.peek(by, decide))).await
    }

    /// Looks within a call that is bounded already.
    pub(crate) async fn peek<A>(
        &self,
        by: By<'_>,
        decide: impl Fn(&View, &mut Context<'_>) -> Result<A, Stop> + Sync,
    ) -> Result<A, Error> {
        self.decided(by, View::default(), &decide).await?.outcome
    }

    /// Gives up at the deadline, and tells the log of whatever is refused.
    pub(crate) async fn bounded<T>(
        &self,
        name: &'static str,
        by: By<'_>,
        work: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        self.bounded_change(name, by, work, &AtomicBool::new(false)).await
    }

    /// The same of work that says while a change is on its way: if it ends then, nobody knows whether the change stands.
    pub(crate) async fn bounded_change<T>(
        &self,
        name: &'static str,
        by: By<'_>,
        work: impl Future<Output = Result<T, Error>>,
        changing: &AtomicBool,
    ) -> Result<T, Error> {
        let outcome = match caught(self.in_time(work)).await {
            Ok(outcome) => outcome,
            Err(fault) if changing.load(Ordering::Relaxed) => {
                Err(Fault { kind: FaultKind::OutcomeUnknown, ..fault }.into())
            }
            Err(fault) => Err(fault.into()),
        };
        by.told(name, outcome)
    }

    /// What the work came to, if it came to its end.
    async fn in_time<T>(&self, work: impl Future<Output = T>) -> Result<T, Fault> {
        let now = self.clock.now().map_err(|_| FaultKind::ClockOutOfRange)?;
        let deadline = now.plus(self.configuration.deadline);
        // Work that never waits makes no timer.
        match select(pin!(work), pin!(async { self.clock.sleep_until(deadline).await })).await {
            Either::Left((outcome, _)) => Ok(outcome),
            Either::Right(((), _)) => Err(Fault::new(FaultKind::StorageBusy, "the deadline has passed")),
        }
    }

    async fn rounds<O: Operation>(
        &self,
        call: Call<'_>,
        operation: &O,
        changing: &AtomicBool,
    ) -> Result<O::Answer, Error> {
        let once = |view: &View, cx: &mut Context<'_>| answers::once(call, operation, view, cx);
        let mut view = View::in_pieces();
        for _ in 0..ROUNDS {
            // One statement, so that a call that waits for its commit keeps no more of the decision than this.
            let (answer, commit, seen, now) = match self.decided(call.by, view, &once).await? {
                Decided { outcome: Ok((answer, changes)), now, seen, id } if !changes.is_empty() => {
                    let sheet = self.sheet(call.by, id, now);
                    let acting = sheet.acting.filter(|_| O::FOR_BUSINESS);
                    (answer, changes.commit(&seen, Sheet { acting, ..sheet }), seen, now)
                }
                // No commit will tell whether these records ever stood together.
                Decided { seen, .. } if seen.pieced() => {
                    view = seen.forget();
                    continue;
                }
                Decided { outcome, .. } => return outcome.map(|(answer, _)| answer),
            };
            let spends = commit.spends.clone();
            changing.store(true, Ordering::Relaxed);
            let committed = self.storage.commit(commit).await;
            changing.store(false, Ordering::Relaxed);
            match committed? {
                Committed::Done => return Ok(answer),
                Committed::Refused(refusal) => return Err(refusal_of(&refusal, &spends, now)),
                Committed::Stale => view = seen.forget(),
            }
        }
        Err(FaultKind::Conflict.into())
    }

    /// Decides; whenever the decision asks for more records, loads them.
    async fn decided<A>(
        &self,
        by: By<'_>,
        mut view: View,
        decide: &(impl Fn(&View, &mut Context<'_>) -> Result<A, Stop> + Sync),
    ) -> Result<Decided<A>, Error> {
        // One seed for all these loads: a decision that is taken again draws the same.
        let seed = self.seed()?;
        for _ in 0..LOADS {
            match self.decided_by(by, view, seed, decide)? {
                Ok(decided) => return Ok(decided),
                Err(wanting) => view = wanting,
            }
            let keys = view.keys();
            let records = self.storage.load(&keys).await?;
            view = view.grown(keys, records);
        }
        Err(Fault::new(FaultKind::Internal, "a decision kept asking for records").into())
    }

    /// Decides by what is there; gives the view back if that is not enough.
    fn decided_by<A>(
        &self,
        by: By<'_>,
        view: View,
        seed: [u8; 32],
        decide: &impl Fn(&View, &mut Context<'_>) -> Result<A, Stop>,
    ) -> Result<Result<Decided<A>, View>, Error> {
        let now = self.clock.now().map_err(|_| FaultKind::ClockOutOfRange)?;
        let mut cx = Context { by, now, fresh: Fresh::seeded(seed), key: self.configuration.keys.signing() };
        let outcome = match decide(&view, &mut cx) {
            Ok(answer) => Ok(answer),
            Err(Stop::Refuse(error)) => Err(error),
            Err(Stop::Load) => return Ok(Err(view)),
        };
        Ok(Ok(Decided { outcome, now, seen: view, id: CommitId::from_uuid(cx.fresh.ordered(now)) }))
    }

    /// A decision alone, as often as it is called, on records that are loaded once.
    #[cfg(feature = "testing")]
    pub(crate) async fn deciding<'a, O: Operation + 'a>(
        &'a self,
        by: By<'a>,
        operation: O,
    ) -> Result<impl Fn() -> bool + 'a, Error> {
        let decide = |view: &View, cx: &mut Context<'_>| operation.decide(view, cx).map(drop);
        let Decided { outcome, now, seen: view, .. } = self.decided(by, View::default(), &decide).await?;
        outcome?;
        let key = self.configuration.keys.signing();
        Ok(move || {
            let mut cx = Context { by, now, fresh: Fresh::seeded([0; 32]), key };
            operation.decide(&view, &mut cx).is_ok()
        })
    }

    /// Commits what the library does by itself; tells whether it stands, or somebody else was there before.
    pub(crate) async fn commit_apart(&self, view: View, changes: Changes, now: Timestamp) -> Result<bool, Error> {
        let id = CommitId::from_uuid(Fresh::seeded(self.seed()?).ordered(now));
        let sheet = self.sheet(By::Actor(&Actor::System { business: None }), id, now);
        let commit = changes.commit(&view, sheet);
        let spends = commit.spends.clone();
        // A view is one thread's: it is gone before the wait, so that the whole can move between threads.
        drop(view);
        match self.storage.commit(commit).await? {
            Committed::Done => Ok(true),
            Committed::Stale => Ok(false),
            Committed::Refused(refusal) => Err(refusal_of(&refusal, &spends, now)),
        }
    }

    pub(crate) fn seed(&self) -> Result<[u8; 32], Error> {
        let mut seed = [0; 32];
        self.entropy.fill(&mut seed).map_err(|error| Fault::new(FaultKind::Internal, error))?;
        Ok(seed)
    }

    fn sheet(&self, by: By<'_>, id: CommitId, at: Timestamp) -> Sheet<'_> {
        let (author, acting) = (by.author(), by.acting());
        Sheet { id, at, author, acting, limits: &self.configuration.limits, quotas: &self.configuration.quotas }
    }
}

/// A part that the host brought may panic: that is a fault as any other, and the handle goes on.
pub(crate) async fn caught<T, E: From<Fault>>(work: impl Future<Output = Result<T, E>>) -> Result<T, E> {
    let ended = AssertUnwindSafe(work).catch_unwind().await;
    ended.unwrap_or_else(|_| Err(Fault::new(FaultKind::Internal, "a part panicked").into()))
}

/// The error of what a store refused.
fn refusal_of(refusal: &Refusal, spends: &[Spend], now: Timestamp) -> Error {
    match refusal {
        Refusal::Guard(guard) => exceeded(guard.kind),
        Refusal::Limit { limit, buckets } => {
            let max = spends.iter().find(|spend| spend.limit == *limit).map_or(0, |spend| spend.max);
            let free = buckets.hour + buckets.free_in(1, max);
            let seconds = free.saturating_mul(3_600).saturating_sub(now.as_micros() / 1_000_000);
            Error::RateLimited { retry_after: u64::try_from(seconds).unwrap_or(0).max(1) }
        }
    }
}

fn refused(operation: &'static str, by: By<'_>, error: &Error) {
    let code = error.code();
    match (by.author(), by.acting()) {
        (Author::Person(person), business) => {
            tracing::info!(operation, code, %person, business = business.map(tracing::field::display), "refused");
        }
        (Author::System, business) => {
            tracing::info!(operation, code, system = true, business = business.map(tracing::field::display), "refused");
        }
        (Author::Visitor, _) => tracing::info!(operation, code, "refused"),
    }
}

#[cfg(test)]
mod tests;
