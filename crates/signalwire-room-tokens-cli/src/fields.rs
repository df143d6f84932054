//! The API's field names, where people write them.

use signalwire_room_tokens::{Field, RoomTokenRequest};

use crate::secrets;

/// Longer than any name that somebody has misspelt; what is longer is compared with none.
const LONGEST_MISSPELT: usize = 100;

/// How many letters a misspelt name may differ by.
const TYPO_DISTANCE: usize = 2;

/// The field of this name, if this version knows one.
pub(crate) fn find(name: &str) -> Option<&'static Field> {
    RoomTokenRequest::FIELDS.iter().find(|field| field.name() == name)
}

/// Whether the API has a field of this name, as far as this version knows.
pub(crate) fn is_known(name: &str) -> bool {
    find(name).is_some()
}

fn names() -> impl Iterator<Item = &'static str> {
    RoomTokenRequest::FIELDS.iter().map(Field::name)
}

/// Whether a name is that of a field but for a few letters, their case and what stands between words, as `userName` is.
/// A name further away is more likely of a field that is newer than this version.
pub(crate) fn is_misspelt(field: &str) -> bool {
    let letters = |name: &str| name.to_lowercase().replace(['_', '-', ' '], "");
    let is_near =
        |known: &str| strsim::damerau_levenshtein(&letters(field), &letters(known)) <= TYPO_DISTANCE;
    field.len() <= LONGEST_MISSPELT && names().any(is_near)
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
    names()
        .filter(|known| similarity(known) > 0.8)
        .max_by(|a, b| similarity(a).total_cmp(&similarity(b)))
}
