//! What the environment says, without saying any of it aloud.

use signalwire_room_tokens::{Space, env};

use super::report::{Check, Report};
use crate::args::ConnectionArgs;
use crate::exit::Exit;

/// Which variables are set, or nearly.
pub(super) fn check(connection: &ConnectionArgs, report: &mut Report) {
    for name in env::VARIABLES {
        let from_flag = name == env::SPACE && connection.base_url.is_some();
        report.add(
            match connection.variable(name).filter(|value| !value.is_empty()) {
                Some(_) if from_flag => Check::ok(name, "replaced by --base-url"),
                Some(value) => set(name, &value),
                None => Check::failed(name, Exit::Usage, missing(name)),
            },
        );
    }
}

/// A value that is there, by what can be said of it.
fn set(name: &'static str, value: &str) -> Check {
    let size = value.chars().count();
    if value.trim() != value {
        return Check::warning(name, format!("set, length {size}, with white space around it"));
    }
    if name == env::PROJECT_ID && !is_uuid(value) {
        return Check::warning(
            name,
            format!("set, length {size}; a project id is a UUID, and this is none"),
        );
    }
    Check::ok(name, format!("set, length {size}"))
}

fn missing(name: &str) -> String {
    let is_set = |near: &&&str| std::env::var(near).is_ok_and(|value| !value.is_empty());
    let near: Vec<_> = env::near_misses(name)
        .iter()
        .filter(is_set)
        .map(|near| format!("`{near}`"))
        .collect();
    if !near.is_empty() {
        return format!("not set; {} is set, and not read", near.join(", "));
    }
    match std::env::var_os(name) {
        Some(value) if value.is_empty() => "set, but empty".to_owned(),
        Some(_) => "set, but no valid text".to_owned(),
        None => "not set".to_owned(),
    }
}

fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.chars().all(|c| c == '-' || c.is_ascii_hexdigit())
}

/// How the space is understood.
pub(super) fn space(connection: &ConnectionArgs, report: &mut Report) -> Option<Space> {
    let text = connection.variable(env::SPACE).filter(|text| !text.is_empty())?;
    match text.parse::<Space>() {
        Ok(space) => {
            report.add(Check::ok("space", format!("requests go to {space}")));
            Some(space)
        }
        Err(error) => {
            report.add(Check::failed("space", Exit::Usage, format!("the space {error}")));
            None
        }
    }
}
