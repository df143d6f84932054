//! Room tokens and their claims.

mod call_info;
pub(crate) mod claim_values;
mod claims;
mod compare;
mod room_token;
pub mod serde_exposed;

pub use self::call_info::CallInfo;
pub use self::claim_values::TokenHeader;
pub use self::claims::ClaimsError;
pub use self::compare::Mismatch;
pub use self::room_token::RoomToken;
pub use crate::generated::claims::UnverifiedClaims;
