//! What typify and progenitor call the things that they generate.

use heck::{ToPascalCase as _, ToSnakeCase as _};

/// A type or variant: `room.self.audio_mute` is `RoomSelfAudioMute`, `2d` is `X2d`.
pub(crate) fn type_name(name: &str) -> String {
    identifier(plain(name).to_pascal_case(), "X")
}

/// A field: `joinFrom` is `join_from`, `2d` is `x2d`, `type` is `type_`.
pub(crate) fn field(name: &str) -> String {
    identifier(plain(name).to_snake_case(), "x")
}

/// A method, or a module of constants: as fields, but `2d` is `_2d`.
pub(crate) fn function(name: &str) -> String {
    identifier(plain(name).to_snake_case(), "_")
}

/// The words of a name, in lower case.
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

/// A word that Rust takes, with a prefix for what must not begin one.
fn identifier(mut word: String, prefix: &str) -> String {
    if !word.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        word.insert_str(0, prefix);
    }
    // The keyword of the 2024 edition that `syn` lets pass.
    let is_keyword = word == "gen" || syn::parse_str::<syn::Ident>(&word).is_err();
    if is_keyword {
        word.push('_');
    }
    word
}
