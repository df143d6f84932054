//! Names of generated items, as typify and progenitor derive them.

use heck::{ToPascalCase as _, ToSnakeCase as _};

/// Returns the name of a type or variant: `room.self.audio_mute` becomes `RoomSelfAudioMute`, `2d` becomes `X2d`.
pub(crate) fn type_name(name: &str) -> String {
    identifier(plain(name).to_pascal_case(), "X")
}

/// Returns the name of a field: `joinFrom` becomes `join_from`, `2d` becomes `x2d`, `type` becomes `type_`.
pub(crate) fn field(name: &str) -> String {
    identifier(plain(name).to_snake_case(), "x")
}

/// Returns the name of a method or module: like a field, but `2d` becomes `_2d`.
pub(crate) fn function(name: &str) -> String {
    identifier(plain(name).to_snake_case(), "_")
}

/// Returns the words of a name in lowercase.
pub(crate) fn words(name: &str) -> Vec<String> {
    let snake = plain(name).to_snake_case();
    snake
        .split('_')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn plain(name: &str) -> String {
    name.replace('\'', "")
}

/// Returns a valid Rust identifier. `prefix` is added if the word starts with an invalid character.
fn identifier(mut word: String, prefix: &str) -> String {
    if !word.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        word.insert_str(0, prefix);
    }
    // `syn` accepts `gen`, a keyword of the 2024 edition.
    let is_keyword = word == "gen" || syn::parse_str::<syn::Ident>(&word).is_err();
    if is_keyword {
        word.push('_');
    }
    word
}
