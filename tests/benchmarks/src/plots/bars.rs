//! Horizontal bar charts.

use super::svg::{TOP, Theme, WIDTH, text};
use crate::sides::OURS;

/// The left edge of the bars.
const LEFT: f64 = 220.0;
/// The space on the right for the value of the longest bar.
const RIGHT: f64 = 110.0;
const BAR_HEIGHT: usize = 18;
/// The gap between bars of different programs.
const GAP: usize = 12;
/// The gap between bars of the same program.
const SMALL_GAP: usize = 3;

pub(crate) struct Bar {
    /// The label on the left. A bar without a label is grouped with the bar above it.
    name: Option<String>,
    value: f64,
    /// The text on the right.
    text: String,
    is_ours: bool,
}

impl Bar {
    pub(crate) fn new(name: String, value: f64, text: String) -> Self {
        Self {
            is_ours: name == OURS,
            name: Some(name),
            value,
            text,
        }
    }

    /// Returns an unlabeled bar that is grouped with the bar above it. `name` is the name of the bar above.
    pub(crate) fn continued(name: String, value: f64, text: String) -> Self {
        Self {
            name: None,
            ..Self::new(name, value, text)
        }
    }
}

pub(crate) fn plot(title: &str, note: &str, bars: &[Bar], theme: &Theme) -> String {
    let max = bars.iter().map(|bar| bar.value).fold(f64::MIN_POSITIVE, f64::max);
    let mut y = TOP;
    let mut parts = Vec::new();
    for (index, bar) in bars.iter().enumerate() {
        if index > 0 {
            y += if bar.name.is_some() { GAP } else { SMALL_GAP };
        }
        let width = ((WIDTH as f64 - LEFT - RIGHT) * bar.value / max).max(1.0);
        let (baseline, weight) = (y + 14, if bar.is_ours { 600 } else { 400 });
        if let Some(name) = &bar.name {
            let at = format!(
                "x=\"{}\" y=\"{baseline}\" text-anchor=\"end\" font-weight=\"{weight}\"",
                LEFT - 10.0
            );
            parts.push(text(&at, name));
        }
        // The second bar of a program is paler.
        let opacity = if bar.name.is_some() { "1" } else { ".6" };
        parts.push(format!(
            "<rect x=\"{LEFT}\" y=\"{y}\" width=\"{width:.1}\" height=\"{BAR_HEIGHT}\" rx=\"3\" fill=\"{}\" \
             opacity=\"{opacity}\"/>",
            theme.color(bar.is_ours)
        ));
        let at = format!(
            "x=\"{:.1}\" y=\"{baseline}\" font-weight=\"{weight}\"",
            LEFT + width + 8.0
        );
        parts.push(text(&at, &bar.text));
        y += BAR_HEIGHT;
    }
    theme.frame(title, note, y + GAP, &parts)
}
