//! Whether a history of calls that overlapped is one that could have happened one call after the other, each between its
//! invocation and its answer (Wing and Gong, with the configurations that were seen kept, as Lowe has it).
//!
//! ```
//! use handclasp_tests::races::linear::{Done, linearizable};
//! // A register: `Some` writes, `None` reads what is told beside it.
//! let step = |state: &u32, (write, read): &(Option<u32>, u32)| match write {
//!     Some(value) => Some(*value),
//!     None => (state == read).then_some(*state),
//! };
//! let write = Done { invoked: 0, answered: 3, call: (Some(1), 0) };
//! let read = |invoked, answered, value| Done { invoked, answered, call: (None, value) };
//! assert!(linearizable(0, vec![write.clone(), read(1, 2, 1)], step).is_ok());
//! assert_eq!(linearizable(0, vec![write, read(4, 5, 0)], step).unwrap_err().len(), 1);
//! ```

use std::collections::{BTreeSet, HashSet};
use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering};

/// A call that was answered; the call says with what.
#[derive(Debug, Clone)]
pub struct Done<C> {
    /// When it was invoked, on the clock of the history.
    pub invoked: u64,
    /// When it was answered.
    pub answered: u64,
    /// What it was, and what it was answered.
    pub call: C,
}

/// A clock that only orders: no two readings are the same.
#[derive(Debug, Default)]
pub struct Order(AtomicU64);

impl Order {
    /// The next reading.
    pub fn next(&self) -> u64 {
        self.0.fetch_add(1, Ordering::SeqCst)
    }
}

/// Calls taken so far, those before `first` and a few beyond, and where they have led.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Taken<S> {
    first: usize,
    beyond: BTreeSet<usize>,
    state: S,
}

/// Looks for an order of the calls in which each follows from the state before it. `step` answers with the state after
/// a call, or nothing if the call could not have been answered so.
///
/// # Errors
/// If there is no such order: the calls that were left when the search had come furthest.
pub fn linearizable<S, C>(
    start: S,
    mut history: Vec<Done<C>>,
    step: impl Fn(&S, &C) -> Option<S>,
) -> Result<(), Vec<Done<C>>>
where
    S: Clone + Eq + Hash,
    C: Clone,
{
    history.sort_by_key(|done| done.invoked);
    let mut seen = HashSet::new();
    let mut open = vec![Taken { first: 0, beyond: BTreeSet::new(), state: start }];
    let mut furthest = Taken { first: 0, beyond: BTreeSet::new(), state: () };
    while let Some(taken) = open.pop() {
        if taken.first == history.len() {
            return Ok(());
        }
        if taken.first + taken.beyond.len() > furthest.first + furthest.beyond.len() {
            furthest = Taken { first: taken.first, beyond: taken.beyond.clone(), state: () };
        }
        // Pushed last, tried first: the call that was invoked first.
        for place in next(&history, &taken).into_iter().rev() {
            if let Some(state) = step(&taken.state, &history[place].call) {
                let after = take(&taken, place, state);
                if seen.insert(after.clone()) {
                    open.push(after);
                }
            }
        }
    }
    let left = (furthest.first..history.len()).filter(|place| !furthest.beyond.contains(place));
    Err(left.map(|place| history[place].clone()).collect())
}

/// The calls that may come next: those that were invoked before any that is left was answered.
fn next<S, C>(history: &[Done<C>], taken: &Taken<S>) -> Vec<usize> {
    let mut answered = u64::MAX;
    let mut places = Vec::new();
    for (place, done) in history.iter().enumerate().skip(taken.first) {
        if done.invoked > answered {
            break;
        }
        if !taken.beyond.contains(&place) {
            answered = answered.min(done.answered);
            places.push(place);
        }
    }
    places.retain(|place| history[*place].invoked < answered);
    places
}

fn take<S: Clone>(taken: &Taken<S>, place: usize, state: S) -> Taken<S> {
    let (mut first, mut beyond) = (taken.first, taken.beyond.clone());
    beyond.insert(place);
    while beyond.remove(&first) {
        first += 1;
    }
    Taken { first, beyond, state }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A link that one may use: `true` says that the call did.
    fn once(used: &bool, took: &bool) -> Option<bool> {
        match (used, took) {
            (false, true) | (true, false) => Some(true),
            (false, false) | (true, true) => None,
        }
    }

    fn done<C>(invoked: u64, answered: u64, call: C) -> Done<C> {
        Done { invoked, answered, call }
    }

    #[test]
    fn of_two_that_overlap_either_may_be_first() {
        assert!(linearizable(false, vec![done(0, 2, false), done(1, 3, true)], once).is_ok());
        assert!(linearizable(false, vec![done(0, 3, true), done(1, 2, false)], once).is_ok());
        assert!(linearizable(false, vec![done(0, 7, false), done(1, 6, false), done(2, 5, true)], once).is_ok());
    }

    #[test]
    fn two_that_both_took_what_is_there_once_are_refused() {
        assert!(linearizable(false, vec![done(0, 2, true), done(1, 3, true)], once).is_err());
        assert!(linearizable(false, vec![done(0, 1, true), done(2, 3, true)], once).is_err());
    }

    #[test]
    fn who_was_refused_before_anybody_took_it_is_refused() {
        // Overlapping they may be turned round; one after the other not.
        assert!(linearizable(false, vec![done(0, 1, false), done(2, 3, true)], once).is_err());
        assert!(linearizable(false, vec![done(0, 9, true), done(1, 2, false)], once).is_ok());
    }

    #[test]
    fn a_read_of_what_was_overwritten_before_it_began_is_refused() {
        let step = |state: &u32, (write, value): &(bool, u32)| {
            if *write { Some(*value) } else { (state == value).then_some(*state) }
        };
        let history = |last| {
            let writes =
                (0..50_u32).map(|number| done(u64::from(number) * 10, u64::from(number) * 10 + 12, (true, number)));
            writes.chain([done(600, 601, (false, last))]).collect::<Vec<_>>()
        };
        assert!(linearizable(0, history(49), step).is_ok());
        // The last two overlap, so either can be the last; the one before them can not.
        assert!(linearizable(0, history(48), step).is_ok());
        let left = linearizable(0, history(47), step).unwrap_err();
        assert_eq!(left.last().map(|done| done.call), Some((false, 47)));
    }

    #[test]
    fn two_who_sent_each_other_away_are_refused() {
        // Two Admins; each call says who sent whom away. It takes an Admin, and one has to stay.
        let step = |(one, other): &(bool, bool), by_one: &bool| match (by_one, one, other) {
            (true, true, true) => Some((true, false)),
            (false, true, true) => Some((false, true)),
            _ => None,
        };
        assert!(linearizable((true, true), vec![done(0, 2, true)], step).is_ok());
        assert!(linearizable((true, true), vec![done(0, 2, true), done(1, 3, false)], step).is_err());
    }
}
