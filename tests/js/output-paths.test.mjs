import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { outputPaths } from '../../pkg/run/output-paths.js';
import { mulberry32, rounds } from './random.mjs';

const archiveNames = JSON.parse(readFileSync(new URL('../drops/names.json', import.meta.url), 'utf8')).map(
  ({ name }) => name,
);

const HOSTILE = [
  '',
  '.',
  '..',
  '/',
  '\\',
  '//',
  '...',
  '. .',
  ' ',
  '.. ',
  ' ..',
  './..',
  '../..',
  'a/..',
  'a/',
  '/a',
  '\\a',
  'a//b',
  'a\\b',
  'a/../../b',
  'C:\\x',
  'C:x',
  'c:/x',
  '\\\\server\\share\\x',
  '\\\\?\\C:\\x',
  '\\\\.\\COM1',
  '//server/share',
  'a/C:/b',
  'x:stream',
  '~/x',
  '%2e%2e/x',
  'nul',
  'NUL',
  'Nul.json',
  'NUL .json',
  'con',
  'CON.a.b',
  'a/PRN/b',
  'aux.gz',
  'COM1',
  'com9.json',
  'COM¹',
  'lpt²',
  'LPT³.x',
  'CONIN$',
  'conout$.txt',
  'a\0b',
  '\u0001',
  'tab\there',
  'line\nfeed',
  'del\x7f',
  'c1\x85',
  'a<b',
  'a>b',
  'a:b',
  'a"b',
  'a|b',
  'a?b',
  'a*b',
  'dot.',
  'dots...',
  'space ',
  'both. . ',
  'folder./x',
  'folder /x',
  'x.json.',
  '\ud800',
  'a\udfffb',
  '\udc00\ud800.json',
  '\u202egpj.exe',
  'a\u202ab',
  'a\u2066b\u2069',
  'x'.repeat(256),
  `${'x'.repeat(300)}.json`,
  `${'é'.repeat(130)}.json`,
  `${'日'.repeat(90)}.json.gz`,
  `${'👩‍👩‍👧'.repeat(40)}.json`,
  `${'e\u0301'.repeat(200)}`,
  `x.${'y'.repeat(300)}`,
  `CON.${'y'.repeat(300)}`,
  `CON${' '.repeat(300)}.json`,
  `${'a'.repeat(254)}.b`,
  `${'a '.repeat(150)}`,
  `${'a.'.repeat(150)}`,
  `${'d'.repeat(255)}/${'e'.repeat(255)}/f`,
  'x/'.repeat(2000),
  'a',
  'A',
  'a/b',
  'A/B/c',
  'é',
  'e\u0301',
  'É',
  'straße',
  'STRASSE',
  'ﬁ',
  'fi',
  'Σ',
  'σ',
  'ς',
  'i',
  'İ',
  'K',
  '\u212a',
  'a (2)',
  'a (3)',
];

const LEGAL = [
  '.hidden',
  'a/.hidden/b',
  'with space & #hash 100%25.json',
  '日本語/ファイル.json',
  'مرحبا/ملف.json',
  '👩‍👩‍👧🏴󠁧󠁢󠁥󠁮󠁧󠁿.json',
  '-dash',
  '--help',
  ' leading',
  '..two',
  'a..b',
  'null',
  'console.json',
  'COM0',
  'COM10',
  'com',
  'lpt',
  'CON1',
  'x.con',
  'a\u200fb',
  '~tilde~',
  "it's $HOME;`x`(1)[2]{3}=,+@!^",
  'e\u0301',
  'x'.repeat(255),
  `${'é'.repeat(125)}.json`,
  `${'folder/'.repeat(24)}part-00000.json`,
  'part-00000-tid-123-c000.snappy.parquet',
  '_SUCCESS',
];

const paths = (list, decompressed = false) =>
  outputPaths(list.map((path) => ({ path, decompressed }))).map(({ path }) => path);
const one = (path, decompressed = false) => outputPaths([{ path, decompressed }])[0];

test('legal odd names stay untouched', () => {
  for (const path of LEGAL) assert.deepEqual(one(path), { path, changed: null });
  assert.deepEqual(paths(LEGAL), LEGAL);
});

test('the ending of an undone compression is dropped, once', () => {
  const cases = {
    'a/part.json.gz': 'a/part.json',
    'x.GZ': 'x',
    'x.gzip': 'x',
    'x.zlib': 'x',
    'x.Deflate': 'x',
    'x.z': 'x',
    'x.gz.gz': 'x.gz',
    '.hidden.gz': '.hidden',
    'a.gz/b': 'a.gz/b',
    '.gz': '.gz',
    'a/.gz': 'a/.gz',
    'a\\.gz': 'a/.gz',
    '..gz': '..gz',
    'x.gz.json': 'x.gz.json',
    xgz: 'xgz',
    gz: 'gz',
    'x.zip': 'x.zip',
    'x.tgz': 'x.tgz',
  };
  for (const [path, expected] of Object.entries(cases)) assert.equal(one(path, true).path, expected, path);
  for (const path of ['part.json.gz', 'x.z']) assert.deepEqual(one(path), { path, changed: null });
  assert.equal(one('part.json.gz', true).changed, null);
  assert.equal(one('CON.gz', true).path, '_CON');
});

test('each unsafe path becomes a certain safe one', () => {
  const cases = {
    '../../outside.json': 'outside.json',
    'a/../../../b': 'a/b',
    '/etc/passwd': 'etc/passwd',
    'a//b': 'a/b',
    'C:\\x\\y': 'C_/x/y',
    '\\\\server\\share\\x': 'server/share/x',
    'nul\0.json': 'nul_.json',
    'a<b>:"|?*.json': 'a_b______.json',
    'x. . ': 'x____',
    '...': '___',
    CON: '_CON',
    'a/aux.json': 'a/_aux.json',
    'NUL .txt': '_NUL .txt',
    'COM¹.x': '_COM¹.x',
    conin$: '_conin$',
    '\u202egpj.exe': '_gpj.exe',
    'x\ud800y': 'x_y',
    '': 'unnamed',
    '..': 'unnamed',
    '/': 'unnamed',
    [`${'x'.repeat(300)}.json`]: `${'x'.repeat(250)}.json`,
    [`${'é'.repeat(200)}.json`]: `${'é'.repeat(125)}.json`,
    [`${'👩‍👩‍👧'.repeat(40)}.json`]: `${'👩‍👩‍👧'.repeat(13)}.json`,
    [`v1. ${'x'.repeat(300)}`]: `v1. ${'x'.repeat(251)}`,
  };
  for (const [path, expected] of Object.entries(cases)) {
    const output = one(path);
    assert.equal(output.path, expected, path);
    assert.match(output.changed ?? '', /^\S.{10,}[^.]$/, path);
  }
});

test('a "." is dropped without a reason', () => {
  assert.deepEqual(one('./a/./b'), { path: 'a/b', changed: null });
});

test('outputs that would be the same file get different names', () => {
  const cases = [
    [
      ['a.json', 'a.json', 'a.json'],
      ['a.json', 'a (2).json', 'a (3).json'],
    ],
    [
      ['a.json', 'A.JSON'],
      ['a.json', 'A (2).JSON'],
    ],
    [
      ['F/a', 'f/a'],
      ['F/a', 'f/a (2)'],
    ],
    [
      ['é', 'e\u0301', 'É'],
      ['é', 'e\u0301 (2)', 'É (3)'],
    ],
    [
      ['straße', 'STRASSE'],
      ['straße', 'STRASSE (2)'],
    ],
    [
      ['a', 'a/b'],
      ['a (2)', 'a/b'],
    ],
    [
      ['a/b', 'a'],
      ['a/b', 'a (2)'],
    ],
    [
      ['x/A', 'x/a/b', 'X/a/c/d'],
      ['x/A (2)', 'x/a/b', 'X/a/c/d'],
    ],
    [
      ['a.json', 'a.json', 'a (2).json'],
      ['a.json', 'a (3).json', 'a (2).json'],
    ],
    [
      ['a', 'a', 'a (2)/b'],
      ['a', 'a (3)', 'a (2)/b'],
    ],
    [
      ['.hidden', '.hidden'],
      ['.hidden', '.hidden (2)'],
    ],
    [
      ['a<', 'a>', 'a_'],
      ['a_ (2)', 'a_ (3)', 'a_'],
    ],
    [
      [`${'x'.repeat(250)}.json`, `${'x'.repeat(250)}.json`],
      [`${'x'.repeat(250)}.json`, `${'x'.repeat(238)} (2).json`],
    ],
    [
      ['dir/x', 'dir2/x'],
      ['dir/x', 'dir2/x'],
    ],
  ];
  for (const [input, expected] of cases) assert.deepEqual(paths(input), expected);
  assert.match(
    outputPaths([
      { path: 'a', decompressed: false },
      { path: 'A', decompressed: false },
    ])[1].changed ?? '',
    /\(2\) was added/,
  );
  assert.deepEqual(
    outputPaths([
      { path: 'a.json.gz', decompressed: true },
      { path: 'a.json', decompressed: false },
    ]).map(({ path }) => path),
    ['a (2).json', 'a.json'],
    'a name that was there comes first',
  );
});

test('every output of anything is safe, unique and final', () => {
  const random = mulberry32(Number(process.env.SEED ?? 1));
  const parts = [...HOSTILE, ...LEGAL, ...archiveNames, '/', '\\', '.', '..', ' ', '.gz', '(2)', ' (2)'];
  const pick = () => parts[Math.floor(random() * parts.length)];
  const made = Array.from({ length: rounds(3000) }, () =>
    Array.from({ length: 1 + Math.floor(random() * 4) }, pick).join(random() < 0.5 ? '/' : ''),
  );
  for (const list of [HOSTILE, LEGAL, archiveNames, [...HOSTILE, ...LEGAL, ...archiveNames], made]) {
    for (const decompressed of [false, true]) check(list, decompressed);
  }
});

function check(list, decompressed) {
  const files = list.map((path) => ({ path, decompressed }));
  const outputs = outputPaths(files);
  assert.deepEqual(outputPaths(files), outputs, 'deterministic');
  assert.equal(outputs.length, list.length);
  const seen = new Map();
  const folders = new Set();
  outputs.forEach(({ path, changed }, index) => {
    const told = `${JSON.stringify(list[index])} became ${JSON.stringify(path)}`;
    assert.ok(path.length > 0 && path.isWellFormed(), told);
    for (const name of path.split('/')) {
      assert.ok(name !== '' && name !== '.' && name !== '..', told);
      assert.doesNotMatch(name, /[\0-\x1f\x7f-\x9f<>:"|?*\\\u202a-\u202e\u2066-\u2069]/, told);
      assert.doesNotMatch(name, /[. ]$/, told);
      assert.doesNotMatch(
        name.split('.')[0].trimEnd(),
        /^(con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³]|conin\$|conout\$)$/i,
        told,
      );
      assert.ok(Buffer.byteLength(name) <= 255, told);
    }
    if (changed === null && !decompressed) assert.equal(path, list[index].replace(/(?<=^|\/)\.(\/|$)/g, ''), told);
    if (path === list[index]) assert.equal(changed, null, told);
    const key = fold(path);
    assert.equal(seen.get(key), undefined, `${told}, and so did ${JSON.stringify(list[seen.get(key)])}`);
    seen.set(key, index);
    for (let at = key.indexOf('/'); at > 0; at = key.indexOf('/', at + 1)) folders.add(key.slice(0, at));
  });
  for (const key of seen.keys()) assert.ok(!folders.has(key), `${key} is a folder, too`);

  const again = outputPaths(outputs.map(({ path }) => ({ path, decompressed: false })));
  assert.deepEqual(
    again,
    outputs.map(({ path }) => ({ path, changed: null })),
    'a second pass changes nothing',
  );
}

test('a hundred thousand files take linear time', () => {
  const shapes = {
    plain: (i) => `BasicDataSet_v0.Message_v0/part-${i}.json.gz`,
    'one name': () => 'a/part.json.gz',
    'folder by folder': (i) => `${Array.from({ length: 24 }, (_, k) => `folder${k}-${i % 500}`).join('/')}/${i}`,
    'taken numbers': (i) => (i % 2 ? 'x' : `x (${i})`),
    'names that are cut to one': (i) => `${'a'.repeat(247)}${String(i % 317).padStart(4, '0')}`,
    spaces: (i) => `${' '.repeat(i % 400)}x`,
  };
  for (const [shape, path] of Object.entries(shapes)) {
    const time = (count) => {
      const files = Array.from({ length: count }, (_, i) => ({ path: path(i), decompressed: true }));
      const start = process.cpuUsage().user;
      outputPaths(files);
      return process.cpuUsage().user - start;
    };
    time(3000);
    const [some, many] = [time(3000), time(30_000)];
    assert.ok(many < 30 * some + 3e5, `${shape}: ${some / 1e3} ms, then ${many / 1e3} ms for ten times as many`);
    if (shape === 'plain') assert.ok(time(100_000) < 3e6, 'a second, on a machine that does not share');
  }
});

// As most file systems that ignore case.
const fold = (path) => path.normalize('NFC').toUpperCase().toLowerCase();
