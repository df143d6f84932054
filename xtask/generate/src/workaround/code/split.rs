//! Splits operations into a function that builds the request and one that deserializes the response. `send` calls both.

use quote::{ToTokens as _, quote};
use serde_json::Value;
use syn::visit_mut::{VisitMut, visit_expr_mut};
use syn::{
    Arm, Expr, ExprMatch, Fields, FnArg, Ident, ImplItem, ImplItemFn, Item, ItemImpl, ItemStruct, Pat,
    ReturnType, Stmt, Type, parse_quote,
};

use super::attributes::{doc_lines, inherent_type, module, set_docs};
use crate::rust_type::{self, arguments};

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
    let mut fields = operation.fields.iter();
    let client = fields.next()?.ident.as_ref()?;
    let last = statements
        .iter()
        .position(|statement| built(statement).is_some())?;
    let (request, built) = built(statements.get(last)?)?;
    let (request, mut built) = (request.clone(), built.clone());
    let mut body = TakeBody { with_body: None };
    body.visit_expr_mut(&mut built);

    let mut inputs: Vec<FnArg> = vec![parse_quote!(#client: &super::Client)];
    let mut values: Vec<Expr> = vec![parse_quote!(#client)];
    for field in fields {
        let name = field.ident.as_ref()?;
        if body.with_body.is_some() && name == BODY {
            inputs.push(parse_quote!(#name: &(impl ::serde::Serialize + ?Sized)));
            values.push(parse_quote!(&#name));
        } else {
            // The field is a `Result<T, String>`.
            let value = arguments(&field.ty).next()?;
            inputs.push(parse_quote!(#name: #value));
            values.push(parse_quote!(#name));
        }
    }
    // The first statement destructures the builder. Each of the following statements checks a parameter.
    let first = operation.fields.len();
    let call = parse_quote!(let mut #request = Self::build_request(#(#values),*)?;);
    let moved: Vec<Stmt> = statements.splice(first..=last, [call]).collect();
    let (_, before) = moved.split_last()?;
    let result: Expr = match &body.with_body {
        Some(_) => parse_quote!(Self::with_body(#client, #built, body)),
        None => parse_quote!(Ok(#built)),
    };
    let mut build_request: ImplItemFn = parse_quote! {
        pub fn build_request(#(#inputs),*) -> Result<reqwest::Request, Error<#error>> {
            #(#before)*
            #result
        }
    };
    let summary = doc_lines(&send.attrs).join(" ").replacen("Sends", "Builds", 1);
    let docs = format!("{summary} without sending it.\n\n{REQUEST_DOCS}");
    set_docs(&mut build_request.attrs, docs.lines());
    let with_body = body.with_body.map(|built| with_body(&built, error));
    Some([build_request].into_iter().chain(with_body).collect())
}

/// The documentation of `build_request` after the summary.
const REQUEST_DOCS: &str = "\
Each parameter of the operation is an argument. A serialized body can have any type that serializes as the \
operation expects.

# Errors

Returns an error if the URL cannot be parsed, a value is not a valid header value, or the body cannot be serialized.";

/// Generates the function that serializes a body into a request.
fn with_body(built: &Expr, error: &Type) -> ImplItemFn {
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

/// Returns the variable and the value in `let mut request = ….build()?;`.
fn built(statement: &Stmt) -> Option<(&Ident, &Expr)> {
    if let Stmt::Local(local) = statement
        && let (Pat::Ident(pattern), Some(init)) = (&local.pat, &local.init)
        && let Expr::Try(tried) = &*init.expr
        && let Expr::MethodCall(call) = &*tried.expr
        && call.method == "build"
    {
        return Some((&pattern.ident, &init.expr));
    }
    None
}

/// Removes `.json(&body)` or `.form_urlencoded(&body)?` from the calls that build a request.
struct TakeBody {
    /// The calls that add a body to a request.
    with_body: Option<Expr>,
}

impl VisitMut for TakeBody {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        let (call, is_tried) = match &*expression {
            Expr::Try(tried) => (&*tried.expr, true),
            call => (call, false),
        };
        if let Expr::MethodCall(call) = call {
            let with_body: Option<Expr> = match (call.method.to_string().as_str(), is_tried) {
                ("json", false) => Some(parse_quote!(request.json(body).build()?)),
                ("form_urlencoded", true) => Some(parse_quote!(request.form_urlencoded(body)?.build()?)),
                _ => None,
            };
            if with_body.is_some() {
                self.with_body = with_body;
                *expression = (*call.receiver).clone();
                return;
            }
        }
        visit_expr_mut(self, expression);
    }
}

/// Returns `T` and `E` from the return type `Result<ResponseValue<T>, Error<E>>`.
fn return_types(send: &ImplItemFn) -> Option<(Type, Type)> {
    let ReturnType::Type(_, output) = &send.sig.output else {
        return None;
    };
    let mut results = arguments(output).map(|result| arguments(result).next().cloned());
    Some((results.next()??, results.next()??))
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
    let decoded = quote!({ ResponseValue::from_response(#response).await }).to_string();
    let is_json = |arm: &&mut Arm| arm.body.to_token_stream().to_string() == decoded;
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
                return Err(::serde::de::Error::custom("the body is not a JSON object"));
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

/// Returns `response` from `response.status().as_u16()`.
fn response_of(number: &Expr) -> Option<Expr> {
    if let Expr::MethodCall(number) = number
        && let Expr::MethodCall(status) = &*number.receiver
        && status.method == "status"
    {
        return Some((*status.receiver).clone());
    }
    None
}

/// Returns `true` if a type is a struct with named fields, which is serialized as a JSON object.
fn is_object(of: &Type, types: &[ItemStruct]) -> bool {
    let name = rust_type::name(of);
    types
        .iter()
        .any(|item| Some(&item.ident) == name && matches!(item.fields, Fields::Named(_)))
}
