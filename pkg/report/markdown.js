/** The report as Markdown, with tables as GitHub and others have them. */

import { visible } from './visible.js';

/** @import { Cell, Outline, Table } from './outline.js' */

/** @param {Outline} outline */
export function markdown({ title, said, tables, note }) {
  const parts = [`# ${title}`, escaped(said), ...tables.map(table), escaped(note)];
  return `${parts.join('\n\n')}\n`;
}

/** @param {Table} table */
function table({ title, columns = ['', ''], rows }) {
  const lines = [columns, columns.map((_, index) => (isNumber(rows, index) ? '---:' : '---')), ...rows.map(escapedRow)];
  return `## ${title}\n\n${lines.map((line) => `| ${line.join(' | ')} |`).join('\n')}`;
}

/** @type {(rows: Cell[][], index: number) => boolean} */
const isNumber = (rows, index) => rows.every((row) => typeof row[index] === 'number');

/** @param {Cell[]} row */
function escapedRow(row) {
  return row.map((cell) => {
    if (typeof cell !== 'object') return escaped(String(cell));
    return escaped('path' in cell ? cell.path : cell.hash);
  });
}

/**
 * Character references, because every dialect reads them as plain text, in tables as well. `_` within a word, and a
 * hyphen or dot, mean nothing in a cell and stay readable. The rest breaks what becomes a link by itself.
 * @param {string} text
 */
function escaped(text) {
  return visible(text).replace(
    /[&<>|\\`*[\]~#!$^]|(?<![^\W_])_|_(?![^\W_])|:(?=\/\/)|(?<=www)\.|@/gi,
    (character) => `&#${character.charCodeAt(0)};`,
  );
}
