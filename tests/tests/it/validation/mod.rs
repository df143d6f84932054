//! Tests that the library, the JSON Schema generated from the document and the mock server accept the same
//! requests. [`Difference`] lists the intended exceptions.

mod acceptance;
mod differences;
mod validators;
mod values;

use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestError, TestRunner};
use serde_json::{Map, Value, json};

use acceptance::Acceptance;
use differences::Difference;
use validators::Validators;
use values::alone;

/// Returns a test runner with a fixed seed, so that failures are reproducible.
fn runner(cases: u32) -> TestRunner {
    TestRunner::new(ProptestConfig {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(18),
        ..ProptestConfig::default()
    })
}

/// Checks a property for generated values. Panics with a minimal failing value.
fn for_all<S: Strategy>(cases: u32, values: &S, property: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    match runner(cases).run(values, property) {
        Ok(()) => {}
        Err(TestError::Fail(reason, value)) => panic!("{reason}: {value:?}"),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn each_field_has_the_same_result_in_all_validators() {
    let validators = Validators::new();
    for_all(1200, &values::field(), |(field, value)| {
        let request = alone(&field, &value);
        let found = validators.all(&request);
        let expected = match Difference::of(&field, &value) {
            Some(difference) => difference.acceptance(),
            None => Acceptance::all(found.library),
        };
        prop_assert_eq!(found, expected);
        validators.assert_only_field_rejected(&request, &field)
    });
}

#[test]
fn combining_fields_does_not_change_their_results() {
    let validators = Validators::new();
    for_all(150, &prop::collection::vec(values::field(), 0..8), |fields| {
        let fields: Map<String, Value> = fields.into_iter().collect();
        let mut request = json!({ "room_name": "r" });
        request.as_object_mut().unwrap().extend(fields.clone());
        let mut expected = Acceptance::all(true);
        for (field, value) in &fields {
            expected = expected.and(validators.all(&alone(field, value)));
        }
        if differences::is_reversed_window(&request) {
            expected = expected.and(Difference::ReversedWindow.acceptance());
        }
        let found = validators.all(&request);
        prop_assert_eq!(found, expected);
        if found == Acceptance::all(true) {
            validators.assert_token_matches(&request)?;
        }
        Ok(())
    });
}

#[test]
fn a_request_with_all_fields_gets_a_matching_token() {
    let validators = Validators::new();
    for_all(100, &values::valid_request(), |request| {
        prop_assert_eq!(request.as_object().unwrap().len(), 18);
        prop_assert_eq!(validators.all(&request), Acceptance::all(true));
        validators.assert_token_matches(&request)
    });
}

/// Each listed difference must actually occur.
#[test]
fn each_listed_difference_occurs() {
    let validators = Validators::new();
    for difference in Difference::ALL {
        for request in difference.examples() {
            let found = validators.all(&request);
            assert_eq!(found, difference.acceptance(), "{difference:?}: {request}");
            let (field, value) = differences::example_field(&request);
            let of_field = Difference::of(&field, &value);
            assert!(
                of_field == Some(difference) || difference == Difference::ReversedWindow,
                "{request}"
            );
        }
    }
}
