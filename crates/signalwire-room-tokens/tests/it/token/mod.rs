//! The minted token: hidden, read, compared.

mod claims;
mod compare;
mod hidden;
