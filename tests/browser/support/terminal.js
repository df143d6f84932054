// Draws a terminal as an SVG. The output remains text, so it can be selected, searched and tested.

export const THEMES = {
  light: { background: "#f6f8fa", border: "#d1d9e0", text: "#1f2328", muted: "#59636e", prompt: "#0969da" },
  dark: { background: "#151b23", border: "#3d444d", text: "#f0f6fc", muted: "#9198a1", prompt: "#4493f8" },
};

const COLUMNS = 80;
const COLUMN_WIDTH = 8.4;
const LINE_HEIGHT = 20;
const PADDING = 20;

/**
 * Returns an SVG with lines of 80 columns: a `command`, an `output`, or a `note`, which is muted. Longer lines are an
 * error unless they may be cut.
 */
export function terminal(title, lines, theme) {
  const width = COLUMNS * COLUMN_WIDTH + 2 * PADDING;
  const height = lines.length * LINE_HEIGHT + 2 * PADDING;
  const rows = lines.map((line, index) => row(line, PADDING + index * LINE_HEIGHT + 15, theme)).filter(Boolean);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">
  <title id="title">${escape(title)}</title>
  <rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="10" fill="${theme.background}" stroke="${theme.border}"/>
  <g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="${theme.text}" style="white-space: pre">
${rows.join("\n")}
  </g>
</svg>
`;
}

function row({ command, output, note, isCut = false }, y, theme) {
  const text = fit(command === undefined ? (output ?? note) : `$ ${command}`, isCut);
  if (text === "") return undefined;
  const color = command === undefined ? (note === undefined ? "" : ` fill="${theme.muted}"`) : ' font-weight="600"';
  const prompt = command === undefined ? "" : `<tspan fill="${theme.prompt}">$ </tspan>`;
  const rest = escape(command === undefined ? text : text.slice(2));
  // The explicit length keeps the columns aligned in any font.
  const length = (text.length * COLUMN_WIDTH).toFixed(1);
  return `    <text xml:space="preserve" x="${PADDING}" y="${y}" textLength="${length}" lengthAdjust="spacingAndGlyphs"${color}>${prompt}${rest}</text>`;
}

function fit(text, isCut) {
  if (text.length <= COLUMNS) return text;
  if (!isCut) throw new Error(`longer than ${COLUMNS} columns: ${text}`);
  return `${text.slice(0, COLUMNS - 1)}…`;
}

function escape(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
