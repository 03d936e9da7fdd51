//! Files that are checked in, made anew by a test, compared, and reviewed as diffs.

use std::fs;
use std::path::{Path, PathBuf};

/// Set to `write`, the files are rewritten instead of compared.
const VARIABLE: &str = "HANDCLASP_GOLDEN";

/// The path of a file of this package.
#[must_use]
pub fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Compares the checked-in file with what it should be.
///
/// # Panics
/// If they differ, with the first lines that do.
pub fn check(name: &str, wanted: &str) {
    let path = path(name);
    if std::env::var(VARIABLE).is_ok_and(|value| value == "write") {
        return write(name, wanted);
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == wanted,
        "tests/{name} differs: run again with {VARIABLE}=write and review the diff\n{}",
        difference(&found, wanted)
    );
}

/// Writes the file.
///
/// # Panics
/// If it can't be written.
pub fn write(name: &str, wanted: &str) {
    let path = path(name);
    fs::create_dir_all(path.parent().expect("a file in a folder")).expect("the folder can be made");
    fs::write(&path, wanted).expect("the file can be written");
}

fn difference(found: &str, wanted: &str) -> String {
    let (mut found, mut wanted) = (found.lines(), wanted.lines());
    let mut shown = Vec::new();
    let mut number = 0;
    loop {
        number += 1;
        match (found.next(), wanted.next()) {
            (None, None) => return shown.join("\n"),
            (was, is) if was == is => {}
            (was, is) => {
                shown.push(format!("line {number}\n- {}\n+ {}", was.unwrap_or("(end)"), is.unwrap_or("(end)")));
                if shown.len() == 10 {
                    return shown.join("\n");
                }
            }
        }
    }
}
