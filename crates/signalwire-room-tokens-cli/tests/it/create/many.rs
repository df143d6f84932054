//! `--count` and `--from`.

use serde_json::{Value, json};
use signalwire_room_tokens_mock::{Reply, Stage};

use crate::support::{Account, Ran, feed, file, run};

/// What `--from` sends for this file, in its order.
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
    // They are sent several at a time, so their names put them in order.
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
fn refused(content: &str, said: &[&str]) {
    let account = Account::new();
    let file = file(content);
    account
        .run(&["create", "math", "--from", file.path().to_str().unwrap()])
        .failed(2, said);
    account.is_untouched();
}

#[test]
fn as_many_tokens_as_asked_for_come_one_a_line() {
    let account = Account::new();
    let ran = account.run(&["create", "standup", "--count=5"]);
    assert_eq!(ran.code, 0);
    let tokens: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(tokens.len(), 5);
    assert!(tokens.iter().all(|token| account.verify(token).is_some()));
    assert_eq!(
        ran.stderr, "note: 5 minted, 0 failed\n",
        "no progress where nobody looks on"
    );
}

#[test]
fn one_token_by_count_is_many_as_well() {
    let ran = Account::new().run(&["create", "standup", "--count=1", "--json"]);
    assert_eq!(ran.json_lines()[0]["index"], 0);
}

#[test]
fn rows_of_csv_set_fields_and_keep_the_rest_of_the_flags() {
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
fn an_empty_cell_leaves_what_the_flags_say() {
    let bodies = bodies_of(
        "user_name,permissions\nEmmy,\n",
        &["math", "--permission=room.lock"],
    );
    assert_eq!(bodies[0]["permissions"], json!(["room.lock"]));
}

#[test]
fn json_lines_take_every_field() {
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
fn rows_may_come_from_standard_input() {
    let account = Account::new();
    let ran = feed(
        account.command(&["create", "math", "--from", "-"]),
        "user_name\nAda\nEmmy\n",
    );
    assert_eq!((ran.code, ran.stdout.lines().count()), (0, 2), "{ran:?}");
    let ran = feed(account.command(&["create", "math", "--from", "-"]), "");
    ran.failed(2, &["standard input: there are no rows"]);
}

#[test]
fn nothing_is_sent_if_any_row_is_invalid() {
    refused(
        "room_name\nart\nroom 1\nmath\nroom 2\n",
        &["request 2: `room_name`", "request 4: `room_name`"],
    );
    refused(
        "user_name,permissions\nAda,room.lok\n",
        &["request 1", "did you mean `room.lock`?"],
    );
    refused(
        "user_name,join_audio_muted\nAda,perhaps\n",
        &["request 1", "`join_audio_muted`"],
    );
    refused("user_name,meta\nAda,none\n", &["`meta` is no JSON"]);
    refused(
        "user_name,join_from\nAda,tomorrow\n",
        &["request 1", "`join_from`"],
    );
    refused(
        "user_name,join_audio_muted,permissions\nAda,perhaps,\nEmmy,true,\nMary,true,room.lok\n",
        &[
            "request 1: `join_audio_muted`",
            "request 3",
            "`room.lock`",
            "nothing was sent",
        ],
    );
    refused("User Name\nAda\n", &["did you mean `user_name`?"]);
    refused("e-mail\nAda\n", &["`e-mail` is no field of the API", "--extra"]);
    refused("user_name,meta\nAda\n", &["record"]);
    refused("user_name\n", &["there are no rows"]);
    refused("{\"user_name\":\"Ada\"}\n[1]\n", &["line 2 is no JSON object"]);
    refused("{\"user_name\":7}\n", &["request 1: `user_name`"]);
}

#[test]
fn two_columns_of_one_name_are_refused() {
    refused(
        "user_name,join_audio_muted,user_name\nAda,true,Emmy\n",
        &["column 3 is a second `user_name`"],
    );
}

#[test]
fn a_quote_that_is_not_closed_swallows_nobody() {
    refused(
        "user_name\nAda\n\"Emmy\nSofia\nMary\n",
        &["line 3 has a cell that goes on in the next line"],
    );
    refused(
        "\r\nuser_name,join_audio_muted\r\nAda,true\r\n\r\n\"Emmy\r\nSofia\",true\r\nMary,true\r\n",
        &["line 5 has a cell"],
    );
    refused(
        "user_name,join_audio_muted\nAda,true\n\"Emmy,true\nMary,true\n",
        &["line: 3"],
    );
    refused("\"user_name\nAda\nEmmy\n", &["column 1 is no field of the API"]);
}

#[test]
fn a_list_of_json_is_told_from_lines_of_it() {
    refused(
        "[{\"room_name\":\"math\"}]\n",
        &["JSON lines are expected, one object a line"],
    );
}

#[test]
fn a_first_line_of_megabytes_is_refused_in_a_few_words() {
    let account = Account::new();
    for content in [
        "user_".repeat(600_000),
        format!("{{\"{}\":1}}", "user_".repeat(600_000)),
    ] {
        let file = file(&content);
        let started = std::time::Instant::now();
        let ran = account.run(&["create", "math", "--from", file.path().to_str().unwrap()]);
        ran.failed(2, &["no field of the API"]);
        assert!(ran.stderr.len() < 500, "{} bytes are said", ran.stderr.len());
        assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
    }
    account.is_untouched();
}

#[test]
fn a_file_that_is_not_there_is_named() {
    Account::new()
        .run(&["create", "math", "--from=no-such-file.csv"])
        .failed(2, &["no-such-file.csv"]);
}

/// Refuses the requests of these people.
fn account_refusing(names: &'static [(&str, u16)]) -> Account {
    let account = Account::new();
    account.script_fn(|request| {
        let body = request.json()?;
        let (_, status) = names.iter().find(|(name, _)| body["user_name"] == *name)?;
        Some(Reply::status(*status))
    });
    account
}

fn class(account: &Account, flags: &[&str]) -> Ran {
    let names = file("user_name\nAda\nEmmy\nSofia\nMary\n");
    let path = names.path().to_str().unwrap();
    let args: Vec<_> = ["create", "math", "--max-retries=0", "--from", path]
        .into_iter()
        .chain(flags.iter().copied())
        .collect();
    account.run(&args)
}

#[test]
fn one_failure_does_not_keep_the_others_from_their_tokens() {
    let account = account_refusing(&[("Emmy", 422)]);
    let ran = class(&account, &[]);
    assert_eq!(ran.code, 4, "{ran:?}");
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines[1], "", "the others stay on their lines");
    for (line, name) in [(0, "Ada"), (2, "Sofia"), (3, "Mary")] {
        assert_eq!(account.verify(lines[line]).unwrap()["u"], name);
    }
    assert!(ran.stderr.contains("error: request 2: "), "{}", ran.stderr);
    assert!(ran.stderr.contains("3 minted, 1 failed"), "{}", ran.stderr);
}

#[test]
fn the_worst_failure_makes_the_exit_code() {
    let account = account_refusing(&[("Ada", 503), ("Emmy", 403), ("Mary", 422)]);
    assert_eq!(class(&account, &[]).code, 5);
    let account = account_refusing(&[("Ada", 403), ("Emmy", 302)]);
    assert_eq!(class(&account, &[]).code, 6);
}

#[test]
fn the_deadline_is_one_for_all_of_them() {
    let account = Account::answering(std::iter::repeat_n(Reply::real().hang_at(Stage::Answer), 4));
    let ran = class(&account, &["--timeout=1s"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (5, "\n\n\n\n"));
    assert!(
        ran.stderr.ends_with("note: 0 minted, 4 failed\n"),
        "{}",
        ran.stderr
    );
}

#[test]
fn the_help_has_both_deadlines() {
    let help = run(&["create", "--help"]).stdout;
    let words: Vec<&str> = help.split_whitespace().collect();
    let said = "[default: 30s; 2m for many tokens together]";
    assert!(words.join(" ").contains(said), "{help}");
}

#[test]
fn as_json_lines_each_result_has_its_place() {
    let account = account_refusing(&[("Sofia", 403)]);
    let ran = class(&account, &["--json"]);
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
fn rows_of_commas_are_nobodys() {
    let bodies = bodies_of("user_name,join_audio_muted\nAda,true\n,\n , \n", &["math-101"]);
    assert_eq!(bodies.len(), 1);
    assert_eq!(bodies[0]["user_name"], "Ada");
}

#[test]
fn more_than_anybody_needs_is_refused_before_anything_is_made() {
    for count in ["0", "100001", "4000000000", "99999999999999999999"] {
        Account::new()
            .run(&["create", "standup", "--count", count])
            .failed(2, &["--count"]);
    }
}

/// One more than go out at a time, and then some.
const ROWS: usize = 100;

#[test]
fn rejected_credentials_stop_the_rest() {
    let account = Account::new();
    let rows: String = (0..ROWS).map(|row| format!("Pupil {row}\n")).collect();
    let names = file(&format!("user_name\n{rows}"));
    let path = names.path().to_str().unwrap();
    for status in [401, 403] {
        account.script_fn(move |_| Some(Reply::status(status)));
        let before = account.requests().len();
        let ran = account.run(&["create", "math", "--from", path]);
        let sent = account.requests().len() - before;
        assert!(sent <= 16, "{sent} of {ROWS} were sent");
        assert_eq!(ran.code, 3, "{ran:?}");
        assert_eq!(ran.stdout, "\n".repeat(ROWS), "a line for each row");
        assert_eq!(
            ran.stderr.matches("error: request").count(),
            sent,
            "{}",
            ran.stderr
        );
        let rest = ROWS - sent;
        let said =
            format!("note: 0 minted, {sent} failed, {rest} not sent because the credentials were rejected\n");
        assert!(ran.stderr.ends_with(&said), "{}", ran.stderr);
    }
}

#[test]
fn as_json_lines_the_rest_says_that_it_was_not_sent() {
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
