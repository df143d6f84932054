//! The limits of a schema: which keywords they are, which way they bound, and the kinds of their changes.

use super::Kind;
use crate::change::Severity::{Breaking, Info, Warning};
use crate::rust::Touches::Constant;

/// A keyword that bounds a number, a length or a count.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bound {
    pub(crate) keyword: &'static str,
    /// What an absent keyword means, where that is a number.
    pub(crate) when_unset: Option<u32>,
    pub(crate) set: Kind,
    pub(crate) unset: Kind,
    pub(crate) increased: Kind,
    pub(crate) decreased: Kind,
}

/// Which way a bound limits what, which decides what a change of it means.
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

macro_rules! bound {
    ($keyword:literal, $id:literal, $limits:ident, $when_unset:expr) => {{
        let is_lower = matches!(Limits::$limits, Limits::Below | Limits::SizeBelow);
        let is_size = matches!(Limits::$limits, Limits::SizeAbove | Limits::SizeBelow);
        // A client that does not rely on sizes takes a longer text or list as it comes.
        let loosened = if is_size { Warning } else { Breaking };
        // A new range of numbers often only documents what the server already enforces.
        let set = if is_size { Breaking } else { Warning };
        let increased = concat!($id, "-increased");
        let decreased = concat!($id, "-decreased");
        let (higher, lower) = (
            concat!("has a higher limit (", $keyword, ")"),
            concat!("has a lower limit (", $keyword, ")"),
        );
        Bound {
            keyword: $keyword,
            when_unset: $when_unset,
            set: Kind::new(
                concat!($id, "-set"),
                set,
                Info,
                concat!("has a limit (", $keyword, ")"),
                Constant,
            ),
            unset: Kind::new(
                concat!($id, "-unset"),
                Info,
                loosened,
                concat!("lost a limit (", $keyword, ")"),
                Constant,
            ),
            increased: if is_lower {
                Kind::new(increased, Breaking, Info, higher, Constant)
            } else {
                Kind::new(increased, Info, loosened, higher, Constant)
            },
            decreased: if is_lower {
                Kind::new(decreased, Info, loosened, lower, Constant)
            } else {
                Kind::new(decreased, Breaking, Info, lower, Constant)
            },
        }
    }};
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
    // How many items must or may satisfy `contains` is part of a condition and no mere size.
    bound!("maxContains", "max-contains", Above, None),
    bound!("minContains", "min-contains", Below, Some(1)),
];
