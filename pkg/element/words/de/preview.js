/** German: the preview of a file. */

import { bytes, number } from '../format.js';
import { sentence } from '../sentence.js';
import { count } from './counts.js';

/** @type {(isPart: boolean) => string} */
const note = (isPart) =>
  `Nur im Arbeitsspeicher angezeigt, nicht gespeichert. Nicht geprüft: ${
    isPart ? 'Nur der Anfang wurde gelesen.' : 'Prüfsummen werden beim Speichern der Datei geprüft.'
  }`;

/** @param {number} n */
const rowsOf = (n) => count(n, 'Zeile', 'Zeilen');

export const preview = {
  title: 'Vorschau',
  choose: 'Wählen Sie eine Datei in der Liste aus, um ihren Inhalt zu sehen, bevor Sie etwas speichern.',
  back: 'Zurück zu den Dateien',
  reading: 'Der Anfang der Datei wird gelesen',
  note,
  obstacles: {
    locked:
      'Diese Datei ist gesperrt. Fügen Sie den privaten Schlüssel hinzu, der sie öffnet. Dann können Sie sie hier ' +
      'ansehen.',
    apart: 'Für diese Datei gibt es keine Vorschau, weil sie nicht zu dem gehört, was gespeichert wird.',
  },
  /** @type {(n: number, reason: string) => string} */
  rowsBefore: (n, reason) =>
    `${reason} ${n === 1 ? 'Die Zeile unten steht' : `Die ${number(n)} Zeilen unten stehen`} vor dieser Stelle.`,
  tabs: { table: 'Tabelle', json: 'JSON', columns: 'Spalten' },
  row: 'Zeile',
  number,
  /** @type {Record<string, string>} */
  types: {
    integer: 'ganze Zahl',
    number: 'Zahl',
    boolean: 'wahr oder falsch',
    text: 'Text',
    date: 'Datum',
    timestamp: 'Datum und Uhrzeit',
    object: 'Objekt',
    array: 'Liste',
    mixed: 'mehrere Typen',
    null: 'keine Werte',
  },
  /** Columns of files that are not tables. @type {Record<string, string>} */
  plain: { line: 'Zeile', offset: 'Position', hex: 'Bytes', text: 'Text' },
  /** @param {string} share */
  filled: (share) => `${share} gefüllt`,
  /** @type {(filled: number, rows: number, share: string) => string} */
  filledOf: (filled, rows, share) => `${number(filled)} von ${number(rows)} (${share})`,
  unknown: 'nicht bekannt',
  /** @param {number} n */
  fields: (n) => `{…} ${count(n, 'Feld', 'Felder')}`,
  /** @param {number} n */
  items: (n) => `[…] ${count(n, 'Element', 'Elemente')}`,
  /** @param {number} n */
  whole: (n) => (n === 1 ? 'das ganze Zeichen' : `alle ${number(n)} Zeichen`),
  /** @param {number} n */
  characters: (n) => `${number(n)} Zeichen`,
  /** @param {number} most */
  valueCut: (most) => `Hier werden nur die ersten ${number(most)} Zeichen angezeigt.`,
  columnHeads: { name: 'Spalte', type: 'Typ', values: 'Zeilen mit Wert', longest: 'Längster Text' },
  more: '100 weitere anzeigen',
  empty: 'Die Datei ist leer.',
  rowTooLong: 'Die erste Zeile ist für die Vorschau zu lang.',
  /**
   * `isAtEnd`: the preview shows no more rows.
   * @param {{ rows: number, rowsTotal: number | null, content: string | null, bytesRead: number, bytesTotal: number,
   *   stoppedBy: string | null, isAtEnd: boolean }} figures
   */
  figures({ rows, rowsTotal, content, bytesRead, bytesTotal, stoppedBy, isAtEnd }) {
    const unit = content === 'bytes' ? ' zu 16 Byte' : '';
    const shown = `${rowsOf(rows)}${unit}`;
    const first = rows === 1 ? `Erste Zeile${unit}` : `Erste ${shown}`;
    if (isAtEnd)
      return (
        `Die Vorschau endet nach ${rows === 1 ? 'der ersten Zeile' : shown}. Speichern Sie die Datei, um alles ` +
        'zu sehen.'
      );
    if (rowsTotal !== null && rows !== rowsTotal) return `${first} von ${number(rowsTotal)}`;
    if (rowsTotal !== null || stoppedBy === null)
      return rows === 1 ? `${shown}, mehr nicht` : rows === 0 ? shown : `Alle ${shown}`;
    return `${first} · ${bytes(bytesRead)} von ${bytes(bytesTotal)} gelesen`;
  },
  /** @type {(name: string, reason: string) => string} */
  failed: (name, reason) => `Vorschau von ${name}: ${sentence(reason)}`,
  /** @type {(name: string, rows: number) => string} */
  said: (name, rows) => `Vorschau von ${name}: ${rowsOf(rows)}.`,
};
