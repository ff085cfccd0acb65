/** The report as titles and tables, from which Markdown and HTML are made. */

/** @import { FileResult, Report } from '../index.js' */

/**
 * What stands in a table. `path`: a path or name of the drop, or a key; `hash`: digits and letters.
 * @typedef {string | number | { path: string } | { hash: string }} Cell
 */
/** A table; without `columns`, each row is a name and its value. @typedef {{ title: string, columns?: string[], rows: Cell[][] }} Table */
/** @typedef {{ title: string, said: string, tables: Table[], note: string }} Outline */

const CHECKSUMS = { crc32: 'CRC-32', adler32: 'Adler-32' };
const STATUS = {
  complete: 'The run went through all files.',
  cancelled: 'The run was cancelled. What it had finished by then is listed.',
  stopped: 'The run stopped early. What it had finished by then is listed.',
};

/**
 * @param {Report} report
 * @returns {Outline}
 */
export function outline(report) {
  const { files, leftOut, keys, options } = report;
  const failed = files.filter(({ outcome }) => outcome === 'failed');
  const written = files.filter(({ outcome }) => outcome !== 'failed');
  const tables = [
    { title: 'Run', rows: facts(report) },
    { title: 'Options', rows: Object.entries(options).map(([name, value]) => [name, { path: textOf(value) }]) },
    {
      title: 'Keys',
      columns: ['Entry', 'Key version', 'Key identifier', 'Padding', 'Files'],
      rows: keys.map(({ keyDetails, keyVersion, keyIdentifier, algorithm, files: opened }) => [
        keyDetails,
        { hash: keyVersion ?? '' },
        { path: keyIdentifier ?? '' },
        algorithm ?? 'not told',
        opened,
      ]),
    },
    reasons('Failed', failed),
    {
      title: 'Warnings',
      columns: ['File', 'Warning'],
      rows: files.flatMap(({ path, warnings }) => warnings.map((warning) => [{ path }, warning])),
    },
    reasons('Left out', leftOut),
    {
      title: 'Written',
      columns: ['File', 'Written as', 'Outcome', 'Bytes', 'Checksum', 'SHA-256'],
      rows: written.map((result) => [
        { path: result.path },
        { path: result.output ?? '' },
        result.outcome + (result.skipped ? ', by an earlier run' : ''),
        result.bytes,
        checksumOf(result),
        result.sha256 === undefined ? 'not computed' : { hash: result.sha256 },
      ]),
    },
    { title: 'More about single files', columns: ['File', 'What', 'Details'], rows: files.flatMap(extras) },
  ];
  return {
    title: 'Report of mgdc-decrypt',
    said: report.stop ? `${STATUS[report.status]} ${report.stop.message} (${report.stop.code})` : STATUS[report.status],
    tables: tables.filter(({ rows }) => rows.length > 0),
    note:
      'A checksum that was right shows that a file is whole. It says nothing about who wrote it. ' +
      'SHA-256 is that of the file that was written.',
  };
}

/**
 * @param {Report} report
 * @returns {Cell[][]}
 */
function facts(report) {
  const { tool, source, checksums } = report;
  const { salvaged, converted } = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (report));
  /** @type {[name: string, value: Cell | null | undefined | false][]} */
  const all = [
    ['Tool', `${tool.name} ${tool.version}${tool.revision ? `, revision ${tool.revision}` : ''}`],
    ['Started (UTC)', report.started],
    ['Ended (UTC)', report.ended],
    ['Seconds', report.seconds],
    ['Source', source.name !== null && { path: source.name }],
    ['Files in the drop', source.files],
    ['Bytes of the chosen files', source.bytes],
    ['Decrypted', report.decrypted],
    ['Verified by CRC-32', checksums.crc32],
    ['Verified by Adler-32', checksums.adler32],
    ['Decrypted, without a checksum', checksums.none],
    ['Copied', report.copied],
    ['Of these, by an earlier run', report.skipped > 0 && report.skipped],
    ['Failed', report.failed],
    ['Left out', report.leftOut.length],
    ['Not chosen', report.notChosen],
    ['Not finished', report.unfinished],
    ['Converted', converted !== undefined && textOf(converted)],
    ['Salvaged', salvaged !== undefined && textOf(salvaged)],
    ['Bytes written', report.bytesWritten],
  ];
  return all.flatMap(([name, value]) =>
    value === null || value === undefined || value === false ? [] : [[name, value]],
  );
}

/**
 * @param {string} title
 * @param {readonly { path: string, code?: string, message?: string }[]} list
 * @returns {Table}
 */
function reasons(title, list) {
  const rows = list.map(({ path, code = '', message = '' }) => [{ path }, code, message]);
  return { title, columns: ['File', 'Code', 'Reason, and what to do'], rows };
}

/** @param {FileResult} result */
function checksumOf({ outcome, verified }) {
  return verified ? `${CHECKSUMS[verified]}, right` : outcome === 'copied' ? 'not checked' : 'none in the content';
}

/**
 * What a conversion or a salvage tells of a file.
 * @param {FileResult} result
 */
function extras(result) {
  return ['converted', 'salvaged'].flatMap((name) => {
    const value = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (result))[name];
    return value ? [[{ path: result.path }, name, textOf(value)]] : [];
  });
}

/** @param {unknown} value */
const textOf = (value) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
