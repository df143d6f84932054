//! What goes out: a request that is checked and written, and what its token is held against.

use bytes::Bytes;

use super::attempt::Minted;
use super::call::CallOptions;
use crate::error::Error;
use crate::request::{RoomTokenRequest, Timestamp};

/// A request, checked and written as JSON.
pub(super) struct Outgoing {
    pub(super) body: Bytes,
    /// What the token must grant, if it shall be compared.
    asked: Option<Box<RoomTokenRequest>>,
}

impl Outgoing {
    pub(super) fn new(request: RoomTokenRequest, options: CallOptions) -> Result<Self, Error> {
        let request = request.fixed_at(Timestamp::now);
        check(&request, options.unchecked)?;
        let body = serde_json::to_vec(&request).map_err(|error| {
            Error::configuration("the request cannot be written as JSON").with_source(error)
        })?;
        Ok(Self {
            body: body.into(),
            asked: options.exact.then(|| Box::new(request)),
        })
    }

    /// What was minted, if it grants what was asked for, or is not to be compared.
    pub(super) fn granted(self, minted: Minted) -> Result<Minted, Error> {
        match self.asked {
            None => Ok(minted),
            Some(request) => compare(minted, &request),
        }
    }
}

fn check(request: &RoomTokenRequest, unchecked: bool) -> Result<(), Error> {
    let violations = if unchecked {
        request.unusable().to_vec()
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
        .with_answer(minted.status, minted.request_id)
        .after(minted.attempts, minted.elapsed))
}
