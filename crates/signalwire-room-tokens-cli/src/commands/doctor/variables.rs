//! Environment variable checks. The report never includes the values.

use signalwire_room_tokens::{Space, env};

use super::report::{Check, Report};
use crate::args::ConnectionArgs;
use crate::exit::Exit;

/// Checks that the required variables are set.
pub(super) fn check(connection: &ConnectionArgs, report: &mut Report) {
    for name in env::VARIABLES {
        let from_flag = name == env::SPACE && connection.base_url.is_some();
        report.add(
            match connection.variable(name).filter(|value| !value.is_empty()) {
                Some(_) if from_flag => Check::ok(name, "replaced by --base-url"),
                Some(value) => set(name, &value),
                None => missing(name),
            },
        );
    }
}

/// Checks the format of a variable's value.
fn set(name: &'static str, value: &str) -> Check {
    let size = value.chars().count();
    if value.trim() != value {
        return Check::warning(name, format!("set, length {size}, with surrounding whitespace"))
            .fix("remove the whitespace around the value");
    }
    if name == env::PROJECT_ID && !is_uuid(value) {
        return Check::warning(name, format!("set, length {size}, but not a UUID"))
            .fix("copy the project ID from the API page of your SignalWire dashboard");
    }
    Check::ok(name, format!("set, length {size}"))
}

/// Reports a variable that is unset, empty or not valid UTF-8.
fn missing(name: &'static str) -> Check {
    let is_set = |near: &&&str| std::env::var(near).is_ok_and(|value| !value.is_empty());
    let near: Vec<_> = env::near_misses(name)
        .iter()
        .filter(is_set)
        .map(|near| format!("`{near}`"))
        .collect();
    if !near.is_empty() {
        let detail = format!("not set, but {} is set", near.join(", "));
        return Check::failed(name, Exit::Usage, detail).fix(format!("set {name} instead"));
    }
    let detail = match std::env::var_os(name) {
        Some(value) if value.is_empty() => "set, but empty",
        Some(_) => "set, but not valid UTF-8",
        None => "not set",
    };
    let fix = match name {
        env::SPACE => format!("export {name}=myspace (the name of your space)"),
        _ => format!("export {name}=… (from the API page of your SignalWire dashboard)"),
    };
    Check::failed(name, Exit::Usage, detail).fix(fix)
}

fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.chars().all(|c| c == '-' || c.is_ascii_hexdigit())
}

/// Checks the space and returns it if valid.
pub(super) fn space(connection: &ConnectionArgs, report: &mut Report) -> Option<Space> {
    let text = connection.variable(env::SPACE).filter(|text| !text.is_empty())?;
    match text.parse::<Space>() {
        Ok(space) => {
            report.add(Check::ok("space", format!("requests go to {space}")));
            Some(space)
        }
        Err(error) => {
            report.add(
                Check::failed("space", Exit::Usage, format!("the space {error}"))
                    .fix("use `myspace`, `myspace.signalwire.com` or `https://myspace.signalwire.com`"),
            );
            None
        }
    }
}
