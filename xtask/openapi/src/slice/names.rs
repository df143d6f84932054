//! Chooses names for objects that become components in the slice.

use super::slicer::Slicer;
use crate::pointer;

impl Slicer<'_> {
    /// Returns the component name for an object that is not a component in the source. The name consists of as many
    /// trailing tokens of its pointer as are needed to make it unique.
    pub(super) fn name_for(&mut self, target: &str, section: &'static str) -> String {
        let place_of = |name: &str| pointer::child(&format!("/components/{section}"), name);
        if let Some(name) = self.new_names.get(&(section, target.to_owned())) {
            return name.clone();
        }
        let mut name = String::new();
        let tokens = pointer::tokens(target);
        let words = tokens
            .iter()
            .rev()
            .filter(|token| *token != "$defs" && *token != "definitions");
        let is_taken = |name: &str| {
            let place = place_of(name);
            self.document.value().pointer(&place).is_some() || self.origins.contains_key(&place)
        };
        for word in words.cloned().chain((2..).map(|n: u32| n.to_string())) {
            let word: String = word
                .chars()
                .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
                .collect();
            name = if name.is_empty() {
                word
            } else {
                format!("{word}_{name}")
            };
            if !name.is_empty() && !is_taken(&name) {
                break;
            }
        }
        self.origins.insert(place_of(&name), target.to_owned());
        self.new_names.insert((section, target.to_owned()), name.clone());
        name
    }
}
