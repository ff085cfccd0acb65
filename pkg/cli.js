#!/usr/bin/env node
/** The command line: the same package and the same wasm, in Node. Exit status 0: nothing failed; 1: a file failed; 2: nothing could start. */

import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { MgdcDecryptError, PrivateKey, openDrop, version } from './index.js';
import { toError } from './errors.js';
import { folderFiles, folderSink, overlap } from './node/folder.js';
import { COMPRESSIONS } from './options.js';

const USAGE = `Usage: mgdc-decrypt DROP --key FILE [--key FILE…] --out DIR [options]

Decrypts a Microsoft Graph Data Connect drop (a folder) into DIR, which mirrors the drop.

  --key FILE            private key: PEM, DER, PFX or JWK; may be given several times
  --password-file FILE  the keys' password, as the file's first line; - reads standard input
  --vault-answer FILE   what Key Vault answered to decrypt or unwrapKey, for a key that cannot be exported
  --out DIR             where the plaintext goes; made when it is not there, must not lie inside the drop;
                        files that are there already under the same names are replaced
  --json                one JSON line for each file, with the SHA-256 of what was written
  --resume              skip what an earlier run with --resume wrote there, where it is still whole; keeps a list
                        of what was written, .mgdc-decrypt.json, in DIR
  --no-decompress       keep the compressed bytes
  --compression NAME    gzip, zlib, deflate or none, where it is not to be told by the content
  --output-limit BYTES  fail files that expand beyond this
  --concurrency N       files at a time (default: one for each core)
  --max-key-details N   key details entries that are read (default: 10000)
  --help, --version

Exit status: 0 nothing failed, 1 a file failed, 2 nothing could start.
`;

const OPTIONS = {
  key: { type: 'string', multiple: true, default: [] },
  'password-file': { type: 'string' },
  'vault-answer': { type: 'string', multiple: true, default: [] },
  out: { type: 'string' },
  json: { type: 'boolean', default: false },
  resume: { type: 'boolean', default: false },
  'no-decompress': { type: 'boolean', default: false },
  compression: { type: 'string' },
  'output-limit': { type: 'string' },
  concurrency: { type: 'string' },
  'max-key-details': { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
};

/** Paths of the lines so far. */
const printed = new Set();

process.exitCode = await main(process.argv.slice(2)).catch((error) => {
  const { code, message, path } = toError(error);
  // Whoever reads lines gets a line; people get a sentence.
  if (process.argv.includes('--json')) print({ code, message, ...(path && { path }) });
  process.stderr.write(`mgdc-decrypt: ${path ? `${path}: ` : ''}${message} (${code})\n`);
  return code === 'ERR_ABORTED' ? 130 : 2;
});

async function main(args) {
  const { values, positionals } = parse(args);
  if (values.help) return process.stdout.write(USAGE), 0;
  if (values.version) return process.stdout.write(`${version()}\n`), 0;
  const [folder] = positionals;
  if (positionals.length !== 1) throw usage('name one drop folder');
  if (!values.out) throw usage('name the target with --out DIR');
  if (values.compression && !COMPRESSIONS.includes(values.compression)) throw usage(`--compression takes one of ${COMPRESSIONS.join(', ')}`);
  if (values.key.length + values['vault-answer'].length === 0) throw usage('give the private key with --key FILE, or Key Vault’s answer with --vault-answer FILE');
  const items = await folderFiles(folder);
  if (await overlap(values.out, folder, items)) throw usage('--out must lie outside of the drop, or the drop would be changed while it is read');

  const cancel = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => cancel.abort());
  const drop = await openDrop(items, { signal: cancel.signal, maxKeyDetails: count(values, 'max-key-details') });
  await unlock(drop, values, cancel.signal);
  const sink = await folderSink(values.out);
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
  if (values.json) report.files.filter(({ path }) => !printed.has(path)).forEach(print);
  else summarize(report);
  drop.dispose();
  return report.failed > 0 ? 1 : 0;
}

function parse(args) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw usage(error.message);
  }
}

function usage(problem) {
  return new MgdcDecryptError('ERR_USAGE', `${problem}; \`mgdc-decrypt --help\` shows how`);
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
    const source = await read(path);
    const privateKey = at(path, () => PrivateKey.import(source, { name: path, password }));
    source.fill(0);
    await drop.unlock(privateKey, { signal }).catch(noteUnlock);
    privateKey.dispose();
  }
  const refused = [];
  for (const path of values['vault-answer']) {
    const answer = await read(path);
    await drop.unlock(answer).catch((error) => refused.push(Object.assign(toError(error), { path })));
    answer.fill(0);
  }
  // One too many costs nothing; where nothing is open, it is why nothing can start.
  const isLocked = drop.files.some(({ role }) => role === 'encrypted') && !drop.keyDetails.some(({ unlocked }) => unlocked);
  if (isLocked && refused.length > 0) throw refused[0];
  refused.forEach(noteUnlock);
}

/** Never an argument: those are in the process list and in the shell's history. */
async function readPassword(path) {
  if (path === undefined) return undefined;
  const bytes = path === '-' ? await standardInput() : await read(path);
  const [password] = decodeText(bytes).split(/\r?\n/, 1);
  bytes.fill(0);
  return password;
}

async function standardInput() {
  const parts = [];
  for await (const part of process.stdin) parts.push(part);
  return Buffer.concat(parts);
}

/** UTF-8; UTF-16 as Windows PowerShell 5.1 writes it; what is neither, in the code page of Western Windows. */
function decodeText(bytes) {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function noteUnlock({ path, code, message }) {
  process.stderr.write(`mgdc-decrypt: ${path ? `${path}: ` : ''}${message} (${code})\n`);
}

async function read(path) {
  return readFile(path).catch((error) => {
    throw new MgdcDecryptError('ERR_READ', `cannot be read (${error.code}): check the path and its permissions`, { path });
  });
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
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Lines as files are done, not at the end: a long run that is cut short has told what it did. */
function printer() {
  return ({ changed }) => changed.forEach(({ result }) => result && print(result));
}

function ticker() {
  if (!process.stderr.isTTY) return undefined;
  return ({ bytesRead, bytesTotal, filesDone, filesTotal, rate, secondsLeft }) => {
    const percent = bytesTotal > 0 ? Math.floor((100 * bytesRead) / bytesTotal) : 100;
    const left = secondsLeft === null ? '' : `, ${Math.ceil(secondsLeft)} s left`;
    process.stderr.write(`\r\x1b[K${percent} %, ${filesDone} of ${filesTotal} files, ${(rate / 2 ** 20).toFixed(0)} MiB/s${left}`);
  };
}

function summarize({ files, decrypted, copied, failed, skipped, bytesWritten }) {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  for (const { outcome, path, code, message } of files) if (outcome === 'failed') process.stdout.write(`failed  ${path}: ${message} (${code})\n`);
  for (const { path, warnings } of files) for (const warning of warnings) process.stdout.write(`note    ${path}: ${warning}\n`);
  const there = skipped > 0 ? ` (${skipped} of them by an earlier run)` : '';
  process.stdout.write(`${decrypted} decrypted, ${copied} copied${there}, ${failed} failed; ${bytesWritten} bytes written\n`);
}
