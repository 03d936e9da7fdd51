//! Mail: what a message is, who takes it, and how a notice becomes one.
//!
//! Mail is apart from operations: a mailer can't fail, slow or undo one. A commit owes a notice; a worker expands it
//! into deliveries, one per address, and hands each, at least once and always with the same Message-ID, to the mailer.

mod capture;
mod compose;
mod inert;

use std::fmt;

use async_trait::async_trait;

pub use self::capture::CapturingMailer;
pub(crate) use self::compose::{Composer, Facts};
use crate::email::Email;
use crate::id::DeliveryId;
use crate::time::Timestamp;

/// One message to one address.
#[derive(Clone)]
#[non_exhaustive]
pub struct Message {
    /// The delivery that it is the message of.
    pub delivery: DeliveryId,
    /// The name of the notice, as in `invite`.
    pub kind: &'static str,
    /// The Message-ID without its angle brackets, the same at every attempt.
    pub message_id: String,
    /// When the notice was made.
    pub date: Timestamp,
    /// Where it comes from.
    pub from: Email,
    /// The name shown beside it.
    pub from_name: Option<String>,
    /// Where it goes.
    pub to: Email,
    /// Where answers go.
    pub reply_to: Option<Email>,
    /// One line of text.
    pub subject: String,
    /// The text, with LF line ends. That of an invite holds its link: keep it out of logs.
    pub text: String,
}

impl fmt::Debug for Message {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = out.debug_struct("Message");
        out.field("kind", &self.kind).field("message_id", &self.message_id).field("to", &self.to);
        out.finish_non_exhaustive()
    }
}

/// Why a mailer did not take a message. The text is for an operator: it may not hold the message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(clippy::exhaustive_enums, reason = "another attempt helps or it doesn't")]
pub enum MailFailure {
    /// Another attempt may help.
    #[error("{0}")]
    Temporary(String),
    /// No other attempt can help.
    #[error("{0}")]
    Permanent(String),
}

/// Who takes messages.
///
/// It may be called for several messages at once, and for one message more than once: a crash between sending and
/// settling repeats it, with the same Message-ID.
#[async_trait]
pub trait Mailer: Send + Sync + fmt::Debug {
    /// Sends one message.
    ///
    /// # Errors
    /// [`MailFailure`]; a panic and a passed deadline count as temporary ones.
    async fn send(&self, message: &Message) -> Result<(), MailFailure>;
}
