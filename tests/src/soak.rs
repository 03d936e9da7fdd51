//! How long the rigs run: shortly in `make test`, for long in `make soak`.

/// So many rounds: `long` if `HANDCLASP_SOAK` is set, else `short`.
#[must_use]
pub fn rounds(short: usize, long: usize) -> usize {
    if std::env::var_os("HANDCLASP_SOAK").is_some() { long } else { short }
}
