//! The API's field names, where people write them.

use signalwire_room_tokens_api::facts::create_room_token::REQUEST_FIELDS;

use crate::secrets;

/// Longer than any name that somebody has misspelt; what is longer is compared with none.
const LONGEST_MISSPELT: usize = 100;

/// How many letters a misspelt name may differ by.
const TYPO_DISTANCE: usize = 2;

/// Whether the API has a field of this name, as far as this version knows.
pub(crate) fn is_known(field: &str) -> bool {
    REQUEST_FIELDS.contains(&field)
}

/// Whether a name is that of a field but for a few letters, their case and what stands between words, as `userName` is.
/// A name further away is more likely of a field that is newer than this version.
pub(crate) fn is_misspelt(field: &str) -> bool {
    let letters = |name: &str| name.to_lowercase().replace(['_', '-', ' '], "");
    let is_near =
        |known: &&str| strsim::damerau_levenshtein(&letters(field), &letters(known)) <= TYPO_DISTANCE;
    field.len() <= LONGEST_MISSPELT && REQUEST_FIELDS.iter().any(is_near)
}

/// What a field is called that the API does not have: by its name if that is like one, and else by its place.
pub(crate) fn named(field: &str, place: &str) -> String {
    secrets::field(field).map_or_else(|| place.to_owned(), |field| format!("`{field}`"))
}

/// What to say of a field that the API does not have.
pub(crate) fn unknown(field: &str, place: &str) -> String {
    let named = named(field, place);
    match nearest(field) {
        Some(nearest) => format!("{named} is no field of the API; did you mean `{nearest}`?"),
        None => format!(
            "{named} is no field of the API; fields are named like `user_name`, newer ones go through --extra"
        ),
    }
}

fn nearest(field: &str) -> Option<&'static str> {
    if field.len() > LONGEST_MISSPELT {
        return None;
    }
    let field = field.to_lowercase();
    let similarity = |known: &str| strsim::jaro_winkler(&field, known);
    REQUEST_FIELDS
        .iter()
        .copied()
        .filter(|known| similarity(known) > 0.8)
        .max_by(|a, b| similarity(a).total_cmp(&similarity(b)))
}
