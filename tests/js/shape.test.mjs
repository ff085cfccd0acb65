/** index.d.ts and the package agree: every declared value exists, and no others; every code is declared. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as namespace from '../../pkg/index.js';
import { errorCodes } from '../../pkg/wasm/mgdc_decrypt.js';
import { lines, MemoryDrop, MemorySink, privateKey, sealed } from './memory-drop.mjs';

/** @import { FileProgress, Progress, SinkInfo } from '../../pkg/index.js' */

/** As an object, for names that are read from the declarations. */
const api = { ...namespace };
const root = fileURLToPath(new URL('../../', import.meta.url));
const declarations = readFileSync(`${root}pkg/index.d.ts`, 'utf8').replace(/\/\*\*[\s\S]*?\*\/|\/\/.*$/gm, '');
const matches = (text, pattern) => [...text.matchAll(pattern)].map(([, name]) => name);
const unique = (names) => [...new Set(names)].sort();

/** What stands between the braces of `class Name`, `interface Name`, one member on each line. */
function body(name) {
  const oneLine = declarations.match(new RegExp(`^export interface ${name} \\{ (.*) \\}$`, 'm'));
  if (oneLine) return oneLine[1].replace(/^|; /g, '\n  ');
  const [, inside] =
    declarations.match(new RegExp(`^export (?:class|interface) ${name}\\b[^{]*\\{\\n(.*?)^\\}`, 'ms')) ?? [];
  return inside;
}

/** Names of the members, two spaces in: fields, methods, `[Symbol.dispose]`. */
const members = (name) =>
  unique(matches(body(name), /^ {2}(?!static |private |constructor)(?:readonly )?(\[?[\w.]+\]?)\??[(:]/gm));
const statics = (name) => unique(matches(body(name), /^ {2}static (\w+)\(/gm));
const fields = (object) => Object.keys(object).sort();

test('exactly the declared values are exported', () => {
  const declared = unique(matches(declarations, /^export (?:function|class|const) (\w+)/gm));
  assert.ok(declared.length >= 13, `${declared}`);
  assert.deepEqual(Object.keys(api).sort(), declared);
  for (const name of matches(declarations, /^export function (\w+)/gm))
    assert.equal(typeof api[name], 'function', name);
  for (const name of matches(declarations, /^export class (\w+)/gm))
    assert.match(Function.prototype.toString.call(api[name]), /^class /, name);
});

test('exactly the declared members are public', async () => {
  const drop = await new MemoryDrop().add('a.json', lines(100)).open();
  const { fileKey } = sealed(lines(10));
  const objects = { PrivateKey: privateKey(), FileKey: fileKey, DataDrop: drop };
  for (const [name, object] of Object.entries(objects)) {
    const declared = members(name).filter((member) => member !== '[Symbol.dispose]');
    const own = Object.getOwnPropertyNames(api[name].prototype).filter((member) => member !== 'constructor');
    assert.deepEqual(unique([...fields(object), ...own]), declared, name);
    assert.ok(object instanceof api[name]);
    if (Symbol.dispose) assert.equal(typeof object[Symbol.dispose], 'function', name);
  }
  assert.deepEqual(statics('PrivateKey'), ['import']);
  assert.deepEqual(statics('FileKey'), ['fromVault', 'unwrap']);
  for (const name of ['PrivateKey', 'FileKey'])
    for (const member of statics(name)) assert.equal(typeof api[name][member], 'function', `${name}.${member}`);

  const stream = new api.DecryptionStream(fileKey);
  assert.ok(stream instanceof TransformStream);
  assert.deepEqual(fields(stream), members('DecryptionStream'));

  const error = new api.MgdcDecryptError('ERR_READ', 'text', { path: 'a', cause: 'b' });
  assert.ok(error instanceof Error);
  for (const member of members('MgdcDecryptError')) assert.ok(member in error, member);
  assert.equal(error.name, 'MgdcDecryptError');
});

test('returned objects have the declared fields', async () => {
  const memory = new MemoryDrop().add('a.json', lines(100));
  memory.items.push({ path: 'bad.json', blob: new Blob([memory.keys[0].encrypt('[1]').subarray(1)]) });
  memory.add('rows.json', '{"a":1}\n');
  const drop = await memory.open();
  let [progress, changed, info] = /** @type {[Progress | null, FileProgress[], SinkInfo | null]} */ ([null, [], null]);
  const sink = new MemorySink();
  const report = await drop.decrypt(sink, {
    sha256: true,
    convert: 'csv',
    onprogress: (told) => (changed = [...changed, ...(progress = told).changed]),
  });
  [, , info] = sink.events.find(([what]) => what === 'open');
  assert.deepEqual(fields(info), ['modified', 'size']);

  const optional = (name) => matches(body(name), /^ {2}(\w+)\?:/gm);
  const complete = {
    DropFile: drop.files[1],
    KeyDetailsState: drop.keyDetails[0],
    Progress: progress,
    FileProgress: changed[0],
    Report: report,
  };
  const inherited = { KeyDetailsState: 'KeyDetails' };
  for (const [name, object] of Object.entries(complete)) {
    assert.deepEqual(
      fields(object),
      unique([...members(name), ...(inherited[name] ? members(inherited[name]) : [])]),
      name,
    );
  }
  for (const result of report.files)
    for (const field of fields(result)) assert.ok(members('FileResult').includes(field), field);
  const [good, bad, rows] = report.files;
  assert.deepEqual(optional('FileResult').sort(), ['code', 'converted', 'message', 'salvaged', 'sha256', 'skipped']);
  const found = [...fields(good), ...fields(bad), ...fields(rows)];
  assert.deepEqual(unique([...found, 'salvaged', 'skipped']), members('FileResult'));
  for (const field of members('FileResult').filter((one) => !optional('FileResult').includes(one)))
    assert.ok(field in good && field in bad, field);

  const { data, fileKey } = sealed(lines(100));
  const stream = new api.DecryptionStream(fileKey);
  await new Blob([data]).stream().pipeThrough(stream).pipeTo(new WritableStream());
  assert.deepEqual(fields(await stream.summary), members('DecryptionSummary'));
});

test('the union of codes lists exactly the codes that can occur', () => {
  const [, union] = declarations.match(/^export type ErrorCode =\n(.*?);$/ms) ?? [];
  const declared = matches(union, /'(ERR_\w+)'/g);
  assert.equal(new Set(declared).size, declared.length, 'each once');
  const core = errorCodes().split(' ');
  assert.ok(core.length > 20, `${core}`);
  const scripts = readdirSync(`${root}pkg`, { recursive: true }).filter(
    (name) => String(name).endsWith('.js') && !/^(element|wasm|wasm-check)\//.test(String(name)),
  );
  // As a string in quotes: comments may speak of others.
  const package_ = scripts.flatMap((name) =>
    matches(readFileSync(`${root}pkg/${name}`, 'utf8'), /'(ERR_[A-Z_]+[A-Z])'/g),
  );
  assert.deepEqual(unique([...core, ...package_]), unique(declared));
});

test('the declared roles, algorithms and compressions are those that occur', () => {
  const options = readFileSync(`${root}pkg/core/options.js`, 'utf8');
  const list = (name) => matches(options.match(new RegExp(`${name} = \\[(.*?)\\]`))?.[1], /'([^']+)'/g);
  const union = (name) =>
    matches(declarations.match(new RegExp(`^export type ${name} =(.*?);$`, 'ms'))?.[1], /'([^']+)'/g);
  assert.deepEqual(union('Compression'), list('COMPRESSIONS'));
  assert.deepEqual(union('Algorithm'), list('ALGORITHMS'));
  const core = ['algorithm', 'decompress'].map((name) => readFileSync(`${root}src/${name}.rs`, 'utf8')).join();
  for (const name of [...union('Algorithm'), ...union('Compression').slice(1)])
    assert.ok(core.includes(`"${name}"`), name);
});
