//! YAML output parses to the same value, and parsing is strict about types.

use proptest::prelude::*;
use serde_json::Value;
use xtask_openapi::yaml;

use crate::support::cases;

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ -~\n]{0,40}",
        "[ \t\n|>'\"#:,&*!%@`\\-?{}\\[\\]~a]{0,12}",
        "(yes|no|on|off|y|n|null|~|true|false|NULL|True|\\.inf|\\.nan|<<|=|---|\\.\\.\\.)",
        "[0-9+_.eExXoO:\\-]{0,10}",
        "[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?",
        "( |\n|[a-z]){0,20}",
        "[a-z \u{85}\u{2028}\u{feff}\r\n\u{0}\u{7f}\u{e000}😀]{0,10}",
    ]
}

fn number() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>()
            .prop_filter("JSON numbers are finite", |n| n.is_finite())
            .prop_map(Value::from),
        (-1000i64..1000).prop_map(|n| Value::from(n as f64)),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        number(),
        text().prop_map(Value::String),
    ];
    leaf.prop_recursive(6, 60, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
            prop::collection::vec((text(), inner), 0..6)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn written_values_parse_to_the_same_value(value in value()) {
        let written = yaml::to_string(&value);
        prop_assert_eq!(yaml::from_str(&written), Ok(value), "{}", written);
        prop_assert!(written.ends_with("\n"), "{:?}", written);
    }
}
