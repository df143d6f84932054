//! The fields of a request as data.

use serde_json::Value;

use crate::request::RoomTokenRequest;

/// A field of a request, for programs that build forms, flags or columns from them; listed by
/// [`RoomTokenRequest::FIELDS`].
///
/// ```
/// use serde_json::json;
/// use signalwire_room_tokens::RoomTokenRequest;
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
    /// A list of strings.
    Texts,
    /// `true` or `false`.
    Boolean,
    /// An integer.
    Integer,
    /// A number, not necessarily whole.
    Number,
    /// A string that is one of [`Field::values`].
    Choice,
    /// A [`Timestamp`](crate::Timestamp).
    Timestamp,
    /// A JSON object with any members.
    Object,
    /// A list of permission names.
    Permissions,
    /// JSON of another form.
    Json,
}

impl Field {
    /// The name in the API. The setter has the same name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The type of the field's value.
    #[must_use]
    pub const fn kind(&self) -> FieldKind {
        self.kind
    }

    /// Returns `true` if the API requires the field.
    #[must_use]
    pub const fn is_required(&self) -> bool {
        self.is_required
    }

    /// The API's default as JSON, if the OpenAPI document has one.
    #[must_use]
    pub const fn default(&self) -> Option<&'static str> {
        self.default
    }

    /// The allowed strings of a [`FieldKind::Choice`]; empty for any other kind.
    #[must_use]
    pub const fn values(&self) -> &'static [&'static str] {
        self.values
    }

    /// The limits in words, such as `at most 100 characters`.
    #[must_use]
    pub const fn limits(&self) -> Option<&'static str> {
        self.limits
    }

    /// The unit of a number, such as `seconds`.
    #[must_use]
    pub const fn unit(&self) -> Option<&'static str> {
        self.unit
    }

    /// The meaning of the field, in one or more sentences.
    #[must_use]
    pub const fn description(&self) -> &'static str {
        self.description
    }

    /// The meaning of the field in a few words, without a period at the end.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        self.help
    }

    /// Sets the field of a request, as its setter does.
    ///
    /// # Errors
    ///
    /// Returns an error if the JSON value is of another kind than the field. Limits are checked by
    /// [`RoomTokenRequest::validate`].
    pub fn set(
        &self,
        request: RoomTokenRequest,
        value: impl Into<Value>,
    ) -> Result<RoomTokenRequest, serde_json::Error> {
        (self.set)(request, value.into())
    }
}
