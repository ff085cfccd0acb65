/** English: how a run ended, and what a screen reader is told. */

import { reportWords } from '../../../report/words.js';
import { bytes, number, percent } from '../format.js';
import { sentence } from '../sentence.js';
import { count, files } from './counts.js';
import { keyStep, key as keyWords } from './keys.js';

/** @import { Figures, Finished, Found } from '../shapes.js' */

export const summary = {
  /** @param {Figures} figures */
  heading({ decrypted, copied, failed, skipped, salvaged, inVain }) {
    if (inVain && salvaged > 0) return 'No file could be decrypted whole';
    if (inVain)
      return copied > 0 ? `Nothing could be decrypted. ${files(copied)} copied` : 'Nothing could be decrypted';
    if (failed > 0) return `Done, but ${files(failed)} failed`;
    if (skipped > 0 && skipped === decrypted + copied)
      return `Nothing to do: ${skipped === 1 ? 'the file is' : `all ${files(skipped)} are`} already there`;
    return decrypted > 0
      ? `Done: ${files(decrypted)} decrypted`
      : `Done: ${files(copied)} saved as ${copied === 1 ? 'it is' : 'they are'}`;
  },
  /**
   * What the heading does not say.
   * @param {Figures} figures
   */
  rest({ decrypted, copied, failed, skipped, warned, inVain }) {
    const carry = warned.length > 0 && summary.warned(warned.length);
    if (inVain) return [`${number(failed)} failed`, carry].filter(Boolean).join(', ');
    if (failed === 0 && skipped === decrypted + copied) return carry || '';
    const parts = [
      failed > 0 && `${number(decrypted)} decrypted`,
      (failed > 0 || decrypted > 0) && `${number(copied)} copied`,
      skipped > 0 && `${number(skipped)} of them already there`,
      carry,
    ];
    return parts.filter(Boolean).join(', ');
  },
  cancelled: 'Cancelled',
  cancelledZip: 'No files were written.',
  /** @param {number} n */
  cancelledFolder: (n) =>
    n === 0
      ? 'No files were written.'
      : `${files(n)} ${n === 1 ? 'was finished and is' : 'were finished and are'} in the folder. No half-written ` +
        'file is left.',
  notResumable:
    'A new run into this folder saves them again under other names, because “Resume” was off. It is in the options.',
  resumable: 'To continue, leave “Resume” on, and choose the same folder again.',
  /** @param {readonly string[]} names */
  unsure: (names) => `Check your downloads: ${names.join(', ')}`,
  unsureWhy:
    'This page is part of another one, and the browser does not say whether it may download there. If the file is not ' +
    'there, open this page in a tab of its own, or ask who runs the portal to allow downloads ' +
    '(sandbox="allow-downloads").',
  given: 'Handed to the portal.',
  /** @param {string} name */
  givenAs: (name) => `Handed to the portal as ${name}.`,
  /** @param {number} n */
  cancelledGiven: (n) => (n === 0 ? 'No file was finished.' : `${files(n)} had been handed to the portal before.`),
  stopped: 'Stopped',
  decrypted: 'Decrypted',
  copied: 'Copied',
  failed: 'Failed',
  skipped: 'Of these, already there',
  written: 'Written',
  verified: 'Verified by checksum',
  /** @type {(verified: number, decrypted: number) => string} */
  ofDecrypted: (verified, decrypted) => `${number(verified)} of ${number(decrypted)}`,
  /** @param {string} name */
  savedZip: (name) => `Saved as ${name}.`,
  /** @param {string} name */
  savedFolder: (name) => `Saved into the folder ${name}.`,
  /** @param {number} n */
  renamed: (n) =>
    n === 1
      ? `${files(n)} was saved under another name, because its own was taken.`
      : `${files(n)} were saved under other names, because their own were taken.`,
  unverified: 'Not verified means that the file has no checksum. It decrypted cleanly, but damage can’t be ruled out.',
  /** @param {{ decrypted: number, copied: number, failed: number }} counts */
  outcomes: ({ decrypted, copied, failed }) =>
    [
      decrypted > 0 && `${number(decrypted)} decrypted`,
      copied > 0 && `${number(copied)} copied`,
      failed > 0 && `${number(failed)} failed`,
    ]
      .filter(Boolean)
      .join(', '),
  byDataset: 'By dataset',
  /** Data files that are in no folder. */
  noFolder: 'In no folder',
  /** @param {number} n */
  moreDatasets: (n) => `… and ${count(n, 'more dataset', 'more datasets')}.`,
  /** @param {number} n */
  again: (n) => `Try ${count(n, 'file', 'files')} again`,
  which: 'Which files',
  preview: 'Look at the files',
  startOver: 'Start over',
  /** @param {number} n */
  salvaged: (n) =>
    n === 1
      ? 'The readable part of 1 failed file was saved. It ends in .partial, and nothing in it is verified.'
      : `The readable parts of ${files(n)} that failed were saved. They end in .partial, and nothing in them is ` +
        'verified.',
  failures: 'What failed, and why',
  /** @param {number} n */
  warned: (n) => `${files(n)} ${n === 1 ? 'has' : 'have'} a warning`,
  /** @param {number} n */
  several: (n) => `${files(n)}:`,
  /** @param {number} n */
  more: (n) => `… and ${files(n)} more: see the list below.`,
  number,
  bytes,
};

export const report = {
  title: 'Report',
  open: 'Report',
  copy: 'Copy as Markdown',
  print: 'Print',
  save: { html: 'Save as HTML', markdown: 'Save as Markdown', json: 'Save as JSON' },
  noHashes:
    'This report has no SHA-256 of the files. They are computed if you turn on “Put a report with the data” in the ' +
    'options before you save.',
  copied: 'Copied.',
  copyFailed: 'The clipboard is not available. Save the report instead.',
  /** @param {number} n */
  more: (n) => `… and ${count(n, 'more row', 'more rows')}. The saved report has all of them.`,
  page: reportWords,
};

/**
 * What is wrong with the keys, or asked for.
 * @param {Found} found
 */
const keyNews = ({ asked, unmatched }) => [
  ...asked.map((name) => `${name} needs its password.`),
  ...(unmatched.length > 0 ? [keyWords.noMatch(unmatched)] : []),
];

export const say = {
  /** @param {Found} found */
  found(found) {
    const { totals, usable } = found;
    const told = `${count(usable, 'private key', 'private keys')}`;
    const news = keyNews(found);
    if (!totals) return [usable > 0 && `${told} added. ${keyStep.noDrop}`, ...news].filter(Boolean).join(' ');
    const locked =
      (totals.locked > 0 ? `, ${number(totals.locked)} locked` : '') +
      (totals.damaged > 0 ? `, ${number(totals.damaged)} damaged` : '');
    return [`Found ${files(totals.files)}, ${number(totals.encrypted)} encrypted${locked}, ${told}.`, ...news].join(
      ' ',
    );
  },
  started: 'Decrypting has started.',
  /** @param {number} share */
  progress: (share) => `${percent(share, 1)} done.`,
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
