//! What a process was seen to do to its files, and what a disk holds of that after a power cut.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::path::Path;

use rand::RngExt;
use rand::rngs::StdRng;

use crate::child::Said;

/// What a disk writes whole or not at all.
const SECTOR: usize = 512;

/// What a process did.
#[derive(Debug)]
pub(crate) enum Deed {
    /// It changed the file of this name.
    Changed(String, Change),
    /// It had the file of this name flushed.
    Flushed(String),
    /// It had the folder flushed: what is no more in it is gone for good.
    FlushedFolder,
    /// It said this, or a part of it.
    Spoke(Vec<u8>),
}

/// A change of a file.
#[derive(Debug, Clone)]
pub(crate) enum Change {
    Wrote { at: usize, bytes: Vec<u8> },
    Cut { to: usize },
    Removed,
}

/// Reads the notes of a process, as `power.c` writes them.
pub(crate) fn deeds(notes: &Path) -> Vec<Deed> {
    let notes = std::fs::read(notes).expect("notes");
    let (mut rest, mut deeds) = (notes.as_slice(), Vec::new());
    while !rest.is_empty() {
        let mut line = String::new();
        rest.read_line(&mut line).expect("a line");
        let [what, name, offset, count] = line.split_whitespace().collect::<Vec<_>>()[..] else { panic!("{line}") };
        let (bytes, after) = rest.split_at(count.parse().expect("a number"));
        rest = after;
        let (name, offset, bytes) = (name.to_owned(), offset.parse::<usize>(), bytes.to_vec());
        deeds.push(match (what, name.as_str()) {
            // It lies in memory, and is made anew by whoever opens the file first.
            (_, name) if name.ends_with("-shm") => continue,
            ("write", "-") => Deed::Spoke(bytes),
            ("write", _) => Deed::Changed(name, Change::Wrote { at: offset.expect("a place"), bytes }),
            ("truncate", _) => Deed::Changed(name, Change::Cut { to: offset.expect("a length") }),
            ("unlink", _) => Deed::Changed(name, Change::Removed),
            ("sync", ".") => Deed::FlushedFolder,
            ("sync", _) => Deed::Flushed(name),
            _ => panic!("{line}"),
        });
    }
    deeds
}

/// What of the changes since the last flush the disk has made all the same.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Keeps {
    Nothing,
    /// Each change by chance whole, in part or not, whatever came before it.
    Some,
    Everything,
}

/// The files of a folder on a disk that was told to flush some of what was done to them.
#[derive(Debug, Default)]
pub(crate) struct Disk {
    files: BTreeMap<String, File>,
    /// What the process has said meanwhile.
    said: Vec<u8>,
}

#[derive(Debug, Default)]
struct File {
    /// What is flushed; nothing where there is no file.
    flushed: Option<Vec<u8>>,
    /// What came after that.
    loose: Vec<Change>,
}

impl Disk {
    /// One with the files of a folder.
    pub(crate) fn of(folder: &Path) -> Self {
        let file = |(name, bytes)| (name, File { flushed: Some(bytes), loose: Vec::new() });
        Self { files: contents(folder).into_iter().map(file).collect(), said: Vec::new() }
    }

    /// One more deed is done.
    pub(crate) fn sees(&mut self, deed: &Deed) {
        match deed {
            Deed::Changed(name, change) => self.files.entry(name.clone()).or_default().loose.push(change.clone()),
            Deed::Flushed(name) => self.files.entry(name.clone()).or_default().flush(),
            Deed::FlushedFolder => self.files.values_mut().for_each(File::flush_removal),
            Deed::Spoke(bytes) => self.said.extend(bytes),
        }
    }

    /// Whether it may forget something.
    pub(crate) fn is_loose(&self) -> bool {
        self.files.values().any(|file| !file.loose.is_empty())
    }

    /// Cuts the power, and puts what there is then into an empty folder. A file is there if any of it is: SQLite has the
    /// folder flushed when it first has a file of its own flushed.
    pub(crate) fn cut(&self, keeps: Keeps, rng: &mut StdRng, folder: &Path) {
        for (name, file) in &self.files {
            if let Some(bytes) = file.kept(keeps, rng) {
                std::fs::write(folder.join(name), bytes).expect("a file");
            }
        }
    }

    /// What was said so far.
    pub(crate) fn said(&self) -> Vec<Said> {
        self.said.lines().filter_map(|line| serde_json::from_str(&line.expect("text")).ok()).collect()
    }
}

impl File {
    fn flush(&mut self) {
        let Self { flushed, loose } = self;
        loose.drain(..).for_each(|change| change.make(flushed));
    }

    /// A file that was removed is gone, and a newer one of its name has its own beginning.
    fn flush_removal(&mut self) {
        if let Some(removed) = self.loose.iter().rposition(|change| matches!(change, Change::Removed)) {
            self.flushed = None;
            self.loose.drain(..=removed);
        }
    }

    fn kept(&self, keeps: Keeps, rng: &mut StdRng) -> Option<Vec<u8>> {
        let mut kept = self.flushed.clone();
        for (number, change) in self.loose.iter().enumerate() {
            match (keeps, change) {
                (Keeps::Nothing, _) => {}
                // Where a file of the same name has followed it, it was removed before.
                (_, Change::Removed) if number + 1 < self.loose.len() => kept = None,
                (Keeps::Everything, _) => change.make(&mut kept),
                (Keeps::Some, _) => change.make_by_chance(&mut kept, rng),
            }
        }
        kept
    }
}

impl Change {
    fn make(&self, file: &mut Option<Vec<u8>>) {
        match self {
            Self::Wrote { at, bytes } => write(file, *at, bytes),
            Self::Cut { to } => file.get_or_insert_default().resize(*to, 0),
            Self::Removed => *file = None,
        }
    }

    fn make_by_chance(&self, file: &mut Option<Vec<u8>>, rng: &mut StdRng) {
        match self {
            Self::Wrote { at, bytes } if rng.random_bool(0.4) => {
                for (at, bytes) in sectors(*at, bytes) {
                    if rng.random_bool(0.5) {
                        write(file, at, bytes);
                    }
                }
            }
            Self::Wrote { .. } | Self::Cut { .. } | Self::Removed => {
                if rng.random_bool(0.5) {
                    self.make(file);
                }
            }
        }
    }
}

fn write(file: &mut Option<Vec<u8>>, at: usize, bytes: &[u8]) {
    let file = file.get_or_insert_default();
    let end = at + bytes.len();
    file.resize(file.len().max(end), 0);
    file[at..end].copy_from_slice(bytes);
}

/// The parts of what is written that lie in a sector each.
fn sectors(mut at: usize, mut bytes: &[u8]) -> Vec<(usize, &[u8])> {
    let mut parts = Vec::new();
    while !bytes.is_empty() {
        let (part, rest) = bytes.split_at(bytes.len().min(SECTOR - at % SECTOR));
        parts.push((at, part));
        (at, bytes) = (at + part.len(), rest);
    }
    parts
}

/// What lies in a folder, but what lies in memory.
pub(crate) fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    let files = entries.map(|entry| (entry.file_name().into_string().expect("a name"), entry.path()));
    let files = files.filter(|(name, _)| !name.ends_with("-shm"));
    files.map(|(name, path)| (name, std::fs::read(path).expect("a file"))).collect()
}
