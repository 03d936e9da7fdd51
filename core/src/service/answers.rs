//! Idempotency: the same key and arguments give the same answer and no second effect.

use std::time::Duration;

use sha2::{Digest, Sha256};

use super::actor::Actor;
use super::authority::member_of;
use super::changes::Changes;
use super::view::{Stop, View};
use super::walk::{By, Call, Context, Operation};
use crate::error::{Error, FaultKind, Reason};
use crate::id::{AnswerId, derived};
use crate::storage::Key;
use crate::storage::record::Answer;
use crate::time::Timestamp;

/// So long an answer is kept.
pub(crate) const KEPT: Duration = Duration::from_secs(24 * 3_600);
/// The longest key, in bytes.
const KEY_BYTES: usize = 200;

/// Decides the operation, unless a kept answer says what it led to. The answer is kept in the same commit.
pub(crate) fn once<O: Operation>(
    call: Call<'_>,
    operation: &O,
    view: &View,
    cx: &mut Context<'_>,
) -> Result<(O::Answer, Changes), Stop> {
    let Some(key) = call.key else {
        return operation.decide(view, cx);
    };
    let arguments = serde_json::to_vec(operation).map_err(|_| FaultKind::Internal)?;
    let ids = answer_ids::<O>(call.by, key, &arguments, cx.now)?;
    let hash: [u8; 32] = Sha256::digest(&arguments).into();
    view.want(ids.map(Key::from))?;
    for id in ids {
        let Some(kept) = view.find(id)?.filter(|kept| cx.now < kept.at.plus(KEPT)) else { continue };
        still_there::<O>(view, call.by)?;
        if kept.arguments != hash {
            return Err(Error::IdempotencyMismatch.into());
        }
        let answer = serde_json::from_str(&kept.answer).map_err(|_| FaultKind::StorageCorrupt)?;
        return Ok((answer, Changes::default()));
    }
    let [_, id, _] = ids;
    let (answer, mut changes) = operation.decide(view, cx)?;
    let text = serde_json::to_string(&answer).map_err(|_| FaultKind::Internal)?;
    changes.put(view, Answer { id, arguments: hash, answer: text, at: cx.now });
    Ok((answer, changes))
}

/// Whoever has left the business, or is disabled, gets no answer that was kept for them.
fn still_there<O: Operation>(view: &View, by: By<'_>) -> Result<(), Stop> {
    match by {
        By::Actor(actor @ Actor::Person { business: Some(_), .. }) if O::FOR_BUSINESS => {
            Ok(member_of(view, actor)?.present()?)
        }
        By::Actor(_) | By::Visitor => Ok(()),
    }
}

/// Where an answer of yesterday, of today and, should the clock be set back, of tomorrow would be kept.
///
/// An id is written on its own day alone, so that none is ever written over. Otherwise, where an old answer is forgotten
/// and the same key used while somebody has yet to commit, their commit would find the version that it has read.
///
/// A key belongs to operation, actor and acting business; a visitor's, to the link, which is all their arguments.
fn answer_ids<O: Operation>(by: By<'_>, key: &str, arguments: &[u8], now: Timestamp) -> Result<[AnswerId; 3], Error> {
    if key.is_empty() || key.len() > KEY_BYTES {
        let reason = if key.is_empty() { Reason::Empty } else { Reason::TooLong };
        return Err(Error::argument("idempotency_key", reason));
    }
    let business = |business: &Option<crate::BusinessId>| business.map(|id| id.as_uuid().into_bytes().to_vec());
    let (who, acting) = match by {
        By::Actor(Actor::Person { id, business: acting, .. }) => (id.as_uuid().into_bytes().to_vec(), business(acting)),
        By::Actor(Actor::System { business: acting }) => (b"system".to_vec(), business(acting)),
        By::Visitor => (b"visitor".to_vec(), Some(arguments.to_vec())),
    };
    let today = now.hour().div_euclid(24);
    Ok([today - 1, today, today + 1].map(|day| {
        let acting = acting.as_deref().unwrap_or_default();
        let parts: [&[u8]; 5] = [O::NAME.as_bytes(), &who, acting, key.as_bytes(), &day.to_be_bytes()];
        AnswerId::from_uuid(derived("answer", &parts))
    }))
}
