//! Split operations: one function builds the request, and another deserializes the response.

use quote::ToTokens as _;
use syn::{ImplItem, ImplItemFn, Item};
use xtask_generate::generate;

use crate::support::{
    checked_in, checked_in_but, content, generate_from, layout, messages, with_body, with_operation,
};

/// Returns a function from an operation's builder.
fn function(client: &str, builder: &str, name: &str) -> Option<ImplItemFn> {
    let file = syn::parse_file(client).unwrap();
    let items = file.items.iter().find_map(|item| match item {
        Item::Mod(module) if module.ident == "builder" => module.content.as_ref(),
        _ => None,
    });
    items.unwrap().1.iter().find_map(|item| match item {
        Item::Impl(item) if item.self_ty.to_token_stream().to_string().starts_with(builder) => {
            item.items.iter().find_map(|item| match item {
                ImplItem::Fn(function) if function.sig.ident == name => Some(function.clone()),
                _ => None,
            })
        }
        _ => None,
    })
}

/// Returns the code of a function without whitespace.
fn code(client: &str, builder: &str, name: &str) -> String {
    let function = function(client, builder, name).unwrap_or_else(|| panic!("no {name}: {client}"));
    let (signature, block) = (function.sig, function.block);
    let text = format!("{}{}", signature.to_token_stream(), block.to_token_stream());
    text.replace(' ', "").replace(",)", ")")
}

fn client(document: &str) -> String {
    let files = generate_from(document).unwrap_or_else(|error| panic!("{error}\n{document}"));
    content(&files, "client.rs").to_owned()
}

/// Returns the client that `cargo xtask generate` would write to the workspace.
fn checked_in_client(inputs: &xtask_generate::Inputs) -> String {
    let files = generate(inputs, &layout()).unwrap();
    content(&files, "client.rs").to_owned()
}

#[test]
fn send_calls_the_split_functions() {
    let client = checked_in_client(&checked_in());
    let send = code(&client, "CreateRoomToken", "send");
    assert!(send.contains("Self::build_request(client,&body)?"), "{send}");
    assert!(send.contains("Self::decode_response(&body)"), "{send}");
    for left in ["format!", ".header(", ".json(", "from_response"] {
        assert!(!send.contains(left), "{left}: {send}");
    }
    let build = code(&client, "CreateRoomToken", "build_request");
    assert!(
        build.starts_with(
            "fnbuild_request(client:&super::Client,body:&(impl::serde::Serialize+?Sized))\
             ->Result<reqwest::Request,Error<()>>"
        ),
        "{build}"
    );
}

/// The ergonomic client passes a fixed list of arguments, so it fails to compile if one is added.
#[test]
fn a_newly_required_parameter_becomes_an_argument_and_is_sent() {
    let cases = [
        (
            "header",
            "header_map.append(\"X-Workspace\",x_workspace.to_string()",
        ),
        ("query", "QueryParam::new(\"X-Workspace\",&x_workspace)"),
    ];
    for (place, sent) in cases {
        let parameter = format!(
            "parameters: [{{name: X-Workspace, in: {place}, required: true, description: A workspace., \
             schema: {{type: string}}}}]"
        );
        let client = checked_in_client(&checked_in_but("parameters: []", &parameter));
        let build = code(&client, "CreateRoomToken", "build_request");
        assert!(
            build.contains("(client:&super::Client,x_workspace:::std::string::String,body:&("),
            "{build}"
        );
        assert!(build.contains(sent), "{build}");
        let send = code(&client, "CreateRoomToken", "send");
        assert!(
            send.contains("Self::build_request(client,x_workspace,&body)?"),
            "{send}"
        );
    }
}

#[test]
fn every_kind_of_parameter_is_an_argument() {
    let document = with_operation(
        "{operationId: find, parameters: [{name: id, in: path, required: true, schema: {type: integer}}, \
          {name: X-Trace, in: header, schema: {type: string}}, {name: limit, in: query, schema: {type: boolean}}], \
          responses: {'200': {description: ''}}}",
    )
    .replace("/pets", "/pets/{id}");
    let client = client(&document);
    let build = code(&client, "Find", "build_request");
    assert!(
        build.starts_with(
            "fnbuild_request(client:&super::Client,id:i64,limit:Option<bool>,x_trace:Option<::std::string::String>)"
        ),
        "{build}"
    );
    assert!(build.contains("encode_path(&id.to_string())"), "{build}");
    let send = code(&client, "Find", "send");
    assert!(
        send.contains("Self::build_request(client,id,limit,x_trace)?"),
        "{send}"
    );
}

#[test]
fn raw_bodies_are_passed_unchanged() {
    let operation =
        "{operationId: add, requestBody: {content: {text/plain: {schema: {type: string}}}}, responses: {}}";
    let build = code(&client(&with_operation(operation)), "Add", "build_request");
    assert!(
        build.starts_with("fnbuild_request(client:&super::Client,body:reqwest::Body)"),
        "{build}"
    );
    assert!(build.contains(".body(body)"), "{build}");
    assert!(function(&client(&with_operation(operation)), "Add", "with_body").is_none());

    let form = operation.replace("text/plain", "application/x-www-form-urlencoded");
    let build = code(&client(&with_operation(&form)), "Add", "build_request");
    assert!(build.contains("body:&(impl::serde::Serialize"), "{build}");
    let with_body = code(&client(&with_operation(&form)), "Add", "with_body");
    assert!(
        with_body.contains("request.form_urlencoded(body)?.build()?"),
        "{with_body}"
    );
}

/// serde would also deserialize a struct from an array of its fields.
#[test]
fn objects_are_deserialized_only_from_objects() {
    let response = |schema: &str| {
        with_body(
            "{type: object}",
            "{Pet: {type: object, properties: {a: {type: string}}}}",
        )
        .replace(
            "{'200': {description: ''}}",
            &format!("{{'200': {{description: '', content: {{application/json: {{schema: {schema}}}}}}}}}"),
        )
    };
    let object = code(
        &client(&response("{$ref: '#/components/schemas/Pet'}")),
        "AddPet",
        "decode_response",
    );
    assert!(
        object.starts_with("fndecode_response(body:&[u8])->Result<types::Pet,::serde_json::Error>"),
        "{object}"
    );
    assert!(object.contains("starts_with(b\"{\")"), "{object}");
    let array = code(
        &client(&response("{type: array, items: {type: string}}")),
        "AddPet",
        "decode_response",
    );
    assert!(!array.contains("starts_with"), "{array}");
}

#[test]
fn non_json_responses_are_not_deserialized() {
    for content in ["", ", content: {image/png: {schema: {type: string}}}"] {
        let operation = format!("{{operationId: a, responses: {{'200': {{description: ''{content}}}}}}}");
        let client = client(&with_operation(&operation));
        assert!(function(&client, "A", "build_request").is_some(), "{client}");
        assert!(function(&client, "A", "decode_response").is_none(), "{client}");
    }
}

#[test]
fn a_path_parameter_named_like_a_split_function_is_rejected() {
    let of = |place: &str| {
        let parameter =
            format!("{{name: build-request, in: {place}, required: true, schema: {{type: string}}}}");
        with_operation(&format!(
            "{{operationId: a, parameters: [{parameter}], responses: {{}}}}"
        ))
    };
    assert!(generate_from(&of("query")).is_ok());
    let in_path = of("path").replace("/pets", "/pets/{build-request}");
    let errors = messages(generate_from(&in_path));
    assert!(
        errors[0].contains("duplicate method `build_request`"),
        "{errors:?}"
    );
}
