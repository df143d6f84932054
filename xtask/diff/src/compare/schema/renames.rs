//! Detects properties that were probably renamed.

use heck::ToSnakeCase as _;

use super::objects::property_at;
use crate::compare::{Comparison, Context};
use crate::kinds::schema as kinds;
use crate::model::{Schema, SchemaId};

/// The minimum similarity, from 0 to 1, between the old name and the new name.
const LIKENESS: f64 = 0.85;

/// The maximum number of names to compare. The time required is quadratic in the number of names.
const MAX_NAMES: usize = 200;

impl Comparison<'_> {
    /// Reports properties that were probably renamed, in addition to reporting them as removed and added.
    pub(super) fn likely_renames(
        &mut self,
        removed: &[(&String, SchemaId)],
        added: &[(&String, SchemaId)],
        context: &Context,
    ) {
        if removed.is_empty() || added.is_empty() {
            return;
        }
        if removed.len().max(added.len()) > MAX_NAMES {
            let why = "there are too many added and removed properties to detect renames";
            return self.not_compared(context, why);
        }
        let mut free: Vec<_> = added.to_vec();
        for (name, id) in removed {
            let is_candidate = |(other, other_id): &&(&String, SchemaId)| {
                let (before, after) = (self.old.get(*id), self.new.get(*other_id));
                are_alike(name, other)
                    && (have_same_shape(before, after) || self.equivalence().is(*id, *other_id))
            };
            let likeness = |other: &str| strsim::normalized_levenshtein(other, name);
            // If several names are equally similar, use the first one.
            let candidates = free.iter().filter(is_candidate).rev();
            let Some((other, _)) = candidates.max_by(|(a, _), (b, _)| likeness(a).total_cmp(&likeness(b)))
            else {
                continue;
            };
            let other = *other;
            free.retain(|(name, _)| *name != other);
            let [request, response] = [kinds::REQUEST_LIKELY_RENAMED, kinds::RESPONSE_LIKELY_RENAMED];
            let kind = if context.is_response() { response } else { request };
            self.change(kind, &property_at(context, name, self.old.get(*id)), name, other);
        }
    }
}

/// Returns `true` if both schemas allow the same type and values. Limits, defaults and the contents of objects may
/// differ.
fn have_same_shape(old: &Schema, new: &Schema) -> bool {
    let same_value = |keyword: &str| old.value(keyword) == new.value(keyword);
    let is_simple =
        |schema: &Schema| schema.lists.is_empty() && schema.single.is_empty() && schema.maps.is_empty();
    old.types.is_some()
        && old.types == new.types
        && ["format", "enum", "const"].into_iter().all(same_value)
        && is_simple(old)
        && is_simple(new)
}

/// Returns `true` if two names consist of the same words in any order, such as `audio_video_sync` and
/// `sync_audio_video`, or are spelled similarly.
fn are_alike(old: &str, new: &str) -> bool {
    let words = |name: &str| {
        let snake = name.to_snake_case();
        let mut words: Vec<String> = snake.split('_').map(str::to_owned).collect();
        words.sort();
        words
    };
    let letters = |name: &str| {
        name.chars()
            .filter(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase()
    };
    words(old) == words(new)
        || letters(old) == letters(new)
        || strsim::normalized_levenshtein(old, new) >= LIKENESS
}
