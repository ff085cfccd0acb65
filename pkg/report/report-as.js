/** The report as text: JSON, Markdown, or HTML. */

import { html } from './html.js';
import { markdown } from './markdown.js';
import { outline } from './outline.js';

/** @import { Report } from '../index.js' */

/** Changes when a field changes its meaning or is gone; see docs/report.md. */
export const SCHEMA = 'mgdc-decrypt-report/1';

const FORMATS = {
  /** @param {Report} report */
  json: (report) => `${JSON.stringify({ schema: SCHEMA, ...report }, null, 2)}\n`,
  /** @param {Report} report */
  markdown: (report) => markdown(outline(report)),
  /** @param {Report} report */
  html: (report) => html(outline(report)),
};

/**
 * See index.d.ts.
 * @param {Report} report
 * @param {keyof typeof FORMATS} format
 */
export function reportAs(report, format) {
  if (!Object.hasOwn(FORMATS, format))
    throw new TypeError(`format: expected one of ${Object.keys(FORMATS).join(', ')}`);
  return FORMATS[format](report);
}
