//! Randomness comes in by hand: an `Entropy` seeds what one attempt at an operation draws.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use rand::rngs::{StdRng, SysRng};
use rand::{Rng, SeedableRng, TryRng};
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

/// The operating system's randomness, asked for in blocks.
///
/// It belongs to the process that made it: after a `fork` both would draw the same, so a child makes its own, as it opens
/// a handle of its own.
#[derive(Default)]
pub struct OsEntropy(Mutex<Vec<[u8; 32]>>);

/// So many seeds are asked for at once: to ask for one takes as long as to verify two links.
const BLOCK: usize = 32;

impl OsEntropy {
    /// The operating system's randomness.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Entropy for OsEntropy {
    fn fill(&self, seed: &mut [u8; 32]) -> Result<(), EntropyFailed> {
        let mut seeds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seeds.is_empty() {
            let mut block = [[0; 32]; BLOCK];
            SysRng.try_fill_bytes(block.as_flattened_mut()).map_err(|_| EntropyFailed)?;
            seeds.extend(block);
        }
        *seed = seeds.pop().ok_or(EntropyFailed)?;
        Ok(())
    }
}

impl fmt::Debug for OsEntropy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OsEntropy")
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

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn given_the_operating_systems_randomness_when_drawn_past_a_block_then_nothing_comes_twice() {
        let (entropy, draws) = (OsEntropy::new(), 3 * BLOCK + 1);
        let seeds: HashSet<_> = (0..draws).map(|_| drawn(&entropy)).collect();
        assert_eq!((seeds.len(), seeds.contains(&[0; 32])), (draws, false));
    }

    #[test]
    fn given_two_of_them_when_both_are_drawn_from_then_they_share_nothing() {
        let [one, other] = [(); 2].map(|()| {
            let entropy = OsEntropy::new();
            HashSet::from([drawn(&entropy), drawn(&entropy)])
        });
        assert!(one.is_disjoint(&other));
    }

    #[test]
    fn given_seeds_to_come_when_it_is_printed_then_none_is_shown() {
        let entropy = OsEntropy::new();
        drawn(&entropy);
        assert_eq!(format!("{entropy:?}"), "OsEntropy");
    }

    fn drawn(entropy: &OsEntropy) -> [u8; 32] {
        let mut seed = [0; 32];
        entropy.fill(&mut seed).expect("randomness");
        seed
    }
}
