//! Handles the map in which structs store additional properties.

use serde_json::Value;
use syn::visit_mut::VisitMut;
use syn::{ExprStruct, Fields, Item, Member, Type, parse_quote};

use super::attributes::{has_serde_flag, module, set_docs};
use crate::rust_type;

/// Documents the map and makes builders default to an empty one. Returns the number of maps.
pub(super) fn default_to_empty(code: &mut syn::File, _: &Value) -> Result<usize, String> {
    let Some(types) = module(&mut code.items, "types") else {
        return Ok(0);
    };
    let mut maps = Vec::new();
    for item in types.iter_mut() {
        let Item::Struct(item) = item else { continue };
        let Fields::Named(fields) = &mut item.fields else {
            continue;
        };
        for field in &mut fields.named {
            if has_serde_flag(&field.attrs, "flatten") && is_map(&field.ty) {
                set_docs(&mut field.attrs, ["Fields that are not in the OpenAPI document."]);
                maps.extend(field.ident.clone().map(|field| (item.ident.clone(), field)));
            }
        }
    }
    let builders = module(types, "builder").map_or(&mut [][..], Vec::as_mut_slice);
    for item in builders {
        let Item::Impl(item) = item else { continue };
        let implemented = item.trait_.as_ref().and_then(|(path, _)| path.segments.last());
        let is_default = implemented.is_some_and(|segment| segment.ident == "Default");
        let builder = rust_type::name(&item.self_ty).filter(|_| is_default).cloned();
        let of_builder = maps.iter().filter(|(name, _)| Some(name) == builder.as_ref());
        for (_, field) in of_builder {
            Emptier(field).visit_item_impl_mut(item);
        }
    }
    Ok(maps.len())
}

fn is_map(ty: &Type) -> bool {
    rust_type::name(ty).is_some_and(|name| name == "Map" || name == "HashMap")
}

/// In struct expressions, initializes a field to its default instead of an `Err`.
struct Emptier<'a>(&'a syn::Ident);

impl VisitMut for Emptier<'_> {
    fn visit_expr_struct_mut(&mut self, expression: &mut ExprStruct) {
        for field in &mut expression.fields {
            if matches!(&field.member, Member::Named(name) if name == self.0) {
                field.expr = parse_quote!(Ok(Default::default()));
            }
        }
    }
}
