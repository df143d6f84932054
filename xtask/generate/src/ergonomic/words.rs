//! Descriptions of limits and defaults. They are generated from the document, so the overlay doesn't have to repeat
//! them.

use serde_json::Value;
use xtask_openapi::escape::code_span;

use super::model::{Bound, Choice, Field, FieldKind, ValueLimits};
use super::pattern::Compiled;
use crate::markdown;

/// The style of a phrase: plain text for messages, or Markdown for documentation.
#[derive(Clone, Copy)]
pub(super) enum Style {
    Plain,
    Markdown,
}

/// Describes the limits of a field in a phrase that can follow the word "expected", such as `at most 100 characters`.
pub(super) fn limits(field: &Field, pattern: Option<&Compiled>, style: Style) -> Option<String> {
    let limits = &field.limits;
    match &field.kind {
        FieldKind::Text => text(limits, pattern, style),
        FieldKind::Integer(_) | FieldKind::Number(_) => {
            let unit = field.unit.as_deref();
            numbers(limits).map(|range| unit.map_or(range.clone(), |unit| format!("{range} {unit}")))
        }
        FieldKind::Metadata | FieldKind::Json => limits
            .max_json_length
            .map(|max| format!("at most {max} characters of JSON")),
        FieldKind::Texts | FieldKind::Permissions => {
            size(limits.min_items, limits.max_items).map(|size| format!("{size} items"))
        }
        FieldKind::Boolean | FieldKind::Timestamp | FieldKind::Choice(_) => None,
    }
}

/// Returns the minimum and maximum length of a string, based on its limits and pattern.
pub(super) fn lengths(limits: &ValueLimits, pattern: Option<&Compiled>) -> (Option<u64>, Option<u64>) {
    let (min, max) = (limits.min_length.filter(|min| *min > 0), limits.max_length);
    let Some(Compiled::Only {
        min: least,
        max: most,
        ..
    }) = pattern
    else {
        return (min, max);
    };
    let least = u64::try_from(*least).ok().filter(|least| *least > 0);
    let most = most.and_then(|most| u64::try_from(most).ok());
    (min.max(least), [max, most].into_iter().flatten().min())
}

fn text(limits: &ValueLimits, pattern: Option<&Compiled>, style: Style) -> Option<String> {
    let (min, max) = lengths(limits, pattern);
    let size = size(min, max);
    if let Some(Compiled::Only {
        items: Some(items), ..
    }) = pattern
    {
        let size = size.map_or_else(|| "only".to_owned(), |size| format!("{size} of"));
        let items = match style {
            Style::Plain => items.join(" "),
            Style::Markdown => code_span(&items.join(" ")),
        };
        return Some(format!("{size} the characters {items}"));
    }
    let pattern = limits.pattern.as_ref().map(|pattern| match style {
        Style::Plain => format!("`{pattern}`"),
        Style::Markdown => code_span(pattern),
    });
    match (size, pattern) {
        (Some(size), None) => Some(format!("{size} characters")),
        (Some(size), Some(pattern)) => Some(format!("{size} characters that match {pattern}")),
        (None, Some(pattern)) => Some(format!("only values that match {pattern}")),
        (None, None) => None,
    }
}

fn size(min: Option<u64>, max: Option<u64>) -> Option<String> {
    match (min, max) {
        (Some(min), Some(max)) if min == max => Some(format!("exactly {min}")),
        (Some(min), Some(max)) => Some(format!("{min} to {max}")),
        (Some(min), None) => Some(format!("at least {min}")),
        (None, Some(max)) => Some(format!("at most {max}")),
        (None, None) => None,
    }
}

fn numbers(limits: &ValueLimits) -> Option<String> {
    let side = |bound: &Option<Bound>, inclusive: &str, exclusive: &str| {
        let bound = bound.as_ref()?;
        let words = if bound.is_exclusive { exclusive } else { inclusive };
        Some(format!("{words} {}", bound.value))
    };
    let sides = [
        side(&limits.minimum, "at least", "more than"),
        side(&limits.maximum, "at most", "less than"),
    ];
    let sides: Vec<String> = sides.into_iter().flatten().collect();
    (!sides.is_empty()).then(|| sides.join(" and "))
}

/// Returns a phrase that describes a field, without a trailing period.
pub(super) fn summary(field: &Field) -> String {
    let text = match field.kind {
        // The command-line help for a flag is an instruction, so use the description instead.
        FieldKind::Boolean => field.description.clone(),
        _ => help(field),
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let end = text.find([';', '.']).unwrap_or(text.len());
    text.get(..end).unwrap_or_default().to_owned()
}

/// Returns a field's command-line help from the overlay, or the first sentence of its description.
pub(super) fn help(field: &Field) -> String {
    let text = field.help.as_deref().unwrap_or(&field.description);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let sentence = text.split(". ").next().unwrap_or_default();
    sentence.trim_end_matches('.').to_owned()
}

/// Returns the documentation of a setter.
pub(super) fn docs(field: &Field, pattern: Option<&Compiled>, choices: &[Choice]) -> Vec<String> {
    let mut lines = vec![markdown::prose(&field.description)];
    let mut details = Vec::new();
    details.extend(limits(field, pattern, Style::Markdown).as_deref().map(sentence));
    details.extend(default(field, choices));
    if !details.is_empty() {
        lines.extend([String::new(), details.join(" ")]);
    }
    let note = match field.kind {
        FieldKind::Permissions => {
            "Accepts a list, whose order is preserved, or a [`PermissionSet`](crate::PermissionSet)."
        }
        FieldKind::Timestamp => "The time is sent in whole seconds.",
        FieldKind::Metadata => "Accepts any value that serializes to a JSON object.",
        FieldKind::Json => "Accepts any value that serializes to the documented JSON.",
        _ => return lines,
    };
    lines.extend([String::new(), note.to_owned()]);
    lines
}

fn default(field: &Field, choices: &[Choice]) -> Option<String> {
    let value = field.default.as_ref()?;
    let variant = match &field.kind {
        FieldKind::Choice(ident) => choices.iter().find(|choice| choice.ident == *ident),
        _ => None,
    };
    let variant = variant
        .and_then(|choice| choice.variants.iter().find(|variant| *value == *variant.name))
        .map(|variant| &variant.ident);
    let value = match (&field.kind, value) {
        (FieldKind::Choice(ident), _) if variant.is_some() => {
            let name = format!("{ident}::{}", variant?);
            format!("[`{name}`](crate::{name})")
        }
        (FieldKind::Permissions, _) => "[`PermissionSet::DEFAULT`](crate::PermissionSet::DEFAULT)".to_owned(),
        (_, Value::String(text)) => code_span(text),
        (_, value) => code_span(&value.to_string()),
    };
    Some(format!("The API's default is {value}."))
}

/// Turns a phrase into a sentence.
fn sentence(phrase: &str) -> String {
    let mut chars = phrase.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), chars.as_str())
}
