/** The command line decrypts a drop. Exit status 0: nothing failed; 1: a file failed; 2: nothing could start. */

import { basename, resolve } from 'node:path';
import { toError } from '../core/errors.js';
import { COMPRESSIONS } from '../core/options.js';
import { isConverted } from '../core/repair.js';
import { selection } from '../drop/selection.js';
import { init, openDrop, prepare, version } from '../slim.js';
import { isStandardInput, parse, usage } from './arguments.js';
import { folderFiles, folderSink, overlap } from './folder.js';
import { Lines } from './lines.js';
import { OutputStreams } from './output-streams.js';
import { checkReports, writeReports } from './report-files.js';
import { given, secretsOf, unlock } from './unlock.js';

/**
 * @import { Compression, ConvertOptions, DataDrop, DropEntry, DropItem, Report } from '../index.js'
 * @import { Note } from './lines.js'
 */

/** @typedef {ReturnType<typeof parse<typeof OPTIONS>>['values']} Values */

const USAGE = `Usage: mgdc-decrypt DROP --key FILE [--key FILE…] --out DIR [options]
       mgdc-decrypt check-key FILE… [options]
       mgdc-decrypt rehearse KEY --out DIR [options]

Decrypts a Microsoft Graph Data Connect drop (a folder or a ZIP archive) into DIR, which mirrors the drop. ZIP archives
in the folder that are a part of the drop are opened, too.

  --key FILE            private key: PEM, DER, PFX or JWK; may be given several times
  --password-file FILE  the keys' password, as the file's first line
  --vault-answer FILE   what Key Vault answered to decrypt or unwrapKey, for a key that cannot be exported;
                        for each of these three - reads standard input, and no pipe is read but <(…) of a shell
  --out DIR             where the plaintext goes; made when it is not there, must not lie inside the drop;
                        files that are there already under the same names are replaced
  --only PATTERN        only files whose path, name or folder fits, as in .gitignore: '*.json', 'Data/**', 'part-[0-4]*';
                        may be given several times; put it in quotes
  --dataset NAME        only files of this dataset; may be given several times
  --report FILE         write a report of the run, by its ending .json, .md or .html; may be given several times
  --report-in-output    put the report, as HTML and JSON, and SHA256SUMS into DIR
  --json                one JSON line for each file, with the SHA-256 of what was written, or why it was left out
  --resume              skip what an earlier run with --resume wrote there, where it is still whole; keeps a list
                        of what was written, .mgdc-decrypt.json, in DIR
  --to csv|parquet      convert rows of JSON; what holds none is written as it was delivered, with a warning
  --flatten             with --to: columns with dotted names for objects in rows, which otherwise become JSON text
  --csv-bom             with --to csv: begin each file with a byte order mark, for Excel
  --csv-split           with --to csv: no more rows in a file than Excel opens; the rest goes to NAME-2.csv and so on
  --salvage             of a file that is cut or damaged inside, write the rows that can be read to NAME.partial;
                        the file still counts as failed
  --copy-keys           copy private keys that lie in the drop, too; without it they are used and left out
  --no-decompress       keep the compressed bytes
  --compression NAME    gzip, zlib, deflate or none, where it is not to be told by the content
  --output-limit BYTES  fail files that expand beyond this
  --concurrency N       files at a time (default: one for each core)
  --max-key-details N   key details entries that are read (default: 10000)
  --help, --version

The command check-key tells whether Microsoft's services accept a key: mgdc-decrypt check-key --help. The command
rehearse makes a small drop to try everything with, before the first delivery: mgdc-decrypt rehearse --help.
The command preview shows the first rows of one file: mgdc-decrypt preview --help.
A command comes first. A drop folder of that name is ./check-key, ./preview or ./rehearse.

Exit status: 0 nothing failed, 1 a file failed, or had to be repaired because a tool had converted it, or nothing was
encrypted, or a report could not be written, 2 nothing could start.
`;

/** @satisfies {import('node:util').ParseArgsConfig['options']} */
const OPTIONS = /** @type {const} */ ({
  key: { type: 'string', multiple: true, default: [] },
  'password-file': { type: 'string' },
  'vault-answer': { type: 'string', multiple: true, default: [] },
  out: { type: 'string' },
  only: { type: 'string', multiple: true, default: [] },
  dataset: { type: 'string', multiple: true, default: [] },
  report: { type: 'string', multiple: true, default: [] },
  'report-in-output': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  resume: { type: 'boolean', default: false },
  to: { type: 'string' },
  flatten: { type: 'boolean', default: false },
  'csv-bom': { type: 'boolean', default: false },
  'csv-split': { type: 'boolean', default: false },
  salvage: { type: 'boolean', default: false },
  'copy-keys': { type: 'boolean', default: false },
  'no-decompress': { type: 'boolean', default: false },
  compression: { type: 'string' },
  'output-limit': { type: 'string' },
  concurrency: { type: 'string' },
  'max-key-details': { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
});

/**
 * Runs the command line, and sets the exit status. `command`: the one that the first argument names, if it does.
 * @param {string[]} args
 * @param {{ run(args: string[], streams: OutputStreams): Promise<number> }} [command]
 */
export async function run(args, command) {
  const streams = new OutputStreams();
  const lines = new Lines(streams);
  const work = async () => {
    if (!command) return decrypt(args, streams, lines);
    await init();
    return command.run(args.slice(1), streams);
  };
  const status = await work().catch((error) => {
    const { code, message, path } = toError(error);
    // Whoever reads lines gets a line; people get a sentence.
    if (args.includes('--json')) lines.print({ code, message, ...(path && { path }) });
    lines.note({ path, code, message });
    return code === 'ERR_ABORTED' ? 130 : 2;
  });
  await streams.flush();
  if (streams.failure) {
    const missing = 'what was decrypted is in the target, and lines of the report are missing';
    const message = `standard output could not be written (${streams.failure.code}): ${missing}`;
    lines.note({ code: 'ERR_WRITE', message });
  }
  process.exitCode = streams.failure ? Math.max(status, 1) : status;
}

/**
 * @param {string[]} args
 * @param {OutputStreams} streams
 * @param {Lines} lines
 */
async function decrypt(args, streams, lines) {
  const { note } = lines;
  const { values, positionals } = parse(args, OPTIONS);
  if (values.help || values.version) {
    await init();
    streams.out(values.help ? USAGE : `${version()}\n`);
    return 0;
  }
  // Other threads compile the module, and the workers start, while the drop is listed and the key unwraps its keys.
  prepare().catch(() => {}); // whoever needs the module awaits it again
  const [folder] = positionals;
  if (positionals.length !== 1) throw usage('name one drop: a folder or a ZIP archive');
  if (!values.out) throw usage('name the target with --out DIR');
  if (values.compression && !COMPRESSIONS.includes(values.compression))
    throw usage(`--compression takes one of ${COMPRESSIONS.join(', ')}`);
  conversion(values); // before anything is read
  const fromInput = secretsOf(values).filter(([, path]) => isStandardInput(path));
  if (fromInput.length > 1) throw usage('standard input can be read for one file only');
  const secrets = await given(values);
  await checkReports(values.report, folder, secrets);
  const items = await folderFiles(folder, { given: secrets });
  if (await overlap(values.out, folder, items))
    throw usage('--out must lie outside of the drop, or the drop would be changed while it is read');

  const cancel = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => cancel.abort());
  const drop = await openDrop(items, {
    signal: cancel.signal,
    copyKeys: values['copy-keys'],
    maxKeyDetails: count(values, 'max-key-details'),
  });
  // The drop itself is an archive that cannot be opened.
  const [first] = drop.files;
  if (first?.error?.code === 'ERR_ARCHIVE' && first.path === items[0].path && isPacked(items[0], folder))
    throw Object.assign(toError(first.error), { path: folder });
  const files = { only: values.only, datasets: values.dataset };
  selection(drop.files, files); // told before the target is made
  const isGiven = values.key.length + values['vault-answer'].length + drop.privateKeys.length > 0;
  if (!isGiven) throw usage('give the private key with --key FILE, or Key Vault’s answer with --vault-answer FILE');
  // A damaged part of the key details may have held the key of some file.
  if (drop.keyDetails.length > 0) drop.problems.forEach(note);
  await unlock(drop, values, lines, streams, cancel.signal);
  const sink = await folderSink(values.out, { onleftover: lines.noteLeftover });
  const told = values.json ? lines.printer() : lines.ticker();
  const run = drop.decrypt(sink, {
    signal: cancel.signal,
    files,
    sha256: values.json || values.report.length > 0,
    report: values['report-in-output'],
    source: basename(resolve(folder)),
    resume: values.resume,
    convert: conversion(values),
    salvage: values.salvage,
    decompress: !values['no-decompress'],
    compression: /** @type {Compression | undefined} */ (values.compression),
    outputLimit: count(values, 'output-limit'),
    concurrency: count(values, 'concurrency'),
    onprogress: told ?? (values.report.length > 0 ? () => {} : undefined), // with which the sizes are known
  });
  /** @param {Report | undefined} made */
  const writeDown = (made) => (made ? writeReports(values.report, made, /** @type {string} */ (values.out)) : []);
  const report = await run.catch(async (error) => {
    (await writeDown(toError(error).report)).forEach(note);
    throw error;
  });
  const unwritten = await writeDown(report);
  const nothing = nothingEncrypted(report, drop.files);
  if (values.json) lines.printRest(report, nothing);
  else lines.summarize(report, nothing);
  // What changed a file on its way may change the next one beyond repair: that must not pass for a clean run.
  const done = new Set(report.files.map(({ path }) => path));
  const isRepaired = drop.files.some(({ path, repair }) => done.has(path) && isConverted(repair));
  drop.dispose();
  unwritten.forEach(note);
  return report.failed > 0 || nothing || isRepaired || unwritten.length > 0 ? 1 : 0;
}

/**
 * Whether the item is the drop itself, given as an archive.
 * @param {DropItem | DropEntry} item
 * @param {string} drop
 */
function isPacked(item, drop) {
  return 'blob' in item && 'path' in item.blob && item.blob.path === drop;
}

/**
 * Whoever gives a key expects that something is decrypted. Null where it was, where the failures say why not, or where
 * only clear files were chosen among encrypted ones.
 * @param {Report} report
 * @param {DataDrop['files']} files
 * @returns {Note | null}
 */
function nothingEncrypted({ decrypted, copied, failed, notChosen }, files) {
  if (decrypted > 0 || failed > 0 || (notChosen > 0 && files.some(({ role }) => role === 'encrypted'))) return null;
  const copies = copied === 1 ? 'one file was' : `${copied} files were`;
  const remedy = 'if the drop should be encrypted, check that this is its folder';
  const message = `nothing was decrypted, for no file here looks encrypted: ${copies} copied as delivered; ${remedy}`;
  return { code: 'ERR_NOTHING_ENCRYPTED', message };
}

/**
 * What the options ask for; undefined for no conversion.
 * @param {Values} values
 * @returns {ConvertOptions | undefined}
 */
function conversion({ to, resume, flatten, 'csv-bom': bom, 'csv-split': splitRows }) {
  if (to !== undefined && to !== 'csv' && to !== 'parquet') throw usage('--to takes one of csv, parquet');
  if (to !== 'csv' && (bom || splitRows)) throw usage('--csv-bom and --csv-split go with --to csv');
  if (to === undefined && flatten) throw usage('--flatten goes with --to');
  if (to !== undefined && resume) throw usage('--resume does not go with --to: a run that converts cannot be resumed');
  return to === undefined ? undefined : { to, flatten, bom, splitRows };
}

/**
 * @param {Values} values
 * @param {'output-limit' | 'concurrency' | 'max-key-details'} name
 */
function count(values, name) {
  if (values[name] === undefined) return undefined;
  const number = Number(values[name]);
  if (!Number.isSafeInteger(number) || number < 1) throw usage(`--${name} takes a whole number from 1`);
  return number;
}
