//! Restores wire names: the names of properties and parameters as sent and received.

use proc_macro2::{Group, Literal, TokenStream, TokenTree};
use serde_json::{Map, Value};
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, LitStr, Macro, Meta};

use crate::workaround::document::WIRE_NAMES;

/// Replaces names that were changed to make them distinct with the original names.
#[allow(clippy::unnecessary_wraps, reason = "all workarounds have this signature")]
pub(super) fn restore(code: &mut syn::File, document: &Value) -> Result<usize, String> {
    let Some(names) = document.get(WIRE_NAMES).and_then(Value::as_object) else {
        return Ok(0);
    };
    let mut restorer = Restorer { names, count: 0 };
    restorer.visit_file_mut(code);
    Ok(restorer.count)
}

struct Restorer<'a> {
    names: &'a Map<String, Value>,
    count: usize,
}

impl Restorer<'_> {
    fn wire_name(&self, name: &str) -> Option<&str> {
        self.names.get(name).and_then(Value::as_str)
    }

    fn tokens(&mut self, tokens: TokenStream) -> TokenStream {
        let restored = tokens.into_iter().map(|token| match token {
            TokenTree::Group(group) => {
                let mut restored = Group::new(group.delimiter(), self.tokens(group.stream()));
                restored.set_span(group.span());
                TokenTree::Group(restored)
            }
            TokenTree::Literal(literal) => {
                let text = syn::parse_str::<LitStr>(&literal.to_string()).ok();
                match text.and_then(|text| self.wire_name(&text.value()).map(str::to_owned)) {
                    Some(name) => {
                        self.count += 1;
                        TokenTree::Literal(Literal::string(&name))
                    }
                    None => TokenTree::Literal(literal),
                }
            }
            token => token,
        });
        restored.collect()
    }
}

impl VisitMut for Restorer<'_> {
    fn visit_lit_str_mut(&mut self, literal: &mut LitStr) {
        if let Some(name) = self.wire_name(&literal.value()) {
            *literal = LitStr::new(name, literal.span());
            self.count += 1;
        }
    }

    fn visit_attribute_mut(&mut self, attribute: &mut Attribute) {
        match &mut attribute.meta {
            Meta::List(list) => list.tokens = self.tokens(std::mem::take(&mut list.tokens)),
            _ => visit_mut::visit_attribute_mut(self, attribute),
        }
    }

    fn visit_macro_mut(&mut self, macro_call: &mut Macro) {
        macro_call.tokens = self.tokens(std::mem::take(&mut macro_call.tokens));
    }
}
