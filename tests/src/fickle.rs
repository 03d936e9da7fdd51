//! A mailer that goes wrong as it is told to.

use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use handclasp::mail::{MailFailure, Mailer, Message};
use tokio::sync::Notify;

/// Keeps what it is given, unless it is told to go wrong.
#[derive(Debug, Default)]
pub struct FickleMailer {
    kept: Mutex<Vec<Message>>,
    state: Mutex<State>,
    hanging: Notify,
}

#[derive(Debug, Default)]
struct State {
    mishap: Option<Mishap>,
    calls: usize,
    hangs: bool,
}

/// What goes wrong, with which messages.
#[derive(Debug, Clone)]
pub struct Mishap {
    /// With these.
    pub with: Messages,
    /// In this way.
    pub how: How,
}

/// Some of the messages.
#[derive(Debug, Clone)]
pub enum Messages {
    /// All of them.
    All,
    /// Those to these addresses.
    To(Vec<String>),
    /// The one of this number, counted from 1 since the mailer was told.
    Nth(usize),
}

/// How a mailer goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// It does not take the message and says so.
    Fails(MailFailure),
    /// It never answers.
    Hangs,
    /// It panics.
    Panics,
    /// It takes the message and says that it has not.
    Forgets,
}

impl FickleMailer {
    /// What it took so far, in that order.
    #[must_use]
    pub fn messages(&self) -> Vec<Message> {
        self.kept().clone()
    }

    /// The same, and forgets them: over a long time they would fill the memory.
    #[must_use]
    pub fn take(&self) -> Vec<Message> {
        std::mem::take(&mut *self.kept())
    }

    /// Goes wrong so from now on; nothing: takes everything again.
    pub fn arm(&self, mishap: Option<Mishap>) {
        *self.state() = State { mishap, ..State::default() };
    }

    /// What it was told.
    #[must_use]
    pub fn told(&self) -> Option<Mishap> {
        self.state().mishap.clone()
    }

    /// How many messages it was given since it was last told how to behave.
    #[must_use]
    pub fn calls(&self) -> usize {
        self.state().calls
    }

    /// Returns when a message hangs.
    pub async fn hangs(&self) {
        while !self.state().hangs {
            self.hanging.notified().await;
        }
    }

    fn kept(&self) -> MutexGuard<'_, Vec<Message>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn mishap(&self, message: &Message) -> Option<How> {
        let mut state = self.state();
        state.calls += 1;
        let calls = state.calls;
        let mishap = state.mishap.as_ref().filter(|mishap| match &mishap.with {
            Messages::All => true,
            Messages::To(addresses) => addresses.iter().any(|address| address == message.to.as_str()),
            Messages::Nth(number) => *number == calls,
        });
        mishap.map(|mishap| mishap.how.clone())
    }
}

#[async_trait]
impl Mailer for FickleMailer {
    async fn send(&self, message: &Message) -> Result<(), MailFailure> {
        match self.mishap(message) {
            None => {
                self.kept().push(message.clone());
                Ok(())
            }
            Some(How::Fails(failure)) => Err(failure),
            Some(How::Hangs) => {
                self.state().hangs = true;
                self.hanging.notify_one();
                std::future::pending().await
            }
            // As a panic does, but for the message, of which there would be thousands.
            Some(How::Panics) => std::panic::resume_unwind(Box::new("the mailer panics")),
            Some(How::Forgets) => {
                self.kept().push(message.clone());
                Err(MailFailure::Temporary("the answer was lost".to_owned()))
            }
        }
    }
}
