//! The frame, colors and text of a plot.

/// The colors of a plot.
pub(crate) struct Theme {
    pub(crate) text: &'static str,
    pub(crate) muted: &'static str,
    pub(crate) grid: &'static str,
    pub(crate) ours: &'static str,
    pub(crate) other: &'static str,
}

pub(crate) const LIGHT: Theme = Theme {
    text: "#1f2328",
    muted: "#59636e",
    grid: "#d1d9e0",
    ours: "#0969da",
    other: "#818b98",
};

pub(crate) const DARK: Theme = Theme {
    text: "#f0f6fc",
    muted: "#9198a1",
    grid: "#3d444d",
    ours: "#4493f8",
    other: "#767e89",
};

/// The width of all plots. On phones, wider plots would be scaled down so far that the text would be too small to read.
pub(crate) const WIDTH: usize = 660;
/// The height of the title.
pub(crate) const TOP: usize = 50;

const FONTS: &str =
    "-apple-system, BlinkMacSystemFont, 'Segoe UI', 'Noto Sans', Helvetica, Arial, sans-serif";

impl Theme {
    pub(crate) fn color(&self, is_ours: bool) -> &'static str {
        if is_ours { self.ours } else { self.other }
    }

    /// Returns a plot with a title, a note and a body.
    pub(crate) fn frame(&self, title: &str, note: &str, height: usize, body: &[String]) -> String {
        let (title, note, body) = (escape(title), escape(note), body.join("\n    "));
        let Self { text, muted, .. } = self;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
             height=\"{height}\" role=\"img\" aria-labelledby=\"title\">\n  <title id=\"title\">{title}</title>\n  \
             <g font-family=\"{FONTS}\" font-size=\"14\" fill=\"{text}\">\n    \
             <text x=\"0\" y=\"20\" font-size=\"16\" font-weight=\"600\">{title}\
             <tspan dx=\"10\" font-size=\"14\" font-weight=\"400\" fill=\"{muted}\">{note}</tspan></text>\n    \
             {body}\n  </g>\n</svg>\n"
        )
    }
}

/// Returns a text element. The attributes must include its position.
pub(crate) fn text(attributes: &str, text: &str) -> String {
    format!("<text {attributes}>{}</text>", escape(text))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
