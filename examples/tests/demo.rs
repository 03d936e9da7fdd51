//! The demo as a user runs it.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Output};

fn demo(arguments: &[&str], out: &Path) -> io::Result<Output> {
    Command::new(env!("CARGO_BIN_EXE_demo")).args(arguments).arg("--out").arg(out).output()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_run_tells_what_happened_and_a_second_one_touches_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let first = demo(&["--data", "data"], folder.path()).unwrap();
    let told = text(&first.stdout);
    assert!(first.status.success(), "{told}{}", text(&first.stderr));
    for line in [
        "359 rows: 343 registered, 16 refused",
        "  line  25  name: it is empty",
        "  line 217  16 columns instead of 15",
        "100 contractors opened it and accepted at the same time: 100 connected",
        "16 opened and accepted",
        "all 16 refusals read: \"Invite code is invalid or has expired\"\n",
    ] {
        assert!(told.contains(line), "{line} is missing in:\n{told}");
    }

    let database = folder.path().join("handclasp.db");
    let before = fs::read(&database).unwrap();
    let second = demo(&["--data", "data"], folder.path()).unwrap();
    assert_eq!((second.status.code(), text(&second.stdout)), (Some(1), String::new()));
    assert!(text(&second.stderr).contains("exists already and stays as it is"));
    assert_eq!(fs::read(&database).unwrap(), before);

    let mails = || fs::read_dir(folder.path().join("mail")).unwrap().count();
    let earlier = mails();
    assert!(demo(&["--data", "data", "--again"], folder.path()).unwrap().status.success());
    assert_eq!(mails(), earlier);
}

#[test]
fn rows_that_are_none_are_refused_by_their_line() {
    let (data, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let header = fs::read_to_string("data/businesses.csv").unwrap().lines().next().unwrap().to_owned();
    let good = |name: &str| format!("{name},,,,,,GB,,,,,,,Jo Doe,jo@{}.example", name.to_lowercase());
    let rows = [&header, &good("Acme"), "x,y", "\"a\nb\",c", &good("Volt"), ""].join("\n").into_bytes();
    let rows = [&rows[..], b"\xff\xfe,,,,,,GB,,,,,,,Jo,jo@x.example\n", b"\"unclosed,,,,"].concat();
    fs::write(data.path().join("businesses.csv"), rows).unwrap();
    let clients = "name,contractor_role\nAcme,Electrician\nNobody,Electrician\nAcme,Supplier\n";
    fs::write(data.path().join("clients.csv"), clients).unwrap();
    let invites =
        "email,message,language\njo@volt.example,,\nno address,,\nstranger@x.example,,\njo@volt.example,,xx-\n";
    fs::write(data.path().join("invites.csv"), invites).unwrap();

    let run = demo(&["--data", data.path().to_str().unwrap()], out.path()).unwrap();
    let told = text(&run.stdout);
    assert!(run.status.success(), "{told}{}", text(&run.stderr));
    for line in [
        "6 rows: 2 registered, 4 refused",
        "line   3  2 columns instead of 15",
        "line   4  2 columns instead of 15",
        "line   7  not UTF-8",
        "line   8  1 column instead of 15",
        "line   3  name: no business of this name is registered",
        "line   4  `name` is taken (name_taken)",
        "line   3  email: it is not of the right form",
        "line   5  language: it is not of the right form",
        "1 left alone: the address is no registered Admin's",
    ] {
        assert!(told.contains(line), "{line} is missing in:\n{told}");
    }
}

#[test]
fn what_can_not_be_done_is_said_in_a_sentence_and_nothing_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let run = |arguments: &[&str]| {
        let run = demo(arguments, &out).unwrap();
        (run.status.code(), text(&run.stderr))
    };
    let (code, said) = run(&["--data", "nowhere"]);
    assert_eq!(code, Some(1));
    assert!(said.starts_with("demo: nowhere/businesses.csv can't be opened"), "{said}");
    assert_eq!(run(&["--what"]).0, Some(2));
    assert!(!out.exists());

    fs::create_dir(&out).unwrap();
    fs::write(out.join("handclasp.db"), "somebody's notes").unwrap();
    let (code, said) = run(&["--data", "data", "--again"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("is no database of Handclasp, and is not removed"), "{said}");
    assert_eq!(fs::read_to_string(out.join("handclasp.db")).unwrap(), "somebody's notes");
}

#[test]
fn the_quickstart_runs() {
    let run = Command::new(env!("CARGO_BIN_EXE_quickstart")).output().unwrap();
    assert!(run.status.success(), "{}", text(&run.stderr));
}
