//! Rules that remove known changes from a report until the rules expire.

use std::path::Path;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer};
use xtask_openapi::escape::code_span;
use xtask_openapi::{Document, Error, pointer};

use crate::change::Change;
use crate::report::Report;

/// A list of rules for known changes.
#[derive(Debug, Clone, Default)]
pub struct Ignore {
    /// The rules. All of them are applied to every change.
    pub rules: Vec<Rule>,
}

/// A rule that ignores one kind of change at one location.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The id of the change.
    pub id: String,
    /// The location of the change. A trailing `*` matches any suffix.
    pub location: String,
    /// The operation, as `METHOD /path`. Defaults to any operation.
    pub operation: Option<String>,
    /// The reason the change can be ignored.
    pub reason: String,
    /// The last day on which the rule applies.
    #[serde(deserialize_with = "day")]
    pub expires: NaiveDate,
}

fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(|_| {
        serde::de::Error::custom(format_args!(
            "`expires` must be a date such as 2026-12-31, not {text:?}"
        ))
    })
}

impl Ignore {
    /// Reads rules from a YAML file.
    ///
    /// # Errors
    /// Returns an error if the file can't be read or is not valid YAML, or if a rule has an unknown field or lacks a
    /// required one. `reason` and `expires` are required.
    pub fn read(path: &Path) -> Result<Self, Error> {
        Self::from_document(&Document::read(path)?)
    }

    /// Parses the text of a rule file. `name` identifies the file in error messages.
    ///
    /// # Errors
    /// Returns an error if the text is not a valid rule file; see [`read`](Self::read).
    pub fn from_yaml(name: &str, text: &str) -> Result<Self, Error> {
        Self::from_document(&Document::parse(name, text.as_bytes())?)
    }

    fn from_document(document: &Document) -> Result<Self, Error> {
        let wrong_shape = || document.error("", "must be an object whose only field is a `rules` array");
        let fields = document.value().as_object().filter(|fields| fields.len() == 1);
        let list = fields.and_then(|fields| fields.get("rules")?.as_array());
        let rules = list
            .ok_or_else(wrong_shape)?
            .iter()
            .enumerate()
            .map(|(index, rule)| {
                let place = format!("/rules/{index}");
                let read = serde_json::from_value::<Rule>(rule.clone());
                let rule = read.map_err(|error| document.error(&place, error.to_string()))?;
                if rule.reason.trim().is_empty() {
                    let message = format!("the rule for `{}` has no reason", rule.id);
                    return Err(document.error(pointer::child(&place, "reason"), message));
                }
                Ok(rule)
            });
        Ok(Self {
            rules: rules.collect::<Result<_, _>>()?,
        })
    }

    /// Removes the changes that match a rule. Adds a note for each rule, even if it has expired or matches no change.
    #[must_use]
    pub fn apply(&self, report: Report, today: NaiveDate) -> Report {
        let mut notes = report.notes;
        let mut used = vec![0_usize; self.rules.len()];
        let mut changes = report.changes;
        changes.retain(|change| {
            let mut is_ignored = false;
            for (rule, used) in self.rules.iter().zip(&mut used) {
                if rule.matches(change) {
                    *used += 1;
                    is_ignored |= rule.expires >= today;
                }
            }
            !is_ignored
        });
        for (rule, used) in self.rules.iter().zip(used) {
            notes.push(match used {
                0 => format!("{rule} doesn't match any change; remove it."),
                _ if rule.expires < today => {
                    format!("{rule} expired on {} and no longer applies.", rule.expires)
                }
                count => {
                    let reason = code_span(&rule.reason);
                    let noun = if count == 1 { "change" } else { "changes" };
                    format!("{rule} ignored {count} {noun} until {}: {reason}", rule.expires)
                }
            });
        }
        Report::new(changes, notes).with_rust(report.rust, report.rust_unmeasured)
    }
}

impl Rule {
    fn matches(&self, change: &Change) -> bool {
        let location_matches = match self.location.strip_suffix('*') {
            Some(start) => change.location.starts_with(start),
            None => change.location == self.location,
        };
        let operation_matches = self.operation.is_none() || self.operation == change.operation;
        self.id == change.id && location_matches && operation_matches
    }
}

impl std::fmt::Display for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (id, location) = (code_span(&self.id), code_span(&self.location));
        write!(f, "The rule for {id} at {location}")
    }
}
