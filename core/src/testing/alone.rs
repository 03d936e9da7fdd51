//! Parts of an operation alone, for benches.

use crate::{Actor, Error, Handclasp, Link};

/// Whether the text is a link or claim of this handle: all that happens before storage is asked.
#[must_use]
pub fn verifies(handclasp: &Handclasp, link: &Link) -> bool {
    handclasp.verifies(link)
}

/// The decision of a redeem, as often as it is called, on records that are loaded once; whether it said yes. Nothing is
/// committed.
///
/// # Errors
/// As [`redeem`](crate::invites::Invites::redeem).
pub async fn redeeming<'a>(
    handclasp: &'a Handclasp,
    by: &'a Actor,
    link: &Link,
) -> Result<impl Fn() -> bool + 'a, Error> {
    handclasp.redeeming(by, link).await
}
