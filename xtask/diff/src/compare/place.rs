//! Where in an operation a change is.

use crate::change::Direction;
use crate::rust::{Both, Items};

/// What of an operation a schema describes; part of the ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    Operation,
    Parameter,
    Header,
    /// A whole body.
    Body,
    /// Anything within a body.
    Property,
}

/// A place in an operation.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) direction: Direction,
    pub(crate) scope: Scope,
    pub(crate) location: String,
    /// A number and its digits look the same here: anything but JSON.
    pub(crate) is_text: bool,
    /// Never on the wire: read-only in a request, write-only in a response.
    pub(crate) is_unsent: bool,
    pub(crate) items: Items,
}

impl Place {
    /// The operation itself.
    pub(crate) fn operation(items: Items) -> Self {
        Self {
            direction: Direction::Operation,
            scope: Scope::Operation,
            location: "operation".to_owned(),
            is_text: false,
            is_unsent: false,
            items,
        }
    }

    /// A part of the operation: the same items, another location.
    pub(crate) fn at(&self, direction: Direction, scope: Scope, location: impl Into<String>) -> Self {
        Self {
            direction,
            scope,
            location: location.into(),
            ..self.clone()
        }
    }

    /// The same place, whose generated type is that of a schema with this name in each document.
    pub(crate) fn typed(&self, type_names: Both<'_>) -> Self {
        let is_response = self.direction == Direction::Response;
        let items = self.items.body(is_response, type_names);
        Self {
            items,
            ..self.clone()
        }
    }

    /// The named property.
    pub(crate) fn property(&self, name: &str, items: Items) -> Self {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '$' | '@');
        let location = if !name.is_empty() && name.chars().all(is_plain) {
            format!("{}.{name}", self.location)
        } else {
            format!("{}[{name:?}]", self.location)
        };
        self.within(location, items)
    }

    /// A part that has no name of its own: `[]`, `.*`, `.anyOf[0]`.
    pub(crate) fn part(&self, step: &str, items: Items) -> Self {
        self.within(format!("{}{step}", self.location), items)
    }

    fn within(&self, location: String, items: Items) -> Self {
        let scope = if self.scope == Scope::Body {
            Scope::Property
        } else {
            self.scope
        };
        Self {
            scope,
            location,
            items,
            ..self.clone()
        }
    }

    /// The beginning of the ids of changes to the schema here.
    pub(crate) fn prefix(&self) -> &'static str {
        match (self.direction, self.scope) {
            (_, Scope::Parameter) => "request-parameter-",
            (_, Scope::Header) => "response-header-",
            (Direction::Response, Scope::Body) => "response-body-",
            (Direction::Response, _) => "response-property-",
            (_, Scope::Body) => "request-body-",
            (_, _) => "request-property-",
        }
    }
}
