//! Commits that tell too few of what a business is called now, too many, or too early.

use std::sync::Arc;

use super::{Mutant, Named};
use crate::storage::memory::Memory;
use crate::storage::{Commit, Committed, Filter, Query, Retold, Side, Source, Storage};
use crate::testing::suite::stage::{self, MANY, give_way, identity};

const RETELLS: &str = "commit_retells_a_business_in_every_list";

pub(super) fn all() -> Vec<Named> {
    vec![
        ("nobody is told", RETELLS, changing(|commit| commit.retold = None)),
        ("who reads along is not told", RETELLS, changing(without_history)),
        ("the name alone is told", RETELLS, telling(Kept::Contact, |side, retold| side.other == retold.business)),
        ("the contact alone is told", RETELLS, telling(Kept::Name, |side, retold| side.other == retold.business)),
        ("its own list is told", RETELLS, telling(Kept::Nothing, |side, retold| side.owner == retold.business)),
        ("everybody is told of everybody", RETELLS, telling(Kept::Nothing, |_, _| true)),
        ("the first hundred are told", RETELLS, first_hundred()),
        ("who has parted is told the contact", RETELLS, near(|_| true)),
        ("who has parted is told the name", RETELLS, near_name()),
        ("an empty contact stays empty", RETELLS, near(|side| side.near() && !side.contact_text.is_empty())),
        ("a commit that does not stand is told", RETELLS, told_anyway()),
        ("lists are looked through before, not within", RETELLS, looked_through_before()),
    ]
}

fn changing(change: fn(&mut Commit)) -> Mutant {
    Mutant::faithful().commit(move |inner, mut commit| async move {
        change(&mut commit);
        inner.commit(commit).await
    })
}

/// Only a commit without an event is told.
fn without_history(commit: &mut Commit) {
    if commit.writes.iter().any(|write| write.event.is_some()) {
        commit.retold = None;
    }
}

async fn listed(inner: &Arc<Memory>) -> Vec<Side> {
    let (source, filter) = (Source::Sides, Filter::All(Vec::new()));
    let query = Query { source, filter, order: identity(source), descending: false, after: None, limit: MANY };
    inner.list(&query).await.unwrap().into_iter().map(|row| Side::read(row).unwrap()).collect()
}

/// Rewrites the sides that this makes of those that are there, with the rest of the commit.
async fn rewriting(
    inner: &Arc<Memory>,
    mut commit: Commit,
    rewrite: impl Fn(Side, &Retold) -> Option<Side>,
) -> Committed {
    if let Some(retold) = commit.retold.take() {
        commit.sides.extend(listed(inner).await.into_iter().filter_map(|side| rewrite(side, &retold)));
    }
    inner.commit(commit).await.unwrap()
}

fn after(side: Side, retold: &Retold, near: bool) -> Side {
    if near {
        return Side { name_text: retold.name_text.clone(), contact_text: retold.contact_text.clone(), ..side };
    }
    Side { name_text: retold.far_name_text.clone(), ..side }
}

/// What is left as it was.
#[derive(Clone, Copy)]
enum Kept {
    Nothing,
    Name,
    Contact,
}

/// Tells these and no others.
fn telling(kept: Kept, whom: fn(&Side, &Retold) -> bool) -> Mutant {
    Mutant::faithful().commit(move |inner, commit| async move {
        let rewrite = |side: Side, retold: &Retold| {
            let told = after(side.clone(), retold, side.near());
            whom(&side, retold).then_some(match kept {
                Kept::Nothing => told,
                Kept::Name => Side { name_text: side.name_text, ..told },
                Kept::Contact => Side { contact_text: side.contact_text, ..told },
            })
        };
        Ok(rewriting(&inner, commit, rewrite).await)
    })
}

/// Tells the right ones, but others are told the contact.
fn near(near: fn(&Side) -> bool) -> Mutant {
    Mutant::faithful().commit(move |inner, commit| async move {
        let rewrite = |side: Side, retold: &Retold| {
            let near = near(&side);
            (side.other == retold.business).then(|| after(side, retold, near))
        };
        Ok(rewriting(&inner, commit, rewrite).await)
    })
}

/// Who has parted is told the name that is for those who are near.
fn near_name() -> Mutant {
    Mutant::faithful().commit(|inner, commit| async move {
        let rewrite = |side: Side, retold: &Retold| {
            let near = side.near();
            let name_text = retold.name_text.clone();
            (side.other == retold.business).then(|| Side { name_text, ..after(side, retold, near) })
        };
        Ok(rewriting(&inner, commit, rewrite).await)
    })
}

fn first_hundred() -> Mutant {
    Mutant::faithful().commit(|inner, mut commit| async move {
        if let Some(retold) = commit.retold.take() {
            let told = listed(&inner).await.into_iter().take(100).filter(|side| side.other == retold.business);
            commit.sides.extend(told.map(|side| after(side.clone(), &retold, side.near())));
        }
        inner.commit(commit).await
    })
}

fn told_anyway() -> Mutant {
    Mutant::faithful().commit(|inner, commit| async move {
        let retold = commit.retold.clone();
        let answer = inner.commit(commit).await?;
        inner.commit(Commit { retold, ..stage::commit() }).await?;
        Ok(answer)
    })
}

/// Who is added to a list meanwhile is not told.
fn looked_through_before() -> Mutant {
    Mutant::faithful().commit(|inner, mut commit| async move {
        if let Some(retold) = commit.retold.take() {
            let told = listed(&inner).await.into_iter().filter(|side| side.other == retold.business);
            commit.sides.extend(told.map(|side| after(side.clone(), &retold, side.near())));
            give_way().await;
            give_way().await;
        }
        inner.commit(commit).await
    })
}
