//! JSON numbers as Rust literals.

use proc_macro2::{Literal, TokenStream};
use quote::ToTokens as _;
use serde_json::Number;

pub(crate) fn integer(number: &Number) -> Option<TokenStream> {
    Some(Literal::i64_unsuffixed(number.as_i64()?).into_token_stream())
}

pub(crate) fn float(number: &Number) -> Option<TokenStream> {
    let float = number.as_f64().filter(|float| float.is_finite())?;
    Some(Literal::f64_unsuffixed(float).into_token_stream())
}
