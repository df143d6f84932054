//! The effect on the crates: public items that differ between two versions of the generated code.

use xtask_diff::{Crate, Surface};

fn surface(code: &str) -> Surface {
    let mut surface = Surface::default();
    surface
        .add_file("", code)
        .unwrap_or_else(|error| panic!("{error}: {code}"));
    surface
}

/// Returns the effects in a form such as `types::A appears minor`.
fn effects(old: &str, new: &str) -> Vec<String> {
    let effects = surface(old).effects(&surface(new), Crate::Api);
    let line = |effect: &xtask_diff::RustEffect| {
        let kind = serde_json::to_value(effect.effect).unwrap();
        format!("{} {} {}", effect.item, kind.as_str().unwrap(), effect.bump)
    };
    effects.iter().map(line).collect()
}

/// Asserts the effects of a change and of its reversal.
#[track_caller]
fn check(old: &str, new: &str, there: &[&str], back: &[&str]) {
    assert_eq!(effects(old, new), there, "{old} to {new}");
    assert_eq!(effects(new, old), back, "{new} to {old}");
}

/// Asserts that a change and its reversal have the same effects.
#[track_caller]
fn check_both(old: &str, new: &str, expected: &[&str]) {
    check(old, new, expected, expected);
}

#[test]
fn adding_fields_and_variants_to_exhaustive_types_is_major() {
    check(
        "pub struct A { pub a: u8 }",
        "pub struct A { pub a: u8, pub b: u8 }",
        &["A::b appears major"],
        &["A::b disappears major"],
    );
    check(
        "pub enum A { B }",
        "pub enum A { B, C(u8) }",
        &["A::C appears major"],
        &["A::C disappears major"],
    );
    for (old, new) in [
        (
            "#[non_exhaustive] pub enum A { B }",
            "#[non_exhaustive] pub enum A { B, C }",
        ),
        (
            "#[non_exhaustive] pub struct A {}",
            "#[non_exhaustive] pub struct A { pub C: u8 }",
        ),
        ("pub struct A { x: u8 }", "pub struct A { x: u8, pub C: u8 }"),
    ] {
        check(old, new, &["A::C appears minor"], &["A::C disappears major"]);
    }
}

#[test]
fn types_and_their_parts() {
    check(
        "",
        "#[derive(Clone)] pub struct A { pub a: u8 } impl A { pub fn new() {} } impl Copy for A {}",
        &["A appears minor"],
        &["A disappears major"],
    );
    check_both(
        "pub struct A { pub a: u8 }",
        "pub struct A { pub a: Option<u8> }",
        &["A::a changes-type major"],
    );
    check_both(
        "pub enum A { B }",
        "pub enum A { B(u8) }",
        &["A::B changes-type major"],
    );
    check_both("pub struct A;", "pub enum A {}", &["A changes-type major"]);
    check(
        "pub struct A(u8);",
        "pub struct A(pub u8);",
        &["A changes-type major", "A::0 appears minor"],
        &["A changes-type major", "A::0 disappears major"],
    );
    check_both(
        "pub struct A<T>(T);",
        "pub struct A<'a>(&'a ());",
        &["A changes-type major"],
    );
    check_both("pub type A = u8;", "pub type A = u16;", &["A changes-type major"]);
    check_both(
        "pub enum A {}",
        "#[non_exhaustive] pub enum A {}",
        &["A changes-type major"],
    );
}

#[test]
fn constants() {
    check_both(
        "pub const A: u8 = 1;",
        "pub const A: u8 = 2;",
        &["A changes-value patch"],
    );
    check_both(
        "pub const A: u8 = 1;",
        "pub const A: u16 = 1;",
        &["A changes-type major"],
    );
    check(
        "",
        "pub const A: u8 = 1;",
        &["A appears minor"],
        &["A disappears major"],
    );
    // Strings that differ only in whitespace are different values.
    check_both(
        "pub const A: &str = \"a b\";",
        "pub const A: &str = \"a  b\";",
        &["A changes-value patch"],
    );
    check_both(
        "pub const SPEC_SHA256: &str = \"a\";",
        "pub const SPEC_SHA256: &str = \"b\";",
        &[],
    );
}

#[test]
fn functions() {
    let method = |signature: &str, body: &str| {
        format!("pub struct A(u8); impl A {{ pub fn f{signature} {{ {body} }} }}")
    };
    let there = method("(&self, a: u8) -> u8", "a");
    for other in [
        "(&mut self, a: u8) -> u8",
        "(&self, a: u16) -> u8",
        "(&self, a: u8) -> u16",
        "(&self) -> u8",
    ] {
        check_both(&there, &method(other, "a"), &["A::f changes-type major"]);
    }
    check_both(&there, &method("(&self, b: u8) -> u8", "a"), &[]);
    check_both(
        &there,
        &method("(&self, a: u8) -> u8", "a + 1"),
        &["A::f changes-behavior patch"],
    );
    check(
        "pub struct A(u8);",
        &there,
        &["A::f appears minor"],
        &["A::f disappears major"],
    );
}

#[test]
fn trait_implementations() {
    check(
        "pub struct A;",
        "#[derive(Clone)] pub struct A; impl From<&str> for A {}",
        &[
            "impl Clone for A appears minor",
            "impl From<&str> for A appears minor",
        ],
        &[
            "impl Clone for A disappears major",
            "impl From<&str> for A disappears major",
        ],
    );
    check_both(
        "#[derive(Clone, Debug)] pub struct A;",
        "#[derive(::std::clone::Clone)] #[cfg_attr(feature = \"a\", derive(Debug))] pub struct A;",
        &[],
    );
    // Implementations for types from other crates are not listed.
    check_both(
        "pub struct A(u8);",
        "pub struct A(u8); impl From<A> for u8 {} impl From<A> for ::std::string::String {}",
        &[],
    );
    check_both(
        "pub struct A; impl FromStr for A { fn from_str() { 1 } }",
        "pub struct A; impl FromStr for A { fn from_str() { 2 } }",
        &["impl FromStr for A changes-behavior patch"],
    );
    // An implementation may be in a different module than its type.
    check(
        "pub mod a { pub struct A; }",
        "pub mod a { pub struct A; pub mod b { impl Copy for super::A {} } }",
        &["a::b appears minor", "impl Copy for a::A appears minor"],
        &["a::b disappears major", "impl Copy for a::A disappears major"],
    );
}

#[test]
fn json_names_affect_behavior() {
    check_both(
        "pub enum A { B }",
        "pub enum A { #[serde(rename = \"b\")] B }",
        &["A::B changes-behavior patch"],
    );
    check_both(
        "pub struct A { pub a: u8 }",
        "#[serde(untagged)] pub struct A { pub a: u8 }",
        &["A changes-behavior patch"],
    );
    // If a variant is added, the code that lists the variants also changes, but this is not reported separately.
    let code = |variants: &str| {
        format!(
            "pub enum A {{ {variants} }} impl A {{ pub const ALL: u8 = \"{variants}\"; }} impl Display for A {{ fn f() {{ \"{variants}\" }} }}"
        )
    };
    check(
        &code("B"),
        &code("B, C"),
        &["A::C appears major"],
        &["A::C disappears major"],
    );
}

#[test]
fn modules_and_visibility() {
    check(
        "",
        "pub mod a { pub const A: u8 = 1; pub struct B; impl B { pub fn f() {} } }",
        &["a appears minor"],
        &["a disappears major"],
    );
    check_both(
        "pub mod a {}",
        "#[cfg(feature = \"b\")] pub mod a {}",
        &["a changes-type major"],
    );
    check(
        "",
        "pub use a::{b::C, D as E};",
        &["C appears minor", "E appears minor"],
        &["C disappears major", "E disappears major"],
    );
    for hidden in [
        "struct A; impl A { pub fn f() {} } impl Clone for A {}",
        "mod a { pub struct A; }",
        "pub(crate) const A: u8 = 1;",
        "pub(crate) struct A { pub a: u8 }",
        "fn f() {}",
        "/// Documentation.\nuse a::B;",
    ] {
        check_both("", hidden, &[]);
    }
    check_both(
        "/// A.\npub struct A;",
        "/// B.\n#[allow(unused)]\npub struct A;",
        &[],
    );
}

#[test]
fn code_for_the_handwritten_part_of_a_crate() {
    // Methods defined in a macro become methods of public types.
    let setters = |methods: &str| format!("macro_rules! setters {{ () => {{ {methods} }}; }}");
    let a = "pub fn a(self, a: u8) -> Self { self }";
    check(
        &setters(a),
        &setters(&format!("{a} pub fn b(self) {{}}")),
        &["b appears minor"],
        &["b disappears major"],
    );
    // The handwritten code that calls the constructor passes its own arguments.
    let constructor = |parameters: &str, body: &str| format!("pub(crate) fn new({parameters}) {{ {body} }}");
    check_both(
        &constructor("a: u8", "1"),
        &constructor("a: u8, b: u8", "1"),
        &["new changes-type major"],
    );
    check_both(&constructor("a: u8", "1"), &constructor("a: u8", "2"), &[]);
    check_both("", &constructor("a: u8", "1"), &[]);
}

#[test]
fn files_are_modules() {
    let mut old = Surface::default();
    old.add_file("a", "pub const A: u8 = 1;").unwrap();
    let mut new = Surface::default();
    new.add_file("b", "pub const A: u8 = 1;").unwrap();
    let items: Vec<String> = old
        .effects(&new, Crate::Client)
        .into_iter()
        .map(|effect| effect.item)
        .collect();
    assert_eq!(items, ["a::A", "b::A"]);
    assert!(Surface::default().add_file("a", "pub const").is_err());
}
