//! Generates `rules.rs`, which defines the validation rules for a request, based on the limits in the document.

use heck::ToShoutySnakeCase as _;
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use syn::Ident;

use super::compiled::CompiledField;
use super::model::{Bound, FieldKind, Model, is_optional};
use super::pattern::{Automaton, Compiled, Ranges};
use super::tokens::doc;
use super::words;
use xtask_openapi::escape::code_span;

pub(super) fn generate(fields: &[CompiledField<'_>], model: &Model, api: &Ident) -> TokenStream {
    let (mut rules, mut checks) = (Vec::new(), Vec::new());
    for compiled in fields {
        let field = compiled.field;
        let ident = &field.ident;
        let is_optional = model
            .body_fields
            .iter()
            .any(|(other, ty)| other == ident && is_optional(ty));
        let value = value(&field.kind, &quote!(body.#ident), is_optional);
        if matches!(field.kind, FieldKind::Timestamp) {
            let name = &field.name;
            checks.push(quote!(time(#name, #value, found);));
            continue;
        }
        let Some((ty, rule)) = rule(compiled) else {
            continue;
        };
        let name = format_ident!(
            "{}",
            ident.to_string().trim_end_matches('_').to_shouty_snake_case()
        );
        let docs = doc(&[format!("The rule for {}.", code_span(&field.name))]);
        rules.push(quote!(#docs pub(crate) const #name: #ty = #rule;));
        checks.push(quote!(#name.check(#value, found);));
    }
    let body = &model.body;
    quote! {
        #![doc = " The validation rules for request fields, based on the OpenAPI document."]

        use #api::types;

        #[allow(unused_imports, reason = "which items are used depends on the document")]
        use super::pattern::Pattern;
        #[allow(unused_imports, reason = "which items are used depends on the document")]
        use super::rule::{IntegerRule, ItemsRule, JsonRule, NumberRule, TextRule, time};
        use crate::request::violation::Violation;

        #(#rules)*

        #[doc = " Adds the violations to `found`, in field order."]
        pub(crate) fn check(body: &types::#body, found: &mut Vec<Violation>) {
            #(#checks)*
        }
    }
}

/// Returns the type and value of a field's rule, or `None` if every value of its type is allowed.
fn rule(compiled: &CompiledField<'_>) -> Option<(TokenStream, TokenStream)> {
    let field = compiled.field;
    let name = &field.name;
    let limits = &field.limits;
    let expected = compiled.limits.as_ref();
    match &field.kind {
        FieldKind::Text => {
            let expected = expected?;
            let (min, max) = words::lengths(limits, compiled.pattern.as_ref());
            let (min, max) = (count(min, 0), count_or_max(max));
            let pattern = match &compiled.pattern {
                Some(pattern) => {
                    let pattern = of_pattern(pattern);
                    quote!(Some(#pattern))
                }
                None => quote!(None),
            };
            let rule = quote!(TextRule { field: #name, min: #min, max: #max, pattern: #pattern, expected: #expected });
            Some((quote!(TextRule), rule))
        }
        FieldKind::Integer(_) => {
            let expected = expected?;
            let min = limits.minimum.as_ref().map(|bound| whole(bound, true));
            let max = limits.maximum.as_ref().map(|bound| whole(bound, false));
            let min = min.map_or_else(|| quote!(i128::MIN), |min| quote!(#min));
            let max = max.map_or_else(|| quote!(i128::MAX), |max| quote!(#max));
            let rule = quote!(IntegerRule { field: #name, min: #min, max: #max, expected: #expected });
            Some((quote!(IntegerRule), rule))
        }
        // A number needs a rule even without limits, because JSON does not support infinity or NaN.
        FieldKind::Number(_) => {
            let expected = expected.map_or("a finite number", String::as_str);
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
        FieldKind::Metadata | FieldKind::Json => {
            let (expected, max) = (expected?, count_or_max(limits.max_json_length));
            Some((
                quote!(JsonRule),
                quote!(JsonRule { field: #name, max: #max, expected: #expected }),
            ))
        }
        FieldKind::Texts | FieldKind::Permissions => {
            let expected = expected?;
            let (min, max) = (count(limits.min_items, 0), count_or_max(limits.max_items));
            let rule = quote!(ItemsRule { field: #name, min: #min, max: #max, expected: #expected });
            Some((quote!(ItemsRule), rule))
        }
        FieldKind::Boolean | FieldKind::Timestamp | FieldKind::Choice(_) => None,
    }
}

/// Returns the expression that passes the field's value to its rule as an `Option`.
fn value(kind: &FieldKind, field: &TokenStream, is_optional: bool) -> TokenStream {
    match (kind, is_optional) {
        (FieldKind::Text, true) => quote!(#field.as_deref()),
        (FieldKind::Text, false) => quote!(Some(&#field)),
        (FieldKind::Integer(_), true) => quote!(#field.map(i128::from)),
        (FieldKind::Integer(_), false) => quote!(Some(i128::from(#field))),
        (FieldKind::Number(_), true) => quote!(#field.map(f64::from)),
        (FieldKind::Number(_), false) => quote!(Some(f64::from(#field))),
        (FieldKind::Texts | FieldKind::Permissions, true) => quote!(#field.as_ref().map(Vec::len)),
        (FieldKind::Texts | FieldKind::Permissions, false) => quote!(Some(#field.len())),
        (FieldKind::Timestamp, true) => field.clone(),
        (FieldKind::Timestamp, false) => quote!(Some(#field)),
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

/// Returns the smallest or largest integer that satisfies a bound.
fn whole(bound: &Bound, is_lower: bool) -> Literal {
    let step = if is_lower { 1 } else { -1 };
    let whole = bound.value.as_i128().unwrap_or_else(|| {
        let end = bound.value.as_f64().unwrap_or_default();
        // The cast saturates, which is correct for bounds outside the integer range.
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
