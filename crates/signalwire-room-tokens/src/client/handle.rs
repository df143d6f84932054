//! The client: a cheaply cloneable handle to shared state.

use std::fmt;
use std::sync::Arc;

use tokio::time::Instant;

use super::endpoint::Endpoint;
use super::options::{CallOptions, deadline};
use super::space::Space;
use super::{observe, retry, runtime};
use crate::error::{Error, ErrorKind};
use crate::request::{RoomTokenRequest, Timestamp};
use crate::token::RoomToken;

/// An async client that creates room tokens for one project in one space.
///
/// Cloning is cheap, and all clones share one connection pool.
///
/// ```
/// use std::time::Duration;
///
/// use signalwire_room_tokens::{Client, PermissionSet};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let mock = signalwire_room_tokens_mock::MockServer::start().await?;
/// # let client = Client::new(mock.base_url(), mock.project_id(), mock.api_token())?;
/// // let client = Client::from_env()?;
/// let token = client
///     .room_token("standup")
///     .user_name("Alice")
///     .permissions(PermissionSet::MODERATOR)
///     .valid_for(Duration::from_secs(60 * 60))
///     .create()
///     .await?;
/// # let _ = token;
/// # for sent in mock.requests() {
/// #     let sent: signalwire_room_tokens::RoomTokenRequest = serde_json::from_slice(sent.body())?;
/// #     assert_eq!(sent.lint(), []);
/// # }
/// # Ok(())
/// # }
/// ```
///
/// # Runtime
///
/// Calls must run in a tokio runtime with its time and I/O drivers enabled, such as the one created by
/// `#[tokio::main]`. Without a runtime, calls return an error; use the [`blocking`](crate::blocking) client in such
/// programs. In a runtime that was built without `enable_all`, calls also return an error, because the client catches
/// tokio's panic. (Programs built with `panic = "abort"` abort in this case.)
#[derive(Clone)]
pub struct Client {
    pub(super) endpoint: Arc<Endpoint>,
    /// The default options for calls.
    pub(super) options: CallOptions,
}

impl Client {
    /// Returns the space in which the client creates tokens.
    #[must_use]
    pub fn space(&self) -> &Space {
        &self.endpoint.space
    }

    /// Returns the default options for calls.
    pub(crate) fn options(&self) -> CallOptions {
        self.options.clone()
    }

    /// Validates a request and returns the future that sends it.
    ///
    /// The request is validated and boxed before the future is created, which keeps the future small.
    pub(crate) fn send(
        self,
        request: RoomTokenRequest,
        options: CallOptions,
    ) -> impl Future<Output = Result<RoomToken, Error>> {
        // `started` and the call's own deadline come from the same clock reading, so a call that reaches its deadline
        // never reports an elapsed time that is shorter than its timeout.
        let started = Instant::now();
        let own = deadline(started, options.timeout);
        let batch = options.batch.as_ref();
        let until = batch.map_or(own, |batch| own.min(batch.deadline));
        let request = checked(request.fixed_at(Timestamp::now), options.skip_validation);
        let request = request.map(Box::new);
        let endpoint = self.endpoint;
        async move {
            let call = async {
                let request = request?;
                let token = runtime::with(retry::run(&endpoint, &request, &options, started, until)).await?;
                if options.fail_on_mismatch {
                    return compared(token, &request).map_err(|error| error.with_host(endpoint.space.host()));
                }
                Ok(token)
            };
            observe::call(call).await
        }
    }
}

fn checked(request: RoomTokenRequest, skip_validation: bool) -> Result<RoomTokenRequest, Error> {
    let violations = match request.validate() {
        Ok(()) => return Ok(request),
        Err(_) if skip_validation && request.unusable.is_empty() => return Ok(request),
        Err(_) if skip_validation => request.unusable,
        Err(violations) => violations,
    };
    Err(Error::new(ErrorKind::InvalidRequest).with(|details| details.violations = violations))
}

/// Returns an error if the token doesn't match the request.
fn compared(token: RoomToken, request: &RoomTokenRequest) -> Result<RoomToken, Error> {
    let error = match token.compare(request) {
        Ok(mismatches) if mismatches.is_empty() => return Ok(token),
        Ok(mismatches) => Error::new(ErrorKind::Mismatch).with(|details| details.mismatches = mismatches),
        Err(error) => Error::because(ErrorKind::UnexpectedResponse, error.to_string()),
    };
    let Some(call) = token.call_info() else {
        return Err(error);
    };
    let error = error.after(call.attempts(), call.elapsed());
    Err(error.with(|details| {
        details.status = Some(call.status());
        details.request_id = call.request_id().map(str::to_owned);
    }))
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("space", &self.space().base_url())
            .field("project_id", &self.endpoint.credentials.project_id)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
