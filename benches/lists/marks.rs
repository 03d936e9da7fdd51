//! The table of answers, beside their marks.

use std::time::Duration;

use crate::questions::Answer;

/// Prints every answer with its median, the slowest but a twentieth, and whether the median holds the mark.
pub(crate) fn print(answers: &[Answer]) {
    println!("\n{:10} {:50} {:>9} {:>9} {:>8}", "store", "question", "median ms", "p95 ms", "mark ms");
    for answer in answers {
        let mut spans = answer.spans.clone();
        spans.sort_unstable();
        let (median, slow) = (at(&spans, 50), at(&spans, 95));
        let verdict = if median < answer.mark { "holds" } else { "MISSED" };
        println!(
            "{:10} {:50} {:>9.2} {:>9.2} {:>8} {verdict}",
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
