//! `room-token permissions`: the list of them.

use std::io::{self, Write};

use serde::Serialize;
use signalwire_room_tokens::{Permission, Scope};

use crate::args::PermissionsArgs;
use crate::exit::{Exit, Failure};
use crate::output;

/// A permission as JSON; part of the program's interface.
#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    scope: &'static str,
    description: &'static str,
    default: bool,
}

impl<'a> From<&'a Permission> for Row<'a> {
    fn from(permission: &'a Permission) -> Self {
        Self {
            name: permission.as_str(),
            scope: permission.scope().as_str(),
            description: permission.description().unwrap_or_default(),
            default: permission.is_default(),
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
    Ok(Exit::Done)
}

fn text(out: &mut impl Write) -> io::Result<()> {
    let width = Permission::ALL
        .iter()
        .map(|permission| permission.as_str().len())
        .max()
        .unwrap_or(0);
    let scopes = [
        (Scope::OwnSelf, "about the participant themselves"),
        (Scope::Member, "about any member"),
        (Scope::Room, "about the room as a whole"),
    ];
    for (scope, meaning) in scopes {
        writeln!(out, "{scope}: {meaning}")?;
        for permission in Permission::ALL
            .iter()
            .filter(|permission| permission.scope() == scope)
        {
            let Row {
                name,
                description,
                default,
                ..
            } = permission.into();
            let mark = if default { '*' } else { ' ' };
            writeln!(out, "{mark} {name:width$}  {description}")?;
        }
        writeln!(out)?;
    }
    writeln!(
        out,
        "* granted by SignalWire if a request has no list of permissions"
    )?;
    out.flush()
}
