//! The mailer of a process that is ended.

use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use handclasp::mail::{MailFailure, Mailer, Message};
use tokio::sync::Semaphore;

use crate::child::{Mailing, Said, say};

/// A mailer that says what it is given.
#[derive(Debug)]
pub(crate) struct Reporting {
    pub(crate) mailing: Mutex<Mailing>,
    /// So many of the messages that it holds may go.
    pub(crate) held: Semaphore,
}

impl Default for Reporting {
    fn default() -> Self {
        Self { mailing: Mutex::default(), held: Semaphore::new(0) }
    }
}

#[async_trait]
impl Mailer for Reporting {
    async fn send(&self, message: &Message) -> Result<(), MailFailure> {
        let mailing = self.mailing.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let took = || say(&Said::Mail(handclasp_wire::message_json(message)));
        match mailing {
            Mailing::Fails { to, permanently, says }
                if to.as_deref().is_none_or(|to| to.iter().any(|to| to == message.to.as_str())) =>
            {
                Err(if permanently { MailFailure::Permanent(says) } else { MailFailure::Temporary(says) })
            }
            Mailing::Takes | Mailing::Fails { .. } => {
                took();
                Ok(())
            }
            Mailing::Holds => {
                took();
                self.held.acquire().await.expect("never closed").forget();
                Ok(())
            }
        }
    }
}
