/** English: the preview of a file. */

import { bytes, number } from '../format.js';
import { sentence } from '../sentence.js';
import { count } from './counts.js';

/** @type {Record<string, [one: string, many: string]>} */
const ROWS = { text: ['line', 'lines'], bytes: ['line of 16 bytes', 'lines of 16 bytes'] };

export const preview = {
  title: 'Preview',
  choose: 'Choose a file in the list to see what is in it, before you save anything.',
  back: 'Back to the files',
  reading: 'Reading the beginning of the file',
  /**
   * @param {boolean} isPart
   * @returns {string}
   */
  note: (isPart) =>
    isPart
      ? 'Shown in memory only, not saved. Not verified: only the beginning was read.'
      : 'Shown in memory only, not saved. Not verified: checksums are checked when the file is saved.',
  obstacles: {
    locked: 'This file is locked. Add the private key that opens it, and you can look at it here.',
    apart: 'There is no preview of this file, because it is not part of what is saved.',
  },
  /** @type {(n: number, reason: string) => string} */
  rowsBefore: (n, reason) =>
    `${reason} ${n === 1 ? 'The row below is' : `The ${number(n)} rows below are`} from before that place.`,
  tabs: { table: 'Table', json: 'JSON', columns: 'Columns' },
  row: 'Row',
  number,
  /** @type {Record<string, string>} */
  types: {
    integer: 'whole number',
    number: 'number',
    boolean: 'true or false',
    text: 'text',
    date: 'date',
    timestamp: 'date and time',
    object: 'object',
    array: 'list',
    mixed: 'several types',
    null: 'no values',
  },
  /** Columns of files that are not tables. @type {Record<string, string>} */
  plain: { line: 'Line', offset: 'Place', hex: 'Bytes', text: 'Text' },
  /** @param {string} share */
  filled: (share) => `${share} filled`,
  /** @type {(filled: number, rows: number, share: string) => string} */
  filledOf: (filled, rows, share) => `${number(filled)} of ${number(rows)} (${share})`,
  unknown: 'not known',
  /** @param {number} n */
  fields: (n) => `{…} ${count(n, 'field', 'fields')}`,
  /** @param {number} n */
  items: (n) => `[…] ${count(n, 'item', 'items')}`,
  /** @param {number} n */
  whole: (n) => `all ${count(n, 'character', 'characters')}`,
  /** @param {number} n */
  characters: (n) => count(n, 'character', 'characters'),
  /** @param {number} most */
  valueCut: (most) => `Only the first ${number(most)} characters are shown here.`,
  columnHeads: { name: 'Column', type: 'Type', values: 'Rows with a value', longest: 'Longest text' },
  more: 'Show 100 more',
  empty: 'The file is empty.',
  rowTooLong: 'The first row is too long for the preview.',
  /**
   * `isAtEnd`: the preview shows no more rows.
   * @param {{ rows: number, rowsTotal: number | null, content: string | null, bytesRead: number, bytesTotal: number,
   *   stoppedBy: string | null, isAtEnd: boolean }} figures
   */
  figures({ rows, rowsTotal, content, bytesRead, bytesTotal, stoppedBy, isAtEnd }) {
    const [one, many] = ROWS[content ?? ''] ?? ['row', 'rows'];
    const shown = count(rows, one, many);
    const first = rows === 1 ? `The first ${one}` : `First ${shown}`;
    const all = rows === 1 ? `${shown}, and no more` : rows === 0 ? shown : `All ${shown}`;
    if (isAtEnd) return `The preview ends after ${shown}. Save the file to see all of it.`;
    if (rowsTotal !== null) return rows === rowsTotal ? all : `${first} of ${number(rowsTotal)}`;
    if (stoppedBy === null) return all;
    return `${first} · ${bytes(bytesRead)} of ${bytes(bytesTotal)} read`;
  },
  /** @type {(name: string, reason: string) => string} */
  failed: (name, reason) => `Preview of ${name}: ${sentence(reason)}`,
  /** @type {(name: string, rows: number) => string} */
  said: (name, rows) => `Preview of ${name}: ${count(rows, 'row', 'rows')}.`,
};
