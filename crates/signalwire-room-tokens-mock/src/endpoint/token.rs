//! Minting and verification of room tokens.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::Serialize;
use serde_json::{Map, Value};
use sha2::Sha512;

use super::time;
use crate::clock::Clock;
use crate::random::Random;

/// The HS512 block size. A key of this length is used as is, without hashing or padding.
const KEY_LENGTH: usize = 128;
/// The relay host in the `ch` header field of SignalWire's tokens.
const RELAY_HOST: &str = "relay.signalwire.com";

#[derive(Serialize)]
struct Header {
    typ: &'static str,
    alg: &'static str,
    ch: &'static str,
}

/// The token payload. Claims are in the same order as in SignalWire's tokens.
#[derive(Serialize)]
struct Claims<'a> {
    iat: i64,
    jti: String,
    sub: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    u: Option<&'a Value>,
    ja: Option<&'a Value>,
    r: Option<&'a Value>,
    s: &'a [Value],
    acr: Option<&'a Value>,
    ma: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    erp: Option<bool>,
    mta: Value,
    rmta: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    jf: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ju: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rat: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rse: Option<i64>,
    /// Always `true`. SignalWire's tokens don't contain this claim.
    mock: bool,
}

impl<'a> Claims<'a> {
    /// Creates the claims for a valid request whose defaults have been filled in.
    fn of(project_id: &'a str, fields: &'a Map<String, Value>, iat: i64, jti: String) -> Self {
        let time = |name: &str| Some(time::parse(fields.get(name)?.as_str()?)?.seconds);
        let meta = |name: &str| {
            fields
                .get(name)
                .cloned()
                .unwrap_or_else(|| Value::Object(Map::new()))
        };
        Self {
            iat,
            jti,
            sub: project_id,
            u: fields.get("user_name"),
            ja: fields.get("join_as"),
            r: fields.get("room_name"),
            s: granted_permissions(fields),
            acr: fields.get("auto_create_room"),
            ma: fields.get("media_allowed"),
            erp: fields
                .get("enable_room_previews")
                .and_then(Value::as_bool)
                .filter(|&previews| previews),
            mta: meta("meta"),
            rmta: meta("room_meta"),
            jf: time("join_from"),
            ju: time("join_until"),
            rat: time("remove_at"),
            rse: fields.get("remove_after_seconds_elapsed").and_then(integer),
            mock: true,
        }
    }
}

/// Returns the requested permissions, or none if the role is `audience`.
fn granted_permissions(fields: &Map<String, Value>) -> &[Value] {
    match fields.get("join_as").and_then(Value::as_str) {
        Some("audience") => &[],
        _ => fields
            .get("permissions")
            .and_then(Value::as_array)
            .map_or(&[], Vec::as_slice),
    }
}

/// Converts a JSON number to an integer. JSON Schema also considers `900.0` an integer.
fn integer(value: &Value) -> Option<i64> {
    value
        .as_i64()
        .or_else(|| value.as_f64().map(|number| number as i64))
}

/// Mints and verifies tokens.
pub(crate) struct Minter {
    key: [u8; KEY_LENGTH],
}

impl Minter {
    pub(crate) fn new(random: &Random) -> Self {
        Self { key: random.bytes() }
    }

    /// Mints a token for a valid request whose defaults have been filled in.
    pub(crate) fn mint(
        &self,
        project_id: &str,
        fields: &Map<String, Value>,
        clock: Clock,
        random: &Random,
    ) -> String {
        let header = Header {
            typ: "VRT",
            alg: "HS512",
            ch: RELAY_HOST,
        };
        let claims = Claims::of(project_id, fields, clock.unix_seconds(), random.uuid());
        let signed = format!("{}.{}", encoded_json(&header), encoded_json(&claims));
        let signature = self.mac(&signed).finalize().into_bytes();
        format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))
    }

    /// Returns the claims of `token` if it was signed by this minter.
    pub(crate) fn verify(&self, token: &str) -> Option<Value> {
        let (signed, signature) = token.rsplit_once('.')?;
        let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).ok()?;
        self.mac(signed).verify_slice(&signature).ok()?;
        let (_header, claims) = signed.split_once('.')?;
        serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
    }

    fn mac(&self, signed: &str) -> Hmac<Sha512> {
        Hmac::<Sha512>::new(&self.key.into()).chain_update(signed)
    }
}

fn encoded_json(part: &impl Serialize) -> String {
    // Serializing strings, numbers and JSON values can't fail.
    BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(part).unwrap_or_default())
}
