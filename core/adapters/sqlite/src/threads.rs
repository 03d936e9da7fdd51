//! The threads of a handle: who starts them, how work gets to them, and in which order they let go.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::{Builder, JoinHandle};

use futures_channel::oneshot;
use futures_util::FutureExt;
use handclasp::{Fault, FaultKind};
use rusqlite::Connection;

use crate::answers::{Answer, Reply, Waiting};
use crate::place::{Access, Place};
use crate::reading::{self, Pool, Read};
use crate::schema;
use crate::writer::{self, Queue, Queued};
use crate::{Options, Sqlite};

/// Lists are rare beside loads; two of them do not wait for each other.
const READERS: usize = 2;

/// The ways to the threads, which end when the last of these is dropped.
#[derive(Clone)]
pub(crate) struct Ways {
    writer: Queue,
    reader: SyncSender<Read>,
    waiting: Waiting,
}

impl Ways {
    pub(crate) fn write<T: Send + 'static>(
        &self,
        work: impl FnMut(&Connection) -> Result<T, Fault> + Send + 'static,
    ) -> Result<Answer<T>, Fault> {
        self.writer.put(&self.waiting, work)
    }

    pub(crate) fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, Fault> + Send + 'static,
    ) -> Result<Answer<T>, Fault> {
        reading::put(&self.reader, &self.waiting, read)
    }
}

/// Opens on the thread that will write: opening can wait for another process.
pub(crate) fn start(path: PathBuf, options: Options) -> Result<Answer<Sqlite>, Fault> {
    let (reply, answer) = Waiting::default().ask();
    spawn("handclasp-write", move || serve(&path, options, reply))?;
    Ok(answer)
}

fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, Fault> {
    let spawned = Builder::new().name(name.to_owned()).spawn(run);
    spawned.map_err(|error| Fault::new(FaultKind::StorageUnavailable, error))
}

/// What the writing thread holds while it serves.
struct Served {
    connection: Connection,
    queue: Receiver<Box<dyn Queued>>,
    readers: Vec<JoinHandle<()>>,
    pool: Arc<Pool>,
    _ended: oneshot::Sender<()>,
}

fn serve(path: &Path, options: Options, reply: Reply<Sqlite>) {
    let served = match open(path, options) {
        Err(fault) => return reply.answer(Err(fault)),
        Ok((sqlite, served)) => {
            // A caller that has gone away drops the handle, and all ends here.
            reply.answer(Ok(sqlite));
            served
        }
    };
    writer::run(&served.connection, &served.queue);
    for reader in served.readers {
        drop(reader.join());
    }
    served.pool.drain();
    // The last connection to close empties the log into the database and removes it; only one that writes can.
    drop(served.connection);
}

fn open(path: &Path, options: Options) -> Result<(Sqlite, Served), Fault> {
    let patience = options.busy_timeout;
    let (connection, place) = schema::open(path, options.create, patience)?;
    let (writer, queue) = sync_channel(options.queue.max(1));
    let (reader, readers) = read_threads(&place, options)?;
    let (ended, end) = oneshot::channel();
    let pool = Arc::new(Pool::new(place));
    let ways = Ways { writer: Queue { sender: writer, patience }, reader, waiting: Waiting::default() };
    let sqlite = Sqlite { ways: Mutex::new(Some(ways)), pool: Arc::clone(&pool), ended: end.shared() };
    Ok((sqlite, Served { connection, queue, readers, pool, _ended: ended }))
}

fn read_threads(place: &Place, options: Options) -> Result<(SyncSender<Read>, Vec<JoinHandle<()>>), Fault> {
    let (sender, queue) = sync_channel(options.queue.max(1));
    let queue = Arc::new(Mutex::new(queue));
    let start = |_| {
        let connection = place.connect(Access::Read, options.busy_timeout)?;
        let queue = Arc::clone(&queue);
        spawn("handclasp-read", move || reading::run(&connection, &queue))
    };
    let readers = (0..READERS).map(start).collect::<Result<_, _>>()?;
    Ok((sender, readers))
}
