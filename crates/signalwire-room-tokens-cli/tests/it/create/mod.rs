//! `room-token create`.

mod credentials;
mod fields;
mod lint;
mod many;
mod outcomes;
mod refused;
