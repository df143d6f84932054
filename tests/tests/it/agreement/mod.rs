//! The library, the JSON Schema that is generated from the document, and the mock judge requests alike, and where they
//! cannot, the differences are those of [`Difference`] and no others.

mod differences;
mod judges;
mod values;

use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestError, TestRunner};
use serde_json::{Map, Value, json};

use differences::{Difference, Verdicts};
use judges::Judges;

/// Always the same requests, so that a difference that is found stays found.
fn runner(cases: u32) -> TestRunner {
    TestRunner::new(ProptestConfig {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(18),
        ..ProptestConfig::default()
    })
}

/// Runs the property on generated values, and fails with the smallest that breaks it.
fn for_all<S: Strategy>(cases: u32, values: &S, property: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    match runner(cases).run(values, property) {
        Ok(()) => {}
        Err(TestError::Fail(reason, value)) => panic!("{reason}: {value:?}"),
        Err(error) => panic!("{error}"),
    }
}

/// A request with this field, and nothing else that could be wrong with it.
fn alone(field: &str, value: &Value) -> Value {
    let mut request = json!({ "room_name": "r" });
    request[field] = value.clone();
    request
}

#[test]
fn each_field_alone_is_judged_alike() {
    let judges = Judges::new();
    for_all(1200, &values::field(), |(field, value)| {
        let request = alone(&field, &value);
        let found = judges.all(&request);
        let expected = match Difference::of(&field, &value) {
            Some(difference) => difference.verdicts(),
            None => Verdicts::all(found.library),
        };
        prop_assert_eq!(found, expected);
        judges.assert_blamed(&request, &field)
    });
}

#[test]
fn several_fields_are_judged_as_each_is_alone() {
    let judges = Judges::new();
    for_all(150, &prop::collection::vec(values::field(), 0..8), |fields| {
        let fields: Map<String, Value> = fields.into_iter().collect();
        let mut request = json!({ "room_name": "r" });
        request.as_object_mut().unwrap().extend(fields.clone());
        let mut expected = Verdicts::all(true);
        for (field, value) in &fields {
            expected = expected.and(judges.all(&alone(field, value)));
        }
        if differences::is_reversed_window(&request) {
            expected = expected.and(Difference::ReversedWindow.verdicts());
        }
        let found = judges.all(&request);
        prop_assert_eq!(found, expected);
        if found == Verdicts::all(true) {
            judges.assert_granted(&request)?;
        }
        Ok(())
    });
}

/// What all of them accept comes back in the token's claims.
#[test]
fn every_field_at_once_is_granted() {
    let judges = Judges::new();
    for_all(100, &values::sound_request(), |request| {
        prop_assert_eq!(request.as_object().unwrap().len(), 18);
        prop_assert_eq!(judges.all(&request), Verdicts::all(true));
        judges.assert_granted(&request)
    });
}

/// The list is not longer than it must be.
#[test]
fn every_difference_is_real() {
    let judges = Judges::new();
    for difference in Difference::ALL {
        for request in difference.examples() {
            let found = judges.all(&request);
            assert_eq!(found, difference.verdicts(), "{difference:?}: {request}");
            let (field, value) = differences::odd_one(&request);
            let of_field = Difference::of(&field, &value);
            assert!(
                of_field == Some(difference) || difference == Difference::ReversedWindow,
                "{request}"
            );
        }
    }
}
