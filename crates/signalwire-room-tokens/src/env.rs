//! The environment variables that the client is set up from, and those that are easily confused with them.

use std::fmt::Write as _;

/// The space: its name, its host, or its address; what [`Space`](crate::Space) takes.
pub const SPACE: &str = "SIGNALWIRE_SPACE";
/// The project's id.
pub const PROJECT_ID: &str = "SIGNALWIRE_PROJECT_ID";
/// The API token, with the Video scope.
pub const API_TOKEN: &str = "SIGNALWIRE_API_TOKEN";

/// The three variables, as SignalWire's own SDKs name them.
pub const VARIABLES: [&str; 3] = [SPACE, PROJECT_ID, API_TOKEN];

/// Other names that are in use for the same thing, by SignalWire's older SDKs, scaffolds and examples.
///
/// They are not read, only mentioned in errors when they are set and the official one is not.
#[must_use]
pub fn near_misses(variable: &str) -> &'static [&'static str] {
    match variable {
        SPACE => &[
            "SIGNALWIRE_SPACE_URL",
            "SIGNALWIRE_SPACE_NAME",
            "SIGNALWIRE_SPACE_HOST",
            "SIGNALWIRE_API_HOSTNAME",
            "SIGNALWIRE_HOST",
            "SIGNALWIRE_REST_BASE_URL",
            "SW_SPACE",
            "API_HOST",
            "SPACE_URL",
            "SPACE_NAME",
            "SPACE_HOST",
        ],
        PROJECT_ID => &[
            "SIGNALWIRE_PROJECT",
            "SIGNALWIRE_PROJECT_KEY",
            "SW_PROJECT_ID",
            "RELAY_PROJECT",
            "PROJECT_ID",
        ],
        API_TOKEN => &[
            "SIGNALWIRE_TOKEN",
            "SIGNALWIRE_API_KEY",
            "SIGNALWIRE_AUTH_TOKEN",
            "SW_API_TOKEN",
            "RELAY_TOKEN",
            "PROJECT_TOKEN",
            "API_TOKEN",
        ],
        _ => &[],
    }
}

/// The values of the variables.
pub(crate) struct Values {
    pub(crate) space: String,
    pub(crate) project_id: String,
    pub(crate) api_token: String,
}

/// Reads the variables; the error names every one that is missing, and what is set in its place.
pub(crate) fn read(lookup: impl Fn(&str) -> Option<String>) -> Result<Values, String> {
    let get = |name: &str| lookup(name).filter(|value| !value.is_empty());
    match (get(SPACE), get(PROJECT_ID), get(API_TOKEN)) {
        (Some(space), Some(project_id), Some(api_token)) => Ok(Values {
            space,
            project_id,
            api_token,
        }),
        _ => Err(missing(get)),
    }
}

fn missing(get: impl Fn(&str) -> Option<String>) -> String {
    let mut text = String::new();
    for variable in VARIABLES.into_iter().filter(|variable| get(variable).is_none()) {
        let separator = if text.is_empty() { "" } else { ", " };
        let near = near_misses(variable).iter().find(|near| get(near).is_some());
        let near = near
            .map(|near| format!(" (`{near}` is set, and not read)"))
            .unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = write!(text, "{separator}`{variable}`{near}");
    }
    format!("environment variables are missing: {text}")
}
