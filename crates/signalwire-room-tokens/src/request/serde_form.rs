//! The request as JSON: the body that is sent, and back.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};
use signalwire_room_tokens_api::types;

use super::{RoomTokenRequest, Timestamp};
use crate::generated::field::{Field, FieldKind};

impl Serialize for RoomTokenRequest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.body_at(Timestamp::now).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RoomTokenRequest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = Map::deserialize(deserializer)?;
        // The generated type takes RFC 3339 only; the API takes dates and second 60 too.
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
        let mut body =
            types::CreateRoomTokenRequest::deserialize(Value::Object(fields)).map_err(D::Error::custom)?;
        let extra = std::mem::take(&mut body.extra);
        let mut request = Self::of(body);
        for (field, value) in extra {
            request.set_extra(field, value);
        }
        Ok(request)
    }
}
