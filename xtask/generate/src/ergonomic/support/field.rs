//! Descriptions of the request fields.

use serde_json::Value;

use crate::request::room_token_request::RoomTokenRequest;

/// A description of a request field, for programs that generate forms, flags or columns. [`RoomTokenRequest::FIELDS`]
/// contains all of them.
///
/// ```
/// use serde_json::json;
/// use CRATE_NAME::RoomTokenRequest;
///
/// let mut request = RoomTokenRequest::new("standup");
/// for field in RoomTokenRequest::FIELDS {
///     if field.name() == "user_name" {
///         request = field.set(request, json!("Ada"))?;
///     }
/// }
/// assert_eq!(request, RoomTokenRequest::new("standup").user_name("Ada"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Field {
    pub(crate) name: &'static str,
    pub(crate) kind: FieldKind,
    pub(crate) is_required: bool,
    pub(crate) default: Option<&'static str>,
    pub(crate) values: &'static [&'static str],
    pub(crate) limits: Option<&'static str>,
    pub(crate) unit: Option<&'static str>,
    pub(crate) description: &'static str,
    pub(crate) help: &'static str,
    pub(crate) set: fn(RoomTokenRequest, Value) -> Result<RoomTokenRequest, serde_json::Error>,
}

/// The type of a field's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FieldKind {
    /// A string.
    Text,
    /// An array of strings.
    Texts,
    /// `true` or `false`.
    Boolean,
    /// An integer.
    Integer,
    /// A floating-point number.
    Number,
    /// A string that is one of [`Field::values`].
    Choice,
    /// A [`Timestamp`](crate::Timestamp).
    Timestamp,
    /// A JSON object with arbitrary members.
    Object,
    /// An array of permission names.
    Permissions,
    /// A JSON value with any other structure.
    Json,
}

impl Field {
    /// Returns the API's name for the field. The setter has the same name in snake case.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the type of the field's value.
    #[must_use]
    pub const fn kind(&self) -> FieldKind {
        self.kind
    }

    /// Returns `true` if the API requires the field.
    #[must_use]
    pub const fn is_required(&self) -> bool {
        self.is_required
    }

    /// Returns the API's default as JSON, if the OpenAPI document contains one.
    #[must_use]
    pub const fn default(&self) -> Option<&'static str> {
        self.default
    }

    /// Returns the allowed values of a [`FieldKind::Choice`], or an empty slice for other kinds.
    #[must_use]
    pub const fn values(&self) -> &'static [&'static str] {
        self.values
    }

    /// Returns a description of the limits, such as `at most 100 characters`.
    #[must_use]
    pub const fn limits(&self) -> Option<&'static str> {
        self.limits
    }

    /// Returns the unit of a number, such as `seconds`.
    #[must_use]
    pub const fn unit(&self) -> Option<&'static str> {
        self.unit
    }

    /// Returns a description of the field, in one or more sentences.
    #[must_use]
    pub const fn description(&self) -> &'static str {
        self.description
    }

    /// Returns a short description of the field, without a period at the end.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        self.help
    }

    /// Sets the field in a request, as its setter would.
    ///
    /// # Errors
    ///
    /// Returns an error if the JSON value doesn't match the field's type. Limits are not checked; use
    /// [`RoomTokenRequest::validate`] for that.
    pub fn set(
        &self,
        request: RoomTokenRequest,
        value: impl Into<Value>,
    ) -> Result<RoomTokenRequest, serde_json::Error> {
        (self.set)(request, value.into())
    }
}
