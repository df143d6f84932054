//! Access to the fields of JSON objects.

use serde_json::{Map, Value};

/// Typed access to the fields of a JSON object. A field of another type counts as absent.
pub trait Fields {
    /// Returns the value of a field.
    fn field(&self, name: &str) -> Option<&Value>;

    /// Returns a string.
    fn text(&self, name: &str) -> Option<&str> {
        self.field(name)?.as_str()
    }

    /// Returns `true` if the field is `true`.
    fn is_true(&self, name: &str) -> bool {
        self.field(name) == Some(&Value::Bool(true))
    }

    /// Returns the items of an array. Returns no items if the field is absent.
    fn items(&self, name: &str) -> &[Value] {
        let items = self.field(name).and_then(Value::as_array);
        items.map_or(&[], Vec::as_slice)
    }

    /// Returns an object.
    fn object(&self, name: &str) -> Option<&Map<String, Value>> {
        self.field(name)?.as_object()
    }

    /// Returns the members of an object. Returns no members if the field is absent.
    fn members(&self, name: &str) -> impl Iterator<Item = (&String, &Value)> {
        self.object(name).into_iter().flatten()
    }

    /// Returns the objects in a section of `components`, by name.
    fn components(&self, section: &str) -> impl Iterator<Item = (&String, &Value)> {
        let components = self.object("components");
        components
            .into_iter()
            .flat_map(move |components| components.members(section))
    }
}

impl Fields for Map<String, Value> {
    fn field(&self, name: &str) -> Option<&Value> {
        self.get(name)
    }
}

impl Fields for Value {
    fn field(&self, name: &str) -> Option<&Value> {
        self.get(name)
    }
}
