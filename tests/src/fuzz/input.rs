//! What an oracle makes of its bytes.

/// Ends a text; it is part of no UTF-8.
pub const END: u8 = 0xff;

/// The bytes of an input, taken one after the other. Past the end there are zeros and empty texts.
#[derive(Debug)]
pub struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    /// All of it.
    #[must_use]
    pub const fn of(data: &'a [u8]) -> Self {
        Self(data)
    }

    /// Whether nothing is left.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The next byte.
    pub fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    /// The next bytes as they are.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.byte())
    }

    /// A place in something of this length, or at its end.
    pub fn place(&mut self, length: usize) -> usize {
        usize::from(u16::from_be_bytes(self.bytes())) % (length + 1)
    }

    /// What is left of it, raw.
    pub fn rest(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.0)
    }

    /// The next text, up to [`END`].
    pub fn text(&mut self) -> String {
        let mut parts = self.0.splitn(2, |byte| *byte == END);
        let text = parts.next().unwrap_or_default();
        self.0 = parts.next().unwrap_or_default();
        String::from_utf8_lossy(text).into_owned()
    }

    /// The text after as many changes as the input still has, eight at most.
    pub fn edited(&mut self, text: &str) -> String {
        let mut text = text.as_bytes().to_vec();
        for _ in 0..8 {
            if self.is_empty() {
                break;
            }
            let (what, place) = (self.byte() % 6, self.place(text.len()));
            match what {
                0 if place < text.len() => text[place] = self.byte(),
                1 if place < text.len() => drop(text.remove(place)),
                2 => text.truncate(place),
                3 => drop(text.splice(place..place, self.text().into_bytes())),
                // The next letter of the alphabet that texts are written in: the nearest other spelling.
                4 if place < text.len() => text[place] ^= 1,
                5 if place < text.len() => text[place] ^= b' ',
                _ => text.insert(place, self.byte()),
            }
        }
        String::from_utf8_lossy(&text).into_owned()
    }
}
