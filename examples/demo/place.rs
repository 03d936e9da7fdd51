//! Where the demo writes, and what of it may be removed.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use handclasp::DeliveryId;
use handclasp_sqlite::APPLICATION_ID;

/// The folder of the database and the mails.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) database: PathBuf,
    pub(crate) mail: PathBuf,
}

impl Place {
    /// Takes the folder for this run: it must not hold an earlier one, unless that may go.
    pub(crate) fn take(out: &Path, again: bool) -> Result<Self> {
        let place = Self { database: out.join("handclasp.db"), mail: out.join("mail") };
        if again {
            place.clear()?;
        }
        fs::create_dir_all(out).with_context(|| format!("{} can't be made", out.display()))?;
        // An empty file takes the place before anything is written, even from another run of this very moment.
        let database = place.database.display();
        match File::create_new(&place.database) {
            Ok(_) => Ok(place),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => bail!(
                "{database} exists already and stays as it is. To remove it and start anew, say --again \
                 (make demo ARGS=--again); to keep it, name another folder with --out"
            ),
            Err(error) => Err(error).with_context(|| format!("{database} can't be made")),
        }
    }

    /// Removes what an earlier run wrote, and nothing that anybody else did.
    fn clear(&self) -> Result<()> {
        if !ours(&self.database)? {
            bail!("{} is no database of Handclasp, and is not removed", self.database.display());
        }
        for beside in ["", "-wal", "-shm"] {
            let mut path = self.database.clone().into_os_string();
            path.push(beside);
            remove(Path::new(&path))?;
        }
        let mails = match fs::read_dir(&self.mail) {
            Ok(mails) => mails,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error).with_context(|| format!("{} can't be listed", self.mail.display())),
        };
        for mail in mails {
            let path = mail?.path();
            if is_mail(&path) {
                remove(&path)?;
            }
        }
        Ok(())
    }
}

/// Whether nothing lies there, an empty file, or a database that bears our mark, at the place where SQLite keeps it.
fn ours(database: &Path) -> Result<bool> {
    let mut head = Vec::new();
    match File::open(database) {
        Ok(file) => file.take(72).read_to_end(&mut head)?,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(error).with_context(|| format!("{} can't be read", database.display())),
    };
    let mark = head.get(68..72);
    Ok(head.is_empty() || head.starts_with(b"SQLite format 3\0") && mark == Some(&APPLICATION_ID.to_be_bytes()))
}

/// Whether a mail of ours lies there: it is named after its delivery.
fn is_mail(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.strip_suffix(".eml").is_some_and(|stem| stem.parse::<DeliveryId>().is_ok())
}

fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} can't be removed", path.display()))
        }
        _ => Ok(()),
    }
}
