//! The names of the environment variables that configure the client, and similar names that it does not read.

/// The variable that contains the space: a name, a host or a base URL, as parsed by [`Space`](crate::Space).
pub const SPACE: &str = "SIGNALWIRE_SPACE";
/// The variable that contains the project ID.
pub const PROJECT_ID: &str = "SIGNALWIRE_PROJECT_ID";
/// The variable that contains the API token, which needs the Video scope.
pub const API_TOKEN: &str = "SIGNALWIRE_API_TOKEN";

/// All three variables. SignalWire's SDKs use the same names.
pub const VARIABLES: [&str; 3] = [SPACE, PROJECT_ID, API_TOKEN];

/// Returns alternative names for a variable, as used by older SDKs, templates and examples from SignalWire.
///
/// The client does not read these variables. If a variable is missing, the error mentions an alternative that is set.
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

/// Describes a missing or empty variable, and mentions an alternative name that is set, if there is one.
pub(crate) fn describe_missing(variable: &str, lookup: impl Fn(&str) -> Option<String>) -> String {
    let is_set = |name: &&&str| lookup(name).is_some_and(|value| !value.is_empty());
    match near_misses(variable).iter().find(is_set) {
        Some(near) => format!("`{variable}` (`{near}` is set, but it is not read)"),
        None if lookup(variable).is_some() => format!("`{variable}` (set, but empty)"),
        None => format!("`{variable}`"),
    }
}
