//! `room-token man`: the manual, a page for the program and one for each command.

use std::io::{self, Write as _};
use std::path::Path;

use clap::{Command, CommandFactory as _};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use crate::args::{Cli, ManArgs};
use crate::exit::{Exit, Failure};
use crate::output;
use crate::secrets;

pub(crate) fn run(args: &ManArgs) -> Result<Exit, Failure> {
    // Built, each command knows its full name.
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    match &args.out {
        Some(folder) => write_all(&program, folder)?,
        None => {
            let command = find(&program, args.command.as_deref())?;
            let mut out = io::stdout().lock();
            out.write_all(&page(command)?.1)?;
            out.flush()?;
        }
    }
    Ok(Exit::Done)
}

fn find<'a>(program: &'a Command, name: Option<&str>) -> Result<&'a Command, Failure> {
    let Some(name) = name else {
        return Ok(program);
    };
    program.find_subcommand(name).ok_or_else(|| {
        let names: Vec<_> = program.get_subcommands().map(Command::get_name).collect();
        Failure::usage(format!(
            "no command {:?}; there are {}",
            secrets::plain(name),
            names.join(", ")
        ))
    })
}

fn write_all(program: &Command, folder: &Path) -> Result<(), Failure> {
    let failed = |path: &Path, error: io::Error| {
        Failure::new(
            Exit::Local,
            format!("{} cannot be written: {error}", path.display()),
        )
    };
    std::fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    let mut count = 0;
    for command in std::iter::once(program).chain(program.get_subcommands()) {
        let (name, text) = page(command)?;
        let path = folder.join(name);
        std::fs::write(&path, text).map_err(|error| failed(&path, error))?;
        count += 1;
    }
    output::note(format_args!("{count} pages written to {}", folder.display()));
    Ok(())
}

/// The name of a page's file, and the page.
fn page(command: &Command) -> io::Result<(String, Vec<u8>)> {
    // The generator would run the lines of the examples into one paragraph.
    let page = Man::new(command.clone().after_help(None::<&'static str>))
        .source(concat!("room-token ", env!("CARGO_PKG_VERSION")));
    let mut text = Vec::new();
    page.render(&mut text)?;
    if let Some(notes) = command.get_after_help() {
        let mut roff = Roff::new();
        roff.control("SH", ["NOTES"]).control("nf", []);
        for line in notes.to_string().lines() {
            roff.text([roman(line)]);
        }
        roff.control("fi", []);
        roff.to_writer(&mut text)?;
    }
    Ok((page.get_filename(), text))
}
