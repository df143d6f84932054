//! Tests for credentials from the environment, including the errors for missing variables.

use std::collections::HashMap;
use std::process::Command;

use signalwire_room_tokens::{Client, Error, ErrorKind, env};

const COMPLETE: [(&str, &str); 3] = [
    ("SIGNALWIRE_SPACE", "myspace"),
    ("SIGNALWIRE_PROJECT_ID", "0c97f635"),
    ("SIGNALWIRE_API_TOKEN", "PTsentinel"),
];

fn from(variables: &[(&str, &str)]) -> Result<Client, Error> {
    let variables: HashMap<_, _> = variables.iter().copied().collect();
    Client::builder()
        .from_env_with(|name| variables.get(name).map(ToString::to_string))?
        .build()
}

#[test]
fn official_variable_names_are_read() {
    assert_eq!(env::VARIABLES, COMPLETE.map(|(name, _)| name));
    let client = from(&COMPLETE).unwrap();
    assert_eq!(client.space().base_url(), "https://myspace.signalwire.com");
}

#[test]
fn missing_variables_are_named() {
    for (missing, _) in COMPLETE {
        let rest: Vec<_> = COMPLETE
            .into_iter()
            .filter(|(name, _)| *name != missing)
            .collect();
        let empty: Vec<_> = rest.iter().copied().chain([(missing, "")]).collect();
        for variables in [rest, empty] {
            let error = from(&variables).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Configuration);
            let text = error.to_string();
            for (name, value) in COMPLETE {
                assert_eq!(text.contains(name), name == missing, "{text}");
                assert!(!text.contains(value), "{text}");
            }
        }
    }
    let text = from(&[("SIGNALWIRE_SPACE", "")]).unwrap_err().to_string();
    assert!(text.contains("`SIGNALWIRE_SPACE` (set, but empty)"), "{text}");
    assert!(text.ends_with("`SIGNALWIRE_API_TOKEN`"), "{text}");
    let text = from(&[]).unwrap_err().to_string();
    assert!(
        text.contains(": variables are missing: "),
        "the message must not mention the environment for a custom source: {text}"
    );
    assert!(COMPLETE.iter().all(|(name, _)| text.contains(name)), "{text}");
}

#[test]
fn similarly_named_variables_are_mentioned() {
    let cases = [
        ("SIGNALWIRE_SPACE", "SIGNALWIRE_SPACE_URL"),
        ("SIGNALWIRE_SPACE", "SIGNALWIRE_SPACE_NAME"),
        ("SIGNALWIRE_SPACE", "SIGNALWIRE_API_HOSTNAME"),
        ("SIGNALWIRE_SPACE", "API_HOST"),
        ("SIGNALWIRE_PROJECT_ID", "SIGNALWIRE_PROJECT_KEY"),
        ("SIGNALWIRE_PROJECT_ID", "SIGNALWIRE_PROJECT"),
        ("SIGNALWIRE_PROJECT_ID", "PROJECT_ID"),
        ("SIGNALWIRE_API_TOKEN", "SIGNALWIRE_TOKEN"),
        ("SIGNALWIRE_API_TOKEN", "SIGNALWIRE_API_KEY"),
        ("SIGNALWIRE_API_TOKEN", "API_TOKEN"),
    ];
    for (variable, near) in cases {
        assert!(env::near_misses(variable).contains(&near), "{near}");
        let mut variables: Vec<_> = COMPLETE
            .into_iter()
            .filter(|(name, _)| *name != variable)
            .collect();
        variables.push((near, "sentinel"));
        let text = from(&variables).unwrap_err().to_string();
        assert!(text.contains(&format!("`{variable}` (`{near}` is set")), "{text}");
        assert!(!text.contains("sentinel"), "{text}");
    }
    assert_eq!(env::near_misses("PATH"), [""; 0]);
}

#[test]
fn explicit_settings_take_precedence_over_variables() {
    let lookup = |name: &str| COMPLETE.iter().find(|(set, _)| *set == name);
    for with_space in [true, false] {
        let client = Client::builder()
            .space("mine")
            .project_id("p")
            .api_token("t")
            .from_env_with(|name| {
                let (name, value) = lookup(name)?;
                (with_space || *name != "SIGNALWIRE_SPACE").then(|| value.to_string())
            })
            .unwrap()
            .build()
            .unwrap();
        assert_eq!(client.space().base_url(), "https://mine.signalwire.com");
        let text = format!("{client:?}");
        assert!(text.contains("\"p\"") && !text.contains("0c97f635"), "{text}");
    }
}

/// Runs in a separate process because all threads share the environment.
#[test]
fn from_env_reads_the_process_environment() {
    let run = |variables: &[(&str, &str)]| {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args([
            "--exact",
            "client::env::print_from_env_result",
            "--ignored",
            "--nocapture",
        ]);
        let names = env::VARIABLES
            .iter()
            .flat_map(|name| env::near_misses(name))
            .chain(&env::VARIABLES);
        for name in names {
            command.env_remove(name);
        }
        let output = command.envs(variables.iter().copied()).output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    let text = run(&COMPLETE);
    assert!(
        text.contains("client for https://myspace.signalwire.com"),
        "{text}"
    );
    let text = run(&[COMPLETE[0], COMPLETE[1], ("SIGNALWIRE_TOKEN", "PTsentinel")]);
    assert!(
        text.contains("environment variables are missing: `SIGNALWIRE_API_TOKEN` (`SIGNALWIRE_TOKEN` is set"),
        "{text}"
    );
    assert!(!text.contains("sentinel"), "{text}");
}

#[test]
#[ignore = "run by `from_env_reads_the_process_environment`, in a separate process"]
fn print_from_env_result() {
    match Client::from_env() {
        Ok(client) => println!("client for {}", client.space()),
        Err(error) => println!("{error}"),
    }
}
