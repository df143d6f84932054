//! The regular behavior of `POST /api/video/room_tokens`.

mod credentials;
mod findings;
mod rules;
mod schema;
mod time;
mod token;
mod violation;

use serde::Serialize;
use serde_json::{Map, Value, json};

pub(crate) use credentials::Credentials;
pub(crate) use token::Minter;

use crate::clock::Clock;
use crate::http::Response;
use crate::random::Random;
use crate::received::ReceivedRequest;
use schema::RequestSchema;
use violation::Violation;

/// The only supported path.
const PATH: &str = "/api/video/room_tokens";

/// The endpoint, with its credentials, schema and signing key.
pub(crate) struct Endpoint {
    pub(crate) credentials: Credentials,
    pub(crate) plain_text_unauthorized: bool,
    pub(crate) minter: Minter,
    schema: RequestSchema,
}

impl Endpoint {
    /// Creates the endpoint.
    ///
    /// # Errors
    ///
    /// Returns an error if the bundled schema is invalid.
    pub(crate) fn new(
        credentials: Credentials,
        plain_text_unauthorized: bool,
        accept_unknown: bool,
        minter: Minter,
    ) -> Result<Self, String> {
        let schema = RequestSchema::checked_in(accept_unknown)?;
        Ok(Self {
            credentials,
            plain_text_unauthorized,
            minter,
            schema,
        })
    }

    /// Responds to `request`. Checks the path, method, credentials, media type and body, in that order.
    pub(crate) fn respond(&self, request: &ReceivedRequest, clock: Clock, random: &Random) -> Response {
        if request.path() != PATH {
            return rejected(404);
        }
        if request.method() != "POST" {
            return rejected(405).with("allow", "POST");
        }
        if !self.credentials.accept(request) {
            return self.unauthorized();
        }
        if !is_json(request) {
            return rejected(415);
        }
        let Some(body) = request.json() else {
            return rejected(400);
        };
        match self.checked(body) {
            Ok(fields) => self.token_response(&self.schema.with_defaults(fields), clock, random),
            Err(violations) => unprocessable(&violations),
        }
    }

    /// Validates the body. Returns its fields, or all violations.
    fn checked(&self, body: Value) -> Result<Map<String, Value>, Vec<Violation>> {
        let mut violations = self.schema.violations(&body);
        violations.extend(rules::violations(&body));
        violation::sort(&mut violations);
        match body {
            Value::Object(fields) if violations.is_empty() => Ok(fields),
            _ => Err(violations),
        }
    }

    fn token_response(&self, fields: &Map<String, Value>, clock: Clock, random: &Random) -> Response {
        let token = self
            .minter
            .mint(&self.credentials.project_id, fields, clock, random);
        Response::json(200, &json!({ "token": token }))
    }

    fn unauthorized(&self) -> Response {
        let response = if self.plain_text_unauthorized {
            let text = Response::new(401).with("content-type", "text/plain; charset=utf-8");
            Response {
                body: b"Unauthorized".to_vec(),
                ..text
            }
        } else {
            rejected(401)
        };
        // RFC 9110, section 15.5.2, requires a challenge in 401 responses.
        response.with("www-authenticate", "Basic realm=\"SignalWire\"")
    }
}

fn is_json(request: &ReceivedRequest) -> bool {
    let media_type = request.header("content-type").unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}

/// Creates an error response in the documented single-error format, even if `status` itself is undocumented.
pub(crate) fn rejected(status: u16) -> Response {
    let error = match status {
        400 => "Bad Request",
        401 => "Unauthorized",
        404 => "Not Found",
        405 => "Method Not Allowed",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        431 => "Request Header Fields Too Large",
        501 => "Not Implemented",
        _ => "Internal Server Error",
    };
    Response::json(status, &json!({ "error": error }))
}

fn unprocessable(errors: &[Violation]) -> Response {
    #[derive(Serialize)]
    struct Body<'a> {
        errors: &'a [Violation],
    }
    Response::json(422, &Body { errors })
}
