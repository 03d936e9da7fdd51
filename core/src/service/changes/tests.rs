use super::*;
use crate::storage::{Version, Versioned};
use crate::testing::{configuration, samples};

#[test]
fn a_commit_rests_on_what_was_read_and_is_not_written() {
    let [read, written] = [1, 2].map(|number| samples::slot(number, number));
    let versioned = |slot, version| Versioned { version: Version(version), record: Some(Record::from(slot)) };
    let view = View::of(vec![read.id.into(), written.id.into()], vec![versioned(read, 3), versioned(written, 5)]);
    let mut changes = Changes::default();
    changes.put(&view, samples::slot(2, 7));
    let configuration = configuration();
    let commit = changes.commit(
        &view,
        Sheet {
            id: samples::commit_id(1),
            at: samples::time(0),
            author: Author::System,
            acting: None,
            limits: &configuration.limits,
            quotas: &configuration.quotas,
        },
    );
    assert_eq!(commit.reads, [(read.id.into(), Version(3))]);
    assert_eq!(commit.writes.iter().map(|write| write.version).collect::<Vec<_>>(), [Version(6)]);
}
