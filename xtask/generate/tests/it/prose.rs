//! Missing descriptions are reported.

use xtask_generate::generate;
use xtask_generate::prose::check;
use xtask_generate::workaround::Strictness;

use crate::support::{checked_in_but, layout, messages, read_overlay, value};

const UNDESCRIBED: &str = r##"
openapi: 3.0.3
info: {title: Pets, version: "1", description: ok}
tags: [{name: pets}]
servers: [{url: "https://{host}", description: " ", variables: {host: {default: h}}}]
paths:
  /pets:
    get:
      summary: Pets
      parameters: [{name: limit, in: query, schema: {type: integer}}, {$ref: "#/components/parameters/Page"}]
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
      responses: {"200": {description: "", headers: {X-Rate: {schema: {type: integer}}}}}
components:
  parameters: {Page: {name: page, in: query, description: ok, schema: {type: integer}}}
  securitySchemes: {key: {type: apiKey, name: k, in: header}}
  schemas:
    Pet:
      type: object
      description: ok
      properties:
        name: {type: string}
        kind: {$ref: "#/components/schemas/Kind"}
        owner: {description: ok, type: object, properties: {street: {type: string}}}
        tags: {description: ok, type: array, items: {type: string}}
        one: {description: ok, type: string, enum: [description]}
    Kind: {type: string, description: ok, enum: [cat, dog], x-enumDescriptions: {cat: ok, cow: ok}}
"##;

#[test]
fn all_missing_descriptions_are_reported() {
    let errors = messages(check("pets.yaml", &value(UNDESCRIBED)));
    let places = [
        "/tags/0",
        "/servers/0",
        "/servers/0/variables/host",
        "/paths/~1pets/get",
        "/paths/~1pets/get/parameters/0",
        "/paths/~1pets/get/requestBody",
        "/paths/~1pets/get/responses/200",
        "/paths/~1pets/get/responses/200/headers/X-Rate",
        "/components/securitySchemes/key",
        "/components/schemas/Pet/properties/name",
        "/components/schemas/Pet/properties/owner/properties/street",
        "/components/schemas/Kind/enum/1",
        "/components/schemas/Kind/x-enumDescriptions/cow",
    ];
    for place in places {
        assert!(
            errors
                .iter()
                .any(|error| error.starts_with(&format!("pets.yaml: at {place}: "))),
            "{place}: {errors:#?}"
        );
    }
    assert_eq!(errors.len(), places.len(), "{errors:#?}");
}

#[test]
fn forbidden_markdown_is_rejected_with_its_location() {
    for (good, bad, place, what) in [
        (
            "name: {type: string}",
            "name: {type: string, description: <br>}",
            "/properties/name/description",
            "HTML",
        ),
        ("cat: ok", "cat: '![a](b)'", "/x-enumDescriptions/cat", "an image"),
        ("summary: Pets", "summary: '```'", "/get/summary", "a code block"),
    ] {
        let errors = messages(check("pets.yaml", &value(&UNDESCRIBED.replace(good, bad))));
        let found = errors
            .iter()
            .any(|error| error.contains(&format!("{place}: must not contain {what}")));
        assert!(found, "{place}: {errors:#?}");
    }
}

#[test]
fn the_suggested_actions_match_names_that_look_like_indices() {
    let mut document = value(
        r#"
openapi: 3.0.3
info: {title: Pets, version: "1", description: ok}
tags: [{name: pets}]
paths: {}
components:
  schemas:
    Reactions:
      type: object
      description: ok
      properties: {"+1": {type: integer}, "5": {type: integer}, "007": {type: integer}, "it's": {type: integer}}
"#,
    );
    let errors = check("pets.yaml", &document).unwrap_err();
    assert_eq!(errors.as_slice().len(), 5, "{errors}");
    let actions = errors.remedy().unwrap().replace(": \"\"", ": \"A sentence.\"");
    let overlay = read_overlay(&format!("\n{actions}")).unwrap();
    overlay.apply(&mut document, Strictness::EachMustApply).unwrap();
    check("pets.yaml", &document).unwrap();
}

#[test]
fn new_fields_must_be_described() {
    let inputs = checked_in_but(
        "        user_name:\n",
        "        nick_name:\n          type: string\n        user_name:\n",
    );
    let errors = messages(generate(&inputs, &layout()));
    let place = "/components/schemas/CreateRoomTokenRequest/properties/nick_name";
    assert_eq!(
        errors,
        [format!(
            "spec/facts.yaml: at {place}: description is missing; add it in the overlay"
        )]
    );
}

#[test]
fn new_enum_values_must_be_described() {
    let inputs = checked_in_but("      - room.lock\n", "      - room.lock\n      - room.paint\n");
    let errors = messages(generate(&inputs, &layout()));
    assert!(
        errors.len() == 1 && errors[0].contains("`room.paint` has no description"),
        "{errors:?}"
    );
}
