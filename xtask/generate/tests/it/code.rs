//! Workarounds that change generated code.

use xtask_generate::workaround::{Strictness, apply_code_workarounds, code};

use crate::support::{content, generate_from, messages, value, with_body, with_operation};

/// Applies one workaround to code and asserts that it changes something.
fn apply(id: &str, code: &str, document: &str) -> String {
    let workaround = code::ALL.iter().find(|workaround| workaround.id == id);
    let apply = workaround.unwrap_or_else(|| panic!("no workaround `{id}`")).apply;
    let mut file = syn::parse_file(code).unwrap();
    assert!(
        apply(&mut file, &value(document)).unwrap() > 0,
        "{id} changes nothing: {code}"
    );
    prettyplease::unparse(&file)
}

const PING: &str = "{operationId: ping, responses: {'200': {description: ''}}}";

fn client(text: &str) -> String {
    content(
        &generate_from(text).unwrap_or_else(|error| panic!("{error}\n{text}")),
        "client.rs",
    )
    .to_owned()
}

#[test]
fn the_panicking_constructor_is_removed() {
    let code = "impl Client { pub fn new(baseurl: &str) -> Self { todo!() } pub fn new_with_client() {} } impl Other { pub fn new() {} }";
    let changed = apply("no-default-client", code, "{}");
    assert!(
        changed.contains("pub fn new_with_client") && changed.contains("Policy::none()"),
        "{changed}"
    );
    assert_eq!(changed.matches("pub fn new()").count(), 1, "{changed}");
    assert!(!client(&with_operation(PING)).contains("unwrap()"));
}

#[test]
fn undocumented_headers_are_not_sent() {
    let plain = client(&with_operation(PING));
    assert!(
        !plain.contains("api-version") && !plain.contains("header_map"),
        "{plain}"
    );

    let with_header = with_operation(
        "{operationId: ping, parameters: [{name: X-Trace, in: header, schema: {type: string}}], responses: {'200': {description: ''}}}",
    );
    let traced = client(&with_header);
    assert!(!traced.contains("api-version"), "{traced}");
    assert!(
        traced.contains("header_map.append(\"X-Trace\"") && traced.contains(".headers(header_map)"),
        "{traced}"
    );
}

#[test]
fn sensitive_properties_are_not_in_debug_output() {
    let schemas = "{Key: {type: object, required: [type, id], properties: {type: {type: string, x-sensitive: true}, \
                    apiToken: {type: string, x-sensitive: true}, id: {type: string}}}}";
    let client = client(&with_body("{$ref: '#/components/schemas/Key'}", schemas));
    // Both the type and its builder redact the value.
    assert_eq!(client.matches("f.debug_struct(\"Key\")").count(), 2, "{client}");
    assert_eq!(
        client
            .matches(".field(\"type_\", &::std::format_args!(\"[redacted]\"))")
            .count(),
        2,
        "{client}"
    );
    assert_eq!(
        client
            .matches(".field(\"api_token\", &::std::format_args!(\"[redacted]\"))")
            .count(),
        2,
        "{client}"
    );
    assert_eq!(client.matches(".field(\"id\", &self.id)").count(), 2, "{client}");
}

#[test]
fn sensitive_properties_with_unusual_names_are_not_in_debug_output() {
    let schemas = "{3d: {type: object, properties: {api_token: {type: string, x-sensitive: true}, \
                    apiToken: {type: string, x-sensitive: true}, 2fa: {type: string, x-sensitive: true}}}}";
    let client = client(&with_body("{$ref: '#/components/schemas/3d'}", schemas));
    assert_eq!(client.matches("f.debug_struct(\"X3d\")").count(), 2, "{client}");
    for label in ["api_token", "api_token_2", "x2fa"] {
        let redacted = format!(".field(\"{label}\", &::std::format_args!(\"[redacted]\"))");
        assert_eq!(client.matches(&redacted).count(), 2, "{client}");
    }
    assert!(
        client.contains("rename = \"apiToken\"") && !client.contains("apiToken 2"),
        "{client}"
    );
}

#[test]
fn a_secret_that_cannot_be_redacted_is_an_error() {
    let places = [
        with_body(
            "{type: object, properties: {key: {type: string, x-sensitive: true}}}",
            "{}",
        ),
        with_body("{type: object}", "{Key: {type: string, x-sensitive: true}}"),
        with_body(
            "{type: object}",
            "{Key: {type: object, properties: {a: {type: object, properties: {b: {type: string, x-sensitive: true}}}}}}",
        ),
    ];
    for text in places {
        let errors = messages(generate_from(&text));
        assert!(
            errors[0].contains("only a property of a component schema can be marked as sensitive"),
            "{errors:?}"
        );
    }
    // An enum has no field that could be redacted.
    let text = with_body(
        "{type: object}",
        "{Key: {oneOf: [{type: string}, {type: integer}], properties: {a: {type: string, x-sensitive: true}}}}",
    );
    assert!(messages(generate_from(&text))[0].contains("sensitive properties of `Key`"));
}

#[test]
fn ignored_examples_are_removed() {
    let code =
        "/// Pings.\n///\n/// ```ignore\n/// client.ping();\n/// ```\n///\n/// More.\npub fn ping() {}";
    assert_eq!(
        apply("no-ignored-examples", code, "{}"),
        "/// Pings.\n///\n///\n/// More.\npub fn ping() {}\n"
    );
    let kept = "/// ```\n/// assert!(true);\n/// ```\npub fn ping() {}\n";
    let mut file = syn::parse_file(kept).unwrap();
    let apply = code::ALL
        .iter()
        .find(|workaround| workaround.id == "no-ignored-examples")
        .unwrap()
        .apply;
    assert_eq!(apply(&mut file, &value("{}")), Ok(0));
    assert_eq!(prettyplease::unparse(&file), kept);
}

#[test]
fn everything_public_is_documented() {
    let text = with_body(
        "{$ref: '#/components/schemas/Pet'}",
        "{Pet: {type: object, description: A pet., properties: {kind: {$ref: '#/components/schemas/Kind'}, name: {oneOf: [{type: string}, {type: integer}]}}}, \
          Kind: {type: string, enum: [big-cat, dog], x-enumDescriptions: {big-cat: Purrs.}}}",
    );
    let client = client(&text);
    for expected in [
        "/// A pet.\n",
        "/// `big-cat`: Purrs.\n        #[serde(rename = \"big-cat\")]\n",
        "/// `dog`.\n",
        "/// A builder for [`Pet`](super::Pet).\n",
        "/// Sets [`kind`](super::Pet::kind).\n",
        "/// Sets the body.\n",
    ] {
        assert!(client.contains(expected), "{expected}: {client}");
    }
    let mut undocumented = Vec::new();
    let mut before = "";
    for line in client.lines().map(str::trim) {
        let is_use = line.starts_with("pub use") || line.starts_with("pub(crate)");
        if line.starts_with("pub fn") && !before.starts_with("///") && !is_use {
            undocumented.push(line);
        }
        before = line;
    }
    assert!(undocumented.is_empty(), "{undocumented:#?}");
}

#[test]
fn json_schemas_and_the_client_depend_on_features() {
    let client = client(&with_body(
        "{$ref: '#/components/schemas/Pet'}",
        "{Pet: {type: object, properties: {a: {type: string}}}}",
    ));
    let file = syn::parse_file(&client).unwrap();
    let without: Vec<&syn::Item> = file
        .items
        .iter()
        .filter(|item| {
            !prettyplease::unparse(&only((*item).clone())).contains("#[cfg(feature = \"client\")]")
        })
        .collect();
    assert!(matches!(&without[..], [syn::Item::Mod(types)] if types.ident == "types"));
    let derive = "    #[cfg_attr(feature = \"schemars\", derive(::schemars::JsonSchema))]\n";
    assert_eq!(
        client.matches(derive).count(),
        1,
        "the type, not its builder: {client}"
    );
}

fn only(item: syn::Item) -> syn::File {
    syn::File {
        shebang: None,
        attrs: Vec::new(),
        items: vec![item],
        frontmatter: None,
    }
}

#[test]
fn required_workarounds_must_change_the_checked_in_code() {
    let mut empty = syn::parse_file("").unwrap();
    let errors = messages(apply_code_workarounds(
        "facts.yaml",
        &mut empty,
        &value("{}"),
        Strictness::EachMustApply,
    ));
    let needed = code::ALL
        .iter()
        .filter(|workaround| !code::OPTIONAL.contains(&workaround.id));
    let needed: Vec<_> = needed.collect();
    assert_eq!(errors.len(), needed.len(), "{errors:#?}");
    for (error, workaround) in errors.iter().zip(needed) {
        assert!(
            error.starts_with(&format!(
                "facts.yaml: the `{}` workaround no longer has any effect",
                workaround.id
            )),
            "{error}"
        );
    }
    assert!(apply_code_workarounds("facts.yaml", &mut empty, &value("{}"), Strictness::WhereNeeded).is_ok());
}

#[test]
fn a_field_whose_type_has_the_description_is_documented_too() {
    let body = "{type: object, properties: {owner: {type: object, description: Who., required: [name], \
                properties: {name: {type: string, description: The name.}}}}}";
    let code = client(&with_body(
        "{$ref: '#/components/schemas/Pet'}",
        &format!("{{Pet: {body}}}"),
    ));
    assert!(code.contains("/// The `owner` field."), "{code}");
}

#[test]
fn open_objects_keep_unknown_fields() {
    let document = with_body(
        "{$ref: '#/components/schemas/Pet'}",
        "{Pet: {type: object, required: [name], properties: {name: {type: string}}, additionalProperties: {}}}",
    );
    let code = client(&document);
    assert!(
        code.contains("/// Fields that are not in the OpenAPI document.\n        #[serde(flatten)]"),
        "{code}"
    );
    assert!(code.contains("extra: Ok(Default::default()),"), "{code}");
    assert!(
        code.contains("name: Err(\"no value supplied for name\""),
        "{code}"
    );
}
