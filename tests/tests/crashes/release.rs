//! What is shipped knows nothing of the points at which tests end a process.

use std::path::Path;
use std::process::Command;

/// Packages as cargo would build them for somebody, and the features that they get.
fn built(arguments: &[&str]) -> String {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).args(["tree", "--locked"]);
    let output = cargo.args(["--prefix", "none", "--format", "{p} [{f}]"]).args(arguments).output().expect("cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("names")
}

fn has_points(tree: &str) -> bool {
    let sqlite = tree.lines().find(|line| line.starts_with("handclasp-sqlite ")).expect("the store in a file");
    sqlite.contains("failpoints") || tree.lines().any(|line| line.starts_with("fail "))
}

#[test]
fn sup_03_nothing_that_is_shipped_has_failpoints() {
    let shipped = ["handclasp-python", "handclasp-node", "handclasp-examples", "handclasp-wire", "handclasp-sqlite"];
    for package in shipped {
        assert!(!has_points(&built(&["-p", package, "-e", "normal,build"])), "{package}");
    }
    // All at once too: what one asks for, cargo gives to all that it builds beside it.
    assert!(!has_points(&built(&["--workspace", "-e", "normal,build"])), "the workspace");
    // The look is not blind.
    assert!(has_points(&built(&["-p", "handclasp-tests", "-e", "normal,build,dev"])));
}
