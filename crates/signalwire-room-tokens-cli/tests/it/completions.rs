//! Tests for `room-token completions`.

use crate::support::run;

const SHELLS: [&str; 5] = ["bash", "elvish", "fish", "powershell", "zsh"];

#[test]
fn scripts_contain_commands_flags_and_values() {
    for shell in SHELLS {
        let ran = run(&["completions", shell]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{shell}");
        for part in ["inspect", "deny-lint"] {
            assert!(ran.stdout.contains(part), "{part} for {shell}");
        }
    }
    // The Elvish and PowerShell scripts don't complete values.
    for shell in ["bash", "fish", "zsh"] {
        let script = run(&["completions", shell]).stdout;
        for value in ["room.member.set_input_volume", "moderator", "no-join-until"] {
            assert!(script.contains(value), "{value} for {shell}");
        }
    }
}

#[test]
fn unknown_shell_error_lists_shells() {
    run(&["completions", "zhs"]).assert_failed(2, &SHELLS);
    run(&["completions"]).assert_failed(2, &["<SHELL>"]);
}

/// Returns the completions that bash offers for the last word.
#[cfg(unix)]
fn offers(words: &[&str]) -> Vec<String> {
    const COMPLETE: &str = r#"
        eval "$SCRIPT"
        registered=$(complete -p room-token)
        function=${registered##*-F }
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        "${function%% *}" room-token "${@:$#}" "${@:$#-1:1}"
        printf '%s\n' "${COMPREPLY[@]}"
    "#;
    let output = std::process::Command::new("bash")
        .args(["--norc", "-c", COMPLETE, "bash"])
        .args(words)
        .env("SCRIPT", run(&["completions", "bash"]).stdout)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect()
}

#[cfg(unix)]
#[test]
fn bash_script_completes_words() {
    assert_eq!(offers(&["room-token", "insp"]), ["inspect"]);
    assert_eq!(offers(&["room-token", "create", "--pre"]), ["--preset"]);
    assert_eq!(
        offers(&["room-token", "create", "--preset", ""]),
        ["participant", "moderator", "audience"]
    );
    assert_eq!(
        offers(&["room-token", "create", "--permission", "room.self.video"]),
        ["room.self.video_mute", "room.self.video_unmute"]
    );
}
