//! The `room-token permissions` command.

use std::io::{self, Write};

use serde::Serialize;
use signalwire_room_tokens::{Permission, PermissionSet, Scope};

use crate::args::PermissionsArgs;
use crate::exit::{Exit, Failure};
use crate::output;

/// JSON format of a permission, which is part of the public interface.
#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    scope: &'static str,
    description: &'static str,
    default: bool,
    participant: bool,
    moderator: bool,
}

impl<'a> From<&'a Permission> for Row<'a> {
    fn from(permission: &'a Permission) -> Self {
        Self {
            name: permission.as_str(),
            scope: permission.scope().as_str(),
            description: permission.description().unwrap_or_default(),
            default: permission.is_default(),
            participant: PermissionSet::PARTICIPANT.contains(permission),
            moderator: PermissionSet::MODERATOR.contains(permission),
        }
    }
}

pub(crate) fn run(args: &PermissionsArgs) -> Result<Exit, Failure> {
    let mut out = io::stdout().lock();
    if args.json {
        let rows: Vec<Row<'_>> = Permission::ALL.iter().map(Row::from).collect();
        output::json(&mut out, &rows)?;
    } else {
        text(&mut out)?;
    }
    Ok(Exit::Success)
}

fn text(out: &mut impl Write) -> io::Result<()> {
    let names = Permission::ALL.iter().map(|permission| permission.as_str().len());
    let width = names.max().unwrap_or(0) + 2;
    for (scope, title) in [
        (Scope::OwnSelf, "self: the participant"),
        (Scope::Member, "member: any member of the room"),
        (Scope::Room, "room: the whole room"),
    ] {
        writeln!(out, "{title:width$}  default  participant  moderator")?;
        for permission in Permission::ALL
            .iter()
            .filter(|permission| permission.scope() == scope)
        {
            let row = Row::from(permission);
            let mark = |granted| if granted { "yes" } else { "-" };
            writeln!(
                out,
                "  {:width$}{:7}  {:11}  {}",
                row.name,
                mark(row.default),
                mark(row.participant),
                mark(row.moderator)
            )?;
            writeln!(out, "    {}", output::wrapped(row.description, 4))?;
        }
        writeln!(out)?;
    }
    writeln!(
        out,
        "default:      granted by SignalWire if the request sets no permissions"
    )?;
    writeln!(out, "participant:  granted by --preset participant")?;
    writeln!(out, "moderator:    granted by --preset moderator")?;
    out.flush()
}
