//! The two halves of an operation: one builds the request, one decodes a response, and `send` is made of both.

use quote::{ToTokens as _, quote};
use serde_json::Value;
use syn::visit_mut::{VisitMut, visit_expr_method_call_mut};
use syn::{
    Arm, Expr, ExprMatch, ExprMethodCall, Fields, FnArg, GenericArgument, Ident, ImplItem, ImplItemFn, Item,
    ItemImpl, ItemStruct, Member, Pat, PathArguments, ReturnType, Stmt, Type, parse_quote,
};

use super::attributes::{doc_lines, inherent_type, module, set_docs};

/// Splits the `send` of every operation.
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
            .ok_or_else(|| format!("`send` of `{name}` is not in the code as expected"))?;
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

/// Replaces `send`; `None` if it does not have the form that progenitor gives it.
fn split_operation(item: &mut ItemImpl, operation: &ItemStruct, types: &[ItemStruct]) -> Option<()> {
    let send = item.items.iter_mut().find_map(|item| match item {
        ImplItem::Fn(function) if function.sig.ident == "send" => Some(function),
        _ => None,
    })?;
    let (success, error) = return_types(send)?;
    let build_request = build_request(send, operation, &error)?;
    let outcomes = outcomes(send)?;
    let response = response_of(&outcomes.expr)?;
    let decode_response = decode_response(outcomes, &response, &success, types);
    item.items.push(ImplItem::Fn(build_request));
    item.items.extend(decode_response.map(ImplItem::Fn));
    Some(())
}

/// Moves the statements that build the request into a function of its own.
///
/// Each parameter is an argument of that function: a caller that lacks a new one does not compile.
fn build_request(send: &mut ImplItemFn, operation: &ItemStruct, error: &Type) -> Option<ImplItemFn> {
    let statements = &mut send.block.stmts;
    let names = fields_taken(statements.first()?)?;
    let (client, parameters) = names.split_first()?;
    // The first statement takes the fields of the builder; each of the next ones checks a parameter.
    let first = 1 + parameters.len();
    let last = statements
        .iter()
        .position(|statement| built(statement).is_some())?;
    let (request, built) = built(statements.get(last)?)?;
    let (request, mut built) = (request.clone(), built.clone());
    let is_open = PassBody::through(&mut built);

    let mut arguments: Vec<FnArg> = vec![parse_quote!(#client: &super::Client)];
    let mut values: Vec<Expr> = vec![parse_quote!(#client)];
    for name in parameters {
        if is_open && name == BODY {
            arguments.push(parse_quote!(#name: &B));
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
    let mut function: ImplItemFn = parse_quote! {
        pub fn build_request(#(#arguments),*) -> Result<reqwest::Request, Error<#error>> {
            #(#before)*
            Ok(#built)
        }
    };
    if is_open {
        function.sig.generics = parse_quote!(<B: ::serde::Serialize + ?Sized>);
    }
    let summary = doc_lines(&send.attrs).join(" ").replacen("Sends", "Builds", 1);
    let docs = format!(
        "{summary} without sending it.{}",
        if is_open { OPEN_BODY_DOCS } else { DOCS }
    );
    set_docs(&mut function.attrs, docs.lines());
    Some(function)
}

/// The documentation of `build_request` after its summary.
const DOCS: &str = "

Each parameter of the operation is an argument.

# Errors

Returns an error if the URL cannot be parsed or a value cannot be sent in a header.";

/// The same where the body is a type parameter.
const OPEN_BODY_DOCS: &str = "

Each parameter of the operation is an argument. `body` can have any type that serializes as the operation expects.

# Errors

Returns an error if the URL cannot be parsed, a value cannot be sent in a header, or the body cannot be serialized.";

/// What progenitor calls the parameter that is the body.
const BODY: &str = "body";

/// The identifiers in `let Self { client, … } = self;`: the client, then the parameters.
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

/// The name and value in `let mut request = ….build()?;`.
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

/// Makes the body that is serialized a reference.
struct PassBody {
    was_found: bool,
}

impl PassBody {
    /// Whether a body is serialized.
    fn through(built: &mut Expr) -> bool {
        let mut visitor = Self { was_found: false };
        visitor.visit_expr_mut(built);
        visitor.was_found
    }
}

impl VisitMut for PassBody {
    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        visit_expr_method_call_mut(self, call);
        let serializes = call.method == "json" || call.method == "form_urlencoded";
        if let (true, Some(Expr::Reference(body))) = (serializes, call.args.first()) {
            call.args = [(*body.expr).clone()].into_iter().collect();
            self.was_found = true;
        }
    }
}

/// The type `T` of a field of type `Result<T, String>`.
fn value_type<'a>(operation: &'a ItemStruct, name: &Ident) -> Option<&'a Type> {
    let field = operation
        .fields
        .iter()
        .find(|field| field.ident.as_ref() == Some(name))?;
    type_arguments(&field.ty)?.next()
}

/// The types `T` and `E` of the result `Result<ResponseValue<T>, Error<E>>`.
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

/// The `match` on the status of the response, with which `send` ends.
fn outcomes(send: &mut ImplItemFn) -> Option<&mut ExprMatch> {
    match send.block.stmts.last_mut()? {
        Stmt::Expr(Expr::Match(outcomes), None) => Some(outcomes),
        _ => None,
    }
}

/// Moves the decoding of a success into a function of its own; `None` if a success is not JSON.
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
    // serde would take the fields of a struct from an array as well.
    let check: Option<Stmt> = is_object(success, types).then(|| {
        parse_quote! {
            if !body.trim_ascii_start().starts_with(b"{") {
                return Err(::serde::de::Error::custom("the body must be a JSON object"));
            }
        }
    });
    Some(parse_quote! {
        /// Decodes the body of a response with a 2xx status.
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

/// An expression without the braces around it.
fn value_of(expression: &Expr) -> &Expr {
    match expression {
        Expr::Block(block) => match block.block.stmts.as_slice() {
            [Stmt::Expr(value, None)] => value,
            _ => expression,
        },
        _ => expression,
    }
}

/// The response in `response.status().as_u16()`.
fn response_of(number: &Expr) -> Option<Expr> {
    let Expr::MethodCall(number) = number else {
        return None;
    };
    let Expr::MethodCall(status) = &*number.receiver else {
        return None;
    };
    (status.method == "status").then(|| (*status.receiver).clone())
}

/// Whether a type is a struct with named fields, which is an object in JSON.
fn is_object(of: &Type, types: &[ItemStruct]) -> bool {
    let Type::Path(path) = of else { return false };
    let name = path.path.segments.last().map(|segment| &segment.ident);
    types
        .iter()
        .any(|item| Some(&item.ident) == name && matches!(item.fields, Fields::Named(_)))
}
