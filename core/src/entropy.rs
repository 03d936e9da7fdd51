//! Randomness comes in by hand: an `Entropy` seeds what one attempt at an operation draws.

use std::fmt;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use uuid::Uuid;

use crate::time::Timestamp;

/// The source of randomness failed. No weaker one is used instead.
#[derive(Debug, thiserror::Error)]
#[error("the source of randomness failed")]
#[non_exhaustive]
pub struct EntropyFailed;

/// Where randomness comes from.
pub trait Entropy: Send + Sync + fmt::Debug {
    /// Fills `seed` with unpredictable bytes.
    ///
    /// # Errors
    /// [`EntropyFailed`], whereupon the operation ends in `internal` and nothing has changed.
    fn fill(&self, seed: &mut [u8; 32]) -> Result<(), EntropyFailed>;
}

/// The operating system's randomness.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct OsEntropy;

impl OsEntropy {
    /// The operating system's randomness.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }
}

impl Entropy for OsEntropy {
    fn fill(&self, seed: &mut [u8; 32]) -> Result<(), EntropyFailed> {
        use rand::TryRng;
        rand::rngs::SysRng.try_fill_bytes(seed).map_err(|_| EntropyFailed)
    }
}

/// What one attempt may draw from: a cryptographic generator seeded for it alone, so that decisions stay pure.
#[derive(Debug)]
pub(crate) struct Fresh(StdRng);

impl Fresh {
    pub(crate) fn seeded(seed: [u8; 32]) -> Self {
        Self(StdRng::from_seed(seed))
    }

    /// 128 random bits, for what a link is derived from.
    pub(crate) fn random(&mut self) -> Uuid {
        let mut bytes = [0; 16];
        self.0.fill_bytes(&mut bytes);
        Uuid::from_bytes(bytes)
    }

    /// An id whose bytes grow with time, so that rows made together lie together.
    pub(crate) fn ordered(&mut self, now: Timestamp) -> Uuid {
        let mut bytes = [0; 10];
        self.0.fill_bytes(&mut bytes);
        let millis = u64::try_from(now.as_micros() / 1_000).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }
}
