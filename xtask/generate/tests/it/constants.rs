//! `constants.rs`: names, limits and defaults as constants.

use crate::support::{content, generate_from, with_operation};

const PETS: &str = r##"
openapi: 3.0.3
info: {title: Pets, version: "1"}
paths:
  /pets/{id}:
    parameters: [{$ref: "#/components/parameters/Id"}]
    put:
      operationId: putPet
      parameters: [{name: page-size, in: query, schema: {type: integer, minimum: 1, maximum: 9, exclusiveMaximum: true, default: 5}}]
      requestBody:
        content:
          application/json:
            schema:
              allOf:
              - $ref: "#/components/schemas/Named"
              - type: object
                properties:
                  type: {allOf: [{$ref: "#/components/schemas/Kind"}], default: dog}
                  weight: {type: number, minimum: 0.5, multipleOf: 0.25}
                  tags: {type: array, items: {type: string}, minItems: 1, maxItems: 3, default: [a, b]}
                  scores: {type: array, items: {type: integer}, default: [1, 2]}
                  mixed: {default: [1, a]}
                  any: {default: {a: 1}}
                  gen: {type: integer, default: 1}
                  plain: {type: string}
      responses: {"200": {description: ""}}
  /ping:
    get:
      responses: {"200": {description: ""}}
components:
  parameters: {Id: {name: id, in: path, required: true, schema: {type: string, maxLength: 8}}}
  schemas:
    Named: {type: object, properties: {name: {type: string, minLength: 1, maxLength: 20, pattern: "^\\w\"+$"}}}
    Kind: {type: string, enum: [cat, dog], default: cat}
"##;

/// Returns the generated constants with normalized whitespace.
fn facts() -> String {
    let files = generate_from(PETS).unwrap();
    content(&files, "constants.rs")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn limits_and_defaults_become_constants() {
    let facts = facts();
    for expected in [
        "pub mod put_pet {",
        "pub const METHOD: &str = \"PUT\";",
        "pub const PATH: &str = \"/pets/{id}\";",
        "&[&str] = &[ \"name\", \"type\", \"weight\", \"tags\", \"scores\", \"mixed\", \"any\", \"gen\", \"plain\", ];",
        "pub mod name { /// The minimum length, in characters. pub const MIN_LENGTH: usize = 1;",
        "pub const MAX_LENGTH: usize = 20;",
        "pub const PATTERN: &str = \"^\\\\w\\\"+$\";",
        "pub mod type_ { /// The value that the API uses if the field is omitted. pub const DEFAULT: &str = \"dog\"; }",
        "pub mod gen_ {",
        "pub const MINIMUM: f64 = 0.5;",
        "pub const MULTIPLE_OF: f64 = 0.25;",
        "pub const MIN_ITEMS: usize = 1;",
        "pub const MAX_ITEMS: usize = 3;",
        "pub const DEFAULT: &[&str] = &[\"a\", \"b\"];",
        "pub const DEFAULT: &[i64] = &[1, 2];",
        "pub mod page_size {",
        "pub const MINIMUM: i64 = 1;",
        "pub const EXCLUSIVE_MAXIMUM: i64 = 9;",
        "pub mod id { /// The maximum length, in characters. pub const MAX_LENGTH: usize = 8; }",
        "pub mod get_ping {",
    ] {
        assert!(facts.contains(expected), "{expected}: {facts}");
    }
    // A field without limits or a default has no module. If the source is unknown, there is no `source` module.
    for unexpected in ["mod plain", "mod mixed", "mod any", "mod source"] {
        assert!(!facts.contains(unexpected), "{unexpected}: {facts}");
    }
}

#[test]
fn every_constant_is_documented() {
    let files = generate_from(PETS).unwrap();
    let mut before = "";
    for line in content(&files, "constants.rs").lines().map(str::trim) {
        let is_item = line.starts_with("pub const") || line.starts_with("pub mod");
        assert!(!is_item || before.starts_with("///"), "{line}");
        before = line;
    }
}

#[test]
fn invalid_names_become_valid_identifiers() {
    let text = r#"
openapi: 3.0.3
info: {title: t, version: "1"}
paths:
  /a:
    post:
      operationId: source
      requestBody: {content: {application/json: {schema: {type: object, properties: {
        "1st": {maxLength: 1}, "self": {maxLength: 2}, "ä": {maxLength: 3}, "": {maxLength: 4}, "fn": {maxLength: 5}, "parameters": {maxLength: 6}}}}}}
      responses: {"200": {description: ""}}
"#;
    let files = generate_from(text).unwrap();
    let facts = content(&files, "constants.rs");
    syn::parse_file(facts).unwrap_or_else(|error| panic!("{error}: {facts}"));
    assert!(
        facts.contains("pub mod source_ {") && facts.contains("pub mod parameters_ {"),
        "{facts}"
    );
}

#[test]
fn parameters_with_the_same_name_have_separate_modules() {
    let text = with_operation(
        "{operationId: a, responses: {}, parameters: [{name: id, in: query, schema: {type: string, maxLength: 1}}, \
         {name: id, in: header, schema: {type: string, maxLength: 2}}]}",
    );
    let files = generate_from(&text).unwrap();
    let facts = content(&files, "constants.rs");
    assert!(
        facts.contains("pub mod id {") && facts.contains("pub mod id_ {"),
        "{facts}"
    );
}
