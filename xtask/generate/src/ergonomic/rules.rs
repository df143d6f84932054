//! Generates `rules.rs`, which defines the validation rules for a request, based on the limits in the document.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens as _, quote};
use syn::Ident;
use xtask_openapi::escape::code_span;

use super::model::{Bound, Field, FieldKind, Model};
use super::pattern::{Automaton, Compiled, Ranges};
use super::tokens::{doc, option};
use super::words;
use crate::extensions::MAX_JSON_LENGTH;
use crate::literal;

pub(super) fn generate(model: &Model<'_>, api: &Ident) -> TokenStream {
    let (mut rules, mut checks) = (Vec::new(), Vec::new());
    for field in &model.fields {
        let value = value(field);
        if let FieldKind::Timestamp = field.kind {
            let name = &field.name;
            checks.push(quote!(time(#name, #value, found);));
        } else if let Some((ty, rule)) = rule(field) {
            let name = field.constant();
            let docs = doc(&[format!("The rule for {}.", code_span(&field.name))]);
            rules.push(quote!(#docs pub(crate) const #name: #ty = #rule;));
            checks.push(quote!(#name.check(#value, found);));
        }
    }
    let body = &model.body.ident;
    quote! {
        #![doc = " The validation rules for request fields, based on the OpenAPI document."]

        use #api::types;

        #[allow(unused_imports, reason = "which items are used depends on the document")]
        use super::pattern::Pattern;
        #[allow(unused_imports, reason = "which items are used depends on the document")]
        use super::rule::{IntegerRule, NumberRule, SizeRule, TextRule, time};
        #[allow(unused_imports, reason = "which items are used depends on the document")]
        use crate::request::violation::{Violation, json_characters};

        #(#rules)*

        #[doc = " Adds the violations to `found`, in field order."]
        pub(crate) fn check(body: &types::#body, found: &mut Vec<Violation>) {
            #(#checks)*
        }
    }
}

/// Returns the type and value of a field's rule, or `None` if every value of its type is allowed.
fn rule(field: &Field<'_>) -> Option<(TokenStream, TokenStream)> {
    let count = |name| field.schema.count(name);
    let (ty, limits) = match &field.kind {
        FieldKind::Text => {
            let (min, max) = words::lengths(field);
            let limits = sizes(min, max);
            let pattern = option(field.pattern.as_ref().map(of_pattern));
            (quote!(TextRule), quote!(#limits, pattern: #pattern))
        }
        FieldKind::Integer => {
            let min = field
                .minimum()
                .map_or_else(|| quote!(i128::MIN), |bound| whole(&bound, 1));
            let max = field
                .maximum()
                .map_or_else(|| quote!(i128::MAX), |bound| whole(&bound, -1));
            (quote!(IntegerRule), quote!(min: #min, max: #max))
        }
        FieldKind::Number => {
            let min = field
                .minimum()
                .and_then(|bound| compared(&bound, quote!(>), quote!(>=)));
            let max = field
                .maximum()
                .and_then(|bound| compared(&bound, quote!(<), quote!(<=)));
            (
                quote!(NumberRule),
                quote!(is_allowed: |value| value.is_finite() #min #max),
            )
        }
        _ if field.is_list() => (quote!(SizeRule), sizes(count("minItems"), count("maxItems"))),
        FieldKind::Metadata | FieldKind::Json => (quote!(SizeRule), sizes(None, count(MAX_JSON_LENGTH))),
        _ => return None,
    };
    // A number needs a rule even without limits, because JSON does not support infinity or NaN.
    let is_number = matches!(field.kind, FieldKind::Number);
    let without_limits = is_number.then(|| "a finite number".to_owned());
    let expected = words::limits(field, str::to_owned).or(without_limits)?;
    let name = &field.name;
    let rule = quote!(#ty { field: #name, #limits, expected: #expected });
    Some((ty, rule))
}

/// Returns the expression that passes the field's value to its rule as an `Option`.
fn value(field: &Field<'_>) -> TokenStream {
    let ident = field.ident;
    let value = quote!(body.#ident);
    match (&field.kind, field.is_optional) {
        (FieldKind::Text, true) => quote!(#value.as_deref()),
        (FieldKind::Text, false) => quote!(Some(&#value)),
        (FieldKind::Integer, true) => quote!(#value.map(i128::from)),
        (FieldKind::Integer, false) => quote!(Some(i128::from(#value))),
        (FieldKind::Number, true) => quote!(#value.map(f64::from)),
        (FieldKind::Number, false) => quote!(Some(f64::from(#value))),
        (_, true) if field.is_list() => quote!(#value.as_ref().map(Vec::len)),
        (_, false) if field.is_list() => quote!(Some(#value.len())),
        (FieldKind::Timestamp, false) => quote!(Some(#value)),
        (FieldKind::Metadata | FieldKind::Json, true) => quote!(#value.as_ref().and_then(json_characters)),
        (FieldKind::Metadata | FieldKind::Json, false) => quote!(json_characters(&#value)),
        _ => value,
    }
}

/// Returns the fields of a rule that limits a size.
fn sizes(min: Option<u64>, max: Option<u64>) -> TokenStream {
    let min = Literal::u64_unsuffixed(min.unwrap_or(0));
    let max = max.map(Literal::u64_unsuffixed);
    let max = max.map_or_else(|| quote!(usize::MAX), |max| quote!(#max));
    quote!(min: #min, max: #max)
}

/// Returns the comparison of a number with a bound.
fn compared(bound: &Bound<'_>, exclusive: TokenStream, inclusive: TokenStream) -> Option<TokenStream> {
    let end = literal::float(bound.value)?;
    let operator = if bound.is_exclusive { exclusive } else { inclusive };
    Some(quote!(&& value #operator #end))
}

/// Returns the integer closest to a bound that still satisfies it. `step` is 1 for a minimum and -1 for a maximum.
fn whole(bound: &Bound<'_>, step: i128) -> TokenStream {
    let float = bound.value.as_f64().unwrap_or_default();
    // The cast saturates, which is correct for bounds outside the integer range.
    let rounded = if step > 0 { float.ceil() } else { float.floor() } as i128;
    let integer = bound.value.as_i128();
    let is_excluded = bound.is_exclusive && (integer.is_some() || float.fract() == 0.0);
    let nearest = integer.unwrap_or(rounded);
    let end = if is_excluded {
        nearest.saturating_add(step)
    } else {
        nearest
    };
    Literal::i128_unsuffixed(end).into_token_stream()
}

fn of_pattern(pattern: &Compiled) -> TokenStream {
    let automaton = match pattern {
        Compiled::Only { class, .. } => {
            let class = ranges(class);
            return quote!(Pattern::Only(#class));
        }
        Compiled::Positions(automaton) => automaton,
    };
    let Automaton {
        classes,
        follow,
        matches_empty,
        ..
    } = automaton;
    let classes = classes.iter().map(ranges);
    let [first, last] = [automaton.first, automaton.last].map(Literal::u128_unsuffixed);
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

fn ranges(ranges: &Ranges) -> TokenStream {
    let ranges = ranges.iter().map(|(start, end)| quote!((#start, #end)));
    quote!(&[#(#ranges),*])
}
