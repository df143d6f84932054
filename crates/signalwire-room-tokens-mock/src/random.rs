//! Random identifiers and keys that can be made reproducible with a seed.

use std::sync::Mutex;

use crate::sync::lock;

/// A shared generator of identifiers and keys. It is not cryptographically secure, but its values are valid
/// only for this server.
#[derive(Debug)]
pub(crate) struct Random(Mutex<fastrand::Rng>);

impl Random {
    pub(crate) fn new(seed: Option<u64>) -> Self {
        let rng = seed.map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed);
        Self(Mutex::new(rng))
    }

    /// Generates a version 4 UUID.
    pub(crate) fn uuid(&self) -> String {
        uuid::Builder::from_random_bytes(self.bytes())
            .into_uuid()
            .to_string()
    }

    pub(crate) fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        lock(&self.0).fill(&mut bytes);
        bytes
    }
}
