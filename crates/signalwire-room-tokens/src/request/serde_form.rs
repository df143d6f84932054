//! Serde implementations of the request.

use std::time::Duration;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::room_token_request::RoomTokenRequest;
use super::setters::DURATION_SETTERS;
use super::time::Timestamp;

impl Serialize for RoomTokenRequest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.body_at(Timestamp::now).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RoomTokenRequest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = Map::deserialize(deserializer)?;
        let mut request = Self::new("");
        let [valid_for, remove_after] =
            DURATION_SETTERS.map(|(setter, field)| take_duration(&mut fields, setter, field));
        if let Some(duration) = valid_for.map_err(D::Error::custom)? {
            request = request.valid_for(duration);
        }
        if let Some(duration) = remove_after.map_err(D::Error::custom)? {
            request = request.remove_after(duration);
        }
        for field in Self::FIELDS {
            let name = field.name();
            match fields.remove(name).filter(|value| !value.is_null()) {
                Some(value) => {
                    request = field
                        .set(request, value)
                        .map_err(|error| D::Error::custom(format_args!("`{name}`: {error}")))?;
                }
                None if field.is_required() => return Err(D::Error::missing_field(name)),
                None => {}
            }
        }
        Ok(fields
            .into_iter()
            .fold(request, |request, (name, value)| request.extra(name, value)))
    }
}

/// Removes and returns the value of a duration setter. As with other fields, `null` means unset.
fn take_duration(
    fields: &mut Map<String, Value>,
    setter: &str,
    field: &str,
) -> Result<Option<Duration>, String> {
    let Some(value) = fields.remove(setter).filter(|value| !value.is_null()) else {
        return Ok(None);
    };
    if fields.get(field).is_some_and(|value| !value.is_null()) {
        return Err(format!(
            "`{setter}` and `{field}` are both set; set only one of them"
        ));
    }
    let seconds = value.as_u64();
    seconds
        .map(|seconds| Some(Duration::from_secs(seconds)))
        .ok_or_else(|| format!("`{setter}` must be a whole number of seconds"))
}
