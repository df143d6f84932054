//! Tests for `--count` and `--from`.

use serde_json::{Value, json};
use signalwire_room_tokens_mock::{Reply, Stage};

use crate::support::{Account, RunOutput, file, run, run_with_stdin};

/// Returns the request bodies that `--from` sends for the given file content, in row order.
#[track_caller]
fn bodies_of(content: &str, flags: &[&str]) -> Vec<Value> {
    let account = Account::new();
    let file = file(content);
    let path = file.path().to_str().unwrap();
    let args: Vec<_> = ["create", "--from", path]
        .into_iter()
        .chain(flags.iter().copied())
        .collect();
    let ran = account.run(&args);
    assert_eq!(ran.code, 0, "{ran:?}");
    let sent: Vec<Value> = account
        .requests()
        .iter()
        .map(|request| request.json().unwrap())
        .collect();
    assert_eq!(sent.len(), ran.stdout.lines().count());
    // Requests are sent concurrently, so use the user names to restore the row order.
    let names = ran
        .stdout
        .lines()
        .map(|token| account.verify(token).unwrap()["u"].clone());
    let of_name = |name: Value| {
        sent.iter()
            .find(|body| body["user_name"] == name)
            .unwrap()
            .clone()
    };
    names.map(of_name).collect()
}

#[track_caller]
fn assert_rejected(content: &str, messages: &[&str]) {
    let account = Account::new();
    let file = file(content);
    account
        .run(&["create", "math", "--from", file.path().to_str().unwrap()])
        .assert_failed(2, messages);
    account.assert_no_requests();
}

#[test]
fn count_prints_one_token_per_line() {
    let account = Account::new();
    let ran = account.run(&["create", "standup", "--count=5"]);
    assert_eq!(ran.code, 0);
    let tokens: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(tokens.len(), 5);
    assert!(tokens.iter().all(|token| account.verify(token).is_some()));
    assert_eq!(
        ran.stderr, "note: 5 minted, 0 failed\n",
        "expected no progress bar without a terminal"
    );
}

#[test]
fn count_of_one_uses_batch_output() {
    let ran = Account::new().run(&["create", "standup", "--count=1", "--json"]);
    assert_eq!(ran.json_lines()[0]["index"], 0);
}

#[test]
fn csv_rows_override_flags() {
    let csv = "\u{feff}user_name,room_name,join_audio_muted,permissions,meta,remove_after_seconds_elapsed,join_until\n\
               \"Ada, Countess\",math,TRUE,room.lock room.unlock,\"{\"\"seat\"\":1}\",60,2027-01-01\n\
               Emmy,,false,\"[\"\"room.self.deaf\"\"]\",,,\n";
    let bodies = bodies_of(
        csv,
        &["standup", "--permission=room.recording", "--join-video-muted"],
    );
    assert_eq!(
        bodies,
        [
            json!({
                "room_name": "math",
                "user_name": "Ada, Countess",
                "join_audio_muted": true,
                "join_video_muted": true,
                "permissions": ["room.lock", "room.unlock"],
                "meta": { "seat": 1 },
                "remove_after_seconds_elapsed": 60,
                "join_until": "2027-01-01T00:00:00Z",
            }),
            json!({
                "room_name": "standup",
                "user_name": "Emmy",
                "join_audio_muted": false,
                "join_video_muted": true,
                "permissions": ["room.self.deaf"],
            }),
        ]
    );
}

#[test]
fn empty_cell_keeps_flag_value() {
    let bodies = bodies_of(
        "user_name,permissions\nEmmy,\n",
        &["math", "--permission=room.lock"],
    );
    assert_eq!(bodies[0]["permissions"], json!(["room.lock"]));
}

#[test]
fn json_lines_set_every_field() {
    let full = json!({
        "room_name": "math",
        "user_name": "Ada",
        "permissions": [],
        "join_from": "2027-01-01",
        "join_until": "2027-01-02T00:00:00Z",
        "remove_at": "2027-01-02T00:00:00Z",
        "remove_after_seconds_elapsed": 900,
        "join_audio_muted": true,
        "join_video_muted": false,
        "auto_create_room": true,
        "enable_room_previews": false,
        "room_display_name": "Mathematics",
        "end_room_session_on_leave": true,
        "join_as": "member",
        "media_allowed": "all",
        "room_meta": { "floor": 3 },
        "meta": {},
        "sync_audio_video": false,
    });
    let lines = format!(
        "{full}\n\n{}\n",
        json!({ "room_name": "art", "user_name": "Emmy", "meta": null })
    );
    let bodies = bodies_of(&lines, &[]);
    let mut expected = full;
    expected["join_from"] = json!("2027-01-01T00:00:00Z");
    assert_eq!(
        bodies,
        [expected, json!({ "room_name": "art", "user_name": "Emmy" })]
    );
}

#[test]
fn rows_are_read_from_stdin() {
    let account = Account::new();
    let ran = run_with_stdin(
        account.command(&["create", "math", "--from", "-"]),
        "user_name\nAda\nEmmy\n",
    );
    assert_eq!((ran.code, ran.stdout.lines().count()), (0, 2), "{ran:?}");
    let ran = run_with_stdin(account.command(&["create", "math", "--from", "-"]), "");
    ran.assert_failed(2, &["standard input: no rows found"]);
}

#[test]
fn invalid_row_prevents_sending() {
    assert_rejected(
        "room_name\nart\nroom 1\nmath\nroom 2\n",
        &["request 2: `room_name`", "request 4: `room_name`"],
    );
    assert_rejected(
        "user_name,permissions\nAda,room.lok\n",
        &["request 1", "did you mean `room.lock`?"],
    );
    assert_rejected(
        "user_name,join_audio_muted\nAda,perhaps\n",
        &["request 1", "`join_audio_muted`"],
    );
    assert_rejected("user_name,meta\nAda,none\n", &["`meta` is not valid JSON"]);
    assert_rejected(
        "user_name,join_from\nAda,tomorrow\n",
        &["request 1", "`join_from`"],
    );
    assert_rejected(
        "user_name,join_audio_muted,permissions\nAda,perhaps,\nEmmy,true,\nMary,true,room.lok\n",
        &[
            "request 1: `join_audio_muted`",
            "request 3",
            "`room.lock`",
            "nothing was sent",
        ],
    );
    assert_rejected("User Name\nAda\n", &["did you mean `user_name`?"]);
    assert_rejected("e-mail\nAda\n", &["`e-mail` is not an API field", "--extra"]);
    assert_rejected("user_name,meta\nAda\n", &["record"]);
    assert_rejected("user_name\n", &["no rows found"]);
    assert_rejected("{\"user_name\":\"Ada\"}\n[1]\n", &["line 2 is not a JSON object"]);
    assert_rejected("{\"user_name\":7}\n", &["request 1: `user_name`"]);
}

#[test]
fn duplicate_columns_are_rejected() {
    assert_rejected(
        "user_name,join_audio_muted,user_name\nAda,true,Emmy\n",
        &["column 3 is a duplicate of `user_name`"],
    );
}

#[test]
fn unclosed_quote_is_rejected() {
    assert_rejected(
        "user_name\nAda\n\"Emmy\nSofia\nMary\n",
        &["a cell on line 3 contains a line break"],
    );
    assert_rejected(
        "\r\nuser_name,join_audio_muted\r\nAda,true\r\n\r\n\"Emmy\r\nSofia\",true\r\nMary,true\r\n",
        &["a cell on line 5"],
    );
    assert_rejected(
        "user_name,join_audio_muted\nAda,true\n\"Emmy,true\nMary,true\n",
        &["line: 3"],
    );
    assert_rejected("\"user_name\nAda\nEmmy\n", &["column 1 is not an API field"]);
}

#[test]
fn json_array_is_rejected() {
    assert_rejected(
        "[{\"room_name\":\"math\"}]\n",
        &["expected JSON Lines, one object per line"],
    );
}

#[test]
fn huge_field_name_has_short_error() {
    let account = Account::new();
    for content in [
        "user_".repeat(600_000),
        format!("{{\"{}\":1}}", "user_".repeat(600_000)),
    ] {
        let file = file(&content);
        let started = std::time::Instant::now();
        let ran = account.run(&["create", "math", "--from", file.path().to_str().unwrap()]);
        ran.assert_failed(2, &["not an API field"]);
        assert!(ran.stderr.len() < 500, "{} bytes on stderr", ran.stderr.len());
        assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
    }
    account.assert_no_requests();
}

#[test]
fn error_names_missing_file() {
    Account::new()
        .run(&["create", "math", "--from=no-such-file.csv"])
        .assert_failed(2, &["no-such-file.csv"]);
}

/// Returns an account whose service rejects requests for these users with the given status codes.
fn account_rejecting(names: &'static [(&str, u16)]) -> Account {
    let account = Account::new();
    account.script_fn(|request| {
        let body = request.json()?;
        let (_, status) = names.iter().find(|(name, _)| body["user_name"] == *name)?;
        Some(Reply::status(*status))
    });
    account
}

fn create_class(account: &Account, flags: &[&str]) -> RunOutput {
    let names = file("user_name\nAda\nEmmy\nSofia\nMary\n");
    let path = names.path().to_str().unwrap();
    let args: Vec<_> = ["create", "math", "--max-retries=0", "--from", path]
        .into_iter()
        .chain(flags.iter().copied())
        .collect();
    account.run(&args)
}

#[test]
fn failed_request_does_not_stop_others() {
    let account = account_rejecting(&[("Emmy", 422)]);
    let ran = create_class(&account, &[]);
    assert_eq!(ran.code, 4, "{ran:?}");
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines[1], "", "a failed request must print an empty line");
    for (line, name) in [(0, "Ada"), (2, "Sofia"), (3, "Mary")] {
        assert_eq!(account.verify(lines[line]).unwrap()["u"], name);
    }
    assert!(ran.stderr.contains("error: request 2: "), "{}", ran.stderr);
    assert!(ran.stderr.contains("3 minted, 1 failed"), "{}", ran.stderr);
}

#[test]
fn exit_code_is_the_most_severe() {
    let account = account_rejecting(&[("Ada", 503), ("Emmy", 403), ("Mary", 422)]);
    assert_eq!(create_class(&account, &[]).code, 5);
    let account = account_rejecting(&[("Ada", 403), ("Emmy", 302)]);
    assert_eq!(create_class(&account, &[]).code, 6);
}

#[test]
fn timeout_applies_to_whole_batch() {
    let account = Account::replying(std::iter::repeat_n(Reply::real().hang_at(Stage::Answer), 4));
    let ran = create_class(&account, &["--timeout=1s"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (5, "\n\n\n\n"));
    assert!(
        ran.stderr.ends_with("note: 0 minted, 4 failed\n"),
        "{}",
        ran.stderr
    );
}

#[test]
fn help_has_both_default_timeouts() {
    let help = run(&["create", "--help"]).stdout;
    let words: Vec<&str> = help.split_whitespace().collect();
    let defaults = "[default: 30s; 2m in total for many tokens]";
    assert!(words.join(" ").contains(defaults), "{help}");
}

#[test]
fn json_lines_have_index_and_names() {
    let account = account_rejecting(&[("Sofia", 403)]);
    let ran = create_class(&account, &["--json"]);
    assert_eq!(ran.code, 3);
    let lines = ran.json_lines();
    for (index, (line, name)) in lines.iter().zip(["Ada", "Emmy", "Sofia", "Mary"]).enumerate() {
        assert_eq!(line["index"], index);
        assert_eq!(
            (&line["room_name"], &line["user_name"]),
            (&json!("math"), &json!(name))
        );
    }
    assert!(account.verify(lines[1]["token"].as_str().unwrap()).is_some());
    assert_eq!(lines[2]["token"], Value::Null);
    assert_eq!(lines[2]["error"]["kind"], "forbidden");
    assert_eq!(lines[2]["error"]["status"], 403);
    assert_eq!(lines[2]["error"]["exit_code"], 3);
    assert!(lines[2]["error"]["message"].as_str().unwrap().contains("403"));
}

#[test]
fn rows_of_commas_are_skipped() {
    let bodies = bodies_of("user_name,join_audio_muted\nAda,true\n,\n , \n", &["math-101"]);
    assert_eq!(bodies.len(), 1);
    assert_eq!(bodies[0]["user_name"], "Ada");
}

#[test]
fn count_out_of_range_is_rejected() {
    for count in ["0", "100001", "4000000000", "99999999999999999999"] {
        Account::new()
            .run(&["create", "standup", "--count", count])
            .assert_failed(2, &["--count"]);
    }
}

/// Number of rows, chosen to exceed the concurrency limit.
const ROWS: usize = 100;

#[test]
fn rejected_credentials_stop_the_batch() {
    let account = Account::new();
    let rows: String = (0..ROWS).map(|row| format!("Pupil {row}\n")).collect();
    let names = file(&format!("user_name\n{rows}"));
    let path = names.path().to_str().unwrap();
    for status in [401, 403] {
        account.script_fn(move |_| Some(Reply::status(status)));
        let before = account.requests().len();
        let ran = account.run(&["create", "math", "--from", path]);
        let sent = account.requests().len() - before;
        assert!(sent <= 16, "{sent} of {ROWS} requests were sent");
        assert_eq!(ran.code, 3, "{ran:?}");
        assert_eq!(ran.stdout, "\n".repeat(ROWS), "expected one line per row");
        assert_eq!(
            ran.stderr.matches("error: request").count(),
            sent,
            "{}",
            ran.stderr
        );
        let rest = ROWS - sent;
        let summary =
            format!("note: 0 minted, {sent} failed, {rest} not sent because the credentials were rejected\n");
        assert!(ran.stderr.ends_with(&summary), "{}", ran.stderr);
    }
}

#[test]
fn json_lines_mark_unsent_requests() {
    let account = Account::new();
    account.script_fn(|_| Some(Reply::status(401)));
    let count = format!("--count={ROWS}");
    let ran = account.run(&["create", "math", "--json", &count]);
    let lines = ran.json_lines();
    assert_eq!((ran.code, lines.len()), (3, ROWS));
    assert_eq!(lines[0]["error"]["kind"], "unauthorized");
    let last = &lines[ROWS - 1];
    assert_eq!(last["index"], ROWS - 1);
    assert_eq!(last["error"]["kind"], "not-sent");
    assert_eq!(last["error"]["exit_code"], 3);
    assert_eq!(last["error"]["status"], Value::Null);
}
