/** What the texts are given: shapes only. */

/**
 * The number of files of each kind; `bytes`: their size, or `null` until it is known.
 *
 * @typedef {object} Totals
 * @property {number} files
 * @property {number | null} bytes
 * @property {number} encrypted
 * @property {number} locked
 * @property {number} damaged
 * @property {number} ready
 * @property {number} asIs
 * @property {number} deliverable
 */
/** What the next run would save: see state/plan.js. @typedef {{ totals: Totals, bytes: number | null, clear: boolean }} Plan */
/**
 * The parts of a report that are shown.
 *
 * @typedef {object} Figures
 * @property {number} decrypted
 * @property {number} copied
 * @property {number} failed
 * @property {number} skipped
 * @property {number} salvaged
 * @property {readonly unknown[]} warned
 * @property {boolean} inVain
 */
/**
 * An entry that a vault answer opened. @typedef {{ version: string | null, algorithm: string | null, files: number
 * | null }} Opened
 */
/**
 * What was added.
 *
 * @typedef {object} Found
 * @property {Totals | null} totals of the drop, if there is one
 * @property {number} usable private keys
 * @property {string[]} asked names of keys that need a password
 * @property {(string | null)[]} unmatched versions of the wrapped keys that are locked although a key was tried
 */
/**
 * A run that is over.
 *
 * @typedef {object} Finished
 * @property {Figures | null} figures `null` if it failed or was cancelled
 * @property {Error | null} error
 * @property {string} way
 * @property {string} name
 * @property {readonly string[]} names
 * @property {'saved' | 'given' | 'unsure'} fate
 */

export {};
