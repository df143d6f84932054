//! Overlay actions: their effects, and the errors for outdated actions.

use xtask_generate::generate;
use xtask_generate::overlay::Overlay;
use xtask_generate::workaround::Strictness;
use xtask_openapi::Document;

use crate::support::{checked_in, lay, layout, messages, read_overlay, root, value};

const PETS: &str = "{info: {title: Pets}, tags: [{name: a}, {name: b}], limit: 3}";

#[test]
fn updates_merge_and_removals_remove() {
    let cases = [
        (
            "{target: $.info, update: {title: Animals, extra: {deep: 1}}}",
            "{info: {title: Animals, extra: {deep: 1}}, tags: [{name: a}, {name: b}], limit: 3}",
        ),
        (
            "{target: $, update: {info: {version: '2'}}}",
            "{info: {title: Pets, version: '2'}, tags: [{name: a}, {name: b}], limit: 3}",
        ),
        (
            "{target: $.tags, update: {name: c}}",
            "{info: {title: Pets}, tags: [{name: a}, {name: b}, {name: c}], limit: 3}",
        ),
        (
            "{target: $, update: {tags: [{name: c}]}}",
            "{info: {title: Pets}, tags: [{name: a}, {name: b}, {name: c}], limit: 3}",
        ),
        (
            "{target: '$.tags[*]', update: {seen: true}}",
            "{info: {title: Pets}, tags: [{name: a, seen: true}, {name: b, seen: true}], limit: 3}",
        ),
        (
            "{target: \"$.tags[?@.name == 'b']\", update: {seen: true}}",
            "{info: {title: Pets}, tags: [{name: a}, {name: b, seen: true}], limit: 3}",
        ),
        (
            "{target: '$.tags[*]', remove: true}",
            "{info: {title: Pets}, tags: [], limit: 3}",
        ),
        // Neither the order of a selector's matches nor repeated matches matter.
        (
            "{target: '$.tags[1, 0, 0]', remove: true}",
            "{info: {title: Pets}, tags: [], limit: 3}",
        ),
        (
            "{target: '$.tags[-1, 1]', remove: true}",
            "{info: {title: Pets}, tags: [{name: a}], limit: 3}",
        ),
        (
            "{target: $.limit, remove: true}, {target: $, update: {limit: 4}}",
            "{info: {title: Pets}, tags: [{name: a}, {name: b}], limit: 4}",
        ),
    ];
    for (actions, expected) in cases {
        assert_eq!(lay(actions, PETS).unwrap(), value(expected), "{actions}");
    }
}

#[test]
fn actions_without_effect_are_errors() {
    let cases = [
        (
            "{target: $.nothing, update: {a: 1}}",
            "overlay.yaml: at /actions/0: `$.nothing` matches nothing",
        ),
        (
            "{target: $.nothing, remove: true}",
            "overlay.yaml: at /actions/0: `$.nothing` matches nothing",
        ),
        (
            "{target: $, remove: true}",
            "`$` is the whole document, which can't be removed",
        ),
        (
            "{target: $.info, update: {title: Pets}}",
            "already has this value; delete the action",
        ),
        (
            "{target: $.tags, update: {name: a}}",
            "is already present; delete the action",
        ),
        (
            "{target: $, update: {tags: [{name: a}]}}",
            "at /tags: {\"name\":\"a\"} is already present",
        ),
        (
            "{target: $.limit, update: {a: 1}}",
            "the target must be an array, or both the target and the update must be objects",
        ),
        (
            "{target: $, update: {limit: {a: 1}}}",
            "at /limit: has a different type than the update",
        ),
        (
            "{target: $, update: {info: text}}",
            "at /info: has a different type than the update",
        ),
    ];
    for (actions, expected) in cases {
        let errors = messages(lay(actions, PETS));
        assert!(
            errors.len() == 1 && errors[0].contains(expected),
            "{actions}: {errors:?}"
        );
    }
}

#[test]
fn all_outdated_actions_are_reported() {
    let actions = "{target: $.a, remove: true}, {target: $.limit, remove: true}, {target: $.b, update: {}}";
    let errors = messages(lay(actions, PETS));
    assert_eq!(errors.len(), 2, "{errors:?}");
    assert!(
        errors[0].contains("/actions/0") && errors[1].contains("/actions/2"),
        "{errors:?}"
    );
}

#[test]
fn pinned_updates_may_have_no_effect() {
    let pin = "{target: $.info, x-pin: true, update: {title: Pets}}";
    assert_eq!(lay(pin, PETS).unwrap(), value(PETS));
    assert_eq!(
        lay(pin, "{info: {title: Beasts}}").unwrap(),
        value("{info: {title: Pets}}")
    );
    assert!(messages(lay(pin, "{}"))[0].contains("matches nothing"));
}

#[test]
fn drafts_ignore_actions_that_cannot_be_applied() {
    let nested = |count: usize| format!("{}{{}}{}", "{a: ".repeat(count), "}".repeat(count));
    let (target, update) = (format!("${}", ".a".repeat(40)), nested(30));
    let actions = format!("[{{target: {target}, update: {update}}}, {{target: $.b, remove: true}}]");
    let overlay = read_overlay(&actions).unwrap();

    let mut document = value(&nested(40));
    overlay.apply(&mut document, Strictness::Draft).unwrap();
    assert_eq!(document, value(&nested(40)));

    let errors = messages(overlay.apply(&mut document, Strictness::WhereNeeded));
    assert!(
        errors.len() == 2 && errors[0].contains("would be nested more than 64 levels deep"),
        "{errors:?}"
    );
}

#[test]
fn drafts_must_not_exceed_the_limits_of_an_overlay() {
    let action = "{target: '$.a[*]', x-pin: true, update: {b: 1}}, ";
    let overlay = read_overlay(&format!("[{}]", action.repeat(51))).unwrap();
    let mut document = value(&format!("{{a: [{}]}}", "{}, ".repeat(2_000)));
    let errors = messages(overlay.apply(&mut document, Strictness::Draft));
    assert!(
        errors.len() == 1 && errors[0].contains("modify more than 100000 locations"),
        "{errors:?}"
    );
}

#[test]
fn invalid_overlays_are_rejected_with_location() {
    let with_actions =
        |actions: &str| format!("{{overlay: 1.0.0, info: {{title: t, version: '1'}}, actions: {actions}}}");
    let cases = [
        ("[]".to_owned(), "/overlay"),
        ("{overlay: 2.0.0}".to_owned(), "/overlay"),
        ("{overlay: 1.0.0, info: {title: t}}".to_owned(), "/info"),
        (with_actions("[]"), "/actions"),
        (with_actions("[1]"), "/actions/0"),
        (with_actions("[{update: {}}]"), "/actions/0/target"),
        (
            with_actions("[{target: '$[', remove: true}]"),
            "/actions/0/target",
        ),
        (with_actions("[{target: $}]"), "/actions/0"),
        (
            with_actions("[{target: $, update: {}, remove: true}]"),
            "/actions/0",
        ),
        (with_actions("[{target: $, updates: {}}]"), "/actions/0"),
        (
            with_actions("[{target: $, remove: true, x-pin: true}]"),
            "/actions/0",
        ),
        (
            with_actions("[{target: $, update: {}, description: 1}]"),
            "/actions/0/description",
        ),
    ];
    for (text, place) in cases {
        let document = Document::parse("overlay.yaml", text.as_bytes()).unwrap();
        let errors = messages(Overlay::read(&document));
        assert!(
            errors[0].starts_with(&format!("overlay.yaml: at {place}: ")),
            "{text}: {errors:?}"
        );
    }
}

#[test]
fn the_merged_document_must_be_valid() {
    let mut inputs = checked_in();
    let text = std::fs::read_to_string(root().join("spec/overlay.yaml")).unwrap()
        + "\n- target: $.paths['/api/video/room_tokens'].post\n  update: {sumary: mistyped}\n";
    inputs.overlay = Some(Document::parse("spec/overlay.yaml", text.as_bytes()).unwrap());
    let errors = messages(generate(&inputs, &layout()));
    let place = "/paths/~1api~1video~1room_tokens/post/sumary";
    let expected = format!("spec/facts.yaml with spec/overlay.yaml: at {place}: ");
    assert!(
        errors.len() == 1 && errors[0].starts_with(&expected),
        "{errors:?}"
    );
}
