/** The report of a run: its fields, its three forms, what it never holds, and its place among the output. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { Validator } from '@cfworker/json-schema';
import { marked } from 'marked';
import { MgdcDecryptError, reportAs, version } from '../../pkg/index.js';
import { checksums, REPORT_NAMES } from '../../pkg/report/report-files.js';
import { DETAILS, fails, lines, MemoryDrop, MemorySink, MIB, mixedDrop, PEM, sha256 } from './memory-drop.mjs';
import { seeded } from './random.mjs';

/** @import { FileResult, Report } from '../../pkg/index.js' */

const temporary = mkdtempSync(join(tmpdir(), 'mgdc-report-'));
after(() => rmSync(temporary, { recursive: true }));

const schema = JSON.parse(readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8'));
const validator = new Validator(schema, '2020-12', false);

/** The report as JSON, which fits the schema. */
function asJson(report) {
  const json = JSON.parse(reportAs(report, 'json'));
  const { valid, errors } = validator.validate(json);
  assert.ok(valid, JSON.stringify(errors, null, 1));
  return json;
}

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

const HOSTILE = [
  'a|b.json',
  'a\\|b.json',
  'a\\\\|b',
  '`a`|`b',
  '``|``',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><b>',
  "'&amp;&lt;&#60;",
  '[link](https://example.com)',
  '![image](https://example.com/x.png)',
  'https://example.com/a',
  'www.example.com',
  'someone@example.com',
  '*a*_b_ **c** __d__ ~~e~~',
  '# heading',
  '- item',
  '1. item',
  '> quote',
  '---',
  '| --- |',
  'line\nbreak',
  'line\r\nbreak\u2028\u2029',
  'nul\0bell\u0007',
  'rtl \u202egnp.exe',
  'שלום/العربية.json',
  '</table></td><!-- -->',
  '<!--',
  ']]>',
  '$x^2$',
  'trailing\\',
  '\ud800 half a pair',
  '',
];

/** A report with such paths and messages. */
function reportOf(texts) {
  /** @type {FileResult[]} */
  const files = texts.flatMap((text) => [
    {
      path: text,
      output: text,
      outcome: 'decrypted',
      bytes: 1,
      verified: 'crc32',
      sha256: '0'.repeat(64),
      warnings: [text, text],
    },
    {
      path: text,
      output: null,
      outcome: 'failed',
      bytes: 0,
      verified: null,
      code: 'ERR_PADDING',
      message: text,
      warnings: [],
    },
  ]);
  /** @type {Report} */
  const report = {
    files,
    decrypted: texts.length,
    copied: 0,
    failed: texts.length,
    skipped: 0,
    salvaged: 0,
    bytesWritten: texts.length,
    leftOut: texts.map((text) => ({ path: text, code: 'ERR_LITTER', message: text })),
    notChosen: 0,
    unfinished: 0,
    checksums: { crc32: texts.length, adler32: 0, none: 0 },
    status: 'stopped',
    stop: { code: 'ERR_WRITE', message: texts.join(' ') },
    started: '2026-01-01T00:00:00.000Z',
    ended: '2026-01-01T00:00:01.000Z',
    seconds: 1,
    tool: { name: 'mgdc-decrypt', version: '0.1.0', revision: null },
    source: { name: texts[0], files: 1, bytes: 1 },
    keys: texts.map((text, index) => ({
      keyDetails: index,
      keyVersion: text,
      keyIdentifier: text,
      algorithm: null,
      files: 1,
    })),
    options: { only: texts },
  };
  return report;
}

/** What each cell of a table shows, and no markup in it. */
function cellsOf(row) {
  return row.map(({ tokens, text }) => {
    assert.ok(
      tokens.every(({ type }) => type === 'text' || type === 'escape'),
      `${text}: ${tokens.map(({ type }) => type)}`,
    );
    return decoded(marked.parser([{ type: 'text', raw: text, text, tokens }]));
  });
}

const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"' };
const decoded = (html) =>
  html.replace(/&(?:#(\d+)|(\w+));/g, (_, digits, name) =>
    digits ? String.fromCharCode(Number(digits)) : NAMED[name],
  );

function checkMarkdown(texts) {
  const report = reportOf(texts);
  const tokens = marked.lexer(reportAs(report, 'markdown'));
  const tables = /** @type {import('marked').Tokens.Table[]} */ (tokens.filter(({ type }) => type === 'table'));
  assert.deepEqual(
    tokens.map(({ type }) => type).filter((type) => type !== 'space'),
    ['heading', 'paragraph', ...Array(7).fill(['heading', 'table']).flat(), 'paragraph'],
  );
  const [, , keys, failed, warnings, leftOut, written] = tables.map(({ rows }) => rows.map(cellsOf));
  const shown = texts.map((text) => shownAs(text));
  assert.deepEqual(
    keys.map(([, keyVersion]) => keyVersion),
    shown,
  );
  assert.deepEqual(
    failed.map(([path, , message]) => [path, message]),
    shown.map((text) => [text, text]),
  );
  assert.deepEqual(
    warnings.map(([path, warning]) => [path, warning]),
    shown.flatMap((text) => [
      [text, text],
      [text, text],
    ]),
  );
  assert.deepEqual(
    leftOut.map(([path]) => path),
    shown,
  );
  assert.deepEqual(
    written.map(([path, output]) => [path, output]),
    shown.map((text) => [text, text]),
  );
}

/** As a cell shows it: hidden characters as their numbers, without blanks at the ends. */
const shownAs = (text) =>
  text
    .replace(
      /[\0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu,
      (hidden) => `\\u{${hidden.codePointAt(0)?.toString(16).toUpperCase()}}`,
    )
    .trim();

test('no text breaks a table of the Markdown, or becomes markup in it', () => checkMarkdown(HOSTILE));

test('nor do random texts of what has a meaning in Markdown', (t) => {
  const random = seeded(t);
  const parts = [
    '|',
    '\\',
    '`',
    '``',
    '*',
    '_',
    '~~',
    '<b>',
    '<!--',
    '[',
    '](x)',
    '&amp;',
    '&',
    '#',
    '\n',
    '\r',
    ' ',
    'a',
    'www.',
    'http://',
    'a@b.c',
    '!',
    '-',
    '$',
    '\t',
    '::',
    'é',
    '\u{1f600}',
  ];
  const draw = () =>
    Array.from({ length: 1 + Math.floor(random() * 8) }, () => parts[Math.floor(random() * parts.length)]).join('');
  checkMarkdown(Array.from({ length: 300 }, draw));
});

test('the HTML has none of the texts as markup, and no script', () => {
  const html = reportAs(reportOf(HOSTILE), 'html');
  const tags = new Set([...html.matchAll(/<\/?([a-z!][a-z0-9-]*)/gi)].map(([, name]) => name.toLowerCase()));
  const own = [
    '!doctype',
    'html',
    'head',
    'meta',
    'title',
    'style',
    'body',
    'h1',
    'h2',
    'p',
    'table',
    'thead',
    'tbody',
    'tr',
    'th',
    'td',
    'code',
  ];
  assert.deepEqual(
    [...tags].filter((tag) => !own.includes(tag)),
    [],
  );
  assert.doesNotMatch(html, /https?:\/\/(?!example)|src=[^x]|\u202e|\0/);
  assert.ok(html.includes('שלום/العربية.json'));
});

test('conversions and salvage are told where results have them', () => {
  const report = reportOf(['a.json']);
  Object.assign(report.files[0], { converted: { to: 'csv', rows: 7 } });
  Object.assign(report.files[1], { salvaged: { output: 'a.json.partial', bytes: 5, rows: 1, lost: [] } });
  Object.assign(report, { salvaged: 1 });
  asJson(report);
  for (const format of ['markdown', 'html']) {
    const text = decoded(reportAs(report, /** @type {any} */ (format)));
    assert.match(text, /converted[^{]*\{"to":"csv","rows":7\}/);
    assert.match(text, /salvaged[^{]*\{"output":"a.json.partial","bytes":5,"rows":1,"lost":\[\]\}/);
    assert.match(text, /Salvaged(?: \| |<\/th><td dir="auto">)1\b/);
  }
});

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
