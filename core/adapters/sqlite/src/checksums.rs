//! What a row is worth: SQLite finds damage in the shape of a page, not in what its rows say.

use handclasp::storage::{Table, Value, rows};

/// Above every CRC-32, so that the number takes six bytes in the file, always: no single bit makes null of it.
const ABOVE: i64 = 1 << 40;

/// Whether rows of the table carry one. The sides of connections do not: they are an index, rewritten by the thousand,
/// and no more is shown of one than of the records that it names.
pub(crate) fn has_checksums(table: &Table) -> bool {
    table.name != rows::SIDES.name
}

/// The checksum of a row: the name of its table and its values, each behind its kind and length.
pub(crate) fn checksum<'a>(table: &str, values: impl IntoIterator<Item = &'a Value>) -> i64 {
    // In one piece: dozens of small ones take several times as long.
    let mut bytes = Vec::with_capacity(512);
    bytes.extend_from_slice(table.as_bytes());
    for value in values {
        let mut put = |kind: u8, value: &[u8]| {
            bytes.push(kind);
            bytes.extend_from_slice(&value.len().to_le_bytes());
            bytes.extend_from_slice(value);
        };
        match value {
            Value::Null => put(0, &[]),
            Value::Bool(yes) => put(1, &[(*yes).into()]),
            Value::Int(number) => put(2, &number.to_le_bytes()),
            Value::Time(at) => put(3, &at.as_micros().to_le_bytes()),
            Value::Uuid(id) => put(4, id.as_bytes()),
            Value::Text(text) => put(5, text.as_bytes()),
            Value::Bytes(bytes) => put(6, bytes),
        }
    }
    i64::from(crc32fast::hash(&bytes)) + ABOVE
}

/// The row with its checksum behind, if the table has them.
pub(crate) fn with_checksum(table: &Table, mut row: Vec<Value>) -> Vec<Value> {
    if has_checksums(table) {
        row.push(Value::Int(checksum(table.name, &row)));
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_differs_has_another_one() {
        let text = |text: &str| Value::Text(text.to_owned());
        let rows: [&[Value]; 8] = [
            &[],
            &[Value::Null],
            &[Value::Null, Value::Null],
            &[text("")],
            &[text("ab")],
            &[text("a"), text("b")],
            &[Value::Bytes(b"ab".to_vec())],
            &[Value::Int(1)],
        ];
        let mut sums: Vec<_> = rows.iter().flat_map(|row| ["a", "b"].map(|table| checksum(table, *row))).collect();
        sums.sort_unstable();
        sums.dedup();
        assert_eq!(sums.len(), 16);
        assert!(sums.iter().all(|sum| (ABOVE..2 * ABOVE).contains(sum)));
    }
}
