//! A mailer that keeps what it is given, for tests and demonstrations.

use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;

use super::{MailFailure, Mailer, Message};

/// Keeps every message instead of sending it.
#[derive(Debug, Default)]
pub struct CapturingMailer(Mutex<Vec<Message>>);

impl CapturingMailer {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What it was given so far, in that order.
    #[must_use]
    pub fn messages(&self) -> Vec<Message> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[async_trait]
impl Mailer for CapturingMailer {
    async fn send(&self, message: &Message) -> Result<(), MailFailure> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(message.clone());
        Ok(())
    }
}
