/** The report as one HTML document: no script, nothing loaded, for the screen and for paper. */

import { visible } from './visible.js';

/** @import { Cell, Outline, Table } from './outline.js' */

const STYLE = `:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}
body{max-width:75rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;margin:1rem 0;font-size:.875rem}
th,td{border:1px solid #8888;padding:.25rem .5rem;text-align:start;vertical-align:top;overflow-wrap:anywhere}
.n{text-align:end;white-space:nowrap;font-variant-numeric:tabular-nums}
.p{min-width:10rem;white-space:pre-wrap}
code{font-size:.75rem}
@media print{:root{color-scheme:light;font-size:8pt}body{max-width:none;margin:0;padding:0}thead{display:table-header-group}tr{break-inside:avoid}h2{break-after:avoid}}`;

/** @param {Outline} outline */
export function html({ title, said, tables, note }) {
  return `<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p dir="auto">${escaped(said)}</p>
${tables.map(table).join('\n')}
<p>${escaped(note)}</p>
</body>
</html>
`;
}

/** @param {Table} table */
function table({ title, columns, rows }) {
  const head =
    columns && `<thead><tr>${columns.map((name) => `<th scope="col">${escaped(name)}</th>`).join('')}</tr></thead>`;
  const body = rows.map(
    (row) => `<tr>${row.map((value, index) => cell(value, !columns && index === 0)).join('')}</tr>`,
  );
  return `<h2>${escaped(title)}</h2>\n<table>${head ?? ''}<tbody>\n${body.join('\n')}\n</tbody></table>`;
}

/**
 * @param {Cell} value
 * @param {boolean} isName
 */
function cell(value, isName) {
  if (isName) return `<th scope="row">${escaped(String(value))}</th>`;
  if (typeof value === 'number') return `<td class="n">${value}</td>`;
  if (typeof value === 'string') return `<td dir="auto">${escaped(value)}</td>`;
  if ('hash' in value) return `<td><code>${escaped(value.hash)}</code></td>`;
  return `<td class="p" dir="auto">${escaped(value.path)}</td>`;
}

/**
 * For text and for attributes in quotes.
 * @param {string} text
 */
function escaped(text) {
  return visible(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
