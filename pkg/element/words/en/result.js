/** English: how a run ended, and what a screen reader is told. */

import { bytes, number } from '../format.js';
import { sentence } from '../sentence.js';
import { count, files } from './counts.js';
import { found as foundWords } from './delivery.js';

/** @import { Figures, Finished, Found } from '../shapes.js' */

export const summary = {
  /** @param {Figures} figures */
  heading({ decrypted, copied, failed, skipped, inVain }) {
    if (inVain) return `Nothing could be decrypted${copied > 0 ? `; ${files(copied)} copied` : ''}`;
    if (failed > 0) return `Done, but ${files(failed)} failed`;
    if (skipped > 0 && skipped === decrypted + copied)
      return `Nothing to do: ${skipped === 1 ? 'the file is' : `all ${files(skipped)} are`} already there`;
    return decrypted > 0 ? `Done: ${files(decrypted)} decrypted` : `Done: ${files(copied)} copied`;
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
  cancelledZip: 'Nothing was saved.',
  /** @param {number} n */
  cancelledFolder: (n) =>
    `${files(n)} ${n === 1 ? 'was finished and is' : 'were finished and are'} in the folder. ` +
    'No half-written file is left.',
  notResumable:
    'A new run into this folder writes them again under other names, because the box for skipping files was ' +
    'not ticked.',
  resumable: 'To continue, leave the box ticked and pick the same folder again.',
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
  unverified:
    'A file without a checksum cannot be verified: its padding and its beginning were right, but no more is known.',
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

export const say = {
  /** @param {Found} found */
  found({ totals, keys, drop }) {
    const usable = keys.entries.filter(({ key }) => key).length;
    if (!drop) return `${count(usable, 'private key', 'private keys')} added. ${foundWords.noDrop}`;
    const locked =
      (totals.locked > 0 ? `, ${number(totals.locked)} locked` : '') +
      (totals.damaged > 0 ? `, ${number(totals.damaged)} damaged` : '');
    return (
      `Found ${files(totals.files)}, ${number(totals.encrypted)} encrypted${locked}, ` +
      `${count(usable, 'private key', 'private keys')}.`
    );
  },
  started: 'Decrypting has started.',
  /** @param {Finished} run */
  finished({ figures, error, only, name }) {
    if (error) return `${summary.stopped}: ${sentence(error.message)}`;
    if (!figures) return summary.cancelled;
    if (only && figures.failed === 0) return summary.savedZip(name);
    const rest = summary.rest(figures);
    return `${summary.heading(figures)}.${rest && ` ${rest}.`}`;
  },
};
