//! The `room-token man` command, which generates manual pages for the program and its subcommands.

use std::io::{self, Write as _};
use std::path::Path;

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use crate::args::{self, ManArgs};
use crate::exit::{Exit, Failure};
use crate::output;
use crate::secrets;

pub(crate) fn run(args: &ManArgs) -> Result<Exit, Failure> {
    // `build` sets each subcommand's full name.
    let mut program = args::definition().disable_help_subcommand(true);
    program.build();
    match &args.out {
        Some(directory) => write_all(&program, directory)?,
        None => {
            let command = find(&program, args.command.as_deref())?;
            let mut out = io::stdout().lock();
            out.write_all(&page(command)?.1)?;
            out.flush()?;
        }
    }
    Ok(Exit::Success)
}

fn find<'a>(program: &'a Command, name: Option<&str>) -> Result<&'a Command, Failure> {
    let Some(name) = name else {
        return Ok(program);
    };
    program.find_subcommand(name).ok_or_else(|| {
        let names: Vec<_> = program.get_subcommands().map(Command::get_name).collect();
        Failure::usage(format!(
            "unknown command {:?}; expected one of {}",
            secrets::plain(name),
            names.join(", ")
        ))
    })
}

fn write_all(program: &Command, directory: &Path) -> Result<(), Failure> {
    let failed = |path: &Path, error: io::Error| {
        Failure::new(
            Exit::Local,
            format!("failed to write {}: {error}", path.display()),
        )
    };
    std::fs::create_dir_all(directory).map_err(|error| failed(directory, error))?;
    let mut count = 0;
    for command in std::iter::once(program).chain(program.get_subcommands()) {
        let (name, text) = page(command)?;
        let path = directory.join(name);
        std::fs::write(&path, text).map_err(|error| failed(&path, error))?;
        count += 1;
    }
    output::note(format_args!("wrote {count} pages to {}", directory.display()));
    Ok(())
}

/// Renders a command's manual page and returns it with its file name.
fn page(command: &Command) -> io::Result<(String, Vec<u8>)> {
    let documented = command
        .clone()
        // The generator would join the example lines into one paragraph, so they are added separately below.
        .after_help(None::<&'static str>)
        .after_long_help(None::<&'static str>)
        // The generator omits the help of flags that are hidden from the short help.
        .mut_args(|arg| arg.hide_short_help(false));
    let page = Man::new(documented).source(concat!("room-token ", env!("CARGO_PKG_VERSION")));
    let mut text = Vec::new();
    page.render(&mut text)?;
    if let Some(notes) = command.get_after_long_help().or(command.get_after_help()) {
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
