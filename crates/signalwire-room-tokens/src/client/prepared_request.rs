//! A validated request, which can be compared with the token that it returns.

use super::attempt::Minted;
use super::call::CallOptions;
use crate::error::Error;
use crate::request::{RoomTokenRequest, Timestamp};

/// A validated request that is ready to be sent.
pub(super) struct PreparedRequest {
    /// The request, boxed to keep the future that stores it small.
    pub(super) request: Box<RoomTokenRequest>,
    /// The call option of the same name.
    fail_on_mismatch: bool,
}

impl PreparedRequest {
    pub(super) fn new(request: RoomTokenRequest, options: CallOptions) -> Result<Self, Error> {
        let request = request.fixed_at(Timestamp::now);
        check(&request, options.skip_validation)?;
        Ok(Self {
            request: Box::new(request),
            fail_on_mismatch: options.fail_on_mismatch,
        })
    }

    /// Compares the token with the request if the option `fail_on_mismatch` is set.
    pub(super) fn verify(self, minted: Minted) -> Result<Minted, Error> {
        if self.fail_on_mismatch {
            compare(minted, &self.request)
        } else {
            Ok(minted)
        }
    }
}

fn check(request: &RoomTokenRequest, skip_validation: bool) -> Result<(), Error> {
    let violations = if skip_validation {
        request.unusable.clone()
    } else {
        request.validate().err().unwrap_or_default()
    };
    if violations.is_empty() {
        Ok(())
    } else {
        Err(Error::invalid_request(violations))
    }
}

fn compare(minted: Minted, request: &RoomTokenRequest) -> Result<Minted, Error> {
    let error = match minted.token.compare(request) {
        Ok(mismatches) if mismatches.is_empty() => return Ok(minted),
        Ok(mismatches) => Error::mismatch(mismatches),
        Err(error) => Error::unreadable(error),
    };
    Err(error
        .with_response(minted.status, minted.request_id)
        .after(minted.attempts, minted.elapsed))
}
