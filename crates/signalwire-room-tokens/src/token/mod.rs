//! Room tokens and their claims.

mod call_info;
mod claims;
mod compare;
mod room_token;
pub mod serde_exposed;

pub use self::call_info::CallInfo;
pub use self::claims::{ClaimsError, TokenHeader, UnverifiedClaims};
pub use self::compare::Mismatch;
pub use self::room_token::RoomToken;
