//! The native half of the Node package `handclasp`: operations and arguments go in as JSON text, answers come out.
//!
//! Everything that a user sees (classes, errors, types) is JavaScript, generated from the description of the surface.

mod mailer;

use std::sync::Arc;

use handclasp_wire::Host;
use napi_derive::napi;

use crate::mailer::{Bridge, NodeMailer};

/// An open Handclasp.
#[napi]
#[derive(Debug)]
pub struct Handle {
    host: Host,
}

/// Opens a handle. What is refused rejects with the error as JSON text.
#[napi]
pub async fn open(configuration: String, bridge: Option<Bridge>) -> napi::Result<Handle> {
    let opened = match bridge {
        Some(bridge) => handclasp_wire::open_with_mailer(&configuration, Arc::new(NodeMailer::new(bridge))).await,
        None => handclasp_wire::open(&configuration).await,
    };
    match opened {
        Ok(host) => Ok(Handle { host }),
        Err(error) => Err(napi::Error::from_reason(error.to_json())),
    }
}

#[napi]
impl Handle {
    /// Runs one operation.
    #[napi]
    pub async fn call(&self, operation: String, arguments: String) -> String {
        self.host.call(&operation, &arguments).await
    }

    /// The messages captured so far as JSON text, or `null` if the handle has another mailer.
    #[napi]
    pub fn sent(&self) -> Option<String> {
        self.host.sent()
    }

    /// Finishes what is under way; later calls answer `closed`.
    #[napi]
    pub async fn close(&self) -> String {
        self.host.close().await
    }
}
