//! Serde implementations of the request.

use std::time::Duration;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};
use signalwire_room_tokens_api::types;

use super::{DURATION_SETTERS, RoomTokenRequest, Timestamp};
use crate::generated::field::{Field, FieldKind};

impl Serialize for RoomTokenRequest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.body_at(Timestamp::now).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RoomTokenRequest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = Map::deserialize(deserializer)?;
        let [valid_for, remove_after] = DURATION_SETTERS
            .map(|(setter, field)| take_duration(&mut fields, setter, field).map_err(D::Error::custom));
        let (valid_for, remove_after) = (valid_for?, remove_after?);
        // The generated type only accepts RFC 3339, but the API also accepts dates and second 60.
        let times = Self::FIELDS
            .iter()
            .filter(|field| field.kind() == FieldKind::Timestamp);
        for field in times.map(Field::name) {
            if let Some(Value::String(time)) = fields.get_mut(field) {
                let parsed: Timestamp = time
                    .parse()
                    .map_err(|error| D::Error::custom(format!("`{field}` is {error}")))?;
                *time = parsed.to_string();
            }
        }
        let mut body = body(fields).map_err(D::Error::custom)?;
        let extra = std::mem::take(&mut body.extra);
        let mut request = Self::of(body);
        for (field, value) in extra {
            request.set_extra(field, value);
        }
        if let Some(duration) = valid_for {
            request = request.valid_for(duration);
        }
        if let Some(duration) = remove_after {
            request = request.remove_after(duration);
        }
        Ok(request)
    }
}

/// Deserializes the API's fields. An error names the invalid field.
fn body(fields: Map<String, Value>) -> Result<types::CreateRoomTokenRequest, String> {
    let read = |fields| types::CreateRoomTokenRequest::deserialize(Value::Object(fields));
    read(fields.clone()).map_err(|error| {
        // Serde does not name the invalid field, so find the first one that cannot be deserialized on its own.
        let is_wrong = |(name, value): &(&String, &Value)| {
            let alone = [
                ("room_name".to_owned(), "r".into()),
                ((*name).clone(), (*value).clone()),
            ];
            read(Map::from_iter(alone)).is_err()
        };
        match fields.iter().find(is_wrong) {
            Some((name, _)) => format!("`{name}`: {error}"),
            None => error.to_string(),
        }
    })
}

/// Removes and returns the value of a duration setter. `null` counts as unset, as for other fields.
fn take_duration(
    fields: &mut Map<String, Value>,
    setter: &str,
    field: &str,
) -> Result<Option<Duration>, String> {
    let Some(value) = fields.remove(setter).filter(|value| !value.is_null()) else {
        return Ok(None);
    };
    if fields.get(field).is_some_and(|value| !value.is_null()) {
        return Err(format!("`{setter}` and `{field}` must not both be set"));
    }
    let seconds = value
        .as_u64()
        .ok_or_else(|| format!("`{setter}` must be a whole number of seconds"))?;
    Ok(Some(Duration::from_secs(seconds)))
}
