//! The minted token: hidden, read, compared.

mod call_info;
mod claims;
mod compare;
mod hidden;
