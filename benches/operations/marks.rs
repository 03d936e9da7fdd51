//! What the numbers should be at least. They are printed, and nothing fails by them: a busy machine is no bug.

use std::time::Duration;

use crate::flood::Flood;
use crate::hot::Heat;
use crate::job::Job;
use crate::path::BURST;
use crate::table::{GROUPED, Line, UNGROUPED, micros};

/// Each mark, and whether it was met.
pub(crate) fn print(lines: &[Line], heats: &[Heat], floods: &[Flood]) {
    let of = |store, callers| {
        lines.iter().find(|line| line.store == store && line.callers == callers && line.job == Job::Redeem)
    };
    println!();
    if let Some(line) = of("memory", 1) {
        let speed = line.path(|path| path.per_second);
        let got = format!("{speed:.0} ({:.0} in the quickest {BURST} in a row)", line.burst().0);
        mark("memory, redeems of one caller in a second: at least 150 000", &got, speed >= 150_000.0);
    }
    for (store, callers, least) in [("sqlite", 64, 0.4), ("sqlite", 256, 0.4), ("disk", 64, 0.5), ("disk", 256, 0.5)] {
        if let Some(ratio) = of(store, callers).and_then(|line| line.ratio(GROUPED)) {
            let what = format!("{store}, {callers} callers, of the grouped floor: at least {least}");
            mark(&what, &format!("{ratio:.2}"), ratio >= least);
        }
    }
    if let Some(ratio) = of("postgres", 64).and_then(|line| line.ratio(UNGROUPED)) {
        mark("postgres, 64 callers, of the ungrouped floor: at least 0.4", &format!("{ratio:.2}"), ratio >= 0.4);
    }
    for (store, most) in [("sqlite", 200.0), ("disk", 200.0), ("postgres", 700.0)] {
        if let Some(over) = of(store, 1).and_then(Line::over) {
            let what = format!("{store}, lone caller, over the floor's median: at most {most} µs");
            mark(&what, &format!("{over:.0} µs"), over <= most);
        }
    }
    for heat in heats {
        let (ratio, conflicts, tries) = (heat.ratio(), heat.conflicts(), heat.most_tries());
        let what =
            format!("{}, hot client: within 1.3 of different clients, no conflict, at most 3 rounds", heat.store);
        let got = format!("{ratio:.2}, {conflicts} conflicts, {tries} rounds");
        mark(&what, &got, ratio <= 1.3 && conflicts == 0 && tries <= 3);
    }
    for flood in floods {
        let what = format!("{}, slowest redeem beside 10 000 bad tokens a second: under 100 ms", flood.store);
        if let Some(slowest) = flood.slowest() {
            mark(&what, &format!("{:.1} ms", micros(slowest) / 1e3), slowest < Duration::from_millis(100));
        }
    }
}

fn mark(what: &str, got: &str, met: bool) {
    println!("{} {what}: {got}", if met { "pass" } else { "FAIL" });
}
