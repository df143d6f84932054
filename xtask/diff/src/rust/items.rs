//! The generated items that belong to a place in an operation, and what a change there does to them.

use std::rc::Rc;

use serde_json::Value;

use super::outcome::{
    Outcome, appears, behaves, changes_type, constant, disappears, has_constant, nothing, type_appears,
    type_disappears,
};
use super::signature::{Signature, is_answer};
use super::{Bump, Effect, RustEffect, Touches};
use crate::model::{Graph, Operation};
use crate::names;

/// The end of the path of the operation that the ergonomic crate wraps.
const WRAPPED_PATH: &str = "/api/video/room_tokens";

/// The field in which a struct keeps properties that it does not name.
pub(crate) const EXTRA: &str = "extra";

/// The name of one thing in the old and in the new document.
pub(crate) type Both<'a> = [Option<&'a str>; 2];

/// The generated items that belong to a place in an operation.
#[derive(Debug, Clone, Default)]
pub(crate) struct Items {
    /// What they are called in the code of the old document and of the new one.
    names: [Names; 2],
    signatures: Rc<[Signature; 2]>,
    /// The ergonomic crate wraps this operation.
    is_wrapped: bool,
    /// This is the request's body, for whose fields constants are generated.
    is_request: bool,
    /// This is such a field.
    has_constants: bool,
    /// The field is an `Option` whether the value may be null or not.
    is_optional: bool,
    /// The method gives nothing of this response but its bytes.
    is_error: bool,
    /// No code is generated for this.
    is_outside: bool,
}

/// The names in the document that generated items are called after.
#[derive(Debug, Clone, Default)]
struct Names {
    /// Of the method, and the module with the constants.
    operation: String,
    /// Of the parameter that its builder has a setter for.
    parameter: Option<String>,
    /// Of the struct that the place is a field of.
    owner: Option<String>,
    field: Option<String>,
    /// Of the type of the place itself.
    type_name: Option<String>,
    /// That is the name of a reusable schema.
    is_reusable: bool,
}

impl Items {
    /// The items of an operation that both documents have, or the one that has it twice.
    pub(crate) fn of(old: (&Graph, &Operation), new: (&Graph, &Operation)) -> Self {
        let sides = [old, new];
        Self {
            names: sides.map(|(_, operation)| Names::of(operation)),
            signatures: Rc::new(sides.map(|(graph, operation)| Signature::of(graph, operation))),
            is_wrapped: sides.iter().any(|(_, operation)| is_wrapped(operation)),
            ..Self::default()
        }
    }

    /// The items of what belongs to all these operations.
    pub(crate) fn of_document(operations: &[(Operation, Operation)]) -> Self {
        let mut all = operations.iter().flat_map(|(old, new)| [old, new]);
        Self {
            is_wrapped: all.any(is_wrapped),
            ..Self::default()
        }
    }

    /// The items of a parameter, whose schema has a name or not.
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

    /// What nothing is generated for.
    pub(crate) fn none(&self) -> Self {
        Self {
            names: self.each([None; 2], |names| Names {
                type_name: None,
                ..names.clone()
            }),
            ..self.clone()
        }
    }

    /// Items for calls from the server, for which no code is generated.
    pub(crate) fn outside(&self) -> Self {
        Self {
            is_outside: true,
            ..self.clone()
        }
    }

    /// The items of a response with this status.
    pub(crate) fn response(&self, operation: &Operation, status: &str) -> Self {
        Self {
            is_error: !is_answer(operation, status),
            ..self.clone()
        }
    }

    /// The items of a body of the operation, whose schema has a name or not.
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

    /// The items of a field of the struct that these are the items of.
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

    /// The items of a part, such as the items of a list, that has no field of its own.
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

    /// Names made from the present ones, with the name of a reusable schema as that of the type.
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

    /// What a change that `touches` an item here does. What is new is called as in the new document, everything else
    /// as those know it who have written code for the old one.
    pub(crate) fn effect(&self, touches: Touches, id: &str, old: &Value, new: &Value) -> RustEffect {
        let [before, after] = &self.names;
        let (item, effect, api, ergonomic) = match touches {
            _ if self.is_outside => nothing(Bump::Patch),
            Touches::Type if self.is_optional && id.ends_with("nullable") => nothing(Bump::None),
            Touches::Nothing => nothing(Bump::Patch),
            Touches::Docs => nothing(Bump::None),
            Touches::Field => changes_type(before.place()),
            Touches::Type => changes_type(self.changed_type()),
            Touches::FieldNew => appears(after.place(), Bump::Major),
            Touches::FieldGone => disappears(before.place(), Bump::Major),
            Touches::VariantNew | Touches::VariantGone if self.changes_kind() => changes_type(before.place()),
            Touches::VariantNew => appears(after.variant(new), Bump::Major),
            Touches::VariantGone => disappears(before.variant(old), Bump::Major),
            Touches::Constant => self.constant(id, old, new),
            Touches::MethodNew => appears(after.method(), Bump::Minor),
            Touches::MethodGone => disappears(before.method(), Bump::Major),
            // The ergonomic crate has a name of its own for what it calls.
            Touches::MethodName => disappears(before.method(), Bump::Patch),
            // Every parameter is an argument of `build_request`, so its signature changes.
            Touches::ParameterNew => appears(after.setter(), Bump::Major),
            Touches::ParameterGone => disappears(before.setter(), Bump::Major),
            Touches::ParameterName => disappears(before.setter(), Bump::Patch),
            Touches::Body => self.sent(),
            Touches::Answer => self.answer(),
            Touches::ResponseNew if self.is_error => type_appears(after.reusable_type()),
            Touches::ResponseGone if self.is_error => type_disappears(before.reusable_type()),
            Touches::ResponseNew | Touches::ResponseGone => self.answer(),
            Touches::Code => behaves(before.method(), Bump::Patch),
            Touches::Auth => behaves(Some("Client".to_owned()), Bump::Major),
        };
        let ergonomic = if self.is_wrapped { ergonomic } else { Bump::None };
        RustEffect {
            item,
            effect,
            api,
            ergonomic,
        }
    }

    /// A reusable schema of the same name is a type that changes where it is; any other is where it is used.
    fn changed_type(&self) -> Option<String> {
        let [before, after] = &self.names;
        let is_same = before.is_reusable && after.is_reusable && before.own_type() == after.own_type();
        if is_same {
            before.own_type()
        } else {
            before.place()
        }
    }

    /// A reusable schema took the place of another one, or the other way round: both types may go on.
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

    fn answer(&self) -> Outcome {
        let [before, _] = &self.names;
        let [old, new] = &*self.signatures;
        if self.is_error || old.answer == new.answer {
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

    /// The name of a part of the type.
    fn part(&self, name: &str) -> Option<String> {
        self.type_name.as_ref().map(|owner| format!("{owner}_{name}"))
    }

    fn method(&self) -> Option<String> {
        Some(format!("Client::{}", names::function(&self.operation)))
    }

    /// A method of the builder of the call.
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

    /// What has the type of the place: a field, a parameter, or the type itself where nothing else is.
    fn place(&self) -> Option<String> {
        match (&self.owner, &self.field) {
            (Some(owner), Some(field)) => Some(format!(
                "types::{}::{}",
                names::type_name(owner),
                names::field(field)
            )),
            // A field of what is nothing but bytes.
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

    /// The module with the constants of a field of the request, or of a parameter.
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
