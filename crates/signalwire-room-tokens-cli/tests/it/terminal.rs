//! What is different if people look on: colours and progress, where standard error is a terminal.

use std::fs::File;
use std::io::Read as _;
use std::process::Command;

use rustix::fs::{Mode, OFlags, open};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use crate::support::{Account, file, room_token};

/// What a command writes to standard error, if that is a terminal.
fn shown(mut command: Command) -> String {
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&terminal).unwrap();
    unlockpt(&terminal).unwrap();
    let name = ptsname(&terminal, Vec::new()).unwrap();
    let other_end = open(name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
    command.stderr(other_end);
    let mut child = command.spawn().unwrap();
    // With the command goes the last open end, and with that there is nothing more to read.
    drop(command);
    let mut text = Vec::new();
    let mut terminal = File::from(terminal);
    let mut buffer = [0; 4096];
    while let Ok(size @ 1..) = terminal.read(&mut buffer) {
        text.extend_from_slice(&buffer[..size]);
    }
    child.wait().unwrap();
    String::from_utf8(text).unwrap()
}

fn failing(variables: &[(&str, &str)]) -> String {
    let mut command = room_token(&["create", "standup"]);
    command.envs(variables.iter().copied());
    shown(command)
}

#[test]
fn a_terminal_gets_colours_unless_it_or_its_user_wants_none() {
    let terminal = ("TERM", "xterm-256color");
    assert!(failing(&[terminal]).starts_with("\u{1b}["));
    for none in [
        &[terminal, ("NO_COLOR", "1")][..],
        &[terminal, ("CLICOLOR", "0")],
        &[("TERM", "dumb")],
    ] {
        let text = failing(none);
        assert!(text.starts_with("error: "), "{none:?}: {text:?}");
        assert!(!text.contains('\u{1b}'), "{none:?}: {text:?}");
    }
}

#[test]
fn wrong_usage_is_coloured_by_the_same_rule() {
    let mistaken = |variables: &[(&str, &str)]| {
        let mut command = room_token(&["create", "--user-nam=Alice"]);
        command
            .env("TERM", "xterm-256color")
            .envs(variables.iter().copied());
        shown(command)
    };
    assert!(mistaken(&[]).contains('\u{1b}'));
    assert!(!mistaken(&[("NO_COLOR", "1")]).contains('\u{1b}'));
}

#[test]
fn many_tokens_have_a_bar_that_is_gone_at_the_end() {
    let account = Account::new();
    let people = file("user_name\nAda\nEmmy\nSofia\n");
    let mut command = account.command(&["create", "math", "--from", people.path().to_str().unwrap()]);
    command
        .env("TERM", "xterm-256color")
        .stdout(std::process::Stdio::null());
    let text = shown(command);
    assert!(text.contains(" of 3"), "{text:?}");
    // The line of the bar is emptied before the last message.
    assert!(
        text.ends_with("3 minted, 0 failed\r\n") && text.contains("\u{1b}[2K"),
        "{text:?}"
    );
}
