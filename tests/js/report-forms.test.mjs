/** The report as Markdown and HTML: no text of a drop becomes markup. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { marked } from 'marked';
import { reportAs } from '../../pkg/index.js';
import { seeded } from './random.mjs';
import { asJson } from './report-json.mjs';

/** @import { FileResult, Report } from '../../pkg/index.js' */

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
