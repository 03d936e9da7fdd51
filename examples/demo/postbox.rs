//! The mail system of the demo: messages go into a folder, and the invited read them there.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};
use async_trait::async_trait;
use handclasp::mail::{MailFailure, Mailer, Message};
use handclasp::{Email, Link};
use handclasp_eml::FolderMailer;
use mailparse::MailHeaderMap;

/// A folder mailer that remembers what kinds of mail it took, and which of them somebody has read.
#[derive(Debug)]
pub(crate) struct Postbox {
    folder: FolderMailer,
    taken: Mutex<BTreeMap<PathBuf, Taken>>,
}

#[derive(Debug)]
struct Taken {
    kind: &'static str,
    read: bool,
}

/// What somebody finds in their mail.
#[derive(Debug)]
pub(crate) struct Invitation {
    pub(crate) to: Email,
    pub(crate) link: Link,
}

impl Postbox {
    /// A postbox in a folder, which is made if it is missing.
    pub(crate) fn create(folder: &Path) -> Result<Self> {
        let made = FolderMailer::create(folder).with_context(|| format!("{} can't be made", folder.display()))?;
        Ok(Self { folder: made, taken: Mutex::default() })
    }

    /// How many mails of each kind lie in it.
    pub(crate) fn kinds(&self) -> BTreeMap<&'static str, usize> {
        let mut kinds = BTreeMap::new();
        for mail in self.taken().values() {
            *kinds.entry(mail.kind).or_default() += 1;
        }
        kinds
    }

    /// The mails of one kind that nobody has read yet. They count as read from now on.
    pub(crate) fn unread(&self, kind: &str) -> Vec<PathBuf> {
        let mut taken = self.taken();
        let unread = taken.iter_mut().filter(|(_, mail)| mail.kind == kind && !mail.read);
        unread
            .map(|(file, mail)| {
                mail.read = true;
                file.clone()
            })
            .collect()
    }

    /// Some mail of one kind.
    pub(crate) fn first(&self, kind: &str) -> Option<PathBuf> {
        self.taken().iter().find(|(_, mail)| mail.kind == kind).map(|(file, _)| file.clone())
    }

    fn taken(&self) -> MutexGuard<'_, BTreeMap<PathBuf, Taken>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Mailer for Postbox {
    async fn send(&self, message: &Message) -> Result<(), MailFailure> {
        self.folder.send(message).await?;
        // By file and not by attempt: a repeated one is the same mail.
        let file = self.folder.folder().join(format!("{}.eml", message.delivery));
        self.taken().entry(file).or_insert(Taken { kind: message.kind, read: false });
        Ok(())
    }
}

impl Invitation {
    /// Reads a mail as its receiver does.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let show = path.display();
        let bytes = fs::read(path).with_context(|| format!("{show} can't be read"))?;
        let mail = mailparse::parse_mail(&bytes).with_context(|| format!("{show} is no mail"))?;
        let to = mail.headers.get_first_value("To").with_context(|| format!("{show} goes to nobody"))?;
        let text = mail.get_body().with_context(|| format!("{show} has no text"))?;
        let link =
            text.lines().find_map(|line| line.strip_prefix("Join: ")).with_context(|| format!("{show} has no link"))?;
        Ok(Self { to: Email::parse(&to)?, link: Link::new(link) })
    }
}
