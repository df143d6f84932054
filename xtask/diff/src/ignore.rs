//! Changes that are known: rules that leave them out of a report until a date.

use std::path::Path;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer};
use xtask_openapi::escape::code_span;
use xtask_openapi::{Document, Error, pointer};

use crate::change::Change;
use crate::report::Report;

/// Rules of which each leaves out some changes.
#[derive(Debug, Clone, Default)]
pub struct Ignore {
    /// The rules, all of which are tried on every change.
    pub rules: Vec<Rule>,
}

/// Leaves out the changes of one kind in one place.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The id of the changes.
    pub id: String,
    /// Their location; a `*` at the end stands for any rest.
    pub location: String,
    /// Their operation, as `METHOD /path`; without it, any.
    pub operation: Option<String>,
    /// Why nobody need see them.
    pub reason: String,
    /// The last day on which the rule holds.
    #[serde(deserialize_with = "day")]
    pub expires: NaiveDate,
}

fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(|_| {
        serde::de::Error::custom(format_args!(
            "`expires` must be a day such as 2026-12-31, and not {text:?}"
        ))
    })
}

impl Ignore {
    /// Reads a file of rules.
    ///
    /// # Errors
    /// If it cannot be read, or is none: no YAML, a field that no rule has, or a rule that lacks one. Reason and
    /// expiry are no luxury.
    pub fn read(path: &Path) -> Result<Self, Error> {
        Self::from_document(&Document::read(path)?)
    }

    /// Reads the text of such a file; `name` says in messages which it was.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn from_yaml(name: &str, text: &str) -> Result<Self, Error> {
        Self::from_document(&Document::parse(name, text.as_bytes())?)
    }

    fn from_document(document: &Document) -> Result<Self, Error> {
        let no_list = || document.error("", "must be a mapping with nothing in it but `rules`, a list");
        let fields = document.value().as_object().filter(|fields| fields.len() == 1);
        let list = fields.and_then(|fields| fields.get("rules")?.as_array());
        let rules = list.ok_or_else(no_list)?.iter().enumerate().map(|(index, rule)| {
            let place = format!("/rules/{index}");
            let read = serde_json::from_value::<Rule>(rule.clone());
            let rule = read.map_err(|error| document.error(&place, error.to_string()))?;
            if rule.reason.trim().is_empty() {
                let message = format!("the rule for `{}` gives no reason", rule.id);
                return Err(document.error(pointer::child(&place, "reason"), message));
            }
            Ok(rule)
        });
        Ok(Self {
            rules: rules.collect::<Result<_, _>>()?,
        })
    }

    /// Leaves out what the rules say. Rules that are expired, and those that fit no change, become notes.
    #[must_use]
    pub fn apply(&self, report: Report, today: NaiveDate) -> Report {
        let mut notes = report.notes;
        let mut used = vec![0_usize; self.rules.len()];
        let mut changes = report.changes;
        changes.retain(|change| {
            let mut is_ignored = false;
            for (rule, used) in self.rules.iter().zip(&mut used) {
                if rule.fits(change) {
                    *used += 1;
                    is_ignored |= rule.expires >= today;
                }
            }
            !is_ignored
        });
        for (rule, used) in self.rules.iter().zip(used) {
            notes.push(match used {
                0 => format!("{rule} fits no change: remove it."),
                _ if rule.expires < today => {
                    format!("{rule} expired on {} and no longer holds.", rule.expires)
                }
                count => {
                    let reason = code_span(&rule.reason);
                    format!("{rule} left out {count} until {}: {reason}", rule.expires)
                }
            });
        }
        Report::new(changes, notes)
    }
}

impl Rule {
    fn fits(&self, change: &Change) -> bool {
        let location_fits = match self.location.strip_suffix('*') {
            Some(start) => change.location.starts_with(start),
            None => change.location == self.location,
        };
        let operation_fits = self.operation.is_none() || self.operation == change.operation;
        self.id == change.id && location_fits && operation_fits
    }
}

impl std::fmt::Display for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (id, location) = (code_span(&self.id), code_span(&self.location));
        write!(f, "The rule for {id} at {location}")
    }
}
