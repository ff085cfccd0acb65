/** The report of a run: its fields, its three forms, what it never holds, and its place among the output. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { MgdcDecryptError, reportAs, version } from '../../pkg/index.js';
import { checksums, REPORT_NAMES } from '../../pkg/report/report-files.js';
import { DETAILS, fails, lines, MemoryDrop, MemorySink, MIB, mixedDrop, PEM, sha256 } from './memory-drop.mjs';
import { asJson } from './report-json.mjs';

/** @import { FileResult } from '../../pkg/index.js' */

const temporary = mkdtempSync(join(tmpdir(), 'mgdc-report-'));
after(() => rmSync(temporary, { recursive: true }));

/** Two keys, a failure, a warning, and things that are left out. */
async function eventful() {
  const memory = new MemoryDrop(3)
    .add('set/a.json', lines(300))
    .add('set/b.json.gz', lines(2 * MIB), 1)
    .addRaw('set/raw.json', '[1]', 1)
    .addClear('set/clear.json', '{"a":1}')
    .addClear('metadata/JobMetadata.json', '{"a":1}')
    .addClear('set/.DS_Store', 'Bud1');
  memory.items.push({ path: 'set/bad.json', blob: new Blob([memory.keys[0].encrypt(lines(100)).subarray(1)]) });
  memory.items.push({ path: 'key.pem', blob: new Blob([PEM]) });
  return { memory, drop: await memory.open() };
}

test('tells what happened, with what, and when', async () => {
  const { memory, drop } = await eventful();
  const before = Date.now();
  const report = await drop.decrypt(new MemorySink(), {
    sha256: true,
    source: 'October',
    outputLimit: 10 * MIB,
    onprogress: () => {},
  });
  const json = asJson(report);
  assert.equal(json.schema, 'mgdc-decrypt-report/1');
  assert.deepEqual([json.decrypted, json.copied, json.failed, json.notChosen, json.unfinished], [3, 2, 1, 0, 0]);
  assert.deepEqual(json.checksums, { crc32: 2, adler32: 0, none: 1 });
  assert.deepEqual([json.status, json.stop], ['complete', null]);
  assert.ok(before <= Date.parse(json.started) && Date.parse(json.started) <= Date.parse(json.ended));
  assert.equal(json.seconds, (Date.parse(json.ended) - Date.parse(json.started)) / 1000);
  assert.equal([json.tool.version, json.tool.revision ?? 'unknown'].join('+'), version());
  const chosen = memory.items.filter(({ path }) => !/key\.pem|Store|encryptionKeyDetails/.test(path));
  const bytes = chosen.reduce((sum, { blob }) => sum + blob.size, 0);
  assert.deepEqual(json.source, { name: 'October', files: memory.items.length, bytes });
  const [one, other] = memory.keys.map(({ details }) => details.PublicKeyVersion);
  const key = { keyIdentifier: null, algorithm: 'RSA-OAEP' };
  assert.deepEqual(json.keys, [
    { keyDetails: 0, keyVersion: one, ...key, files: 1 },
    { keyDetails: 1, keyVersion: other, ...key, files: 2 },
  ]);
  assert.deepEqual(json.options, { outputLimit: 10 * MIB });
  for (const { path, output, sha256: hash } of report.files)
    if (output) assert.equal(hash, sha256(memory.contents.get(path)), path);
  assert.deepEqual(json.leftOut.map(({ path }) => path).sort(), ['key.pem', 'set/.DS_Store']);
});

test('does not claim what is not known', async () => {
  const { drop } = await eventful();
  const report = await drop.decrypt(new MemorySink());
  assert.deepEqual(report.source, { name: null, files: 9, bytes: null });
  assert.ok(report.files.every((result) => !('sha256' in result)));
  asJson(report);
  const markdown = reportAs(report, 'markdown');
  assert.match(markdown, /\| not computed \|/);
  assert.match(markdown, /\| set\/raw\.json \| set\/raw\.json \| decrypted \| 3 \| none in the content \|/);
  assert.match(markdown, /\| set\/clear\.json \| set\/clear\.json \| copied \| 7 \| not checked \|/);
  assert.doesNotMatch(markdown, /Source|Bytes of the chosen/);
});

test('names another format, and what the formats are', async () => {
  const { drop } = await eventful();
  const report = await drop.decrypt(new MemorySink());
  for (const format of ['pdf', 'toString', undefined])
    assert.throws(() => reportAs(report, /** @type {any} */ (format)), {
      name: 'TypeError',
      message: /json, markdown, html/,
    });
});

test('an error has the report of what was done before it', async () => {
  const memory = mixedDrop();
  const drop = await memory.open();
  const cancel = new AbortController();
  let closed = 0;
  const sink = new MemorySink({
    close: () => {
      closed += 1;
      if (closed === 4) cancel.abort();
    },
  });
  const error = await drop
    .decrypt(sink, { signal: cancel.signal, concurrency: 1, report: true })
    .catch((thrown) => thrown);
  assert.equal(error.code, 'ERR_ABORTED');
  const { report } = error;
  const json = asJson(report);
  assert.deepEqual([json.status, json.stop.code], ['cancelled', 'ERR_ABORTED']);
  assert.ok(report.files.length >= 3 && report.files.length < 15, `${report.files.length} files`);
  assert.equal(report.files.length + report.unfinished, 15);
  for (const { output } of report.files) assert.ok(sink.files.has(output), output);
  assert.ok(!REPORT_NAMES.some((name) => sink.files.has(name)), 'a report of half a run is not among the output');
  assert.match(reportAs(report, 'markdown'), /The run was cancelled\. .*\(ERR_ABORTED\)/);
  assert.deepEqual(Object.keys(error).includes('report'), false, 'who logs the error does not print the report');
});

test('a target that fails has its report, too; and so has a drop that is disposed of meanwhile', async () => {
  const drop = await mixedDrop().open();
  const sink = Object.assign(new MemorySink(), {
    close() {
      drop.dispose();
      throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    },
  });
  const error = await drop.decrypt(sink).catch((thrown) => thrown);
  assert.equal(error.code, 'ERR_NO_SPACE');
  const json = asJson(error.report);
  assert.deepEqual([json.status, json.stop.code, json.unfinished, json.decrypted], ['stopped', 'ERR_NO_SPACE', 0, 12]);
  assert.match(reportAs(error.report, 'html'), /The run stopped early/);
});

test('key details that cannot be read are a failure of the complete report', async () => {
  const memory = new MemoryDrop().add('a.json', lines(100));
  const error = new MgdcDecryptError('ERR_READ', 'the disk is gone');
  memory.items.push(/** @type {any} */ ({ path: `metadata/${DETAILS}`, error }));
  const report = await (await memory.open()).decrypt(new MemorySink());
  assert.deepEqual(
    report.files.filter(({ outcome }) => outcome === 'failed').map(({ path, code }) => [path, code]),
    [[`metadata/${DETAILS}`, 'ERR_READ']],
  );
  asJson(report);
});

test('holds no key and no password in any form', async () => {
  const { memory, drop } = await eventful();
  const password = 'correct horse battery staple';
  const report = await drop.decrypt(new MemorySink(), {
    .../** @type {any} */ ({ password, key: 'secret' }),
    report: true,
  });
  const jwk = JSON.parse(JSON.stringify(await exported()));
  const secrets = [
    password,
    'secret',
    ...memory.keys.flatMap(({ key, iv, wrapped }) => [key, iv, wrapped].flatMap(spellings)),
    ...['d', 'p', 'q', 'dp', 'dq', 'qi'].map((name) => jwk[name]),
    ...PEM.toString().split('\n').slice(1, -2),
  ];
  assert.ok(secrets.length > 50);
  for (const format of ['json', 'markdown', 'html']) {
    const text = reportAs(report, /** @type {any} */ (format));
    assert.ok(text.includes(memory.keys[0].details.PublicKeyVersion), 'the version is there');
    for (const secret of secrets) assert.ok(!text.includes(secret), `${format}: ${secret}`);
  }
});

/** Hex and Base64 in both alphabets, of all and of the beginning. */
function spellings(bytes) {
  const buffer = Buffer.from(bytes);
  return [buffer, buffer.subarray(0, 12)].flatMap((part) => [
    part.toString('hex'),
    part.toString('base64'),
    part.toString('base64url'),
  ]);
}

async function exported() {
  const der = Buffer.from(PEM.toString().replace(/-----.*-----|\s/g, ''), 'base64');
  const algorithm = { name: 'RSA-OAEP', hash: 'SHA-256' };
  return crypto.subtle.exportKey('jwk', await crypto.subtle.importKey('pkcs8', der, algorithm, true, ['decrypt']));
}

test('writes itself as the last files of the output, and no file of the drop has one of the names', async () => {
  const memory = mixedDrop()
    .add('SHA256SUMS.gz', lines(50))
    .addClear('sha256sums', 'theirs')
    .addClear('MGDC-decrypt-report.html', 'theirs')
    .addClear('mgdc-decrypt-report.json/part.json', 'theirs');
  const drop = await memory.open();
  const sink = new MemorySink();
  const report = await drop.decrypt(sink, { report: true, source: 'x' });
  assert.deepEqual([...sink.files.keys()].slice(-3), REPORT_NAMES);
  assert.deepEqual(sink.events.at(-1), ['close']);
  const outputs = Object.fromEntries(report.files.map(({ path, output }) => [path, output]));
  assert.equal(outputs['SHA256SUMS.gz'], 'SHA256SUMS (2)');
  assert.equal(outputs.sha256sums, 'sha256sums (3)');
  assert.equal(outputs['MGDC-decrypt-report.html'], 'MGDC-decrypt-report (2).html');
  const json = String(sink.files.get('mgdc-decrypt-report.json'));
  assert.equal(json, reportAs(report, 'json'));
  assert.equal(String(sink.files.get('mgdc-decrypt-report.html')), reportAs(report, 'html'));
  assert.ok(report.files.every(({ output, sha256: hash }) => hash === sha256(sink.files.get(output))));
  assert.equal(typeof report.source.bytes, 'number');
  const plain = await drop.decrypt(new MemorySink());
  const names = plain.files.map(({ output }) => output);
  assert.ok(
    names.includes('sha256sums') && names.includes('MGDC-decrypt-report.html'),
    'otherwise they keep their names',
  );
});

test('a report that cannot be written stops the run, and says so', async () => {
  const drop = await mixedDrop().open();
  const sink = new MemorySink({
    open: (path) => {
      if (path === 'SHA256SUMS') throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    },
  });
  await assert.rejects(drop.decrypt(sink, { report: true }), fails('ERR_NO_SPACE'));
  assert.deepEqual(sink.events.at(-1)?.[0], 'abort');
});

test('sha256sum -c takes the list, with any names', () => {
  const names = [
    'plain.json',
    'with blanks .json',
    ' leading',
    '*star',
    'back\\slash',
    'line\nbreak',
    'both\\n\n\\',
    'carriage\rreturn',
    '-dash',
    'ünï/Ω.json',
    '#hash',
    '\\',
    'a\\b/c',
    'quote\'"',
    '$HOME`x`',
    '(1)',
    'SHA256 (x) = y',
  ];
  const folder = join(temporary, 'names');
  const files = names.map((name, index) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `content ${index}`);
    const hash = createHash('sha256').update(`content ${index}`).digest('hex');
    return /** @type {FileResult} */ ({
      path: 'x',
      output: name,
      outcome: 'decrypted',
      bytes: 1,
      verified: null,
      sha256: hash,
      warnings: [],
    });
  });
  const without = /** @type {FileResult} */ ({ ...files[0], sha256: undefined });
  const failed = /** @type {FileResult} */ ({ ...files[0], output: null });
  writeFileSync(join(folder, 'SUMS'), checksums([...files, without, failed]));
  const check = () =>
    execFileSync('sha256sum', ['--strict', '-c', 'SUMS'], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  assert.equal(check().match(/: OK$/gm)?.length, names.length);
  writeFileSync(join(folder, 'back\\slash'), 'changed');
  assert.throws(check, ({ stdout }) => stdout.match(/: FAILED$/gm)?.length === 1);
});
