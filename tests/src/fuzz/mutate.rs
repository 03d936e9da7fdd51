//! Changed inputs for where libFuzzer is not at hand: the same seed makes the same input.

use super::input::END;

/// What parsers stumble over.
const WORDS: &[&str] = &[
    "\r\n",
    "\n",
    "\r",
    "\0",
    "\u{2028}",
    "\r\nBcc: evil@x.example",
    "\r\n.\r\nMAIL FROM:<a@b.example>",
    "hclasp1_",
    "https://evil.example/login",
    "evil.example/x",
    "mailto:a@b.example",
    "<a href=\"https://evil.example\">",
    "{{ 7*7 }}",
    "{% for a in b %}",
    "=?utf-8?q?x?=",
    "=",
    "==",
    "@",
    "@b.example",
    ".",
    "xn--",
    "ü",
    "\u{202e}",
    "\u{200b}",
    "null",
    "\"\"",
    "{}",
    "[]",
    ",",
    ":",
    "\"",
    "connected",
    "pending",
    "-1",
    "9223372036854775807",
    "1e999",
    "%0d%0a",
    "00000000-0000-0000-0000-000000000000",
];

/// Makes inputs from others, by a seed.
#[derive(Debug)]
pub struct Mutator(u64);

impl Mutator {
    /// By this seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// SplitMix64.
    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound.max(1)).expect("a length");
        usize::try_from(self.next() % bound).expect("less than a length")
    }

    fn byte(&mut self) -> u8 {
        self.next().to_be_bytes()[7]
    }

    /// One of the inputs, changed in one to six places.
    ///
    /// # Panics
    /// If there are none.
    pub fn input(&mut self, inputs: &[(String, Vec<u8>)]) -> Vec<u8> {
        let mut input = inputs[self.below(inputs.len())].1.clone();
        for _ in 0..=self.below(6) {
            self.change(&mut input, inputs);
        }
        input
    }

    fn change(&mut self, input: &mut Vec<u8>, inputs: &[(String, Vec<u8>)]) {
        let place = self.below(input.len() + 1);
        match self.below(8) {
            0 if place < input.len() => input[place] = self.byte(),
            1 if place < input.len() => input[place] ^= 1 << self.below(8),
            2 if place < input.len() => drop(input.remove(place)),
            3 => input.insert(place, if self.below(4) == 0 { END } else { self.byte() }),
            4 => {
                let word = WORDS[self.below(WORDS.len())];
                input.splice(place..place, word.bytes());
            }
            5 => {
                let end = place + self.below(input.len() - place + 1);
                let part = input[place..end].to_vec();
                input.splice(place..place, part);
            }
            6 => {
                let end = place + self.below((input.len() - place + 1).min(16));
                input.drain(place..end);
            }
            _ => {
                let other = &inputs[self.below(inputs.len())].1;
                let from = self.below(other.len() + 1);
                input.truncate(place);
                input.extend_from_slice(&other[from..]);
            }
        }
        input.truncate(16_384);
    }
}
