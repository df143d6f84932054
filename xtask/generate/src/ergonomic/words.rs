//! Descriptions of limits and defaults. They are generated from the document, so the overlay doesn't have to repeat
//! them.

use serde_json::Value;
use xtask_openapi::Fields as _;
use xtask_openapi::escape::code_span;

use super::model::{Field, FieldKind};
use super::pattern::Compiled;
use crate::extensions::{HELP, MAX_JSON_LENGTH, UNIT};
use crate::markdown;

/// Describes the limits of a field in a phrase that can follow the word "expected", such as `at most 100 characters`.
/// `style` formats the list of allowed characters.
pub(super) fn limits(field: &Field<'_>, style: fn(&str) -> String) -> Option<String> {
    let count = |name| field.schema.count(name);
    match &field.kind {
        FieldKind::Text => text(field, style),
        FieldKind::Integer | FieldKind::Number => numbers(field),
        _ if field.is_list() => {
            size(count("minItems"), count("maxItems")).map(|size| format!("{size} items"))
        }
        FieldKind::Metadata | FieldKind::Json => {
            count(MAX_JSON_LENGTH).map(|max| format!("at most {max} characters of JSON"))
        }
        _ => None,
    }
}

/// Returns the minimum and maximum length of a string, based on its limits and pattern.
pub(super) fn lengths(field: &Field<'_>) -> (Option<u64>, Option<u64>) {
    let (min, max) = (field.schema.count("minLength"), field.schema.count("maxLength"));
    let (least, most) = match &field.pattern {
        Some(Compiled::Only { min, max, .. }) => (Some(*min), *max),
        _ => (None, None),
    };
    let [least, most] = [least, most].map(|count| u64::try_from(count?).ok());
    let min = min.max(least).filter(|min| *min > 0);
    (min, [max, most].into_iter().flatten().min())
}

fn text(field: &Field<'_>, style: fn(&str) -> String) -> Option<String> {
    let (min, max) = lengths(field);
    let size = size(min, max);
    if let Some(Compiled::Only {
        items: Some(items), ..
    }) = &field.pattern
    {
        let size = size.map_or_else(|| "only".to_owned(), |size| format!("{size} of"));
        return Some(format!("{size} the characters {}", style(&items.join(" "))));
    }
    let pattern = field.schema.text("pattern").filter(|_| field.pattern.is_some());
    match (size, pattern.map(code_span)) {
        (Some(size), None) => Some(format!("{size} characters")),
        (Some(size), Some(pattern)) => Some(format!("{size} characters that match {pattern}")),
        (None, pattern) => pattern.map(|pattern| format!("a value that matches {pattern}")),
    }
}

fn size(min: Option<u64>, max: Option<u64>) -> Option<String> {
    match (min, max) {
        (Some(min), Some(max)) if min == max => Some(format!("exactly {min}")),
        (Some(min), Some(max)) => Some(format!("{min} to {max}")),
        (Some(min), None) => Some(format!("at least {min}")),
        (None, max) => max.map(|max| format!("at most {max}")),
    }
}

fn numbers(field: &Field<'_>) -> Option<String> {
    let sides = [
        (field.minimum(), "at least", "more than"),
        (field.maximum(), "at most", "less than"),
    ];
    let sides = sides.into_iter().filter_map(|(bound, inclusive, exclusive)| {
        let bound = bound?;
        let words = if bound.is_exclusive { exclusive } else { inclusive };
        Some(format!("{words} {}", bound.value))
    });
    let range = sides.collect::<Vec<_>>().join(" and ");
    let unit = field.schema.text(UNIT).map(|unit| format!(" {unit}"));
    (!range.is_empty()).then(|| range + &unit.unwrap_or_default())
}

/// Returns a phrase that describes a field, without a trailing period.
pub(super) fn summary(field: &Field<'_>) -> String {
    let text = match field.kind {
        // The command-line help for a flag is an instruction, so use the description instead.
        FieldKind::Boolean => markdown::one_line(field.description()),
        _ => help(field),
    };
    text.split([';', '.']).next().unwrap_or_default().to_owned()
}

/// Returns a field's command-line help from the overlay, or the first sentence of its description.
pub(super) fn help(field: &Field<'_>) -> String {
    let text = markdown::one_line(field.schema.text(HELP).unwrap_or_else(|| field.description()));
    let sentence = text.split(". ").next().unwrap_or_default();
    sentence.trim_end_matches('.').to_owned()
}

/// Returns the documentation of a setter.
pub(super) fn docs(field: &Field<'_>) -> Vec<String> {
    let mut lines = vec![markdown::prose(field.description())];
    let limits = limits(field, code_span).as_deref().map(sentence);
    let details: Vec<String> = limits.into_iter().chain(default(field)).collect();
    if !details.is_empty() {
        lines.extend([String::new(), details.join(" ")]);
    }
    let note = match field.kind {
        FieldKind::Permissions => {
            "Accepts a list, whose order is preserved, or a [`PermissionSet`](crate::PermissionSet)."
        }
        FieldKind::Timestamp => "The time is sent in whole seconds.",
        FieldKind::Metadata => "Accepts any value that serializes to a JSON object.",
        FieldKind::Json => "Accepts any value that serializes to the documented JSON type.",
        _ => return lines,
    };
    lines.extend([String::new(), note.to_owned()]);
    lines
}

fn default(field: &Field<'_>) -> Option<String> {
    let value = match (&field.kind, field.schema.field("default")?) {
        (FieldKind::Choice(choice), value) => {
            let name = format!("{}::{}", choice.ident, choice.variant(value)?.ident);
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
