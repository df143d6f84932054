//! `--lint` and `--deny-lint`.

use crate::support::{Account, run};

#[test]
fn surprises_are_told_only_if_asked_for() {
    let account = Account::new();
    assert_eq!(account.run(&["create", "standup"]).stderr, "");
    let ran = account.run(&["create", "standup", "--lint"]);
    assert!(
        account.verify(ran.line()).is_some(),
        "a warning keeps nothing from being sent"
    );
    assert!(
        ran.stderr.starts_with("warning: no-join-until: "),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_request_without_surprises_has_no_warning() {
    let account = Account::new();
    assert_eq!(
        account
            .run(&["create", "standup", "--lint", "--valid-for=2h"])
            .stderr,
        ""
    );
}

#[test]
fn a_denied_surprise_is_not_sent() {
    let account = Account::new();
    let ran = account.run(&["create", "standup", "--deny-lint=no-join-until"]);
    ran.failed(2, &["error: no-join-until: ", "nothing was sent"]);
    account.is_untouched();
}

#[test]
fn another_surprise_than_the_denied_one_is_none() {
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
fn lints_have_names_that_are_known() {
    run(&["create", "standup", "--deny-lint=no-join-untill"]).failed(
        2,
        &["a similar value exists: 'no-join-until'", "duplicate-permission"],
    );
}
