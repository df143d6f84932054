//! Mutations of corpus inputs.

/// An endless, deterministic source of inputs.
pub(crate) struct Mutator<'a> {
    corpus: &'a [Vec<u8>],
    random: fastrand::Rng,
}

impl<'a> Mutator<'a> {
    pub(crate) fn new(corpus: &'a [Vec<u8>]) -> Self {
        Self {
            corpus,
            random: fastrand::Rng::with_seed(1),
        }
    }

    /// Returns a corpus input with one to eight mutations.
    pub(crate) fn next_input(&mut self) -> Vec<u8> {
        let mut input = self.random_input().to_vec();
        for _ in 0..self.random.usize(1..=8) {
            self.change(&mut input);
        }
        input
    }

    fn random_input(&mut self) -> &'a [u8] {
        &self.corpus[self.random.usize(..self.corpus.len())]
    }

    /// Applies one mutation: flips a bit; inserts, deletes, duplicates or moves bytes; truncates the input; or copies
    /// bytes from another input.
    fn change(&mut self, input: &mut Vec<u8>) {
        let at = self.random.usize(..=input.len());
        let end = (at + self.random.usize(..=16)).min(input.len());
        match self.random.u8(..7) {
            0 if at < input.len() => input[at] ^= 1 << self.random.u8(..8),
            1 => input.insert(at, self.random.u8(..)),
            2 => drop(input.drain(at..end)),
            3 => {
                let copied = input[at..end].to_vec();
                input.splice(at..at, copied);
            }
            4 => {
                let other = self.random_input();
                let from = self.random.usize(..=other.len());
                let to = (from + self.random.usize(..=64)).min(other.len());
                input.splice(at..end, other[from..to].iter().copied());
            }
            5 => {
                let from = self.random.usize(..=input.len());
                let moved: Vec<u8> = input[from..(from + end - at).min(input.len())].to_vec();
                input.splice(at..end, moved);
            }
            _ => input.truncate(at.max(input.len() / 2)),
        }
    }
}
