//! Line charts with evenly spaced steps and a logarithmic vertical axis.

use super::svg::{TOP, Theme, text};

const LEFT: f64 = 50.0;
const WIDTH: f64 = 330.0;
const HEIGHT: f64 = 240.0;
/// The left edge of the legend.
const LEGEND: usize = 420;

pub(crate) struct Line {
    pub(crate) name: String,
    /// The text below the name in the legend.
    pub(crate) note: String,
    /// One value for each step.
    pub(crate) values: Vec<f64>,
    pub(crate) is_ours: bool,
    pub(crate) is_dashed: bool,
}

/// The range of powers of ten that contains all values.
struct Decades {
    low: i32,
    high: i32,
}

impl Decades {
    fn around(lines: &[Line]) -> Self {
        let logs = || {
            lines
                .iter()
                .flat_map(|line| &line.values)
                .map(|value| value.log10())
        };
        let low = logs().fold(f64::INFINITY, f64::min).floor() as i32;
        let high = logs().fold(f64::NEG_INFINITY, f64::max).ceil() as i32;
        Self {
            low,
            high: high.max(low.saturating_add(1)),
        }
    }

    fn y(&self, value: f64) -> f64 {
        let share = (value.log10() - f64::from(self.low)) / f64::from(self.high - self.low);
        TOP as f64 + HEIGHT * (1.0 - share)
    }
}

pub(crate) fn plot(title: &str, note: &str, steps: &[String], lines: &[Line], theme: &Theme) -> String {
    let decades = Decades::around(lines);
    let x = |step: usize| LEFT + WIDTH * step as f64 / steps.len().saturating_sub(1).max(1) as f64;
    let bottom = TOP as f64 + HEIGHT;
    let mut parts = Vec::new();
    for power in decades.low..=decades.high {
        let value = 10_f64.powi(power);
        let y = decades.y(value);
        let grid = theme.grid;
        parts.push(format!("<path d=\"M{LEFT} {y:.1}h{WIDTH}\" stroke=\"{grid}\"/>"));
        let at = format!(
            "x=\"{}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"{}\"",
            LEFT - 10.0,
            y + 5.0,
            theme.muted
        );
        parts.push(text(&at, &crate::report::thousands(value)));
    }
    for (index, step) in steps.iter().enumerate() {
        let at = format!(
            "x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"{}\"",
            x(index),
            bottom + 24.0,
            theme.muted
        );
        parts.push(text(&at, step));
    }
    // Draw this library's lines last, on top of the others.
    for line in lines
        .iter()
        .filter(|line| !line.is_ours)
        .chain(lines.iter().filter(|line| line.is_ours))
    {
        let points = line.values.iter().enumerate();
        let points: Vec<String> = points
            .map(|(step, &value)| format!("{:.1},{:.1}", x(step), decades.y(value)))
            .collect();
        parts.push(format!(
            "<polyline points=\"{}\" fill=\"none\" {}/>",
            points.join(" "),
            stroke(line, theme)
        ));
    }
    parts.extend(
        lines
            .iter()
            .enumerate()
            .flat_map(|(index, line)| legend(index, line, theme)),
    );
    theme.frame(title, note, TOP + HEIGHT as usize + 40, &parts)
}

fn stroke(line: &Line, theme: &Theme) -> String {
    let dashes = if line.is_dashed {
        " stroke-dasharray=\"6 4\""
    } else {
        ""
    };
    format!(
        "stroke=\"{}\" stroke-width=\"2.5\"{dashes}",
        theme.color(line.is_ours)
    )
}

fn legend(index: usize, line: &Line, theme: &Theme) -> [String; 3] {
    let y = TOP + 20 + index * 58;
    let left = LEGEND + 38;
    let weight = if line.is_ours { 600 } else { 400 };
    [
        format!("<path d=\"M{LEGEND} {}h30\" {}/>", y - 5, stroke(line, theme)),
        text(
            &format!("x=\"{left}\" y=\"{y}\" font-weight=\"{weight}\""),
            &line.name,
        ),
        text(
            &format!("x=\"{left}\" y=\"{}\" fill=\"{}\"", y + 20, theme.muted),
            &line.note,
        ),
    ]
}
