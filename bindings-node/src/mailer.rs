//! Mail through an object of the host's own: Rust hands the message to `bridge.js`, which calls `send`.

use std::fmt;

use async_trait::async_trait;
use handclasp::mail::{MailFailure, Mailer, Message};
use napi::Status;
use napi::bindgen_prelude::Promise;
use napi::threadsafe_function::ThreadsafeFunction;

/// Takes a message as JSON text and resolves with JSON text that says how it went. Weak, so that an idle handle lets the process end.
pub(crate) type Bridge = ThreadsafeFunction<String, Promise<String>, String, Status, false, true>;

/// A mailer whose `send` is JavaScript.
pub(crate) struct NodeMailer(Bridge);

impl NodeMailer {
    pub(crate) fn new(bridge: Bridge) -> Self {
        Self(bridge)
    }
}

impl fmt::Debug for NodeMailer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("NodeMailer")
    }
}

impl NodeMailer {
    /// How sending went, as JSON text, or why there is no saying.
    async fn deliver(&self, message: String) -> Result<String, String> {
        // `call_async` without `catch` would end the process when the bridge throws.
        let sending = self.0.call_async_catch(message).await.map_err(|error| error.reason.to_string())?;
        sending.await.map_err(|error| error.reason.to_string())
    }
}

#[async_trait]
impl Mailer for NodeMailer {
    async fn send(&self, message: &Message) -> Result<(), MailFailure> {
        handclasp_wire::mail_outcome(self.deliver(handclasp_wire::message_json(message).to_string()).await)
    }
}
