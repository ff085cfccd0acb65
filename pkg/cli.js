#!/usr/bin/env node
/**
 * The command line: the same package and the same wasm, in Node. Exit status 0: nothing failed; 1: a file failed; 2:
 * nothing could start.
 */

import { realpath } from 'node:fs/promises';
import { toError } from './core/errors.js';
import { COMPRESSIONS } from './core/options.js';
import { isConverted } from './core/repair.js';
import { DropFile } from './drop/drop-files.js';
import { openDrop, PrivateKey, version } from './index.js';
import { isStandardInput, parse, usage } from './node/arguments.js';
import { folderFiles, folderSink, overlap } from './node/folder.js';
import { OutputStreams } from './node/output-streams.js';
import { readPassword } from './node/password.js';
import { KEY_LIMIT, TEXT_LIMIT, withSecret } from './node/secrets.js';

const USAGE = `Usage: mgdc-decrypt DROP --key FILE [--key FILE…] --out DIR [options]
       mgdc-decrypt rehearse KEY --out DIR [options]

Decrypts a Microsoft Graph Data Connect drop (a folder) into DIR, which mirrors the drop.

  --key FILE            private key: PEM, DER, PFX or JWK; may be given several times
  --password-file FILE  the keys' password, as the file's first line
  --vault-answer FILE   what Key Vault answered to decrypt or unwrapKey, for a key that cannot be exported;
                        for each of these three - reads standard input, and no pipe is read but <(…) of a shell
  --out DIR             where the plaintext goes; made when it is not there, must not lie inside the drop;
                        files that are there already under the same names are replaced
  --json                one JSON line for each file, with the SHA-256 of what was written, or why it was left out
  --resume              skip what an earlier run with --resume wrote there, where it is still whole; keeps a list
                        of what was written, .mgdc-decrypt.json, in DIR
  --copy-keys           copy private keys that lie in the drop, too; without it they are used and left out
  --no-decompress       keep the compressed bytes
  --compression NAME    gzip, zlib, deflate or none, where it is not to be told by the content
  --output-limit BYTES  fail files that expand beyond this
  --concurrency N       files at a time (default: one for each core)
  --max-key-details N   key details entries that are read (default: 10000)
  --help, --version

The command rehearse makes a small drop to try everything with, before the first delivery: mgdc-decrypt rehearse --help.
A command comes first. A drop folder of that name is ./rehearse.

Exit status: 0 nothing failed, 1 a file failed, or had to be repaired because a tool had converted it, or nothing was
encrypted, 2 nothing could start.
`;

const OPTIONS = {
  key: { type: 'string', multiple: true, default: [] },
  'password-file': { type: 'string' },
  'vault-answer': { type: 'string', multiple: true, default: [] },
  out: { type: 'string' },
  json: { type: 'boolean', default: false },
  resume: { type: 'boolean', default: false },
  'copy-keys': { type: 'boolean', default: false },
  'no-decompress': { type: 'boolean', default: false },
  compression: { type: 'string' },
  'output-limit': { type: 'string' },
  concurrency: { type: 'string' },
  'max-key-details': { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
};

/**
 * Each in a module of its own: what only one of them needs is not loaded for the others.
 * @type {Record<string, (() => Promise<{ run(args: string[], streams: OutputStreams): Promise<number> }>) | undefined>}
 */
const COMMANDS = {
  __proto__: null,
  rehearse: () => import('./node/rehearse.js'),
};

/** Paths of the lines so far. */
const printed = new Set();
const streams = new OutputStreams();

const status = await main(process.argv.slice(2)).catch((error) => {
  const { code, message, path } = toError(error);
  // Whoever reads lines gets a line; people get a sentence.
  if (process.argv.includes('--json')) print({ code, message, ...(path && { path }) });
  note({ path, code, message });
  return code === 'ERR_ABORTED' ? 130 : 2;
});
await streams.flush();
if (streams.failure) {
  const missing = 'what was decrypted is in the target, and lines of the report are missing';
  note({ code: 'ERR_WRITE', message: `standard output could not be written (${streams.failure.code}): ${missing}` });
}
process.exitCode = streams.failure ? Math.max(status, 1) : status;

async function main(args) {
  const command = await COMMANDS[args[0]]?.();
  if (command) return command.run(args.slice(1), streams);
  const { values, positionals } = parse(args, OPTIONS);
  if (values.help || values.version) {
    streams.out(values.help ? USAGE : `${version()}\n`);
    return 0;
  }
  const [folder] = positionals;
  if (positionals.length !== 1) throw usage('name one drop folder');
  if (!values.out) throw usage('name the target with --out DIR');
  if (values.compression && !COMPRESSIONS.includes(values.compression))
    throw usage(`--compression takes one of ${COMPRESSIONS.join(', ')}`);
  const fromInput = secretsOf(values).filter(([, path]) => isStandardInput(path));
  if (fromInput.length > 1) throw usage('standard input can be read for one file only');
  const items = await folderFiles(folder, { given: await given(values) });
  if (await overlap(values.out, folder, items))
    throw usage('--out must lie outside of the drop, or the drop would be changed while it is read');

  const cancel = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => cancel.abort());
  const drop = await openDrop(items, {
    signal: cancel.signal,
    copyKeys: values['copy-keys'],
    maxKeyDetails: count(values, 'max-key-details'),
  });
  const isGiven = values.key.length + values['vault-answer'].length + drop.privateKeys.length > 0;
  if (!isGiven) throw usage('give the private key with --key FILE, or Key Vault’s answer with --vault-answer FILE');
  // A damaged part of the key details may have held the key of some file.
  if (drop.keyDetails.length > 0) drop.problems.forEach(note);
  await unlock(drop, values, cancel.signal);
  const sink = await folderSink(values.out, { onleftover: noteLeftover });
  const report = await drop.decrypt(sink, {
    signal: cancel.signal,
    sha256: values.json,
    resume: values.resume,
    decompress: !values['no-decompress'],
    compression: values.compression,
    outputLimit: count(values, 'output-limit'),
    concurrency: count(values, 'concurrency'),
    onprogress: values.json ? printer() : ticker(),
  });
  const nothing = nothingEncrypted(report);
  if (values.json) printRest(report, nothing);
  else summarize(report, nothing);
  // What changed a file on its way may change the next one beyond repair: that must not pass for a clean run.
  const isRepaired = drop.files.some(({ repair }) => isConverted(repair));
  drop.dispose();
  return report.failed > 0 || nothing || isRepaired ? 1 : 0;
}

/** `[option, path]` of all files that are no part of the drop, wherever they lie. */
function secretsOf(values) {
  const options = ['key', 'vault-answer', 'password-file'];
  return options.flatMap((name) => [values[name] ?? []].flat().map((path) => [`--${name}`, path]));
}

/** Real path → option. What is not there is told when it is read. */
async function given(values) {
  const real = (path) => realpath(path, { encoding: 'latin1' }).catch(() => null);
  return new Map(await Promise.all(secretsOf(values).map(async ([option, path]) => [await real(path), option])));
}

/** Whoever gives a key expects that something is decrypted. Null where it was, or where the failures say why not. */
function nothingEncrypted({ decrypted, copied, failed }) {
  if (decrypted > 0 || failed > 0) return null;
  const copies = copied === 1 ? 'one file was' : `${copied} files were`;
  const remedy = 'if the drop should be encrypted, check that this is its folder';
  const message = `nothing was decrypted, for no file here looks encrypted: ${copies} copied as delivered; ${remedy}`;
  return { code: 'ERR_NOTHING_ENCRYPTED', message };
}

function count(values, name) {
  if (values[name] === undefined) return undefined;
  const number = Number(values[name]);
  if (!Number.isSafeInteger(number) || number < 1) throw usage(`--${name} takes a whole number from 1`);
  return number;
}

/** A key that cannot be read stops everything; one that opens nothing is told by the files. */
async function unlock(drop, values, signal) {
  const password = await readPassword(values['password-file']);
  for (const path of values.key) {
    const privateKey = await withSecret(path, { limit: KEY_LIMIT, option: '--key' }, (source) =>
      at(path, () => PrivateKey.import(source, { name: path, password })),
    );
    await drop.unlock(privateKey, { signal }).catch(note);
    privateKey.dispose();
  }
  await unlockWithFound(drop, password, signal);
  const refused = [];
  for (const path of values['vault-answer']) {
    await withSecret(path, { limit: TEXT_LIMIT, option: '--vault-answer' }, (answer) =>
      drop.unlock(answer).catch((error) => refused.push(Object.assign(toError(error), { path }))),
    );
  }
  // One too many costs nothing; where nothing is open, it is why nothing can start.
  const isLocked =
    drop.files.some(({ role }) => role === 'encrypted') && !drop.keyDetails.some(({ unlocked }) => unlocked);
  if (isLocked && refused.length > 0) throw refused[0];
  refused.forEach(note);
}

/** A private key that lies in the drop is used as if it were given; only, it need not be the right one. */
async function unlockWithFound(drop, password, signal) {
  for (const file of drop.files.filter(({ role }) => role === 'private-key')) {
    const found = `mgdc-decrypt: found a private key in the drop: ${file.path}; it is`;
    try {
      const privateKey = await PrivateKey.import(DropFile.blobOf(file), { name: file.path, password });
      const opened = await drop.unlock(privateKey, { signal }).catch(() => []);
      privateKey.dispose();
      streams.err(`${found} ${opened.length > 0 ? 'used and not copied' : 'not copied, and opens nothing here'}\n`);
    } catch (error) {
      const { code, message } = toError(error);
      streams.err(`${found} not copied, and not used: ${message} (${code})\n`);
    }
  }
}

function note({ path, code, message }) {
  streams.err(`mgdc-decrypt: ${path ? `${path}: ` : ''}${message} (${code})\n`);
}

function noteLeftover({ path, deleted }) {
  const said = deleted
    ? 'deleted: a run that was killed had left it'
    : 'kept: it is half-written, and another run may still own it; delete it when none does';
  streams.err(`mgdc-decrypt: ${path}: ${said}\n`);
}

function at(path, use) {
  try {
    return use();
  } catch (error) {
    throw Object.assign(toError(error), { path });
  }
}

function print(line) {
  printed.add(line.path);
  streams.out(`${JSON.stringify(line)}\n`);
}

/** Lines as files are done, not at the end: a long run that is cut short has told what it did. */
function printer() {
  return ({ changed }) => {
    for (const { result } of changed) if (result) print(result);
  };
}

function printRest({ files, leftOut }, nothing) {
  files.filter(({ path }) => !printed.has(path)).forEach(print);
  for (const { path, code, message } of leftOut) print({ path, outcome: 'left-out', code, message, warnings: [] });
  if (nothing) print(nothing);
}

function ticker() {
  if (!process.stderr.isTTY) return undefined;
  return ({ bytesRead, bytesTotal, filesDone, filesTotal, rate, secondsLeft }) => {
    const percent = bytesTotal > 0 ? Math.floor((100 * bytesRead) / bytesTotal) : 100;
    const left = secondsLeft === null ? '' : `, ${Math.ceil(secondsLeft)} s left`;
    const speed = `${(rate / 2 ** 20).toFixed(0)} MiB/s`;
    streams.err(`\r\x1b[K${percent} %, ${filesDone} of ${filesTotal} files, ${speed}${left}`);
  };
}

function summarize({ files, leftOut, decrypted, copied, failed, skipped, bytesWritten }, nothing) {
  if (process.stderr.isTTY) streams.err('\r\x1b[K');
  for (const { outcome, path, code, message } of files) {
    if (outcome === 'failed') streams.out(`failed  ${path}: ${message} (${code})\n`);
  }
  for (const { path, warnings } of files) for (const warning of warnings) streams.out(`note    ${path}: ${warning}\n`);
  for (const { path, message } of leftOut) streams.out(`left out  ${path}: ${message}\n`);
  const there = skipped > 0 ? ` (${skipped} of them by an earlier run)` : '';
  const without = leftOut.length > 0 ? `, ${leftOut.length} left out` : '';
  const counts = `${decrypted} decrypted, ${copied} copied${there}, ${failed} failed${without}`;
  streams.out(`${counts}; ${bytesWritten} bytes written\n`);
  if (nothing) note(nothing);
}
