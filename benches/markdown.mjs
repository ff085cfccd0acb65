/** Tables in Markdown, and the figures in them. */

/** A row of a Markdown table. @param {string[]} cells */
export const row = (cells) => console.log(`| ${cells.join(' | ')} |`);

/** The first two rows of a Markdown table. @param {string} name @param {string[]} columns */
export function head(name, columns) {
  row([name, ...columns]);
  row(['---', ...columns.map(() => '---')]);
}

/** Empty if there is no number. @param {unknown} value @param {number} [digits] */
export function fixed(value, digits = 2) {
  return typeof value === 'number' && Number.isFinite(value) ? value.toFixed(digits) : '';
}

/** @param {number[]} list */
export function median(list) {
  const sorted = [...list].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
