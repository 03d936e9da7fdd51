//! Tests that need a process of their own: one with few descriptors, little memory, a small disk, or nobody beside it.

use std::process::{Command, Stdio};

/// Runs an ignored test of this program alone, after some shell commands, and waits for it to pass.
pub(crate) fn passes(test: &str, after: &str) {
    let script = format!("{after} exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command.args(["-c", &script]).arg(std::env::current_exe().expect("this program"));
    command.args(["--ignored", "--exact", test, "--test-threads", "1"]);
    let done = command.stdin(Stdio::null()).output().expect("a shell");
    let said = String::from_utf8_lossy(&done.stdout);
    let also = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && said.contains("1 passed"), "{test}: {:?}\n{said}\n{also}", done.status);
}

/// One without threads.
pub(crate) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}
