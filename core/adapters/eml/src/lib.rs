//! Handclasp messages as RFC 5322 files in a folder: for trying out, for tests, and for hosts whose mail system picks
//! files up.
#![forbid(unsafe_code)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use handclasp::mail::{MailFailure, Mailer, Message};
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue, MIME_VERSION_1_0};
use lettre::message::{Mailbox, MessageBuilder};

/// Writes each message as one `.eml` file, named after its delivery: an attempt that is repeated writes the same file.
///
/// ```
/// # async fn example(message: &handclasp::mail::Message) -> Result<(), Box<dyn std::error::Error>> {
/// use handclasp::mail::Mailer;
/// let mailer = handclasp_eml::FolderMailer::create("outbox")?;
/// mailer.send(message).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct FolderMailer {
    folder: PathBuf,
}

impl FolderMailer {
    /// A mailer for a folder, which is made if it is missing.
    ///
    /// # Errors
    /// What making the folder fails with.
    pub fn create(folder: impl Into<PathBuf>) -> std::io::Result<Self> {
        let folder = folder.into();
        fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A reader never sees half a message: it is written beside and moved.
    fn write(&self, name: &str, bytes: &[u8]) -> std::io::Result<()> {
        let (part, whole) = (self.folder.join(format!(".{name}.part")), self.folder.join(format!("{name}.eml")));
        let mut file = private(&part)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(part, whole)
    }
}

/// An invite's mail holds its link: nobody but the owner reads it.
fn private(path: &Path) -> std::io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[async_trait]
impl Mailer for FolderMailer {
    async fn send(&self, message: &Message) -> Result<(), MailFailure> {
        let bytes = rfc5322(message)?;
        let written = self.write(&message.delivery.to_string(), &bytes);
        written.map_err(|error| MailFailure::Temporary(error.kind().to_string()))
    }
}

/// No reply-all machine answers what a machine sent: RFC 3834 §5.
#[derive(Debug, Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// The message as it goes over the wire: one recipient, one text, no header but ours.
///
/// # Errors
/// [`MailFailure::Permanent`] for a message that can't be written: a control character where one line is asked for, an
/// encoded word or an endless one where a text is, or an address that no server would take.
pub fn rfc5322(message: &Message) -> Result<Vec<u8>, MailFailure> {
    let from = mailbox(message.from_name.as_deref().map(plain).transpose()?, &message.from)?;
    let subject = plain(&message.subject)?;
    let date = SystemTime::UNIX_EPOCH + Duration::from_micros(u64::try_from(message.date.as_micros()).unwrap_or(0));
    let mut builder: MessageBuilder = lettre::Message::builder()
        .message_id(Some(format!("<{}>", message.message_id)))
        .date(date)
        .from(from)
        .to(mailbox(None, &message.to)?)
        .subject(subject)
        .header(AutoSubmitted)
        // Without it a strict reader shows the encoded text as it is (RFC 2045 §4).
        .header(MIME_VERSION_1_0)
        .header(ContentType::TEXT_PLAIN);
    if let Some(reply_to) = &message.reply_to {
        builder = builder.reply_to(mailbox(None, reply_to)?);
    }
    let text = message.text.replace("\r\n", "\n");
    if text.chars().any(|character| character.is_control() && character != '\n') {
        return Err(MailFailure::Permanent("a control character in the text".into()));
    }
    let built = builder.body(text.replace('\n', "\r\n"));
    built.map(|built| built.formatted()).map_err(|error| MailFailure::Permanent(error.to_string()))
}

/// What goes into a header is one line: the builder panics on a line break in a display name.
fn plain(line: &str) -> Result<String, MailFailure> {
    if line.chars().any(|character| character.is_control() || matches!(character, '\u{2028}' | '\u{2029}')) {
        return Err(MailFailure::Permanent("a control character in a header".into()));
    }
    // The builder folds at spaces alone, and a line has 998 octets at most (RFC 5322 §2.1.1).
    if line.split(' ').any(|word| word.len() > 900) {
        return Err(MailFailure::Permanent("a word that fills more than a line in a header".into()));
    }
    // It writes ASCII as it is, and every reader would decode this to something else (RFC 2047).
    if line.contains("=?") {
        return Err(MailFailure::Permanent("an encoded word in a header".into()));
    }
    // Of spaces beside each other, a reader drops those that fall between two encoded words (RFC 2047 §6.2): one, written
    // within a word, is kept.
    Ok(line.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
}

fn mailbox(name: Option<String>, address: &handclasp::Email) -> Result<Mailbox, MailFailure> {
    let address = address.as_str().parse();
    address
        .map(|address| Mailbox::new(name, address))
        .map_err(|_| MailFailure::Permanent("an address of no use".into()))
}
