//! The table of answers, beside their floors and marks.

use std::time::Duration;

use crate::questions::Answer;

/// Prints every answer with its median, the slowest but a twentieth, how that compares with the bare driver, and whether
/// the median holds the mark.
pub(crate) fn print(answers: &[Answer]) {
    println!(
        "\n{:10} {:46} {:>9} {:>8} {:>8} {:>6} {:>8}",
        "store", "question", "median ms", "p95 ms", "floor ms", "times", "mark ms"
    );
    for answer in answers {
        let sorted = |spans: &[Duration]| {
            let mut spans = spans.to_vec();
            spans.sort_unstable();
            spans
        };
        let (spans, floors) = (sorted(&answer.spans), sorted(&answer.floors));
        let (median, slow, floor) = (at(&spans, 50), at(&spans, 95), at(&floors, 50));
        let verdict = if median < answer.mark { "holds" } else { "MISSED" };
        let (floor, times) = match floors.is_empty() {
            true => ("–".to_owned(), "–".to_owned()),
            false => (format!("{:.2}", millis(floor)), format!("{:.2}", median.as_secs_f64() / floor.as_secs_f64())),
        };
        println!(
            "{:10} {:46} {:>9.2} {:>8.2} {floor:>8} {times:>6} {:>8} {verdict}",
            answer.store,
            answer.question,
            millis(median),
            millis(slow),
            answer.mark.as_millis()
        );
    }
}

fn at(sorted: &[Duration], percent: usize) -> Duration {
    let place = sorted.len() * percent / 100;
    sorted.get(place.min(sorted.len().saturating_sub(1))).copied().unwrap_or_default()
}

fn millis(span: Duration) -> f64 {
    span.as_secs_f64() * 1e3
}
