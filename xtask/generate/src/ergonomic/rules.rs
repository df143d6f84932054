//! `rules.rs`: the limits of the document as rules that a request is checked against.

use heck::ToShoutySnakeCase as _;
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::model::{Bound, Kind, Model, is_optional};
use super::pattern::{Automaton, Compiled, Ranges};
use super::{Compiling, doc, words};
use xtask_openapi::escape::code_span;

pub(super) fn generate(fields: &[Compiling<'_>], model: &Model) -> TokenStream {
    let (mut rules, mut checks) = (Vec::new(), Vec::new());
    for compiling in fields {
        let field = compiling.field;
        let ident = &field.ident;
        let is_optional = model
            .body_fields
            .iter()
            .any(|(other, ty)| other == ident && is_optional(ty));
        let value = value(&field.kind, &quote!(body.#ident), is_optional);
        if matches!(field.kind, Kind::Timestamp) {
            let name = &field.name;
            checks.push(quote!(time(#name, #value, found);));
            continue;
        }
        let Some((ty, rule)) = rule(compiling) else {
            continue;
        };
        let name = format_ident!(
            "{}",
            ident.to_string().trim_end_matches('_').to_shouty_snake_case()
        );
        let docs = doc(&[format!("The rule of {}.", code_span(&field.name))]);
        rules.push(quote!(#docs pub(crate) const #name: #ty = #rule;));
        checks.push(quote!(#name.check(#value, found);));
    }
    let body = &model.body;
    quote! {
        #![doc = " The rules of the OpenAPI document for the values of a request."]

        use signalwire_room_tokens_api::types;

        #[allow(unused_imports, reason = "which of them are used depends on the document")]
        use super::pattern::Pattern;
        #[allow(unused_imports, reason = "which of them are used depends on the document")]
        use super::rule::{IntegerRule, ItemsRule, JsonRule, NumberRule, TextRule, time};
        use crate::request::Violation;

        #(#rules)*

        #[doc = " Adds what breaks a rule, in the order of the fields."]
        pub(crate) fn check(body: &types::#body, found: &mut Vec<Violation>) {
            #(#checks)*
        }
    }
}

/// The type of a field's rule, and the rule; nothing if every value of the type is expected.
fn rule(compiling: &Compiling<'_>) -> Option<(TokenStream, TokenStream)> {
    let field = compiling.field;
    let name = &field.name;
    let limits = &field.limits;
    let expected = compiling
        .limits
        .as_ref()
        .map(|limits| format!("{limits} are allowed"));
    match &field.kind {
        Kind::Text => {
            let expected = expected?;
            let (min, max) = words::lengths(limits, compiling.pattern.as_ref());
            let (min, max) = (count(min, 0), count_or_max(max));
            let pattern = match &compiling.pattern {
                Some(pattern) => {
                    let pattern = of_pattern(pattern);
                    quote!(Some(#pattern))
                }
                None => quote!(None),
            };
            let rule = quote!(TextRule { field: #name, min: #min, max: #max, pattern: #pattern, expected: #expected });
            Some((quote!(TextRule), rule))
        }
        Kind::Integer(_) => {
            let expected = expected?;
            let min = limits.minimum.as_ref().map(|bound| whole(bound, true));
            let max = limits.maximum.as_ref().map(|bound| whole(bound, false));
            let min = min.map_or_else(|| quote!(i128::MIN), |min| quote!(#min));
            let max = max.map_or_else(|| quote!(i128::MAX), |max| quote!(#max));
            let rule = quote!(IntegerRule { field: #name, min: #min, max: #max, expected: #expected });
            Some((quote!(IntegerRule), rule))
        }
        // Also without limits, since JSON has neither infinity nor NaN.
        Kind::Number(_) => {
            let expected = expected.unwrap_or_else(|| "finite numbers are allowed".to_owned());
            let within = [
                (&limits.minimum, quote!(>), quote!(>=)),
                (&limits.maximum, quote!(<), quote!(<=)),
            ]
            .into_iter()
            .filter_map(|(bound, exclusive, inclusive)| {
                let bound = bound.as_ref()?;
                let end = Literal::f64_unsuffixed(bound.value.as_f64().filter(|end| end.is_finite())?);
                let operator = if bound.is_exclusive { exclusive } else { inclusive };
                Some(quote!(&& value #operator #end))
            });
            let rule = quote! {
                NumberRule { field: #name, is_allowed: |value| value.is_finite() #(#within)*, expected: #expected }
            };
            Some((quote!(NumberRule), rule))
        }
        Kind::Metadata | Kind::Json => {
            let (expected, max) = (expected?, count_or_max(limits.max_json_length));
            Some((
                quote!(JsonRule),
                quote!(JsonRule { field: #name, max: #max, expected: #expected }),
            ))
        }
        Kind::Texts | Kind::Permissions => {
            let expected = expected?;
            let (min, max) = (count(limits.min_items, 0), count_or_max(limits.max_items));
            let rule = quote!(ItemsRule { field: #name, min: #min, max: #max, expected: #expected });
            Some((quote!(ItemsRule), rule))
        }
        Kind::Boolean | Kind::Timestamp | Kind::Choice(_) => None,
    }
}

/// The value of a field as its rule takes it, always optional.
fn value(kind: &Kind, field: &TokenStream, is_optional: bool) -> TokenStream {
    match (kind, is_optional) {
        (Kind::Text, true) => quote!(#field.as_deref()),
        (Kind::Text, false) => quote!(Some(&#field)),
        (Kind::Integer(_), true) => quote!(#field.map(i128::from)),
        (Kind::Integer(_), false) => quote!(Some(i128::from(#field))),
        (Kind::Number(_), true) => quote!(#field.map(f64::from)),
        (Kind::Number(_), false) => quote!(Some(f64::from(#field))),
        (Kind::Texts | Kind::Permissions, true) => quote!(#field.as_ref().map(Vec::len)),
        (Kind::Texts | Kind::Permissions, false) => quote!(Some(#field.len())),
        (Kind::Timestamp, true) => field.clone(),
        (Kind::Timestamp, false) => quote!(Some(#field)),
        (_, true) => quote!(#field.as_ref()),
        (_, false) => quote!(Some(&#field)),
    }
}

fn count(count: Option<u64>, other: u64) -> Literal {
    Literal::u64_unsuffixed(count.unwrap_or(other))
}

fn count_or_max(count: Option<u64>) -> TokenStream {
    match count {
        Some(count) => {
            let count = Literal::u64_unsuffixed(count);
            quote!(#count)
        }
        None => quote!(usize::MAX),
    }
}

/// The least or greatest integer within a bound.
fn whole(bound: &Bound, is_lower: bool) -> Literal {
    let step = if is_lower { 1 } else { -1 };
    let whole = bound.value.as_i128().unwrap_or_else(|| {
        let end = bound.value.as_f64().unwrap_or_default();
        // A float saturates, which is what a bound beyond all integers means.
        (if is_lower { end.ceil() } else { end.floor() }) as i128
    });
    let is_integral =
        bound.value.as_i128().is_some() || bound.value.as_f64().is_some_and(|end| end.fract() == 0.0);
    let exclusive = bound.is_exclusive && is_integral;
    Literal::i128_unsuffixed(if exclusive {
        whole.saturating_add(step)
    } else {
        whole
    })
}

fn of_pattern(pattern: &Compiled) -> TokenStream {
    match pattern {
        Compiled::Only { class, .. } => {
            let class = ranges(class);
            quote!(Pattern::Only(#class))
        }
        Compiled::Positions(Automaton {
            classes,
            first,
            follow,
            last,
            matches_empty,
            ..
        }) => {
            let classes = classes.iter().map(ranges);
            let [first, last] = [first, last].map(|set| Literal::u128_unsuffixed(*set));
            let follow = follow.iter().map(|set| Literal::u128_unsuffixed(*set));
            quote! {
                Pattern::Positions {
                    classes: &[#(#classes),*],
                    first: #first,
                    follow: &[#(#follow),*],
                    last: #last,
                    matches_empty: #matches_empty,
                }
            }
        }
    }
}

fn ranges(ranges: &Ranges) -> TokenStream {
    let ranges = ranges.iter().map(|(start, end)| quote!((#start, #end)));
    quote!(&[#(#ranges),*])
}
