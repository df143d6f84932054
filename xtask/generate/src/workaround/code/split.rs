//! Splits operations into a function that builds the request and one that deserializes the response. `send` calls both.

use quote::{ToTokens as _, quote};
use serde_json::Value;
use syn::visit_mut::{VisitMut, visit_expr_mut};
use syn::{
    Arm, Expr, ExprMatch, Fields, FnArg, GenericArgument, Ident, ImplItem, ImplItemFn, Item, ItemImpl,
    ItemStruct, Member, Pat, PathArguments, ReturnType, Stmt, Type, parse_quote,
};

use super::attributes::{doc_lines, inherent_type, module, set_docs};

/// Splits the `send` function of each operation.
pub(super) fn split(code: &mut syn::File, _: &Value) -> Result<usize, String> {
    let types = module(&mut code.items, "types").map_or_else(Vec::new, |types| structs(types));
    let Some(builders) = module(&mut code.items, "builder") else {
        return Ok(0);
    };
    let operations = structs(builders);
    let mut count = 0;
    for item in builders {
        let Item::Impl(item) = item else { continue };
        let Some(name) = inherent_type(item) else { continue };
        let Some(operation) = operations.iter().find(|operation| operation.ident == name) else {
            continue;
        };
        split_operation(item, operation, &types)
            .ok_or_else(|| format!("`send` of `{name}` does not have the expected form"))?;
        count += 1;
    }
    Ok(count)
}

fn structs(items: &[Item]) -> Vec<ItemStruct> {
    let structs = items.iter().filter_map(|item| match item {
        Item::Struct(item) => Some(item.clone()),
        _ => None,
    });
    structs.collect()
}

/// Replaces `send`. Returns `None` if it doesn't have the form that progenitor generates.
fn split_operation(item: &mut ItemImpl, operation: &ItemStruct, types: &[ItemStruct]) -> Option<()> {
    let send = item.items.iter_mut().find_map(|item| match item {
        ImplItem::Fn(function) if function.sig.ident == "send" => Some(function),
        _ => None,
    })?;
    let (success, error) = return_types(send)?;
    let request_functions = build_request(send, operation, &error)?;
    let outcomes = outcomes(send)?;
    let response = response_of(&outcomes.expr)?;
    let response_function = decode_response(outcomes, &response, &success, types);
    let functions = request_functions.into_iter().chain(response_function);
    item.items.extend(functions.map(ImplItem::Fn));
    Some(())
}

/// Moves the statements that build the request into one function, and the serialization of the body into another.
///
/// Each parameter becomes an argument, so that callers fail to compile if a parameter is added.
fn build_request(send: &mut ImplItemFn, operation: &ItemStruct, error: &Type) -> Option<Vec<ImplItemFn>> {
    let statements = &mut send.block.stmts;
    let names = fields_taken(statements.first()?)?;
    let (client, parameters) = names.split_first()?;
    // The first statement destructures the builder. Each of the following statements checks a parameter.
    let first = 1 + parameters.len();
    let last = statements
        .iter()
        .position(|statement| built(statement).is_some())?;
    let (request, built) = built(statements.get(last)?)?;
    let (request, mut built) = (request.clone(), built.clone());
    let serialized = Serialized::take_out_of(&mut built);

    let mut arguments: Vec<FnArg> = vec![parse_quote!(#client: &super::Client)];
    let mut values: Vec<Expr> = vec![parse_quote!(#client)];
    for name in parameters {
        if serialized.is_some() && name == BODY {
            arguments.push(parse_quote!(#name: &(impl ::serde::Serialize + ?Sized)));
            values.push(parse_quote!(&#name));
        } else {
            let value = value_type(operation, name)?;
            arguments.push(parse_quote!(#name: #value));
            values.push(parse_quote!(#name));
        }
    }
    let call = parse_quote!(let mut #request = Self::build_request(#(#values),*)?;);
    let moved: Vec<Stmt> = statements.splice(first..=last, [call]).collect();
    let (_, before) = moved.split_last()?;
    let result: Expr = match &serialized {
        Some(_) => parse_quote!(Self::with_body(#client, #built, body)),
        None => parse_quote!(Ok(#built)),
    };
    let mut build_request: ImplItemFn = parse_quote! {
        pub fn build_request(#(#arguments),*) -> Result<reqwest::Request, Error<#error>> {
            #(#before)*
            #result
        }
    };
    let summary = doc_lines(&send.attrs).join(" ").replacen("Sends", "Builds", 1);
    let docs = format!("{summary} without sending it.\n\n{REQUEST_DOCS}");
    set_docs(&mut build_request.attrs, docs.lines());
    let with_body = serialized.map(|serialized| with_body(&serialized, error));
    Some([build_request].into_iter().chain(with_body).collect())
}

/// The documentation of `build_request` after the summary.
const REQUEST_DOCS: &str = "\
Each parameter of the operation is an argument. A serialized body can have any type that serializes as the \
operation expects.

# Errors

Returns an error if the URL cannot be parsed, a value is not a valid header value, or the body cannot be serialized.";

/// Generates the function that serializes a body into a request.
fn with_body(serialized: &Serialized, error: &Type) -> ImplItemFn {
    let built: Expr = match serialized {
        Serialized::Json => parse_quote!(request.json(body).build()?),
        Serialized::Form => parse_quote!(request.form_urlencoded(body)?.build()?),
    };
    parse_quote! {
        /// Replaces the body of a request that was built with [`build_request`](Self::build_request).
        ///
        /// This allows copies of a request to be sent with different bodies.
        ///
        /// # Errors
        ///
        /// Returns an error if the body cannot be serialized.
        pub fn with_body(
            client: &super::Client,
            request: reqwest::Request,
            body: &(impl ::serde::Serialize + ?Sized),
        ) -> Result<reqwest::Request, Error<#error>> {
            let request = reqwest::RequestBuilder::from_parts(client.client.clone(), request);
            Ok(#built)
        }
    }
}

/// The name that progenitor gives to the body parameter.
const BODY: &str = "body";

/// Returns the identifiers in `let Self { client, … } = self;`: the client first, then the parameters.
fn fields_taken(statement: &Stmt) -> Option<Vec<Ident>> {
    let Stmt::Local(local) = statement else {
        return None;
    };
    let Pat::Struct(pattern) = &local.pat else {
        return None;
    };
    let name = |field: &syn::FieldPat| match &field.member {
        Member::Named(name) => Some(name.clone()),
        Member::Unnamed(_) => None,
    };
    pattern.fields.iter().map(name).collect()
}

/// Returns the variable and the value in `let mut request = ….build()?;`.
fn built(statement: &Stmt) -> Option<(&Ident, &Expr)> {
    let Stmt::Local(local) = statement else {
        return None;
    };
    let (Pat::Ident(pattern), Some(init)) = (&local.pat, &local.init) else {
        return None;
    };
    match &*init.expr {
        Expr::Try(tried) => match &*tried.expr {
            Expr::MethodCall(call) if call.method == "build" => Some((&pattern.ident, &init.expr)),
            _ => None,
        },
        _ => None,
    }
}

/// The serialization format of a body.
enum Serialized {
    Json,
    Form,
}

impl Serialized {
    /// Removes `.json(&body)` or `.form_urlencoded(&body)?` from the calls that build a request.
    fn take_out_of(built: &mut Expr) -> Option<Self> {
        let mut found = None;
        TakeBody(&mut found).visit_expr_mut(built);
        found
    }
}

struct TakeBody<'a>(&'a mut Option<Serialized>);

impl VisitMut for TakeBody<'_> {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        let (call, serialized) = match &*expression {
            Expr::MethodCall(call) if call.method == "json" => (call, Serialized::Json),
            Expr::Try(tried) => match &*tried.expr {
                Expr::MethodCall(call) if call.method == "form_urlencoded" => (call, Serialized::Form),
                _ => return visit_expr_mut(self, expression),
            },
            _ => return visit_expr_mut(self, expression),
        };
        *self.0 = Some(serialized);
        *expression = (*call.receiver).clone();
    }
}

/// Returns `T` for a field of type `Result<T, String>`.
fn value_type<'a>(operation: &'a ItemStruct, name: &Ident) -> Option<&'a Type> {
    let field = operation
        .fields
        .iter()
        .find(|field| field.ident.as_ref() == Some(name))?;
    type_arguments(&field.ty)?.next()
}

/// Returns `T` and `E` from the return type `Result<ResponseValue<T>, Error<E>>`.
fn return_types(send: &ImplItemFn) -> Option<(Type, Type)> {
    let ReturnType::Type(_, output) = &send.sig.output else {
        return None;
    };
    let mut results = type_arguments(output)?;
    let (success, error) = (results.next()?, results.next()?);
    Some((
        type_arguments(success)?.next()?.clone(),
        type_arguments(error)?.next()?.clone(),
    ))
}

fn type_arguments(of: &Type) -> Option<impl Iterator<Item = &Type>> {
    let Type::Path(path) = of else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else {
        return None;
    };
    Some(arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(argument) => Some(argument),
        _ => None,
    }))
}

/// Returns the final `match` on the response status.
fn outcomes(send: &mut ImplItemFn) -> Option<&mut ExprMatch> {
    match send.block.stmts.last_mut()? {
        Stmt::Expr(Expr::Match(outcomes), None) => Some(outcomes),
        _ => None,
    }
}

/// Moves the deserialization of a successful response into a separate function. Returns `None` if the response is not
/// JSON.
fn decode_response(
    outcomes: &mut ExprMatch,
    response: &Expr,
    success: &Type,
    types: &[ItemStruct],
) -> Option<ImplItemFn> {
    let decoded = quote!(ResponseValue::from_response(#response).await).to_string();
    let is_json = |arm: &&mut Arm| value_of(&arm.body).to_token_stream().to_string() == decoded;
    let arm = outcomes.arms.iter_mut().find(is_json)?;
    *arm.body = parse_quote!({
        let (status, headers) = (#response.status(), #response.headers().clone());
        let body = #response.bytes().await.map_err(Error::ResponseBodyError)?;
        match Self::decode_response(&body) {
            Ok(value) => Ok(ResponseValue::new(value, status, headers)),
            Err(error) => Err(Error::InvalidResponsePayload(body, error)),
        }
    });
    // serde would also deserialize a struct from an array.
    let check: Option<Stmt> = is_object(success, types).then(|| {
        parse_quote! {
            if !body.trim_ascii_start().starts_with(b"{") {
                return Err(::serde::de::Error::custom("the body must be a JSON object"));
            }
        }
    });
    Some(parse_quote! {
        /// Deserializes the body of a response with a 2xx status.
        ///
        /// # Errors
        ///
        /// Returns an error if the body is not JSON of the documented type.
        pub fn decode_response(body: &[u8]) -> Result<#success, ::serde_json::Error> {
            #check
            ::serde_json::from_slice(body)
        }
    })
}

/// Returns the expression inside a block, or the expression itself if it is not a block.
fn value_of(expression: &Expr) -> &Expr {
    match expression {
        Expr::Block(block) => match block.block.stmts.as_slice() {
            [Stmt::Expr(value, None)] => value,
            _ => expression,
        },
        _ => expression,
    }
}

/// Returns `response` from `response.status().as_u16()`.
fn response_of(number: &Expr) -> Option<Expr> {
    let Expr::MethodCall(number) = number else {
        return None;
    };
    let Expr::MethodCall(status) = &*number.receiver else {
        return None;
    };
    (status.method == "status").then(|| (*status.receiver).clone())
}

/// Returns whether a type is a struct with named fields, which is serialized as a JSON object.
fn is_object(of: &Type, types: &[ItemStruct]) -> bool {
    let Type::Path(path) = of else { return false };
    let name = path.path.segments.last().map(|segment| &segment.ident);
    types
        .iter()
        .any(|item| Some(&item.ident) == name && matches!(item.fields, Fields::Named(_)))
}
