//! Documentation, which has no effect on programs.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Comparison, Context, or_null};
use crate::kinds::ChangeKind;

impl Comparison<'_> {
    /// Records changed documentation. An empty text is the same as none.
    pub(super) fn prose(
        &mut self,
        kind: &ChangeKind,
        context: &Context,
        old: &BTreeMap<String, Value>,
        new: &BTreeMap<String, Value>,
    ) {
        let text = |prose: &BTreeMap<String, Value>, keyword: &str| {
            or_null(prose.get(keyword).filter(|value| value.as_str() != Some("")))
        };
        let keywords: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for keyword in keywords {
            let (old, new) = (text(old, keyword), text(new, keyword));
            if old != new {
                let context = context.at(
                    context.direction,
                    context.scope,
                    format!("{}.{keyword}", context.location),
                );
                self.change(kind, &context, old, new);
            }
        }
    }
}
