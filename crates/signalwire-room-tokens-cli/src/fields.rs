//! The API's field names, where people write them.

use signalwire_room_tokens_api::facts::create_room_token::REQUEST_FIELDS;

/// Whether the API has a field of this name, as far as this version knows.
pub(crate) fn is_known(field: &str) -> bool {
    REQUEST_FIELDS.contains(&field)
}

/// What to say of a field that the API does not have.
pub(crate) fn unknown(field: &str) -> String {
    let similarity = |known: &&&str| strsim::jaro_winkler(&field.to_lowercase(), known);
    let nearest = REQUEST_FIELDS
        .iter()
        .filter(|known| similarity(known) > 0.8)
        .max_by(|a, b| similarity(a).total_cmp(&similarity(b)));
    match nearest {
        Some(nearest) => format!("`{field}` is no field of the API; did you mean `{nearest}`?"),
        None => format!(
            "`{field}` is no field of the API; fields are named like `user_name`, newer ones go through --extra"
        ),
    }
}
