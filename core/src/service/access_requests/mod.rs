//! `access_requests`: people claim a business as their employer, and an Admin decides.

mod decide;
mod reads;
mod submit;

pub use self::decide::{AcceptAccess, DeclineAccess};
pub use self::reads::{AccessRequestsPage, GetAccess, ListAccess, ListOwn, OwnAccessRequestsPage};
pub use self::submit::{SubmitAccess, WithdrawAccess};
use super::Handclasp;

/// People claim a business as their employer, and an Admin decides.
#[derive(Debug, Clone, Copy)]
pub struct AccessRequests<'a>(pub(super) &'a Handclasp);
