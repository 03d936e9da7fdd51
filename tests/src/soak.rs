//! How long the rigs run, and where their randomness begins: shortly and the same every time in `make test`, for long and
//! anew in `make soak`.

use handclasp::{Entropy, OsEntropy};

/// The variable that says where randomness begins.
pub const SEED: &str = "HANDCLASP_SEED";

/// So many rounds: `long` if `HANDCLASP_SOAK` is set, else `short`.
#[must_use]
pub fn rounds(short: usize, long: usize) -> usize {
    if std::env::var_os("HANDCLASP_SOAK").is_some() { long } else { short }
}

/// Where randomness begins: as the environment says, else anew for every long form, and the same for every short one. A
/// test that fails shows it; set, it draws the same again.
///
/// # Panics
/// If the environment says something else than a number.
#[must_use]
pub fn seed() -> u64 {
    let seed = match std::env::var(SEED) {
        Ok(seed) => seed.parse().expect("HANDCLASP_SEED is a number"),
        Err(_) if rounds(0, 1) == 0 => 1,
        Err(_) => {
            let mut fresh = [0; 32];
            OsEntropy::new().fill(&mut fresh).expect("randomness");
            // Four bytes of them: rigs count on from it.
            fresh.iter().take(4).fold(0, |seed, byte| seed << 8 | u64::from(*byte))
        }
    };
    shown(seed);
    seed
}

#[expect(clippy::print_stdout, reason = "the harness shows it with a test that fails, and only then")]
fn shown(seed: u64) {
    println!("{SEED}={seed} draws the same");
}
