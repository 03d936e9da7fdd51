//! The golden tables are as the code makes them.

use handclasp_tests::{authority, golden, machines};

#[test]
fn every_machine_answers_every_command_in_every_state_as_reviewed() {
    golden::check(machines::FILE, &machines::tables());
}

/// AZ-01, AZ-03, AZ-04, AZ-07, GRP-18: every cell is a case, and a refused one changes nothing.
#[tokio::test]
async fn every_operation_answers_every_caller_as_reviewed() {
    golden::check(authority::FILE, &authority::table().await);
}
