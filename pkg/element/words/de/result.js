/** German: how a run ended, and what a screen reader is told. */

import { bytes, number, percent } from '../format.js';
import { sentence } from '../sentence.js';
import { count, files } from './counts.js';
import { keyStep, key as keyWords } from './keys.js';
import { reportWords } from './report.js';

/** @import { Figures, Finished, Found } from '../shapes.js' */

export const summary = {
  /** @param {Figures} figures */
  heading({ decrypted, copied, failed, skipped, salvaged, inVain }) {
    if (inVain && salvaged > 0) return 'Keine Datei ließ sich vollständig entschlüsseln';
    if (inVain)
      return copied > 0 ? `Nichts ließ sich entschlüsseln. ${files(copied)} kopiert` : 'Nichts ließ sich entschlüsseln';
    if (failed > 0) return `Fertig, aber ${files(failed)} ${failed === 1 ? 'ist' : 'sind'} fehlgeschlagen`;
    if (skipped > 0 && skipped === decrypted + copied)
      return `Nichts zu tun: ${skipped === 1 ? 'Die Datei ist' : `Alle ${files(skipped)} sind`} schon vorhanden`;
    return decrypted > 0
      ? `Fertig: ${files(decrypted)} entschlüsselt`
      : `Fertig: ${files(copied)} unverändert gespeichert`;
  },
  /**
   * What the heading does not say.
   * @param {Figures} figures
   */
  rest({ decrypted, copied, failed, skipped, warned, inVain }) {
    const carry = warned.length > 0 && summary.warned(warned.length);
    if (inVain) return [`${number(failed)} fehlgeschlagen`, carry].filter(Boolean).join(', ');
    if (failed === 0 && skipped === decrypted + copied) return carry || '';
    const parts = [
      failed > 0 && `${number(decrypted)} entschlüsselt`,
      (failed > 0 || decrypted > 0) && `${number(copied)} kopiert`,
      skipped > 0 && `${number(skipped)} davon schon vorhanden`,
      carry,
    ];
    return parts.filter(Boolean).join(', ');
  },
  cancelled: 'Abgebrochen',
  cancelledZip: 'Es wurden keine Dateien geschrieben.',
  /** @param {number} n */
  cancelledFolder: (n) =>
    n === 0
      ? 'Es wurden keine Dateien geschrieben.'
      : `${files(n)} ${n === 1 ? 'wurde fertig und liegt' : 'wurden fertig und liegen'} im Ordner. Keine halb ` +
        'geschriebene Datei bleibt zurück.',
  notResumable:
    'Ein neuer Durchlauf in diesen Ordner speichert sie noch einmal unter anderen Namen, weil „Fortsetzen“ ' +
    'ausgeschaltet war. Sie finden es in den Optionen.',
  resumable: 'Zum Fortsetzen lassen Sie „Fortsetzen“ eingeschaltet und wählen Sie noch einmal denselben Ordner aus.',
  /** @param {readonly string[]} names */
  unsure: (names) => `Prüfen Sie Ihre Downloads: ${names.join(', ')}`,
  unsureWhy:
    'Diese Seite ist Teil einer anderen, und der Browser sagt nicht, ob sie dort herunterladen darf. Wenn die Datei ' +
    'nicht unter Ihren Downloads ist, öffnen Sie diese Seite in einem eigenen Tab, oder bitten Sie, wer das Portal ' +
    'betreibt, Downloads zu erlauben (sandbox="allow-downloads").',
  given: 'An das Portal übergeben.',
  /** @param {string} name */
  givenAs: (name) => `An das Portal übergeben als ${name}.`,
  /** @param {number} n */
  cancelledGiven: (n) =>
    n === 0
      ? 'Keine Datei wurde fertig.'
      : `${files(n)} ${n === 1 ? 'war' : 'waren'} da schon an das Portal übergeben.`,
  stopped: 'Gestoppt',
  decrypted: 'Entschlüsselt',
  copied: 'Kopiert',
  failed: 'Fehlgeschlagen',
  skipped: 'Davon schon vorhanden',
  written: 'Geschrieben',
  verified: 'Mit Prüfsumme geprüft',
  /** @type {(verified: number, decrypted: number) => string} */
  ofDecrypted: (verified, decrypted) => `${number(verified)} von ${number(decrypted)}`,
  /** @param {string} name */
  savedZip: (name) => `Gespeichert als ${name}.`,
  /** @param {string} name */
  savedFolder: (name) => `Gespeichert im Ordner ${name}.`,
  /** @param {number} n */
  renamed: (n) =>
    n === 1
      ? `${files(n)} wurde unter einem anderen Namen gespeichert, weil ihr eigener vergeben war.`
      : `${files(n)} wurden unter anderen Namen gespeichert, weil ihre eigenen vergeben waren.`,
  unverified:
    '„Nicht geprüft“ heißt, dass die Datei keine Prüfsumme hat. Sie ließ sich fehlerfrei entschlüsseln, aber eine ' +
    'Beschädigung lässt sich nicht ausschließen.',
  /** @param {{ decrypted: number, copied: number, failed: number }} counts */
  outcomes: ({ decrypted, copied, failed }) =>
    [
      decrypted > 0 && `${number(decrypted)} entschlüsselt`,
      copied > 0 && `${number(copied)} kopiert`,
      failed > 0 && `${number(failed)} fehlgeschlagen`,
    ]
      .filter(Boolean)
      .join(', '),
  byDataset: 'Nach Dataset',
  /** Data files that are in no folder. */
  noFolder: 'In keinem Ordner',
  /** @param {number} n */
  moreDatasets: (n) => `… und ${count(n, 'weiteres Dataset', 'weitere Datasets')}.`,
  /** @param {number} n */
  again: (n) => `${files(n)} noch einmal versuchen`,
  which: 'Welche Dateien',
  preview: 'Dateien ansehen',
  startOver: 'Von vorn beginnen',
  /** @param {number} n */
  salvaged: (n) =>
    n === 1
      ? 'Der lesbare Teil von 1 fehlgeschlagenen Datei wurde gespeichert. Er endet auf .partial, und nichts darin ' +
        'ist geprüft.'
      : `Die lesbaren Teile von ${number(n)} fehlgeschlagenen Dateien wurden gespeichert. Sie enden auf .partial, ` +
        'und nichts darin ist geprüft.',
  failures: 'Was fehlgeschlagen ist, und warum',
  /** @param {number} n */
  warned: (n) => `${files(n)} ${n === 1 ? 'hat' : 'haben'} eine Warnung`,
  /** @param {number} n */
  several: (n) => `${files(n)}:`,
  /** @param {number} n */
  more: (n) => `… und ${count(n, 'weitere Datei', 'weitere Dateien')}: siehe die Liste unten.`,
  number,
  bytes,
};

export const report = {
  title: 'Bericht',
  open: 'Bericht',
  copy: 'Als Markdown kopieren',
  print: 'Drucken',
  save: { html: 'Als HTML speichern', markdown: 'Als Markdown speichern', json: 'Als JSON speichern' },
  noHashes:
    'Dieser Bericht enthält keine SHA-256-Werte der Dateien. Sie werden berechnet, wenn Sie vor dem Speichern in ' +
    'den Optionen „Bericht mit den Daten speichern“ einschalten.',
  copied: 'Kopiert.',
  copyFailed: 'Die Zwischenablage ist nicht verfügbar. Speichern Sie stattdessen den Bericht.',
  /** @param {number} n */
  more: (n) => `… und ${count(n, 'weitere Zeile', 'weitere Zeilen')}. Der gespeicherte Bericht enthält alle.`,
  page: reportWords,
};

/**
 * What is wrong with the keys, or asked for.
 * @param {Found} found
 */
const keyNews = ({ asked, unmatched }) => [
  ...asked.map((name) => `Für ${name} fehlt das Kennwort.`),
  ...(unmatched.length > 0 ? [keyWords.noMatch(unmatched)] : []),
];

export const say = {
  /** @param {Found} found */
  found(found) {
    const { totals, usable } = found;
    const told = count(usable, 'privater Schlüssel', 'private Schlüssel');
    const news = keyNews(found);
    if (!totals) return [usable > 0 && `${told} hinzugefügt. ${keyStep.noDrop}`, ...news].filter(Boolean).join(' ');
    const locked =
      (totals.locked > 0 ? `, ${number(totals.locked)} gesperrt` : '') +
      (totals.damaged > 0 ? `, ${number(totals.damaged)} beschädigt` : '');
    return [
      `Gefunden: ${files(totals.files)}, ${number(totals.encrypted)} verschlüsselt${locked}, ${told}.`,
      ...news,
    ].join(' ');
  },
  started: 'Die Entschlüsselung hat begonnen.',
  /** @param {number} share */
  progress: (share) => `${percent(share, 1)} erledigt.`,
  /** @param {Finished} run */
  finished({ figures, error, way, name, names, fate }) {
    if (error) return `${summary.stopped}: ${sentence(error.message)}`;
    if (!figures) return summary.cancelled;
    if (fate === 'unsure') return `${summary.unsure(names)}. ${summary.unsureWhy}`;
    if (way === 'file' && fate === 'given') return name ? summary.givenAs(name) : summary.given;
    if (way === 'file' && figures.failed === 0) return summary.savedZip(name);
    const rest = summary.rest(figures);
    return `${summary.heading(figures)}.${rest && ` ${rest}.`}`;
  },
};
