//! The two small vocabularies of the request.

use std::fmt;
use std::str::FromStr;

use signalwire_room_tokens_api::types::{JoinAsType, MediaAllowedType};

/// A value that is not in a vocabulary of the API.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParseKindError {
    allowed: &'static str,
}

impl fmt::Display for ParseKindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown value; allowed are {}", self.allowed)
    }
}

impl std::error::Error for ParseKindError {}

/// Ties an enum of ours to the generated one, so that a value added to the document stops the build here.
macro_rules! kind {
    ($(#[$doc:meta])* $ours:ident = $generated:ident, $allowed:literal; $($(#[$variant_doc:meta])* $variant:ident $name:literal,)+) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[non_exhaustive]
        pub enum $ours {
            $($(#[$variant_doc])* #[serde(rename = $name)] $variant,)+
        }

        impl $ours {
            /// The name on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }
        }

        impl fmt::Display for $ours {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl FromStr for $ours {
            type Err = ParseKindError;

            fn from_str(name: &str) -> Result<Self, Self::Err> {
                match name {
                    $($name => Ok(Self::$variant),)+
                    _ => Err(ParseKindError { allowed: $allowed }),
                }
            }
        }

        // The generated crate versions freely, so it is no part of this crate's API.
        impl $ours {
            pub(crate) const fn to_generated(self) -> $generated {
                match self { $(Self::$variant => $generated::$variant,)+ }
            }

            pub(crate) const fn from_generated(generated: $generated) -> Self {
                match generated { $($generated::$variant => Self::$variant,)+ }
            }
        }
    };
}

kind! {
    /// Whether somebody takes part or only watches. The API's default is [`JoinAs::Member`].
    JoinAs = JoinAsType, "`member` and `audience`";
    /// Takes part: sends and receives.
    Member "member",
    /// Receives only; SignalWire empties their permissions, whatever the request says.
    Audience "audience",
}

kind! {
    /// What somebody may receive. The API's default is [`MediaAllowed::All`].
    MediaAllowed = MediaAllowedType, "`all`, `audio-only` and `video-only`";
    /// Audio and video.
    All "all",
    /// Only video.
    VideoOnly "video-only",
    /// Only audio.
    AudioOnly "audio-only",
}
