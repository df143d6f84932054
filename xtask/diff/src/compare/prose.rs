//! Words: what people read and no program does.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Comparison, Place, or_null};
use crate::kinds::Kind;

impl Comparison<'_> {
    /// Records the keywords whose words differ. An empty text says as much as none.
    pub(super) fn prose(
        &mut self,
        kind: &Kind,
        place: &Place,
        old: &BTreeMap<String, Value>,
        new: &BTreeMap<String, Value>,
    ) {
        let said = |prose: &BTreeMap<String, Value>, keyword: &str| {
            or_null(prose.get(keyword).filter(|value| value.as_str() != Some("")))
        };
        let keywords: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for keyword in keywords {
            let (old, new) = (said(old, keyword), said(new, keyword));
            if old != new {
                let place = place.at(
                    place.direction,
                    place.scope,
                    format!("{}.{keyword}", place.location),
                );
                self.change(kind, &place, old, new);
            }
        }
    }
}
