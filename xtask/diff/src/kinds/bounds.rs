//! The bounds of a schema and the kinds of changes to them.

use super::ChangeKind;
use crate::change::Severity::{self, Breaking, Info, Warning};

/// A keyword that bounds a number, a length or a count.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bound {
    pub(crate) keyword: &'static str,
    /// The limit that applies if the keyword is missing.
    pub(crate) when_unset: Option<u32>,
    pub(crate) set: ChangeKind,
    pub(crate) unset: ChangeKind,
    pub(crate) increased: ChangeKind,
    pub(crate) decreased: ChangeKind,
}

/// Returns a kind for a change to a bound. `loosened` is the severity in a response if more values are valid.
const fn change(id: &'static str, is_stricter: bool, loosened: Severity, what: &'static str) -> ChangeKind {
    if is_stricter {
        ChangeKind::in_scope(id, Breaking, Info, what)
    } else {
        ChangeKind::in_scope(id, Info, loosened, what)
    }
}

macro_rules! bound {
    ($keyword:literal, $id:literal, $limits:ident, $when_unset:expr) => {{
        let is_lower = matches!(Limits::$limits, Limits::Below | Limits::SizeBelow);
        // Most clients accept longer strings and arrays. A new numeric range often only documents what the server
        // already enforces.
        let (loosened, set) = match Limits::$limits {
            Limits::SizeAbove | Limits::SizeBelow => (Warning, Breaking),
            Limits::Above | Limits::Below => (Breaking, Warning),
        };
        let [added, removed] = [concat!("`", $keyword, "` added"), concat!("`", $keyword, "` removed")];
        let [higher, lower] = [concat!("`", $keyword, "` increased"), concat!("`", $keyword, "` decreased")];
        Bound {
            keyword: $keyword,
            when_unset: $when_unset,
            set: ChangeKind::in_scope(concat!($id, "-set"), set, Info, added),
            unset: change(concat!($id, "-unset"), false, loosened, removed),
            increased: change(concat!($id, "-increased"), is_lower, loosened, higher),
            decreased: change(concat!($id, "-decreased"), !is_lower, loosened, lower),
        }
    }};
}

/// The quantity that a bound limits, and which end of its range. Both determine the severity of a change.
enum Limits {
    /// The upper limit of a number.
    Above,
    /// The lower limit of a number.
    Below,
    /// The upper limit of a length or count.
    SizeAbove,
    /// The lower limit of a length or count.
    SizeBelow,
}

pub(crate) const BOUNDS: [Bound; 12] = [
    bound!("maximum", "max", Above, None),
    bound!("minimum", "min", Below, None),
    bound!("exclusiveMaximum", "exclusive-max", Above, None),
    bound!("exclusiveMinimum", "exclusive-min", Below, None),
    bound!("maxLength", "max-length", SizeAbove, None),
    bound!("minLength", "min-length", SizeBelow, Some(0)),
    bound!("maxItems", "max-items", SizeAbove, None),
    bound!("minItems", "min-items", SizeBelow, Some(0)),
    bound!("maxProperties", "max-properties", SizeAbove, None),
    bound!("minProperties", "min-properties", SizeBelow, Some(0)),
    // The number of items that match `contains` is a condition, not a size.
    bound!("maxContains", "max-contains", Above, None),
    bound!("minContains", "min-contains", Below, Some(1)),
];
