//! The demo as a user runs it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

fn demo(arguments: &[&str], out: &Path) -> io::Result<Output> {
    Command::new(env!("CARGO_BIN_EXE_demo")).args(arguments).arg("--out").arg(out).output()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Each line of `--json`, by its step.
fn steps(run: &Output) -> serde_json::Result<BTreeMap<String, Value>> {
    assert!(run.status.success(), "{}", text(&run.stderr));
    let lines = text(&run.stdout);
    let step = |line| {
        let facts: Value = serde_json::from_str(line)?;
        Ok((facts.get("step").and_then(Value::as_str).unwrap_or_default().to_owned(), facts))
    };
    lines.lines().map(step).collect()
}

fn assert_told(told: &str, lines: &[&str]) {
    for line in lines {
        assert!(told.contains(line), "{line} is missing in:\n{told}");
    }
}

#[test]
fn a_run_tells_what_happened_and_a_second_one_touches_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let first = demo(&["--data", "data"], folder.path()).unwrap();
    let told = text(&first.stdout);
    assert!(first.status.success(), "{told}{}", text(&first.stderr));
    assert_told(
        &told,
        &[
            "343 businesses, each with its first Admin",
            "of 359 rows in businesses.csv, 16 refused:",
            "  businesses.csv:25   name: it is empty",
            "  businesses.csv:217  16 columns instead of 15",
            "  fees.csv:5  price: it is no number that fits",
            "  roles.csv:18  not permitted (forbidden)",
            "100 contractors at the same time: 100 connected",
            "14 opened and accepted",
            "1 of them after a mail scanner had looked 3 times: that uses up nothing",
            "2 of them clicked twice at the same moment: one click opens, the other is refused",
            "5 refusals, all in the same words: \"Invite code is invalid or has expired\"\n",
            "4 accepted, 2 declined, 1 withdrawn, 3 waiting",
            "  requests.csv:15  not with oneself (self_action_forbidden)",
            "2 declined, 1 of them told why; 1 withdrawn, 1 waiting",
            "the clock of this story is moved by hand, and shows 2026-03-09",
            "5 links unopened: 5 alive one microsecond before the end, 0 at the end",
            "back by the group link: forbidden; asked again: connected",
            "its workflow was approved, and is approved",
            "its dashboard: 2 requests wait for an answer",
            "109 connections, 327.00 GBP; with one more 330.00 GBP",
            "125  connections: 118 connected, 3 pending, 2 declined, 1 withdrawn, 1 disconnected",
        ],
    );
    let control = |out: &str| out.chars().any(|character| character.is_control() && character != '\n');
    assert!(!control(&told) && first.stderr.is_empty(), "a file or a program gets no control characters");

    let database = folder.path().join("handclasp.db");
    let before = fs::read(&database).unwrap();
    let second = demo(&["--data", "data"], folder.path()).unwrap();
    assert_eq!((second.status.code(), text(&second.stdout)), (Some(1), String::new()));
    assert!(text(&second.stderr).contains("exists already and stays as it is"));
    assert_eq!(fs::read(&database).unwrap(), before);
}

#[test]
fn programs_get_the_same_facts_and_again_starts_anew() {
    let folder = tempfile::tempdir().unwrap();
    let mails = || fs::read_dir(folder.path().join("mail")).unwrap().count();
    let told = text(&demo(&["--data", "data"], folder.path()).unwrap().stdout);
    let earlier = mails();
    let run = demo(&["--data", "data", "--again", "--json"], folder.path()).unwrap();
    let steps = steps(&run).unwrap();
    assert_eq!(mails(), earlier);

    let refused = |file: &Value| {
        let row = |row: &Value| format!("{}:{}", row["file"].as_str().unwrap(), row["line"]);
        file["refused"].as_array().unwrap().iter().map(row).collect::<Vec<_>>()
    };
    for step in ["register", "roles", "invites", "requests", "employers"] {
        let rows = refused(&steps[step]["file"]);
        assert!(!rows.is_empty() && rows.iter().all(|row| told.contains(row.as_str())), "{step}: {rows:?}");
    }
    let fees = &steps["fees"]["statements"][0];
    let (group_link, week) = (&steps["group_link"], &steps["week"]);
    let exists = &steps["exists"]["connections"];
    let lines = [
        format!("{} businesses, each with its first Admin", steps["register"]["businesses"]),
        format!("{} contractors at the same time: {} connected", group_link["visitors"], group_link["connected"]),
        format!("{} mails: ", steps["deliver"]["mails"]),
        format!("{} requests, {} mails: ", steps["requests"]["asked"], steps["requests"]["mails"]),
        format!("{} links unopened: {} alive", week["unopened"], week["alive_before"]),
        format!("{} connections, 327.00 GBP", fees["statement"]["count"]),
        format!("connections: {} connected, {} pending", exists["connected"], exists["pending"]),
        format!("({} .eml files)", steps["done"]["mails"]),
    ];
    assert_told(&told, &lines.each_ref().map(String::as_str));
    assert_eq!(fees["statement"]["total"], 32_700);
    assert_eq!(fees["statement"]["lines"].as_array().unwrap().len(), 109);
    assert_eq!(week["at"], "2026-03-09T09:00:00.000000Z");
    assert_eq!(steps["workflow"]["summary"]["status"], "approved");
}

/// A folder of one's own, with the rows after each file's header.
fn own(files: &[File]) -> io::Result<TempDir> {
    let folder = tempfile::tempdir()?;
    for (name, rows) in files {
        fs::write(folder.path().join(name), rows)?;
    }
    Ok(folder)
}

type File = (&'static str, &'static [u8]);

const CLIENTS: File = ("clients.csv", b"name\nAcme\nNobody\nAcme\n");

#[test]
fn rows_that_are_none_are_refused_by_their_line() {
    let businesses = b"admin_email,name,admin_name\njo@acme.example,Acme,Jo Doe\nx,y\n\"a\nb\",c\n\
        kim@volt.example,Volt,Kim\n\xff\xfe,X,Jo\n\"unclosed,,,,";
    let invites = b"client,role,email,language\nAcme,Supplier,kim@volt.example,\nAcme,Supplier,no address,\n\
        Acme,Supplier,stranger@x.example,\nAcme,Supplier,kim@volt.example,xx-\n";
    let data = own(&[("businesses.csv", businesses), CLIENTS, ("invites.csv", invites)]).unwrap();
    let out = tempfile::tempdir().unwrap();
    let run = demo(&["--data", data.path().to_str().unwrap()], out.path()).unwrap();
    let told = text(&run.stdout);
    assert!(run.status.success(), "{told}{}", text(&run.stderr));
    assert_told(
        &told,
        &[
            "2 businesses, each",
            "of 6 rows in businesses.csv, 4 refused:",
            "businesses.csv:3  2 columns instead of 3",
            "businesses.csv:4  2 columns instead of 3",
            "businesses.csv:7  not UTF-8",
            "businesses.csv:8  1 column instead of 3",
            "clients.csv:3  name: no business of this name is registered",
            "clients.csv:4  name: it is a client account already",
            "invites.csv:3  email: it is not of the right form",
            "invites.csv:5  language: it is not of the right form",
            "1 opened and accepted",
            "1 left alone: nobody with that address is registered",
            "Acme has no plan, and pays nothing",
            "1  connections: 1 connected\n",
        ],
    );
}

#[test]
fn an_unknown_file_or_column_is_named_and_nothing_is_made() {
    let businesses: File = ("businesses.csv", b"name,admin_name,admin_email\nAcme,Jo,jo@acme.example\n");
    let cases: [(&[File], &str); 5] = [
        (&[businesses, CLIENTS, ("role.csv", b"client,role\n")], "holds \"role.csv\", which is unknown"),
        (&[businesses, CLIENTS, ("roles.csv", b"client,role,mandatary\n")], "column 3 is called \"mandatary\""),
        (&[businesses, CLIENTS, ("fees.csv", b"client,price\n")], "there is no column `currency`"),
        (&[businesses, ("clients.csv", b"name,name\n")], "the column `name` is there twice"),
        (&[businesses], "holds no clients.csv"),
    ];
    for (files, expected) in cases {
        let (data, out) = (own(files).unwrap(), tempfile::tempdir().unwrap());
        let run = demo(&["--data", data.path().to_str().unwrap()], out.path()).unwrap();
        let (file, _) = files.last().unwrap();
        let said = text(&run.stderr);
        assert_eq!((run.status.code(), text(&run.stdout)), (Some(1), String::new()));
        assert!(said.contains(expected), "{said}");
        assert!(said.contains(file) || files.len() == 1, "{said}");
        assert_eq!(fs::read_dir(out.path()).unwrap().count(), 0, "{said}");
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
    assert!(said.starts_with("demo: the folder nowhere can't be read"), "{said}");
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
