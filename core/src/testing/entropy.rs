//! Randomness that repeats, that stands still, and that fails.

use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};

use crate::entropy::{Entropy, EntropyFailed};

/// Different bytes on each fill, the same ones in each run.
///
/// ```
/// use handclasp::{Entropy, testing::SeededEntropy};
/// let [mut first, mut again] = [[0; 32]; 2];
/// SeededEntropy::new(7).fill(&mut first)?;
/// SeededEntropy::new(7).fill(&mut again)?;
/// assert_eq!(first, again);
/// # Ok::<(), handclasp::EntropyFailed>(())
/// ```
#[derive(Debug)]
pub struct SeededEntropy {
    seed: u64,
    fills: AtomicU64,
}

impl SeededEntropy {
    /// Another seed gives other bytes.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { seed, fills: AtomicU64::new(0) }
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, seed: &mut [u8; 32]) -> Result<(), EntropyFailed> {
        // A hash, not a generator: its bytes stay what they are when `rand` changes.
        let fill = self.fills.fetch_add(1, Ordering::Relaxed);
        *seed = Sha256::new().chain_update(self.seed.to_be_bytes()).chain_update(fill.to_be_bytes()).finalize().into();
        Ok(())
    }
}

/// The same bytes each time, as a broken source would give: ids collide.
#[derive(Debug, Clone, Copy)]
pub struct ConstantEntropy([u8; 32]);

impl ConstantEntropy {
    /// These bytes.
    #[must_use]
    pub const fn new(seed: [u8; 32]) -> Self {
        Self(seed)
    }
}

impl Entropy for ConstantEntropy {
    fn fill(&self, seed: &mut [u8; 32]) -> Result<(), EntropyFailed> {
        *seed = self.0;
        Ok(())
    }
}

/// No bytes at all.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct FailingEntropy;

impl FailingEntropy {
    /// A source that fails.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }
}

impl Entropy for FailingEntropy {
    fn fill(&self, _: &mut [u8; 32]) -> Result<(), EntropyFailed> {
        Err(EntropyFailed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fills(entropy: &dyn Entropy) -> [[u8; 32]; 2] {
        [(); 2].map(|()| {
            let mut seed = [0; 32];
            entropy.fill(&mut seed).unwrap();
            seed
        })
    }

    #[test]
    fn seeded_entropy_differs_by_fill_and_by_seed_and_repeats() {
        let [first, second] = fills(&SeededEntropy::new(1));
        assert_ne!(first, second);
        assert_eq!(fills(&SeededEntropy::new(1)), [first, second]);
        assert_ne!(fills(&SeededEntropy::new(2)), [first, second]);
    }

    #[test]
    fn constant_entropy_repeats_and_failing_entropy_fails() {
        assert_eq!(fills(&ConstantEntropy::new([7; 32])), [[7; 32]; 2]);
        assert!(FailingEntropy::new().fill(&mut [0; 32]).is_err());
    }
}
