//! How long a rig runs: short in `make test`, long in `make soak`.

/// So many rounds, short or long.
#[must_use]
pub fn rounds(short: usize, long: usize) -> usize {
    if std::env::var_os("HANDCLASP_SOAK").is_some() { long } else { short }
}
