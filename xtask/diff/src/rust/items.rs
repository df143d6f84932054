//! The generated items for a location in an operation, and the effect of a change on them.

use std::rc::Rc;

use serde_json::Value;

use super::outcome::{
    Outcome, appears, behaves, changes_type, constant, disappears, has_constant, nothing, type_appears,
    type_disappears,
};
use super::signature::{Signature, is_returned};
use super::{AffectedItem, Bump, Effect, RustEffect};
use crate::model::{Graph, Operation};
use crate::names;

/// The end of the path of the operation that the handwritten crate wraps.
const WRAPPED_PATH: &str = "/api/video/room_tokens";

/// The field of a struct that holds unknown properties.
pub(crate) const EXTRA: &str = "extra";

/// The name of an item in the old and in the new document.
pub(crate) type Both<'a> = [Option<&'a str>; 2];

/// The generated items for a location in an operation.
#[derive(Debug, Clone, Default)]
pub(crate) struct Items {
    /// The names in the code of the old and the new document.
    names: [Names; 2],
    signatures: Rc<[Signature; 2]>,
    /// `true` if the handwritten crate wraps this operation.
    is_wrapped: bool,
    /// `true` for the request body, for whose fields constants are generated.
    is_request: bool,
    /// `true` for a field with constants.
    has_constants: bool,
    /// `true` if the field is an `Option` even if the value is not nullable.
    is_optional: bool,
    /// `true` for a response of which the method only returns the bytes.
    is_error: bool,
    /// `true` if no code is generated for this location.
    is_outside: bool,
}

/// The names in the document from which names of generated items are derived.
#[derive(Debug, Clone, Default)]
struct Names {
    /// The name of the method, and of the module with the constants.
    operation: String,
    /// The name of the parameter that the request builder has a setter for.
    parameter: Option<String>,
    /// The name of the struct that the location is a field of.
    owner: Option<String>,
    field: Option<String>,
    /// The name of the type at this location.
    type_name: Option<String>,
    /// `true` if `type_name` is the name of a reusable schema.
    is_reusable: bool,
}

impl Items {
    /// Returns the items of an operation. If only one document has the operation, both arguments are the same.
    pub(crate) fn of(old: (&Graph, &Operation), new: (&Graph, &Operation)) -> Self {
        let sides = [old, new];
        Self {
            names: sides.map(|(_, operation)| Names::of(operation)),
            signatures: Rc::new(sides.map(|(graph, operation)| Signature::of(graph, operation))),
            is_wrapped: sides.iter().any(|(_, operation)| is_wrapped(operation)),
            ..Self::default()
        }
    }

    /// Returns the items of a part of the document that all these operations share.
    pub(crate) fn of_document(operations: &[(Operation, Operation)]) -> Self {
        let mut all = operations.iter().flat_map(|(old, new)| [old, new]);
        Self {
            is_wrapped: all.any(is_wrapped),
            ..Self::default()
        }
    }

    /// Returns the items of a parameter and its optional type name.
    pub(crate) fn parameter(&self, names: [&str; 2], type_names: Both<'_>) -> Self {
        let mut items = Self {
            names: self.each(type_names, Names::clone),
            has_constants: true,
            ..self.clone()
        };
        for (side, name) in items.names.iter_mut().zip(names) {
            side.type_name
                .get_or_insert_with(|| format!("{}_{name}", side.operation));
            side.parameter = Some(name.to_owned());
        }
        items
    }

    /// Returns the items of a part for which no code is generated.
    pub(crate) fn none(&self) -> Self {
        Self {
            names: self.each([None; 2], |names| Names {
                type_name: None,
                ..names.clone()
            }),
            ..self.clone()
        }
    }

    /// Returns the items of calls from the server, for which no code is generated.
    pub(crate) fn outside(&self) -> Self {
        Self {
            is_outside: true,
            ..self.clone()
        }
    }

    /// Returns the items of the response with this status.
    pub(crate) fn response(&self, operation: &Operation, status: &str) -> Self {
        Self {
            is_error: !is_returned(operation, status),
            ..self.clone()
        }
    }

    /// Returns the items of a body and its optional type name.
    pub(crate) fn body(&self, is_response: bool, type_names: Both<'_>) -> Self {
        let suffix = if is_response { "Response" } else { "Body" };
        let own = |names: &Names| (!self.is_error).then(|| format!("{}_{suffix}", names.operation));
        Self {
            names: self.each(type_names, |names| Names {
                type_name: own(names),
                ..names.clone()
            }),
            is_request: !is_response,
            ..self.clone()
        }
    }

    /// Returns the items of a field of this struct.
    pub(crate) fn field(&self, name: &str, type_names: Both<'_>, is_optional: bool) -> Self {
        Self {
            names: self.each(type_names, |names| Names {
                owner: names.type_name.clone(),
                field: Some(name.to_owned()),
                type_name: names.part(name),
                ..names.clone()
            }),
            is_request: false,
            has_constants: self.is_request,
            is_optional,
            ..self.clone()
        }
    }

    /// Returns the items of a part without a field, such as array items.
    pub(crate) fn part(&self, suffix: &str, type_names: Both<'_>) -> Self {
        Self {
            names: self.each(type_names, |names| Names {
                type_name: names.part(suffix),
                ..names.clone()
            }),
            is_request: false,
            has_constants: false,
            is_optional: false,
            ..self.clone()
        }
    }

    /// Derives names from the current ones. The type name is that of the reusable schema, if there is one.
    fn each(&self, type_names: Both<'_>, make: impl Fn(&Names) -> Names) -> [Names; 2] {
        let ([old, new], [of_old, of_new]) = (&self.names, type_names);
        [(old, of_old), (new, of_new)].map(|(names, type_name)| {
            let own = make(names);
            Names {
                type_name: type_name.map(str::to_owned).or(own.type_name),
                is_reusable: type_name.is_some(),
                ..own
            }
        })
    }

    /// Returns the effect of a change on the crates. New items have the name from the new document, all other items the
    /// name from the old one, which existing code uses.
    pub(crate) fn effect(&self, affects: AffectedItem, id: &str, old: &Value, new: &Value) -> RustEffect {
        let [before, after] = &self.names;
        let (item, effect, api, ergonomic) = match affects {
            _ if self.is_outside => nothing(Bump::Patch),
            AffectedItem::Type if self.is_optional && id.ends_with("nullable") => nothing(Bump::None),
            AffectedItem::Nothing => nothing(Bump::Patch),
            AffectedItem::Docs => nothing(Bump::None),
            AffectedItem::Field => changes_type(before.place()),
            AffectedItem::Type => changes_type(self.changed_type()),
            AffectedItem::FieldAdded => appears(after.place(), Bump::Major),
            AffectedItem::FieldRemoved => disappears(before.place(), Bump::Major),
            AffectedItem::VariantAdded | AffectedItem::VariantRemoved if self.changes_kind() => {
                changes_type(before.place())
            }
            AffectedItem::VariantAdded => appears(after.variant(new), Bump::Major),
            AffectedItem::VariantRemoved => disappears(before.variant(old), Bump::Major),
            AffectedItem::Constant => self.constant(id, old, new),
            AffectedItem::MethodAdded => appears(after.method(), Bump::Minor),
            AffectedItem::MethodRemoved => disappears(before.method(), Bump::Major),
            // The handwritten crate has its own name for the method.
            AffectedItem::MethodName => disappears(before.method(), Bump::Patch),
            // Every parameter is an argument of `build_request`, so its signature changes.
            AffectedItem::ParameterAdded => appears(after.setter(), Bump::Major),
            AffectedItem::ParameterRemoved => disappears(before.setter(), Bump::Major),
            AffectedItem::ParameterName => disappears(before.setter(), Bump::Patch),
            AffectedItem::Body => self.sent(),
            AffectedItem::SuccessType => self.success(),
            AffectedItem::ResponseAdded if self.is_error => type_appears(after.reusable_type()),
            AffectedItem::ResponseRemoved if self.is_error => type_disappears(before.reusable_type()),
            AffectedItem::ResponseAdded | AffectedItem::ResponseRemoved => self.success(),
            AffectedItem::Behavior => behaves(before.method(), Bump::Patch),
            AffectedItem::Auth => behaves(Some("Client".to_owned()), Bump::Major),
        };
        let ergonomic = if self.is_wrapped { ergonomic } else { Bump::None };
        RustEffect {
            item,
            effect,
            api,
            ergonomic,
        }
    }

    /// Returns the path of the changed type: the type itself if both documents have a reusable schema with this name,
    /// or else the item that uses it.
    fn changed_type(&self) -> Option<String> {
        let [before, after] = &self.names;
        let is_same = before.is_reusable && after.is_reusable && before.own_type() == after.own_type();
        if is_same {
            before.own_type()
        } else {
            before.place()
        }
    }

    /// Returns `true` if a reusable schema was replaced by an inline schema, or the reverse. Both types may continue to
    /// exist.
    fn changes_kind(&self) -> bool {
        let [before, after] = &self.names;
        before.is_reusable != after.is_reusable
    }

    fn sent(&self) -> Outcome {
        let [before, after] = &self.names;
        let [old, new] = &*self.signatures;
        match (&old.body, &new.body) {
            (old, new) if old == new => nothing(Bump::Patch),
            (None, _) => appears(after.builder("body"), Bump::Major),
            (_, None) => disappears(before.builder("body"), Bump::Major),
            _ => changes_type(before.builder("body")),
        }
    }

    fn success(&self) -> Outcome {
        let [before, _] = &self.names;
        let [old, new] = &*self.signatures;
        if self.is_error || old.success == new.success {
            nothing(Bump::Patch)
        } else {
            changes_type(before.builder("send"))
        }
    }

    fn constant(&self, id: &str, old: &Value, new: &Value) -> Outcome {
        let [before, after] = &self.names;
        let item = |names: &Names| {
            let module = names.constants().filter(|_| self.has_constants)?;
            Some(format!("{module}::{}", constant(id)?))
        };
        let (was, is) = (has_constant(old), has_constant(new));
        match (item(before), item(after)) {
            (Some(_), item) if !was && is => (item, Effect::Appears, Bump::Minor, Bump::Patch),
            (item @ Some(_), _) if was && !is => (item, Effect::Disappears, Bump::Major, Bump::Patch),
            (item @ Some(_), _) if was => (item, Effect::ChangesValue, Bump::Patch, Bump::Patch),
            _ => nothing(Bump::Patch),
        }
    }
}

impl Names {
    fn of(operation: &Operation) -> Self {
        Self {
            operation: operation.id_or_name().to_owned(),
            ..Self::default()
        }
    }

    /// Returns the name of a part of the type.
    fn part(&self, name: &str) -> Option<String> {
        self.type_name.as_ref().map(|owner| format!("{owner}_{name}"))
    }

    fn method(&self) -> Option<String> {
        Some(format!("Client::{}", names::function(&self.operation)))
    }

    /// Returns the path of a method of the request builder.
    fn builder(&self, method: &str) -> Option<String> {
        let builder = names::type_name(&self.operation);
        Some(format!("builder::{builder}::{}", names::function(method)))
    }

    fn setter(&self) -> Option<String> {
        self.builder(self.parameter.as_ref()?)
    }

    fn own_type(&self) -> Option<String> {
        Some(format!("types::{}", names::type_name(self.type_name.as_ref()?)))
    }

    fn reusable_type(&self) -> Option<String> {
        self.own_type().filter(|_| self.is_reusable)
    }

    /// Returns the path of the item at this location: a field, a parameter, or else the type itself.
    fn place(&self) -> Option<String> {
        match (&self.owner, &self.field) {
            (Some(owner), Some(field)) => Some(format!(
                "types::{}::{}",
                names::type_name(owner),
                names::field(field)
            )),
            // A field of a body that is generated as bytes.
            (None, Some(_)) => None,
            _ => self.setter().or_else(|| self.own_type()),
        }
    }

    fn variant(&self, value: &Value) -> Option<String> {
        Some(format!(
            "{}::{}",
            self.own_type()?,
            names::type_name(value.as_str()?)
        ))
    }

    /// Returns the path of the module with the constants of a request field or parameter.
    fn constants(&self) -> Option<String> {
        let operation = names::function(&self.operation);
        match (&self.field, &self.parameter) {
            (Some(field), _) => Some(format!("{operation}::{}", names::function(field))),
            (None, Some(parameter)) => {
                Some(format!("{operation}::parameters::{}", names::function(parameter)))
            }
            (None, None) => None,
        }
    }
}

fn is_wrapped(operation: &Operation) -> bool {
    operation.method == "post" && operation.paths.iter().any(|path| path.ends_with(WRAPPED_PATH))
}
