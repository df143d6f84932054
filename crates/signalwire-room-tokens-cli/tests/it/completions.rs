//! `room-token completions`.

use crate::support::run;

const SHELLS: [&str; 5] = ["bash", "elvish", "fish", "powershell", "zsh"];

#[test]
fn every_shell_learns_commands_flags_and_values() {
    for shell in SHELLS {
        let ran = run(&["completions", shell]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{shell}");
        for part in ["inspect", "deny-lint"] {
            assert!(ran.stdout.contains(part), "{part} for {shell}");
        }
    }
    // Elvish and PowerShell complete no values.
    for shell in ["bash", "fish", "zsh"] {
        let script = run(&["completions", shell]).stdout;
        for value in ["room.member.set_input_volume", "moderator", "no-join-until"] {
            assert!(script.contains(value), "{value} for {shell}");
        }
    }
}

#[test]
fn an_unknown_shell_is_answered_with_the_known_ones() {
    run(&["completions", "zhs"]).failed(2, &SHELLS);
    run(&["completions"]).failed(2, &["<SHELL>"]);
}

/// What bash offers at the end of these words.
#[cfg(unix)]
fn offered(words: &[&str]) -> Vec<String> {
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
fn bash_completes_with_them() {
    assert_eq!(offered(&["room-token", "insp"]), ["inspect"]);
    assert_eq!(offered(&["room-token", "create", "--pre"]), ["--preset"]);
    assert_eq!(
        offered(&["room-token", "create", "--preset", ""]),
        ["participant", "moderator", "audience"]
    );
    assert_eq!(
        offered(&["room-token", "create", "--permission", "room.self.video"]),
        ["room.self.video_mute", "room.self.video_unmute"]
    );
}
