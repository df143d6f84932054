//! The environment variables that the client is set up from, and those that are easily confused with them.

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

/// Reads variables, and remembers which are missing.
pub(crate) struct Reader<L> {
    lookup: L,
    missing: Vec<String>,
}

impl<L: Fn(&str) -> Option<String>> Reader<L> {
    pub(crate) fn new(lookup: L) -> Self {
        Self {
            lookup,
            missing: Vec::new(),
        }
    }

    /// The value of a variable; an empty one is as good as none.
    pub(crate) fn read(&mut self, variable: &str) -> Option<String> {
        let value = (self.lookup)(variable);
        if value.as_ref().is_none_or(String::is_empty) {
            self.missing.push(self.describe(variable, value.is_some()));
            return None;
        }
        value
    }

    /// A variable that is missing, and what is set in its place.
    fn describe(&self, variable: &str, is_empty: bool) -> String {
        let is_set = |name: &&&str| (self.lookup)(name).is_some_and(|value| !value.is_empty());
        match near_misses(variable).iter().find(is_set) {
            Some(near) => format!("`{variable}` (`{near}` is set, and not read)"),
            None if is_empty => format!("`{variable}` (set, but empty)"),
            None => format!("`{variable}`"),
        }
    }

    /// The error names every variable that is missing, and calls them `what`.
    pub(crate) fn finish(self, what: &str) -> Result<(), String> {
        if self.missing.is_empty() {
            return Ok(());
        }
        let missing = self.missing.join(", ");
        Err(format!("{what} are missing: {missing}"))
    }
}
