/**
 * The words of a report: English, in which files are written. The page shows reports in its own language; see
 * element/words.
 */

/** The first column of a table of files. */
const file = 'File';

export const reportWords = {
  title: 'Report of mgdc-decrypt',
  status: {
    complete: 'The run went through all files.',
    cancelled: 'The run was cancelled. What it had finished by then is listed.',
    stopped: 'The run stopped early. What it had finished by then is listed.',
  },
  /** @type {(status: string, reason: string, code: string) => string} */
  stop: (status, reason, code) => `${status} ${reason} (${code})`,
  /** Why a file failed or was left out. @type {(code: string, message: string) => string} */
  reason: (_code, message) => message,
  note:
    'A checksum that was right shows that a file is whole. It says nothing about who wrote it. ' +
    'SHA-256 is that of the file that was written.',
  tables: {
    run: 'Run',
    options: 'Options',
    keys: 'Keys',
    failed: 'Failed',
    warnings: 'Warnings',
    leftOut: 'Left out',
    written: 'Written',
    extras: 'More about single files',
  },
  columns: {
    keys: ['Entry', 'Key version', 'Key identifier', 'Padding', 'Files'],
    reasons: [file, 'Code', 'Reason, and what to do'],
    warnings: [file, 'Warning'],
    written: [file, 'Written as', 'Outcome', 'Bytes', 'Checksum', 'SHA-256'],
    extras: [file, 'What', 'Details'],
  },
  facts: {
    tool: 'Tool',
    started: 'Started (UTC)',
    ended: 'Ended (UTC)',
    seconds: 'Seconds',
    source: 'Source',
    files: 'Files in the drop',
    bytes: 'Bytes of the chosen files',
    decrypted: 'Decrypted',
    crc32: 'Verified by CRC-32',
    adler32: 'Verified by Adler-32',
    none: 'Decrypted, without a checksum',
    copied: 'Copied',
    skipped: 'Of these, by an earlier run',
    failed: 'Failed',
    leftOut: 'Left out',
    notChosen: 'Not chosen',
    unfinished: 'Not finished',
    converted: 'Converted',
    salvaged: 'Salvaged',
    written: 'Bytes written',
  },
  /** @type {(tool: string, revision: string) => string} */
  revision: (tool, revision) => `${tool}, revision ${revision}`,
  outcomes: { decrypted: 'decrypted', copied: 'copied', failed: 'failed' },
  /** @param {string} outcome */
  earlier: (outcome) => `${outcome}, by an earlier run`,
  untold: 'not told',
  /** @param {string} checksum */
  right: (checksum) => `${checksum}, right`,
  unchecked: 'not checked',
  noChecksum: 'none in the content',
  notComputed: 'not computed',
  extras: { converted: 'converted', salvaged: 'salvaged' },
};
