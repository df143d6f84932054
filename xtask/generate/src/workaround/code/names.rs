//! Restores wire names: the names of properties and parameters as sent and received.

use quote::ToTokens as _;
use serde_json::{Map, Value};
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, LitStr, Meta, Token};

use crate::workaround::document::WIRE_NAMES;

/// Replaces names that were changed to make them distinct with the original names.
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

impl VisitMut for Restorer<'_> {
    fn visit_lit_str_mut(&mut self, literal: &mut LitStr) {
        if let Some(Value::String(name)) = self.names.get(&literal.value()) {
            *literal = LitStr::new(name, literal.span());
            self.count += 1;
        }
    }

    fn visit_attribute_mut(&mut self, attribute: &mut Attribute) {
        let Meta::List(list) = &mut attribute.meta else {
            return visit_mut::visit_attribute_mut(self, attribute);
        };
        // syn doesn't visit the options of attributes, such as `serde(rename = "name")`.
        let parse = Punctuated::<Meta, Token![,]>::parse_terminated;
        if let Ok(mut options) = list.parse_args_with(parse) {
            options.iter_mut().for_each(|option| self.visit_meta_mut(option));
            list.tokens = options.into_token_stream();
        }
    }
}
