//! The hand on a process that is ended, and a look into the file that it leaves.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use handclasp_sqlite::APPLICATION_ID;
use handclasp_tests::soak;
use rusqlite::types::Value as Stored;
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

use crate::child::{Call, End, FILE, How, Mailing, Order, Said};

/// No process takes longer to say something: one that does hangs.
const HANGS: Duration = Duration::from_secs(300);

/// A process that does what it is told until it is killed.
pub(crate) struct Victim {
    process: Child,
    orders: Option<ChildStdin>,
    said: Receiver<Said>,
}

impl Victim {
    /// Starts one in this folder.
    pub(crate) fn start(folder: &Path) -> Self {
        Self::start_with(folder, &[])
    }

    /// Starts one in this folder that finds these names in its environment.
    pub(crate) fn start_with(folder: &Path, environment: &[(&str, &Path)]) -> Self {
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        command.current_dir(folder).envs(environment.iter().copied()).args([
            "--ignored",
            "--exact",
            "child::serves",
            "--test-threads=1",
        ]);
        let mut process =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("a process");
        let output = BufReader::new(process.stdout.take().expect("its output"));
        let (sender, said) = channel();
        std::thread::spawn(move || {
            let lines = output.lines().map_while(Result::ok);
            for said in lines.filter_map(|line| serde_json::from_str(&line).ok()) {
                if sender.send(said).is_err() {
                    break;
                }
            }
        });
        let orders = process.stdin.take();
        let mut victim = Self { process, orders, said };
        assert_eq!(victim.hears(), Said::Ready);
        victim
    }

    /// Starts one that has opened the file.
    pub(crate) fn open(folder: &Path, story: Option<&str>, at: &str) -> Self {
        let mut victim = Self::start(folder);
        victim.opens(story, at);
        victim
    }

    /// Opens the file.
    pub(crate) fn opens(&mut self, story: Option<&str>, at: &str) {
        self.tell(&Order::Open { story: story.map(str::to_owned), at: at.to_owned() });
        assert_eq!(self.hears(), Said::Opened(Ok(())), "the file does not open");
    }

    /// Gives an order.
    pub(crate) fn tell(&mut self, order: &Order) {
        let line = serde_json::to_string(order).expect("an order is JSON");
        writeln!(self.orders.as_mut().expect("it listens"), "{line}").expect("it listens");
    }

    /// The point of this number stops it.
    pub(crate) fn stop_at(&mut self, passage: usize) {
        self.tell(&Order::Arm(End { passage, how: How::Stops }));
    }

    /// It says when it comes to the next point.
    pub(crate) fn says_where(&mut self) {
        self.tell(&Order::Arm(End { passage: 1, how: How::Says }));
    }

    /// What its mailer does from now on.
    pub(crate) fn mail(&mut self, mailing: &Mailing) {
        self.tell(&Order::Mail(mailing.clone()));
    }

    /// What it says next.
    pub(crate) fn hears(&mut self) -> Said {
        self.said.recv_timeout(HANGS).expect("it says something")
    }

    /// Makes a call; the mails that it took, and where the call has come to: its answer, or a point.
    pub(crate) fn call(&mut self, call: &Call) -> (Vec<Value>, Said) {
        self.tell(&Order::Call { calls: vec![call.clone()], together: false });
        let mut mails = Vec::new();
        loop {
            let said = self.hears();
            if !matches!(said, Said::Mail(_)) {
                return (mails, said);
            }
            mails.push(said.mail());
        }
    }

    /// Makes a call that nothing stops.
    pub(crate) fn answer(&mut self, call: &Call) -> (Vec<Value>, String) {
        let (mails, said) = self.call(call);
        (mails, said.answer().1)
    }

    /// Its id, for signals.
    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }

    /// Kills it, as nothing can be caught or finished; what it had said that was not heard yet.
    pub(crate) fn kill(mut self) -> Vec<Said> {
        self.end();
        self.said.iter().collect()
    }

    /// Waits until it has ended by itself; how it did, and what it had said that was not heard yet.
    pub(crate) fn ends(mut self) -> (ExitStatus, Vec<Said>) {
        let mut said = Vec::new();
        loop {
            match self.said.recv_timeout(HANGS) {
                Ok(next) => said.push(next),
                Err(RecvTimeoutError::Disconnected) => return (self.process.wait().expect("it has ended"), said),
                Err(RecvTimeoutError::Timeout) => panic!("it does not end, and has said {said:?}"),
            }
        }
    }

    fn end(&mut self) {
        // `kill` of a child that is gone already is none.
        let _ = self.process.kill();
        self.process.wait().expect("it has ended");
        self.orders = None;
    }
}

impl Drop for Victim {
    fn drop(&mut self) {
        self.end();
    }
}

/// Says how much was done, in the long form: there numbers are looked at.
pub(crate) fn report(what: &str) {
    if soak::rounds(0, 1) == 1 {
        writeln!(std::io::stderr(), "{what}").expect("somebody listens");
    }
}

/// Everything that lies in the file of a folder, row by row, sound in every respect that SQLite can tell. The log stays
/// as it is, for the next process to find.
pub(crate) fn rows(folder: &Path) -> Vec<String> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let file = Connection::open_with_flags(folder.join(FILE), flags).expect("the file opens");
    file.busy_timeout(HANGS).expect("a patience");
    assert_eq!(texts(&file, "PRAGMA integrity_check"), ["ok"]);
    assert_eq!(texts(&file, "SELECT \"table\" FROM pragma_foreign_key_check"), [""; 0]);
    let tables = texts(&file, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
    let mut rows: Vec<String> = tables.iter().flat_map(|table| rows_of(&file, table)).collect();
    rows.sort();
    rows
}

fn rows_of(file: &Connection, table: &str) -> Vec<String> {
    let mut statement = file.prepare(&format!("SELECT * FROM \"{table}\"")).expect("a table");
    let columns = statement.column_count();
    let row =
        |row: &rusqlite::Row<'_>| (0..columns).map(|place| row.get::<_, Stored>(place)).collect::<Result<Vec<_>, _>>();
    let rows = statement.query_map((), row).expect("its rows").map(|row| format!("{table} {:?}", row.expect("a row")));
    rows.collect()
}

/// The marks and the text of every table and index; nothing if it is a file without any.
pub(crate) fn schema(folder: &Path) -> Vec<String> {
    let file = Connection::open(folder.join(FILE)).expect("the file opens");
    file.busy_timeout(HANGS).expect("a patience");
    assert_eq!(texts(&file, "PRAGMA integrity_check"), ["ok"]);
    let marks = "SELECT application_id || ' ' || user_version FROM pragma_application_id, pragma_user_version";
    match texts(&file, marks).concat().as_str() {
        "0 0" => {
            assert_eq!(texts(&file, "SELECT sql FROM sqlite_schema"), [""; 0], "half a schema");
            Vec::new()
        }
        marks => {
            assert!(marks.starts_with(&APPLICATION_ID.to_string()), "{marks}");
            texts(&file, "SELECT coalesce(sql, name) FROM sqlite_schema ORDER BY name")
        }
    }
}

fn texts(file: &Connection, sql: &str) -> Vec<String> {
    let mut statement = file.prepare(sql).expect("a statement");
    statement.query_map((), |row| row.get(0)).expect("rows").collect::<Result<_, _>>().expect("texts")
}
