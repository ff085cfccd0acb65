/** A ring whose parts show shares of a whole. The words beside it say the same; a screen reader reads the label. */

const SVG = 'http://www.w3.org/2000/svg';
/** With this radius the circumference is 100, so that lengths are percents. */
const RADIUS = 100 / (2 * Math.PI);
/** A part that is there is never invisible, in percent. */
const LEAST = 2;

/**
 * @param {string} label
 * @param {{ name: string, value: number }[]} parts
 */
export function donut(label, parts) {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [name, value] of Object.entries({
    viewBox: '0 0 40 40',
    class: 'donut',
    role: 'img',
    'aria-label': label,
  }))
    svg.setAttribute(name, value);
  const shown = parts.filter(({ value }) => value > 0);
  const whole = shown.reduce((sum, { value }) => sum + value, 0);
  const lengths = shown.map(({ value }) => Math.max((100 * value) / whole, LEAST));
  const scale = 100 / lengths.reduce((sum, length) => sum + length, 0);
  let start = 0;
  svg.append(ring('track', 100, 0));
  for (const [index, { name }] of shown.entries()) {
    const length = lengths[index] * scale;
    svg.append(ring(name, shown.length > 1 ? length - 1 : length, start));
    start += length;
  }
  return svg;
}

/**
 * @param {string} name
 * @param {number} length
 * @param {number} start
 */
function ring(name, length, start) {
  const circle = document.createElementNS(SVG, 'circle');
  const attributes = {
    class: `part-${name}`,
    cx: 20,
    cy: 20,
    r: RADIUS,
    'stroke-dasharray': `${length} ${100 - length}`,
    // The first part begins at the top.
    'stroke-dashoffset': 25 - start,
  };
  for (const [key, value] of Object.entries(attributes)) circle.setAttribute(key, String(value));
  return circle;
}
