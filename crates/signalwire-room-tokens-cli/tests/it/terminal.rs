//! Tests for colors and progress when standard error is a terminal.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::fs::{Mode, OFlags, open};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use signalwire_room_tokens_mock::{Reply, Stage};

use crate::support::{Account, RunOutput, file, room_token};

/// Runs a command with standard error connected to a terminal. Returns everything written to the terminal.
fn terminal_output(mut command: Command) -> String {
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&terminal).unwrap();
    unlockpt(&terminal).unwrap();
    let name = ptsname(&terminal, Vec::new()).unwrap();
    let other_end = open(name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
    command.stderr(other_end);
    let mut child = command.spawn().unwrap();
    // `command` holds this process's last copy of the child's end of the pseudoterminal. The reader doesn't see EOF
    // until every copy is closed.
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
    terminal_output(command)
}

#[test]
fn terminal_output_is_colored_unless_disabled() {
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
fn usage_errors_are_colored_unless_disabled() {
    let mistaken = |variables: &[(&str, &str)]| {
        let mut command = room_token(&["create", "--user-nam=Alice"]);
        command
            .env("TERM", "xterm-256color")
            .envs(variables.iter().copied());
        terminal_output(command)
    };
    assert!(mistaken(&[]).contains('\u{1b}'));
    assert!(!mistaken(&[("NO_COLOR", "1")]).contains('\u{1b}'));
}

#[test]
fn progress_bar_is_cleared_at_the_end() {
    let delay = Duration::from_millis(1500);
    let account = Account::replying((0..3).map(|_| Reply::real().delay(delay)));
    let people = file("user_name\nAda\nEmmy\nSofia\n");
    let mut command = account.command(&["create", "math", "--from", people.path().to_str().unwrap()]);
    command.env("TERM", "xterm-256color").stdout(Stdio::null());
    let text = terminal_output(command);
    assert!(text.contains(" of 3"), "{text:?}");
    // The progress bar must be cleared before the final message.
    assert!(
        text.ends_with("3 minted, 0 failed\r\n") && text.contains("\u{1b}[2K"),
        "{text:?}"
    );
}

#[test]
fn short_batch_has_no_progress_bar() {
    let account = Account::new();
    let mut command = account.command(&["create", "math", "--count=3"]);
    command.env("TERM", "xterm-256color").stdout(Stdio::null());
    let text = terminal_output(command);
    assert!(text.ends_with("3 minted, 0 failed\r\n"), "{text:?}");
    assert!(!text.contains(" of 3"), "{text:?}");
}

#[test]
fn ctrl_c_reports_minted_token_count() {
    let account = Account::new();
    account.script_fn(|request| {
        let is_minted = request.json()?["user_name"] == "Ada";
        (!is_minted).then(|| Reply::real().hang_at(Stage::Answer))
    });
    let people = file("user_name\nAda\nEmmy\nSofia\n");
    let mut child = account
        .command(&["create", "math", "--from", people.path().to_str().unwrap()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut token = String::new();
    stdout.read_line(&mut token).unwrap();
    let interrupt = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(interrupt.unwrap().success());
    let ran = RunOutput::from(child.wait_with_output().unwrap());
    assert_eq!(ran.code, 130, "{ran:?}");
    assert_eq!(ran.stderr, "note: 1 minted, 0 failed, 2 canceled by Ctrl-C\n");
    assert!(account.verify(token.trim()).is_some());
}
