//! The generated part of the ergonomic crate: the code for each field, and documents that are rejected.

use heck::ToSnakeCase as _;
use xtask_generate::{Inputs, generate};
use xtask_openapi::Document;

use crate::support::{checked_in, checked_in_but, content, layout, messages, root};

/// Returns the checked-in inputs with an additional property and additional overlay actions.
fn with_field(property: &str, actions: &str) -> Inputs {
    with_overlay(
        checked_in_but(
            "        user_name:\n",
            &format!("        seat: {property}\n        user_name:\n"),
        ),
        actions,
    )
}

fn with_overlay(inputs: Inputs, actions: &str) -> Inputs {
    let overlay = std::fs::read_to_string(root().join("spec/overlay.yaml")).unwrap() + actions;
    Inputs {
        overlay: Some(Document::parse("spec/overlay.yaml", overlay.as_bytes()).unwrap()),
        ..inputs
    }
}

/// Returns an action that describes the property and sets additional fields.
fn described(more: &str) -> String {
    format!(
        "\n- target: $.components.schemas.CreateRoomTokenRequest.properties.seat\n  \
         update: {{description: The seat., {more}}}\n"
    )
}

/// Returns a module in the ergonomic crate.
fn module(inputs: &Inputs, name: &str) -> String {
    let files = generate(inputs, &layout()).unwrap_or_else(|errors| panic!("{errors}"));
    let path = format!("signalwire-room-tokens/src/generated/{name}");
    content(&files, &path).to_owned()
}

#[track_caller]
fn rejected(inputs: &Inputs, place: &str, reason: &str) {
    let errors = messages(generate(inputs, &layout()));
    let found = errors
        .iter()
        .any(|error| error.contains(&format!("at {place}: ")) && error.contains(reason));
    assert!(found && errors.len() == 1, "{errors:#?}");
}

const SEAT: &str = "/components/schemas/CreateRoomTokenRequest/properties/seat";

#[test]
fn a_new_field_gets_a_documented_setter() {
    let inputs = with_field(
        "{type: integer, format: int32, minimum: 1, maximum: 500, default: 7}",
        &described("x-unit: rows, x-help: Take a seat"),
    );
    let setters = module(&inputs, "setters.rs");
    let setter = "        /// The seat.\n        ///\n        \
                  /// At least 1 and at most 500 rows. The API's default is `7`.\n        \
                  pub fn seat(mut self, seat: i32) -> Self {";
    assert!(setters.contains(setter), "{setters}");
    let rules = module(&inputs, "rules.rs");
    assert!(
        rules.contains("min: 1,\n    max: 500,\n    expected: \"at least 1 and at most 500 rows\""),
        "{rules}"
    );
    assert!(module(&inputs, "defaults.rs").contains("pub const SEAT: i32 = 7;"));
    let fields = module(&inputs, "fields.rs");
    for part in ["name: \"seat\"", "help: \"Take a seat\"", "unit: Some(\"rows\")"] {
        assert!(fields.contains(part), "{part}: {fields}");
    }
}

#[test]
fn help_defaults_to_the_first_sentence_of_the_description() {
    let action = "\n- target: $.components.schemas.CreateRoomTokenRequest.properties.seat\n  \
                  update: {description: The seat of v2.0 halls. It is numbered.}\n";
    let fields = module(&with_field("{type: string}", action), "fields.rs");
    assert!(fields.contains("help: \"The seat of v2.0 halls\""), "{fields}");
}

#[test]
fn the_field_type_determines_the_setter_argument() {
    let cases = [
        ("{type: boolean}", "bool"),
        ("{type: string}", "impl Into<String>"),
        ("{type: integer, format: int64}", "i64"),
        ("{type: number}", "f64"),
        (
            "{type: string, format: date-time}",
            "impl Into<crate::request::time::Timestamp>",
        ),
        (
            "{type: object, additionalProperties: true}",
            "impl serde::Serialize",
        ),
        (
            "{type: string, enum: [a, b-c]}",
            "crate::generated::choices::Seat",
        ),
        (
            "{type: array, items: {type: string}}",
            "impl IntoIterator<Item = impl Into<String>>",
        ),
        ("{type: array, items: {type: integer}}", "impl serde::Serialize"),
    ];
    for (property, argument) in cases {
        let setters = module(&with_field(property, &described("x-help: Seat")), "setters.rs");
        let words: Vec<&str> = setters.split_whitespace().collect();
        let expected = format!("pub fn seat( mut self, seat: {argument}, ) -> Self {{");
        let joined = words.join(" ");
        let found = joined.contains(&expected)
            || joined.contains(&format!("pub fn seat(mut self, seat: {argument}) -> Self {{"));
        assert!(found, "{property}: {setters}");
    }
}

#[test]
fn setters_of_required_nullable_fields_set_an_option() {
    let required = "\n- target: $.components.schemas.CreateRoomTokenRequest\n  update: {required: [seat]}\n";
    let actions = described("x-help: Seat") + required;
    for (property, assignment) in [
        (
            "{type: [boolean, 'null']}",
            "self.request_mut().body_for(\"seat\").seat = Some(seat);",
        ),
        (
            "{type: [object, 'null'], additionalProperties: true}",
            "request.body_for(\"seat\").seat = value;",
        ),
    ] {
        let inputs = with_field(property, &actions);
        let setters = module(&inputs, "setters.rs");
        assert!(setters.contains(assignment), "{property}: {setters}");
        assert!(module(&inputs, "body.rs").contains("seat: None,"), "{property}");
    }
}

#[test]
fn a_newly_required_field_becomes_a_parameter() {
    let inputs = checked_in_but(
        "      - room_name\n      properties:\n",
        "      - room_name\n      - user_name\n      properties:\n",
    );
    let body = module(&inputs, "body.rs");
    let words: Vec<&str> = body.split_whitespace().collect();
    assert!(
        words.join(" ").contains(
            "pub(crate) fn new( room_name: ::std::string::String, user_name: ::std::string::String, )"
        ),
        "{body}"
    );
}

#[test]
fn permissions_and_enum_values_have_predictable_names() {
    let inputs = with_overlay(
        checked_in_but(
            "      - room.unlock\n",
            "      - room.unlock\n      - room.self.x_y\n      - room.member.x\n      - room.x\n",
        ),
        "\n- target: $.components.schemas.RoomTokenPermission\n  \
         update: {x-enumDescriptions: {room.self.x_y: One., room.member.x: Two., room.x: Three.}}\n",
    );
    let permissions = module(&inputs, "permissions.rs");
    for part in [
        "/// `room.self.x_y`: One.\n    SelfXY,",
        "/// `room.member.x`: Two.\n    MemberX,",
        "/// `room.x`: Three.\n    RoomX,",
        "Self::SelfXY => \"room.self.x_y\"",
        "Self::MemberX => Some(\"Two.\")",
    ] {
        assert!(permissions.contains(part), "{part}: {permissions}");
    }
    let inputs = with_overlay(
        checked_in_but(
            "      - audio-only\n",
            "      - audio-only\n      - screen-only\n",
        ),
        "\n- target: $.components.schemas.MediaAllowedType\n  \
         update: {x-enumDescriptions: {screen-only: Only the screen.}}\n",
    );
    let choices = module(&inputs, "choices.rs");
    assert!(
        choices.contains("/// Only the screen.\n    #[serde(rename = \"screen-only\")]\n    ScreenOnly,"),
        "{choices}"
    );
}

#[test]
fn duplicate_rust_names_are_rejected() {
    let inputs = with_overlay(
        checked_in_but("      - room.unlock\n", "      - room.unlock\n      - unknown\n"),
        "\n- target: $.components.schemas.RoomTokenPermission\n  \
         update: {x-enumDescriptions: {unknown: One.}}\n",
    );
    let place = "/components/schemas/CreateRoomTokenRequest/properties/permissions";
    rejected(
        &inputs,
        place,
        "the variant name of `unknown` is already used: `Permission::Unknown`",
    );
}

#[test]
fn defaults_that_are_not_enum_values_are_rejected() {
    let inputs = checked_in_but("          default: member\n", "          default: host\n");
    let place = "/components/schemas/CreateRoomTokenRequest/properties/join_as/default";
    rejected(&inputs, place, "\"host\" is not a value of the enum");
}

#[test]
fn presets_become_constants_and_table_columns() {
    let action = "\n- target: $.components.schemas.CreateRoomTokenRequest.properties.permissions\n  \
                  update: {x-presets: {host: [room.lock, room.self.deaf]}}\n";
    let text = module(&with_overlay(checked_in(), action), "permissions.rs");
    let constant = "pub(crate) const HOST: &[Permission] = &[Permission::RoomLock, Permission::SelfDeaf];";
    assert!(text.contains(constant), "{text}");
    for row in [
        "/// | [`room.lock`](Self::RoomLock) | Lock the room. | | | | ✓ |",
        "/// | [`room.self.deaf`](Self::SelfDeaf) | Stop hearing the room. | ✓ | ✓ | ✓ | ✓ |",
        "/// | [`room.set_layout`](Self::RoomSetLayout) | Change the room's layout. | | | ✓ | |",
    ] {
        assert!(text.contains(row), "{row}: {text}");
    }
}

#[test]
fn presets_with_unknown_permissions_are_rejected() {
    let action = "\n- target: $.components.schemas.CreateRoomTokenRequest.properties.permissions\n  \
                  update: {x-presets: {host: [room.lock, room.sing]}}\n";
    let place = "/components/schemas/CreateRoomTokenRequest/properties/permissions/x-presets/host";
    let inputs = with_overlay(checked_in(), action);
    rejected(&inputs, place, "\"room.sing\" is not a value of the enum");
}

#[test]
fn unsupported_patterns_must_be_marked_as_unchecked() {
    let property = "{type: string, maxLength: 9, pattern: '^(?=a)a+$'}";
    let place = format!("{SEAT}/pattern");
    rejected(
        &with_field(property, &described("x-help: Seat")),
        &place,
        "write `x-pattern: unchecked` in the overlay",
    );
    let errors = generate(&with_field(property, &described("x-help: Seat")), &layout()).unwrap_err();
    let action = "- target: $.components.schemas.CreateRoomTokenRequest.properties.seat\n  update:\n    \
                  x-pattern: unchecked\n";
    assert_eq!(errors.remedy(), Some(action));
    let rules = module(
        &with_field(property, &described("x-pattern: unchecked")),
        "rules.rs",
    );
    let words: Vec<&str> = rules.split_whitespace().collect();
    assert!(
        words
            .join(" ")
            .contains("field: \"seat\", min: 0, max: 9, pattern: None,"),
        "{rules}"
    );
}

#[test]
fn misspelled_extensions_are_rejected_with_their_location() {
    let count = std::fs::read_to_string(root().join("spec/overlay.yaml"))
        .unwrap()
        .lines()
        .filter(|line| line.starts_with("- target:"))
        .count();
    for (given, meant) in [
        ("x-hlep: Seat", "`x-help`"),
        ("x-max-json-length: 5", "`x-maxJsonLength`"),
        ("x-units: rows", "`x-unit`"),
        ("x-argumnet: json", "`x-argument`"),
        ("x-sensitve: true", "`x-sensitive`"),
        ("x-enumDescription: {}", "`x-enumDescriptions`"),
        ("x-clam: seat", "`x-claim`"),
        ("x-required-claims: seat", "`x-requiredClaim`"),
        ("x-apiErrors: true", "`x-apiError`"),
    ] {
        let name = given.split(':').next().unwrap();
        let inputs = with_field("{type: string}", &described(given));
        let place = format!("/actions/{count}/update/{name}");
        rejected(&inputs, &place, &format!("did you mean {meant}?"));
    }
    let inputs = with_field(
        "{type: string}",
        "\n- target: $.info\n  x-pinn: true\n  update: {title: a}\n",
    );
    rejected(&inputs, &format!("/actions/{count}"), "did you mean `x-pin`?");
    let inputs = with_field("{type: string}", "\n- target: $.info\n  update: {x-pin: true}\n");
    rejected(
        &inputs,
        &format!("/actions/{count}/update/x-pin"),
        "is an extension for actions",
    );
}

#[test]
fn invalid_and_misplaced_extensions_are_rejected() {
    for (given, expected) in [
        ("x-argument: text", "must be `permissions` or `json`"),
        ("x-pattern: true", "must be `unchecked`"),
        ("x-maxJsonLength: 0", "must be a positive integer"),
        ("x-help: ''", "must be a non-empty string"),
        ("x-unit: 1", "must be a non-empty string"),
        ("x-claim: ''", "must be a non-empty string"),
        ("x-requiredClaim: 1", "must be a non-empty string"),
        ("x-sensitive: yes", "must be `true` or `false`"),
        (
            "x-enumDescriptions: []",
            "must be an object whose values are strings",
        ),
        ("x-apiError: true", "is only allowed on component schemas"),
        (
            "x-unit: rows",
            "is only allowed on request body properties that are numbers",
        ),
        (
            "x-maxJsonLength: 5",
            "is only allowed on request body properties that are objects or arrays",
        ),
        ("x-sensitivity: true", "is not a known extension"),
        (
            "x-presets: {Host: []}",
            "must be an object whose keys are lowercase words",
        ),
        (
            "x-presets: {host: [1]}",
            "must be an object whose keys are lowercase words",
        ),
        (
            "x-presets: {default: []}",
            "must be an object whose keys are lowercase words other than `default`",
        ),
        ("x-presets: {host: []}", "requires `x-argument: permissions`"),
    ] {
        let name = given.split(':').next().unwrap();
        let inputs = with_field("{type: string}", &described(given));
        rejected(&inputs, &format!("{SEAT}/{name}"), expected);
    }
    for name in ["x-help", "x-claim", "x-requiredClaim"] {
        let action = format!(
            "\n- target: $.components.schemas.RoomTokenResponse.properties.token\n  update: {{{name}: token}}\n"
        );
        let place = format!("/components/schemas/RoomTokenResponse/properties/token/{name}");
        let inputs = with_overlay(checked_in(), &action);
        rejected(&inputs, &place, "is only allowed on request body properties");
    }
    let action = "\n- target: $.components.schemas.RoomTokenResponse\n  update: {x-apiError: 1}\n";
    let place = "/components/schemas/RoomTokenResponse/x-apiError";
    let inputs = with_overlay(checked_in(), action);
    rejected(&inputs, place, "must be `true`");
    let action = "\n- target: $.info\n  update: {x-sensitive: true}\n";
    let inputs = with_overlay(checked_in(), action);
    rejected(
        &inputs,
        "/info/x-sensitive",
        "is only allowed on properties of component schemas",
    );
}

#[test]
fn unknown_extensions_of_the_published_document_are_ignored() {
    let property = "{type: string, x-internal: true, x-sensitive: low}";
    let mut inputs = with_field(property, &described("x-help: Seat"));
    assert!(generate(&inputs, &layout()).is_ok());
    inputs = with_field("{type: string}", &described("x-internal: true"));
    rejected(&inputs, &format!("{SEAT}/x-internal"), "is not a known extension");
}

#[test]
fn unknown_fields_of_actions_are_rejected() {
    let action = "\n- target: $.info\n  x-pinned: true\n  update: {title: a}\n";
    let errors = messages(generate(&with_overlay(checked_in(), action), &layout()));
    assert_eq!(errors.len(), 1);
    assert!(
        errors[0].contains("unknown field `x-pinned`; expected `target`"),
        "{errors:?}"
    );
}

#[test]
fn only_one_field_can_be_the_list_of_permissions() {
    let item = "{anyOf: [{$ref: '#/components/schemas/RoomTokenPermission'}, {type: string}]}";
    let property = format!("{{type: array, items: {item}}}");
    let place = "/components/schemas/CreateRoomTokenRequest/properties/permissions/x-argument";
    let inputs = with_field(&property, &described("x-argument: permissions"));
    rejected(
        &inputs,
        place,
        "only one field can have `x-argument: permissions`",
    );
}

/// A published document must not set these extensions, but may use one of the names for something else.
#[test]
fn extensions_in_the_facts_are_ignored() {
    let facts = "        user_name:\n          x-help: \"```\"\n          x-argument: json\n          x-claim: u\n          x-apiError: true\n";
    let inputs = checked_in_but("        user_name:\n", facts);
    let code = |inputs: &Inputs| -> Vec<String> {
        let outputs = generate(inputs, &layout()).unwrap().outputs.into_iter();
        outputs.map(|output| output.content).collect()
    };
    assert!(code(&inputs) == code(&checked_in()));
}

#[test]
fn a_field_with_a_claim_is_added_to_the_claims() {
    let property = "{type: string, format: date-time}";
    let claims = |extension: &str| {
        let help = format!("x-help: The time of taking a seat; optional, {extension}");
        module(&with_field(property, &described(&help)), "claims.rs")
    };
    let optional = claims("x-claim: st");
    let required = claims("x-requiredClaim: st");
    let field = "    /// The time of taking a seat (`st`).\n    #[serde(\n        \
                 rename(serialize = \"seat\", deserialize = \"st\"),\n        \
                 deserialize_with = \"seconds\",\n        \
                 skip_serializing_if = \"Option::is_none\"\n    )]\n    \
                 pub seat: Option<crate::request::time::Timestamp>,\n";
    for claims in [&optional, &required] {
        assert!(claims.contains(field), "{claims}");
    }
    let compared = |claims: &str| claims.contains("    \"seat\",\n");
    assert_eq!((compared(&optional), compared(&required)), (false, true));
}

#[test]
fn a_new_api_error_property_gets_a_method() {
    let inputs = checked_in_but(
        "        attribute:\n",
        "        hint: {type: string}\n        retries: {type: integer}\n        attribute:\n",
    );
    let action = "\n- target: $.components.schemas.RestApiErrorItem.properties.hint\n  \
                  update: {description: How to fix the error.}\n\
                  \n- target: $.components.schemas.RestApiErrorItem.properties.retries\n  \
                  update: {description: The number of retries.}\n";
    let errors = module(&with_overlay(inputs, action), "api_error.rs");
    let method = "    /// How to fix the error.\n    #[must_use]\n    \
                  pub fn hint(&self) -> Option<&str> {\n";
    assert!(errors.contains(method), "{errors}");
    assert!(!errors.contains("retries"), "{errors}");
}

#[test]
fn api_error_properties_need_distinct_methods() {
    for (name, expected) in [
        ("map", "duplicate method `map` in `ApiError`"),
        // The method for `type` is called `error_type`.
        ("error_type", "duplicate field `error_type` in `ApiError`"),
    ] {
        let facts = format!("        {name}: {{type: string}}\n        attribute:\n");
        let action = format!(
            "\n- target: $.components.schemas.RestApiErrorItem.properties.{name}\n  update: {{description: A.}}\n"
        );
        let inputs = with_overlay(checked_in_but("        attribute:\n", &facts), &action);
        let errors = messages(generate(&inputs, &layout()));
        assert!(
            errors.len() == 1 && errors[0].starts_with(&format!("spec/facts.yaml: api_error.rs: {expected}")),
            "{errors:?}"
        );
    }
}

#[test]
fn enums_of_fields_need_distinct_names() {
    let facts = "        joinAs: {type: string, enum: [a, b]}\n        user_name:\n";
    let action = "\n- target: $.components.schemas.CreateRoomTokenRequest.properties.joinAs\n  \
                  update: {description: A.}\n";
    rejected(
        &with_overlay(checked_in_but("        user_name:\n", facts), action),
        "/components/schemas/CreateRoomTokenRequest/properties/join_as",
        "is already used; write `x-argument: json` in the overlay",
    );
}

#[test]
fn document_text_is_escaped_in_documentation() {
    let action = "\n- target: $.components.schemas.CreateRoomTokenRequest.properties.seat\n  \
                  update: {description: \"- [a](b) &amp; `x` *y*\\n\\n# b\"}\n";
    let setters = module(&with_field("{type: string}", action), "setters.rs");
    assert!(
        setters.contains(r"/// \- \[a\](b) \&amp; `x` \*y\* # b"),
        "{setters}"
    );
    let property = "{type: string, default: \"a`\\n``b\"}";
    let setters = module(&with_field(property, &described("x-help: Seat")), "setters.rs");
    assert!(
        setters.contains(r"/// The API's default is ```a`\n``b```."),
        "{setters}"
    );
}

#[test]
fn missing_descriptions_are_reported_with_overlay_actions() {
    let facts = std::fs::read_to_string(root().join("spec/facts.yaml")).unwrap();
    let facts = facts
        .replace(
            "        user_name:\n",
            "        seat-no: {type: string}\n        user_name:\n",
        )
        .replace(
            "      - room.unlock\n",
            "      - room.unlock\n      - 'room.it''s'\n",
        );
    let inputs = Inputs {
        facts: Document::parse("spec/facts.yaml", facts.as_bytes()).unwrap(),
        ..checked_in()
    };
    let errors = generate(&inputs, &layout()).unwrap_err();
    assert_eq!(errors.as_slice().len(), 2, "{errors}");
    let remedy = errors.remedy().expect("actions");
    assert!(
        remedy.contains("properties['seat-no']") && remedy.contains("x-enumDescriptions:"),
        "{remedy}"
    );
    // The suggested actions cover everything that was missing.
    let filled = format!("\n{}", remedy.replace(": \"\"", ": \"A sentence.\""));
    let files = generate(&with_overlay(inputs, &filled), &layout());
    let files = files.unwrap_or_else(|errors| panic!("{errors}"));
    assert!(content(&files, "fields.rs").contains("name: \"seat-no\""));
    assert!(content(&files, "setters.rs").contains("pub fn seat_no("));
}

/// Generates a module for a document with the given additional properties, all of which have the same schema.
fn module_with_fields(names: &[String], schema: &str, module_name: &str) -> String {
    let properties: String = names
        .iter()
        .map(|name| format!("        {name}: {schema}\n"))
        .collect();
    let actions: String = names
        .iter()
        .map(|name| {
            format!(
                "\n- target: $.components.schemas.CreateRoomTokenRequest.properties.{name}\n  \
                 update: {{description: The seat.}}\n"
            )
        })
        .collect();
    let place = "        user_name:\n";
    let inputs = checked_in_but(place, &format!("{properties}{place}"));
    module(&with_overlay(inputs, &actions), module_name)
}

/// Returns the items in a file of the ergonomic crate.
fn source(path: &str) -> Vec<syn::Item> {
    let path = root().join("crates/signalwire-room-tokens/src").join(path);
    syn::parse_file(&std::fs::read_to_string(path).unwrap())
        .unwrap()
        .items
}

#[test]
fn the_suggested_action_for_a_nullable_pattern_is_accepted() {
    let property = "{anyOf: [{type: string, pattern: '(?=a)b'}, {type: 'null'}]}";
    let inputs = with_field(property, &described("x-pattern: unchecked"));
    assert!(generate(&inputs, &layout()).is_ok());
}

#[test]
fn optional_parameters_are_omitted_and_required_ones_become_arguments() {
    let call = |required: bool| {
        let parameters = format!(
            "parameters: [{{name: dry_run, in: query, description: A., schema: {{type: boolean}}}}, \
             {{name: X-Key, in: header, required: {required}, description: A., schema: {{type: string}}}}]"
        );
        let call = module(&checked_in_but("parameters: []", &parameters), "call.rs");
        call.split_whitespace().collect::<String>()
    };
    let optional = call(false);
    assert!(optional.contains("fnrequest(client:&Client)->"), "{optional}");
    assert!(
        optional.contains("build_request(client,None,None,&())"),
        "{optional}"
    );
    let required = call(true);
    assert!(
        required.contains("fnrequest(client:&Client,x_key:::std::string::String,)->"),
        "{required}"
    );
    assert!(
        required.contains("build_request(client,None,x_key,&())"),
        "{required}"
    );
}

#[test]
fn setters_named_like_methods_get_an_underscore() {
    let files = [
        "request/room_token_request.rs",
        "request/extra.rs",
        "request/lint.rs",
        "client/call.rs",
        "blocking.rs",
    ];
    let mut methods = vec!["clone".to_owned()];
    for item in files.into_iter().flat_map(source) {
        let syn::Item::Impl(item) = item else { continue };
        let syn::Type::Path(ty) = &*item.self_ty else {
            continue;
        };
        let ty = ty.path.segments.last().unwrap().ident.to_string();
        if item.trait_.is_none() && ["RoomTokenRequest", "Call"].contains(&ty.as_str()) {
            methods.extend(item.items.iter().filter_map(|item| match item {
                syn::ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
                _ => None,
            }));
        }
    }
    for item in ["request/setters.rs", "client/options.rs"]
        .into_iter()
        .flat_map(source)
    {
        let syn::Item::Macro(item) = item else { continue };
        let text = item.mac.tokens.to_string();
        let after = text.split("pub fn ").skip(1);
        methods.extend(after.map(|text| text.split([' ', '(']).next().unwrap().to_owned()));
    }
    methods.sort_unstable();
    methods.dedup();
    assert!(methods.len() > 15, "{methods:?}");
    let setters = module_with_fields(&methods, "{type: boolean}", "setters.rs");
    for method in methods {
        // `extra` is also the name of a field in the generated type, so it has already been renamed.
        let expected = [format!("pub fn {method}_("), format!("pub fn {method}_2(")];
        assert!(
            expected.iter().any(|expected| setters.contains(expected)),
            "{method}"
        );
    }
}

#[test]
fn enums_named_like_public_types_get_a_suffix() {
    fn names(tree: &syn::UseTree, found: &mut Vec<String>) {
        match tree {
            syn::UseTree::Path(path) => names(&path.tree, found),
            syn::UseTree::Name(name) => found.push(name.ident.to_string()),
            syn::UseTree::Rename(rename) => found.push(rename.rename.to_string()),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| names(tree, found)),
            syn::UseTree::Glob(_) => {}
        }
    }
    let mut types = vec!["Result".to_owned(), "FromStr".to_owned(), "Option".to_owned()];
    for item in source("lib.rs") {
        if let syn::Item::Use(item) = item {
            names(&item.tree, &mut types);
        }
    }
    // The document already has a field `room_name`.
    types.retain(|name| name.starts_with(char::is_uppercase) && name != "RoomName");
    assert!(types.len() > 30, "{types:?}");
    let fields: Vec<String> = types.iter().map(|name| name.to_snake_case()).collect();
    let choices = module_with_fields(&fields, "{type: string, enum: [ok, err]}", "choices.rs");
    for name in types {
        assert!(choices.contains(&format!("pub enum {name}Value {{")), "{name}");
    }
    assert!(!choices.contains("Self::Err>"), "{choices}");
}

#[test]
fn types_inside_arrays_are_qualified_and_arrays_have_a_size_rule() {
    for (items, ty) in [
        (
            "{type: string, enum: [small, large]}",
            "Vec<types::CreateRoomTokenRequestSeatItem>",
        ),
        (
            "{type: array, items: {type: string, enum: [a, b]}}",
            "Vec<types::CreateRoomTokenRequestSeatItemItem>",
        ),
        ("{type: integer}", "Vec<i64>"),
    ] {
        let property = format!("{{type: array, minItems: 1, maxItems: 2, items: {items}}}");
        let inputs = with_field(&property, &described("x-help: Seats"));
        let fields: String = module(&inputs, "fields.rs").split_whitespace().collect();
        assert!(fields.contains(ty), "{ty}: {fields}");
        let rules = module(&inputs, "rules.rs");
        assert!(rules.contains("\"1 to 2 items\""), "{rules}");
    }
}

#[test]
fn the_default_of_a_nullable_enum_may_be_null() {
    let property = "{type: [string, 'null'], enum: [small, large, null], default: null}";
    let choices = module(&with_field(property, &described("x-help: Seat")), "choices.rs");
    assert!(choices.contains("pub enum Seat {"), "{choices}");
}
