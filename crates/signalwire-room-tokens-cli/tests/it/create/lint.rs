//! Tests for `--lint` and `--deny-lint`.

use crate::support::{Account, run};

#[test]
fn warnings_require_lint_flag() {
    let account = Account::new();
    assert_eq!(account.run(&["create", "standup"]).stderr, "");
    let ran = account.run(&["create", "standup", "--lint"]);
    assert!(
        account.verify(ran.line()).is_some(),
        "warnings must not block the request"
    );
    assert!(
        ran.stderr.starts_with("warning: no-join-until: "),
        "{}",
        ran.stderr
    );
}

#[test]
fn request_without_lints_has_no_warning() {
    let account = Account::new();
    assert_eq!(
        account
            .run(&["create", "standup", "--lint", "--valid-for=2h"])
            .stderr,
        ""
    );
}

#[test]
fn denied_lint_prevents_sending() {
    let account = Account::new();
    let ran = account.run(&["create", "standup", "--deny-lint=no-join-until"]);
    ran.assert_failed(2, &["error: no-join-until: ", "nothing was sent"]);
    account.assert_no_requests();
}

#[test]
fn other_lints_are_not_denied() {
    let account = Account::new();
    let ran = account.run(&[
        "create",
        "standup",
        "--deny-lint=window-in-past",
        "--deny-lint=permission-typo",
    ]);
    assert!(account.verify(ran.line()).is_some());
    assert_eq!(ran.stderr, "");
}

#[test]
fn unknown_lint_error_suggests_name() {
    run(&["create", "standup", "--deny-lint=no-join-untill"]).assert_failed(
        2,
        &["a similar value exists: 'no-join-until'", "duplicate-permission"],
    );
}
