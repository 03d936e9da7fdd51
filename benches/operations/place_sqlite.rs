//! SQLite: a file in memory where there is such a place, so that the disk's moods are not measured; and one on disk.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use handclasp::storage::Storage;
use handclasp_sqlite::Options;
use tempfile::{Builder, TempDir};

use crate::Outcome;
use crate::floor_sqlite;
use crate::job::Job;
use crate::path::Measured;
use crate::place::{Grouping, Place};
use crate::steps::Step;
use crate::world::{self, Size, World};

/// A folder with the prepared file and its copies.
pub(crate) struct Sqlite {
    name: &'static str,
    folder: TempDir,
    world: Arc<World>,
    copies: AtomicUsize,
}

const PREFIX: &str = "handclasp-bench-";
/// Where files lie in memory, if anywhere.
const MEMORY: &str = "/dev/shm";
/// Beside the build, which nobody keeps in memory.
const DISK: &str = env!("CARGO_TARGET_TMPDIR");

impl Sqlite {
    pub(crate) async fn in_memory(size: Size) -> Outcome<Self> {
        let folder = Builder::new().prefix(PREFIX).tempdir_in(MEMORY);
        Self::prepare("sqlite", folder.or_else(|_| Builder::new().prefix(PREFIX).tempdir())?, size).await
    }

    pub(crate) async fn on_disk(size: Size) -> Outcome<Self> {
        fs::create_dir_all(DISK)?;
        Self::prepare("disk", Builder::new().prefix(PREFIX).tempdir_in(DISK)?, size).await
    }

    async fn prepare(name: &'static str, folder: TempDir, size: Size) -> Outcome<Self> {
        let place = folder.path().parent().unwrap_or(Path::new(".")).display();
        println!("{name}: SQLite {} in {place}", rusqlite::version());
        let path = template(&folder);
        let storage: Arc<dyn Storage> =
            Arc::new(handclasp_sqlite::Sqlite::open(path, Options::new().create(true)).await?);
        let world = world::fill(Arc::clone(&storage), size).await?;
        // The last handle to close empties the log into the file: it alone is then the database.
        storage.close().await?;
        Ok(Self { name, folder, world: Arc::new(world), copies: AtomicUsize::new(0) })
    }

    /// A copy, in place of the one before.
    fn copy(&self) -> Outcome<PathBuf> {
        let number = self.copies.fetch_add(1, Ordering::Relaxed);
        let path = |number| self.folder.path().join(format!("copy-{number}.db"));
        if let Some(before) = number.checked_sub(1) {
            fs::remove_file(path(before))?;
        }
        fs::copy(template(&self.folder), path(number))?;
        Ok(path(number))
    }
}

fn template(folder: &TempDir) -> PathBuf {
    folder.path().join("template.db")
}

#[async_trait(?Send)]
impl Place for Sqlite {
    fn name(&self) -> &'static str {
        self.name
    }

    fn takes(&self, _: Job) -> bool {
        true
    }

    async fn fresh(&self) -> Outcome<(Arc<dyn Storage>, Arc<World>)> {
        let storage = handclasp_sqlite::Sqlite::open(self.copy()?, Options::new()).await?;
        Ok((Arc::new(storage), Arc::clone(&self.world)))
    }

    async fn floor(&self, commits: &[Vec<Step>], callers: usize, grouping: Grouping) -> Outcome<Option<Measured>> {
        let group = if grouping == Grouping::Together { callers } else { 1 };
        let path = self.copy()?;
        tokio::task::block_in_place(|| floor_sqlite::run(&path, commits, group).map(Some))
    }

    async fn clear(&self) -> Outcome<()> {
        // The folder goes with its value.
        Ok(())
    }
}
