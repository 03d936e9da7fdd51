//! The mail system of the demo: messages go into a folder, and the invited read them there.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};
use async_trait::async_trait;
use handclasp::mail::{MailFailure, Mailer, Message};
use handclasp::{Email, Link};
use handclasp_eml::FolderMailer;
use mailparse::MailHeaderMap;

/// A folder mailer that remembers what kinds of mail it took.
#[derive(Debug)]
pub(crate) struct Postbox {
    folder: FolderMailer,
    taken: Mutex<BTreeMap<PathBuf, &'static str>>,
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
        for kind in self.taken.lock().unwrap_or_else(PoisonError::into_inner).values() {
            *kinds.entry(*kind).or_default() += 1;
        }
        kinds
    }

    /// The mails of one kind.
    pub(crate) fn of_kind(&self, kind: &str) -> Vec<PathBuf> {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.iter().filter(|(_, of)| **of == kind).map(|(path, _)| path.clone()).collect()
    }
}

#[async_trait]
impl Mailer for Postbox {
    async fn send(&self, message: &Message) -> Result<(), MailFailure> {
        self.folder.send(message).await?;
        // By file and not by attempt: a repeated one is the same mail.
        let file = self.folder.folder().join(format!("{}.eml", message.delivery));
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).insert(file, message.kind);
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
