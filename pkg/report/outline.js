/** The report as titles and tables, from which Markdown and HTML are made. */

import { reportWords } from './words.js';

/** @import { FileResult, Report } from '../index.js' */

/**
 * What stands in a table. `path`: a path or name of the drop, or a key; `hash`: digits and letters.
 * @typedef {string | number | { path: string } | { hash: string }} Cell
 */
/** A table; without `columns`, each row is a name and its value. @typedef {{ title: string, columns?: string[], rows: Cell[][] }} Table */
/** @typedef {{ title: string, said: string, tables: Table[], note: string }} Outline */

const CHECKSUMS = { crc32: 'CRC-32', adler32: 'Adler-32' };

/**
 * `words`: another language's.
 * @param {Report} report
 * @param {typeof reportWords} [words]
 * @returns {Outline}
 */
export function outline(report, words = reportWords) {
  const { files, leftOut, keys, options, stop } = report;
  const { tables: titles, columns } = words;
  const failed = files.filter(({ outcome }) => outcome === 'failed');
  const written = files.filter(({ outcome }) => outcome !== 'failed');
  /** @type {(list: readonly { path: string, code?: string, message?: string }[]) => Cell[][]} */
  const reasons = (list) =>
    list.map(({ path, code = '', message = '' }) => [{ path }, code, words.reason(code, message)]);
  const tables = [
    { title: titles.run, rows: facts(report, words) },
    { title: titles.options, rows: Object.entries(options).map(([name, value]) => [name, { path: textOf(value) }]) },
    {
      title: titles.keys,
      columns: columns.keys,
      rows: keys.map(({ keyDetails, keyVersion, keyIdentifier, algorithm, files: opened }) => [
        keyDetails,
        { hash: keyVersion ?? '' },
        { path: keyIdentifier ?? '' },
        algorithm ?? words.untold,
        opened,
      ]),
    },
    { title: titles.failed, columns: columns.reasons, rows: reasons(failed) },
    {
      title: titles.warnings,
      columns: columns.warnings,
      rows: files.flatMap(({ path, warnings }) => warnings.map((warning) => [{ path }, warning])),
    },
    { title: titles.leftOut, columns: columns.reasons, rows: reasons(leftOut) },
    {
      title: titles.written,
      columns: columns.written,
      rows: written.map((result) => [
        { path: result.path },
        { path: result.output ?? '' },
        result.skipped ? words.earlier(words.outcomes[result.outcome]) : words.outcomes[result.outcome],
        result.bytes,
        checksumOf(result, words),
        result.sha256 === undefined ? words.notComputed : { hash: result.sha256 },
      ]),
    },
    { title: titles.extras, columns: columns.extras, rows: files.flatMap((result) => extras(result, words)) },
  ];
  const status = words.status[report.status];
  return {
    title: words.title,
    said: stop ? words.stop(status, words.reason(stop.code, stop.message), stop.code) : status,
    tables: tables.filter(({ rows }) => rows.length > 0),
    note: words.note,
  };
}

/**
 * @param {Report} report
 * @param {typeof reportWords} words
 * @returns {Cell[][]}
 */
function facts(report, { facts: names, revision }) {
  const { tool, source, checksums } = report;
  const { salvaged, converted } = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (report));
  const name = `${tool.name} ${tool.version}`;
  /** @type {[name: string, value: Cell | null | undefined | false][]} */
  const all = [
    [names.tool, tool.revision ? revision(name, tool.revision) : name],
    [names.started, report.started],
    [names.ended, report.ended],
    [names.seconds, report.seconds],
    [names.source, source.name !== null && { path: source.name }],
    [names.files, source.files],
    [names.bytes, source.bytes],
    [names.decrypted, report.decrypted],
    [names.crc32, checksums.crc32],
    [names.adler32, checksums.adler32],
    [names.none, checksums.none],
    [names.copied, report.copied],
    [names.skipped, report.skipped > 0 && report.skipped],
    [names.failed, report.failed],
    [names.leftOut, report.leftOut.length],
    [names.notChosen, report.notChosen],
    [names.unfinished, report.unfinished],
    [names.converted, converted !== undefined && textOf(converted)],
    [names.salvaged, salvaged !== undefined && textOf(salvaged)],
    [names.written, report.bytesWritten],
  ];
  return all.flatMap(([name, value]) =>
    value === null || value === undefined || value === false ? [] : [[name, value]],
  );
}

/**
 * @param {FileResult} result
 * @param {typeof reportWords} words
 */
function checksumOf({ outcome, verified }, words) {
  if (verified) return words.right(CHECKSUMS[verified]);
  return outcome === 'copied' ? words.unchecked : words.noChecksum;
}

/**
 * What a conversion or a salvage tells of a file.
 * @param {FileResult} result
 * @param {typeof reportWords} words
 */
function extras(result, words) {
  return /** @type {const} */ (['converted', 'salvaged']).flatMap((name) => {
    const value = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (result))[name];
    return value ? [[{ path: result.path }, words.extras[name], textOf(value)]] : [];
  });
}

/** @param {unknown} value */
const textOf = (value) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
