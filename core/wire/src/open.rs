//! From a configuration as JSON to an open handle, with storage and mailer by their names.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use handclasp::mail::{CapturingMailer, MailFailure, Mailer, Message};
use handclasp::storage::{Memory, Storage};
use handclasp::{
    Configuration, Email, Error, Fault, FaultKind, Handclasp, KeyNumber, KeyRing, Limits, Pages, Parts, Quotas,
};
use handclasp_eml::FolderMailer;
use handclasp_postgres::{Postgres, Roots};
use handclasp_sqlite::Sqlite;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::call;

/// How links begin: what starts like this is kept out of what a mailer reports.
const SECRET: &str = "hclasp1_";

/// An open Handclasp, as a language binding holds it.
#[derive(Debug, Clone)]
pub struct Host {
    handclasp: Handclasp,
    captured: Option<Arc<CapturingMailer>>,
}

/// Why a handle could not be opened. Whoever opens one is the operator: they are told what is wrong.
#[derive(Debug, Clone)]
pub struct WireError {
    code: &'static str,
    message: String,
}

impl fmt::Display for WireError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for WireError {}

/// Opens a handle. What the configuration says is all here; nothing is read from the environment.
///
/// # Errors
/// `config_invalid` for what can't be read or used, an unknown field too; storage codes.
pub async fn open(configuration: &str) -> Result<Host, WireError> {
    open_with(configuration, None).await
}

/// Opens a handle whose mailer is `{"kind": "host"}`: it is the given one.
///
/// # Errors
/// Those of [`open`], and `config_invalid` for a mailer that is configured and not given, or the other way round.
pub async fn open_with_mailer(configuration: &str, mailer: Arc<dyn Mailer>) -> Result<Host, WireError> {
    open_with(configuration, Some(mailer)).await
}

async fn open_with(configuration: &str, host: Option<Arc<dyn Mailer>>) -> Result<Host, WireError> {
    let wanted: Wanted = serde_json::from_str(configuration).map_err(|error| invalid(&unplaced(&error)))?;
    let settings = wanted.settings()?;
    let (mailer, captured) = wanted.mailer.made(host)?;
    let storage = wanted.storage.opened().await?;
    let handclasp = Handclasp::open(settings, Parts::new(Arc::clone(&storage), mailer)).await;
    match handclasp {
        Ok(handclasp) => Ok(Host { handclasp, captured }),
        Err(error) => {
            // Nobody else will let go of the database; that it was refused is the better answer, whatever comes of this.
            let _ = storage.close().await;
            Err(error.into())
        }
    }
}

impl Host {
    /// The handle itself.
    #[must_use]
    pub const fn handclasp(&self) -> &Handclasp {
        &self.handclasp
    }

    /// Runs one operation, see [`call`](crate::call).
    pub async fn call(&self, operation: &str, arguments: &str) -> String {
        call(&self.handclasp, operation, arguments).await
    }

    /// The messages captured so far, as a JSON list; `None` if the handle has another mailer.
    #[must_use]
    pub fn sent(&self) -> Option<String> {
        let messages = self.captured.as_ref()?.messages();
        Some(Value::from(messages.iter().map(message_json).collect::<Vec<_>>()).to_string())
    }

    /// Finishes what is under way and lets go of the database; answers as [`call`](crate::call) does. Calls after it
    /// answer `closed`.
    pub async fn close(&self) -> String {
        match self.handclasp.close().await.map_err(WireError::from) {
            Ok(()) => json!({ "ok": null }).to_string(),
            Err(error) => format!(r#"{{"error":{}}}"#, error.to_json()),
        }
    }
}

impl WireError {
    /// `{"code": …, "message": …, "fields": {}}`, as the error in an answer.
    #[must_use]
    pub fn to_json(&self) -> String {
        json!({ "code": self.code, "message": self.message, "fields": {} }).to_string()
    }
}

impl From<Error> for WireError {
    fn from(error: Error) -> Self {
        let code = error.code();
        // The cause of these two is what is wrong with what the operator gave; that of others may name their hosts.
        let mut message = error.to_string();
        if let Error::Fault(Fault { kind, source: Some(cause), .. }) = &error
            && to_mend(*kind)
        {
            message = format!("{message}: {cause}");
        }
        Self { code, message }
    }
}

impl From<Fault> for WireError {
    fn from(fault: Fault) -> Self {
        Error::from(fault).into()
    }
}

/// Whether the operator mends it by giving something else.
const fn to_mend(kind: FaultKind) -> bool {
    matches!(kind, FaultKind::ConfigInvalid | FaultKind::SchemaMismatch)
}

fn invalid(why: &str) -> WireError {
    Fault::new(FaultKind::ConfigInvalid, why.to_owned()).into()
}

/// What is wrong without where in the text: the text is not of the operator's own writing.
fn unplaced(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    storage: WantedStorage,
    keys: Vec<WantedKey>,
    signing_key: Option<u16>,
    base_url: String,
    sender: String,
    sender_name: Option<String>,
    mailer: WantedMailer,
    #[serde(default)]
    limits: WantedLimits,
    #[serde(default)]
    quotas: WantedQuotas,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WantedKey {
    number: u16,
    secret: String,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct WantedLimits {
    per_inviter: Option<u32>,
    per_client: Option<u32>,
    per_address: Option<u32>,
    per_pair: Option<u32>,
    per_requester: Option<u32>,
    per_requester_pair: Option<u32>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct WantedQuotas {
    members: Option<u32>,
    contractor_roles: Option<u32>,
    access_requests: Option<u32>,
    connections: Option<u32>,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum WantedStorage {
    // With braces: serde takes any field beside a bare variant.
    Memory {},
    Sqlite {
        path: PathBuf,
        #[serde(default)]
        create: bool,
    },
    Postgres {
        url: String,
        #[serde(default)]
        create: bool,
        /// The certificate authorities that the server's certificate may come from, in PEM; else those of the machine.
        ca_file: Option<PathBuf>,
    },
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum WantedMailer {
    Capture {},
    Folder { path: PathBuf },
    Host {},
}

impl Wanted {
    fn settings(&self) -> Result<Configuration, WireError> {
        let sender = Email::parse(&self.sender).map_err(|_| invalid("`sender` is no e-mail address"))?;
        let mut settings = Configuration::new(self.key_ring()?, Pages::under(&self.base_url)?, sender);
        settings.sender_name.clone_from(&self.sender_name);
        let usual = Limits::default();
        settings.limits = Limits {
            per_inviter: self.limits.per_inviter.unwrap_or(usual.per_inviter),
            per_client: self.limits.per_client.unwrap_or(usual.per_client),
            per_address: self.limits.per_address.unwrap_or(usual.per_address),
            per_pair: self.limits.per_pair.unwrap_or(usual.per_pair),
            per_requester: self.limits.per_requester.unwrap_or(usual.per_requester),
            per_requester_pair: self.limits.per_requester_pair.unwrap_or(usual.per_requester_pair),
        };
        let usual = Quotas::default();
        settings.quotas = Quotas {
            members: self.quotas.members.unwrap_or(usual.members),
            contractor_roles: self.quotas.contractor_roles.unwrap_or(usual.contractor_roles),
            access_requests: self.quotas.access_requests.unwrap_or(usual.access_requests),
            connections: self.quotas.connections.unwrap_or(usual.connections),
        };
        Ok(settings)
    }

    fn key_ring(&self) -> Result<KeyRing, WireError> {
        let signing = match (self.signing_key, self.keys.as_slice()) {
            (Some(number), _) => number,
            (None, [only]) => only.number,
            (None, []) => return Err(invalid("`keys` is empty")),
            (None, _) => return Err(invalid("`signing_key` is missing: there is more than one key")),
        };
        let (first, others): (Vec<_>, Vec<_>) = self.keys.iter().partition(|key| key.number == signing);
        let [first, twice @ ..] = first.as_slice() else {
            return Err(invalid("`signing_key` is none of the keys"));
        };
        let mut ring = KeyRing::new(KeyNumber(signing), &first.bytes()?)?;
        for key in twice.iter().copied().chain(others) {
            ring = ring.verify_only(KeyNumber(key.number), &key.bytes()?)?;
        }
        Ok(ring)
    }
}

impl WantedKey {
    fn bytes(&self) -> Result<Vec<u8>, WireError> {
        let secret = URL_SAFE_NO_PAD.decode(self.secret.trim_end_matches('='));
        // The decoder's own error would name a character of the secret.
        secret.map_err(|_| invalid(&format!("the secret of key {} is not base64url", self.number)))
    }
}

impl WantedStorage {
    async fn opened(self) -> Result<Arc<dyn Storage>, WireError> {
        Ok(match self {
            Self::Memory {} => Arc::new(Memory::new()),
            Self::Sqlite { path, create } => {
                Arc::new(Sqlite::open(path, handclasp_sqlite::Options::new().create(create)).await?)
            }
            Self::Postgres { url, create, ca_file } => {
                let roots = ca_file.map_or(Roots::Native, Roots::File);
                let options = handclasp_postgres::Options { create, roots, ..Default::default() };
                Arc::new(Postgres::open(&url, options).await?)
            }
        })
    }
}

type Mailers = (Arc<dyn Mailer>, Option<Arc<CapturingMailer>>);

impl WantedMailer {
    fn made(self, host: Option<Arc<dyn Mailer>>) -> Result<Mailers, WireError> {
        match (self, host) {
            (Self::Capture {}, None) => {
                let captured = Arc::new(CapturingMailer::new());
                Ok((Arc::clone(&captured) as Arc<dyn Mailer>, Some(captured)))
            }
            (Self::Folder { path }, None) => {
                let folder =
                    FolderMailer::create(path).map_err(|error| invalid(&format!("the folder for mail: {error}")))?;
                Ok((Arc::new(folder), None))
            }
            (Self::Host {}, Some(host)) => Ok((host, None)),
            (Self::Host {}, None) => Err(invalid("`mailer` is of the host, and there is none")),
            (_, Some(_)) => Err(invalid("there is a mailer of the host, and `mailer` is another")),
        }
    }
}

/// A message as JSON, for a mailer in the host's own language.
#[must_use]
pub fn message_json(message: &Message) -> Value {
    json!({
        "delivery": message.delivery,
        "kind": message.kind,
        "message_id": message.message_id,
        "date": message.date,
        "sender": message.from.as_str(),
        "sender_name": message.from_name,
        "to": message.to.as_str(),
        "reply_to": message.reply_to.as_ref().map(Email::as_str),
        "subject": message.subject,
        "text": message.text,
    })
}

/// What a mailer in the host's own language answered, as JSON text: `{"sent": true}` or
/// `{"sent": false, "permanent": false, "reason": "…"}`; or the reason why it gave no answer.
///
/// # Errors
/// What it answered, if that is a failure.
pub fn mail_outcome(answer: Result<String, String>) -> Result<(), MailFailure> {
    let answer = answer.map_err(|reason| MailFailure::Temporary(safe(&reason)))?;
    let outcome: Outcome = serde_json::from_str(&answer)
        .map_err(|error| MailFailure::Temporary(format!("unreadable answer of the mailer: {error}")))?;
    match outcome {
        Outcome { sent: true, .. } => Ok(()),
        Outcome { permanent: true, reason, .. } => Err(MailFailure::Permanent(safe(&reason))),
        Outcome { reason, .. } => Err(MailFailure::Temporary(safe(&reason))),
    }
}

#[derive(Deserialize)]
struct Outcome {
    sent: bool,
    #[serde(default)]
    permanent: bool,
    #[serde(default)]
    reason: String,
}

/// A host's exception may quote the message, which may hold a link: what is kept for the operator must not.
fn safe(reason: &str) -> String {
    let mut parts = reason.split(SECRET);
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push('…');
        kept.push_str(part.trim_start_matches(|each: char| each.is_ascii_alphanumeric() || each == '-' || each == '_'));
    }
    kept.chars().take(500).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn configuration(change: impl FnOnce(&mut Value)) -> String {
        let mut standard = json!({
            "storage": {"kind": "memory"},
            "keys": [{"number": 1, "secret": URL_SAFE_NO_PAD.encode([7; 32])}],
            "base_url": "https://app.example.com",
            "sender": "network@app.example.com",
            "mailer": {"kind": "capture"},
        });
        change(&mut standard);
        standard.to_string()
    }

    #[tokio::test]
    async fn a_sound_configuration_opens() {
        let host = open(&configuration(|_| {})).await.unwrap();
        assert_eq!(host.sent().as_deref(), Some("[]"));
        assert_eq!(host.close().await, r#"{"ok":null}"#);
    }

    #[tokio::test]
    async fn what_is_wrong_is_said_without_secrets() {
        type Change = fn(&mut Value);
        let cases: [(Change, &str); 8] = [
            (|all| all["colour"] = json!("red"), "unknown field `colour`"),
            (|all| all["storage"]["colour"] = json!("red"), "unknown field `colour`"),
            (|all| all["storage"]["kind"] = json!("tape"), "unknown variant `tape`"),
            (|all| all["keys"] = json!([]), "`keys` is empty"),
            (|all| all["keys"][0]["secret"] = json!("c2VzYW1l"), "at least 32 bytes"),
            (|all| all["keys"][0]["secret"] = json!("sesame!"), "key 1 is not base64url"),
            (|all| all["signing_key"] = json!(2), "none of the keys"),
            (|all| all["mailer"]["kind"] = json!("host"), "there is none"),
        ];
        for (change, why) in cases {
            let error = open(&configuration(change)).await.unwrap_err();
            assert_eq!(error.code, "config_invalid", "{why}");
            assert!(error.message.contains(why), "{}", error.message);
            assert!(!error.message.contains("same") && !error.message.contains("c2Vz"), "{}", error.message);
        }
    }

    #[test]
    fn a_mailer_in_another_language_is_understood() {
        assert_eq!(mail_outcome(Ok(r#"{"sent":true}"#.into())), Ok(()));
        let temporary = |reason: &str| Err(MailFailure::Temporary(reason.into()));
        assert_eq!(mail_outcome(Ok(r#"{"sent":false,"reason":"no line"}"#.into())), temporary("no line"));
        assert_eq!(mail_outcome(Err("gone".into())), temporary("gone"));
        let permanent = mail_outcome(Ok(r#"{"sent":false,"permanent":true,"reason":"no such address"}"#.into()));
        assert_eq!(permanent, Err(MailFailure::Permanent("no such address".into())));
        assert!(matches!(mail_outcome(Ok("5".into())), Err(MailFailure::Temporary(_))));
    }

    #[test]
    fn a_link_stays_out_of_what_a_mailer_reports() {
        let report = "550 rejected: https://app.example.com/join/hclasp1_Ab-_9 and hclasp1_x.";
        assert_eq!(safe(report), "550 rejected: https://app.example.com/join/… and ….");
    }
}
