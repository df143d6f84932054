//! Tests that secrets are zeroized on drop. This is a separate binary because it reads the entire memory of
//! its process, which Linux exposes as a file.

#![cfg(all(target_os = "linux", feature = "rustls-ring"))]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests and their helpers fail by panicking"
)]

use std::fs::{self, File};
use std::ops::Range;
use std::os::unix::fs::FileExt as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret as _, SecretString};
use signalwire_room_tokens::{Client, RoomToken};

/// Number of bytes to read from memory at a time.
const STEP: usize = 1 << 20;

/// The bytes to search for. They are stored inverted so that the search doesn't find this copy.
struct Needle(Vec<u8>);

impl Needle {
    /// Uses only the second half of the secret, because allocators overwrite the beginning of freed memory.
    fn new(secret: &str) -> Self {
        let half = &secret[secret.len() / 2..];
        Self(half.bytes().map(|byte| !byte).collect())
    }

    fn is_at(&self, bytes: &[u8]) -> bool {
        bytes.len() == self.0.len() && bytes.iter().zip(&self.0).all(|(byte, kept)| *byte == !kept)
    }

    /// Counts how often the pattern occurs in this process's writable memory.
    fn count(&self) -> usize {
        let memory = File::open("/proc/self/mem").unwrap();
        let mut buffer = vec![0; STEP + self.0.len()];
        let own = Range {
            start: buffer.as_ptr() as usize,
            end: buffer.as_ptr() as usize + buffer.len(),
        };
        let mut count = 0;
        for area in writable_areas() {
            for start in area.clone().step_by(STEP) {
                let length = (area.end - start).min(buffer.len());
                let read = memory.read_at(&mut buffer[..length], u64::try_from(start).unwrap());
                // The read fails if the region has since been unmapped.
                count += buffer[..read.unwrap_or_default()]
                    .windows(self.0.len())
                    .enumerate()
                    .filter(|(offset, bytes)| {
                        // Matches that start in the overlap are counted in the next step.
                        *offset < STEP && self.is_at(bytes) && !own.contains(&(start + offset))
                    })
                    .count();
            }
        }
        buffer.fill(0);
        count
    }
}

fn writable_areas() -> Vec<Range<usize>> {
    let maps = fs::read_to_string("/proc/self/maps").unwrap();
    let areas = maps.lines().filter_map(|line| {
        let (range, rest) = line.split_once(' ')?;
        let (start, end) = range.split_once('-')?;
        let address = |text| usize::from_str_radix(text, 16).unwrap();
        rest.starts_with("rw").then(|| address(start)..address(end))
    });
    areas.collect()
}

/// Generates a secret that occurs nowhere else in this program. The string never reallocates.
fn secret(seed: u8) -> String {
    let mut text = String::with_capacity(200);
    text.extend((0..200_u8).map(|index| char::from(b'!' + index.wrapping_mul(37).wrapping_add(seed) % 90)));
    text
}

/// This is a single test because each check searches the memory of the entire process.
#[test]
fn secrets_are_zeroized_on_drop() {
    credentials_of_a_client();
    a_token();
}

fn credentials_of_a_client() {
    let api_token = SecretString::from(secret(1));
    let pair = SecretString::from(format!("a-project:{}", api_token.expose_secret()));
    let header = SecretString::from(STANDARD.encode(pair.expose_secret()));
    let needles = [&api_token, &header].map(|secret| Needle::new(secret.expose_secret()));
    drop((pair, header));
    let builder = Client::builder()
        .space("myspace")
        .project_id("a-project")
        .api_token(api_token);
    let client = builder.build().unwrap();
    let other = client.clone();
    assert!(needles.iter().all(|needle| needle.count() > 0));
    drop((client, other));
    assert_eq!(needles.map(|needle| needle.count()), [0, 0]);
}

fn a_token() {
    let token = RoomToken::from(secret(2));
    let needle = Needle::new(token.expose());
    let other = token.clone();
    assert_eq!(needle.count(), 2);
    drop((token, other));
    assert_eq!(needle.count(), 0);
}
