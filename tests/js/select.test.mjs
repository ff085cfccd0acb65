/** Choosing files: patterns, compared with git's, and datasets; what fits nothing is told before anything is written. */

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathTest } from '../../pkg/drop/patterns.js';
import { openDrop } from '../../pkg/index.js';
import { DETAILS, fails, lines, MemoryDrop, MemorySink, newKey } from './memory-drop.mjs';
import { seeded } from './random.mjs';

const repository = mkdtempSync(join(tmpdir(), 'mgdc-select-'));
after(() => rmSync(repository, { recursive: true }));
const git = (...args) => [
  '-C',
  repository,
  '-c',
  'core.excludesFile=/dev/null',
  '-c',
  'core.ignoreCase=false',
  ...args,
];
execFileSync('git', git('init', '--quiet'));

/** Which of the paths git takes a pattern in .gitignore to mean. */
function byGit(pattern, paths) {
  writeFileSync(join(repository, '.gitignore'), `${pattern}\n`);
  const { stdout, status, stderr } = spawnSync('git', git('check-ignore', '--no-index', '--stdin', '-z'), {
    input: paths.join('\0'),
    encoding: 'utf8',
  });
  assert.ok(status === 0 || status === 1, stderr);
  return stdout.split('\0').filter(Boolean).sort();
}

const PATHS = [
  'part.json',
  'a',
  'a/b',
  'a/b/c',
  'a/x/b',
  'a/x/y/b',
  'a/x/y/b/d.json',
  'b/a',
  'b/a/part.json',
  'Set_v0.Message_v1/part-00000.json',
  'Set_v0.Message_v1/part-00001.json.gz',
  'Set_v0.Message_v1/_SUCCESS',
  'Set_v0.Message_v1/year=2026/part-7.json',
  'Set_v0.User_v1/part-00000.json',
  'set_v0.message_v1/part-00000.json',
  'metadata/JobMetadata.json',
  'odd/[a].txt',
  'odd/a*b.txt',
  'odd/a^b.txt',
  'odd/a-b.txt',
  'odd/]',
  'odd/x.y+(z){1}$|',
  '.hidden/file',
];

const PATTERNS = [
  'a',
  'b',
  'a/',
  'b/',
  '/a',
  '/b',
  'a/b',
  '/a/b',
  'a/*',
  'a/**',
  '**/b',
  '**/a/b',
  'a/**/b',
  'a/**/**/b',
  '**/**/b',
  'a/**/',
  '**',
  '*',
  '/*',
  '/*/',
  '*/',
  '*.json',
  '/*.json',
  '**/*.json',
  '*/*.json',
  'Set_*/part-0000?.json*',
  'Set_v0.Message_v1',
  'Set_v0.Message_v1/',
  'Set_v0.Message_v1/*',
  'part-0000[0-9].json',
  'part-0000[!0].json.gz',
  'part-0000[^1]*',
  'part-[0-9]*',
  '[ab]',
  '[!a-z]*',
  '[a-c]/[x-z]/b',
  'a[*]b.txt',
  'a\\*b.txt',
  '\\[a\\].txt',
  '[[]a].txt',
  '[]]',
  'a[-^]b.txt',
  'a[a^]b.txt',
  'a[\\^\\-]b.txt',
  'a[!^]b.txt',
  'x.y+(z){1}$|',
  'x.y*$|',
  'year=*',
  '.*',
  '?',
  '??',
  'a**',
  'Set_v0.Message_v1/**/part-7.json',
  '**/year=2026/**',
  'metadata/**',
  'nothing',
];

test('patterns mean what they mean in .gitignore', () => {
  for (const pattern of PATTERNS) {
    const isMatch = pathTest(pattern);
    assert.deepEqual(PATHS.filter(isMatch).sort(), byGit(pattern, PATHS), pattern);
  }
});

test('random patterns mean what they mean in .gitignore', (t) => {
  const parts = ['a', 'b', 'c', '*', '**', '?', '[ab]', '[!a]', '/', '/', 'x'];
  const random = seeded(t);
  const draw = (count) => Math.floor(random() * count);
  const names = ['a', 'b', 'c', 'ab', 'xa', 'abc'];
  const paths = [];
  for (let index = 0; index < 60; index += 1)
    paths.push(Array.from({ length: 1 + draw(4) }, () => names[draw(names.length)]).join('/'));
  const distinct = [...new Set(paths)];
  let some = 0;
  for (let index = 0; index < 400; index += 1) {
    const pattern = Array.from({ length: 1 + draw(6) }, () => parts[draw(parts.length)]).join('');
    if (/^\/*$|\/\//.test(pattern)) continue; // git matches nothing with an empty name
    // By its manual, ** beside another character is *. But `b**/*c` finds b/a/c, too.
    if (/[^/*]\*{2}|\*{2}[^/*]/.test(pattern)) continue;
    const wanted = byGit(pattern, distinct);
    if (wanted.length > 0 && wanted.length < distinct.length) some += 1;
    assert.deepEqual(distinct.filter(pathTest(pattern)).sort(), wanted, pattern);
  }
  assert.ok(some > 60, `${some} patterns match some paths, and not all`);
});

test('a name is the same however its accents are composed, and ? is one character', () => {
  assert.ok(pathTest('Cafe\u0301/*.json')('Caf\u00e9/a.json'));
  assert.ok(pathTest('Caf\u00e9')('x/Cafe\u0301/a.json'));
  assert.ok(pathTest('?.json')('\u{1f4c4}.json'));
  assert.ok(pathTest('[\u{1f4c4}-\u{1f4ff}].json')('\u{1f4c5}.json'));
  assert.ok(!pathTest('*.json')('a.json\nb'));
});

/** Two deliveries' worth of datasets, with a copy, metadata and litter. */
function someDatasets() {
  return new MemoryDrop()
    .add('Basic_v0.Message_v1/part-0.json', lines(100))
    .add('Basic_v0.Message_v1/part-1.json', lines(200))
    .add('Basic_v0.User_v1/part-0.json', lines(300))
    .add('Basic_v0.User_v1/2026/a*b.json', lines(300))
    .addClear('Insights_v1/part-0.csv', 'a,b\n1,2\n')
    .addClear('metadata/JobMetadata.json', '{"a":1}')
    .addClear('Insights_v1/.DS_Store', 'Bud1');
}

const paths = (report) => report.files.map(({ path }) => path).sort();

test('lists the datasets, with their files and bytes', async () => {
  const memory = someDatasets();
  const drop = await memory.open();
  const size = (folder) =>
    memory.items
      .filter(({ path }) => path.startsWith(folder) && !path.endsWith('Store'))
      .reduce((sum, { blob }) => sum + blob.size, 0);
  assert.deepEqual(
    drop.datasets.map(({ name, files, bytes }) => ({ name, files, bytes })),
    [
      { name: 'Basic_v0.Message_v1', files: 2, bytes: size('Basic_v0.Message_v1/') },
      { name: 'Basic_v0.User_v1', files: 2, bytes: size('Basic_v0.User_v1/') },
      { name: 'Insights_v1', files: 1, bytes: size('Insights_v1/') },
    ],
  );
  assert.deepEqual((await openDrop([])).datasets, []);
  const loose = await openDrop([{ path: 'a.json', blob: new Blob(['{"a":1}']) }]);
  assert.deepEqual(loose.datasets, [], 'a data file in no folder belongs to no dataset');
});

for (const [name, files, expected] of /** @type {[string, any, string[]][]} */ ([
  [
    'a pattern',
    { only: ['part-0.*'] },
    ['Basic_v0.Message_v1/part-0.json', 'Basic_v0.User_v1/part-0.json', 'Insights_v1/part-0.csv'],
  ],
  ['a pattern by itself', { only: '*.csv' }, ['Insights_v1/part-0.csv']],
  ['two patterns', { only: ['*.csv', 'metadata'] }, ['Insights_v1/part-0.csv', 'metadata/JobMetadata.json']],
  [
    'a dataset',
    { datasets: ['Basic_v0.Message_v1'] },
    ['Basic_v0.Message_v1/part-0.json', 'Basic_v0.Message_v1/part-1.json'],
  ],
  [
    'two datasets',
    { datasets: new Set(['Insights_v1', 'Basic_v0.User_v1']) },
    ['Basic_v0.User_v1/2026/a*b.json', 'Basic_v0.User_v1/part-0.json', 'Insights_v1/part-0.csv'],
  ],
  ['patterns in datasets', { only: ['part-0*'], datasets: ['Basic_v0.User_v1'] }, ['Basic_v0.User_v1/part-0.json']],
  ['an exact path with a star', ['Basic_v0.User_v1/2026/a*b.json'], ['Basic_v0.User_v1/2026/a*b.json']],
  ['an escaped star', { only: ['a\\*b.json'] }, ['Basic_v0.User_v1/2026/a*b.json']],
])) {
  test(`decrypts what is chosen by ${name}, and counts the rest`, async () => {
    const drop = await someDatasets().open();
    const sink = new MemorySink();
    const report = await drop.decrypt(sink, { files });
    assert.deepEqual(paths(report), expected);
    assert.deepEqual([...sink.files.keys()].sort(), report.files.map(({ output }) => output).sort());
    assert.equal(report.failed, 0);
    assert.equal(report.notChosen, 6 - expected.length);
    const isLitterChosen = expected.every((path) => path.startsWith('Insights')) || name === 'two datasets';
    assert.equal(report.leftOut.length, isLitterChosen && name !== 'a pattern by itself' ? 1 : 0);
  });
}

test('empty lists choose nothing out, and an empty list of paths chooses no file', async () => {
  const drop = await someDatasets().open();
  const all = await drop.decrypt(new MemorySink(), { files: { only: [], datasets: [] } });
  assert.deepEqual([all.files.length, all.notChosen, 'only' in all.options], [6, 0, false]);
  const none = await drop.decrypt(new MemorySink(), { files: [] });
  assert.deepEqual([none.files.length, none.notChosen], [0, 6]);
});

for (const [name, files, message] of [
  ['a pattern that fits nothing', { only: ['part-0.json', 'part-9.json'] }, /"part-9.json" matches no file/],
  ['another case', { only: ['basic_V0.*'] }, /would match 4 with other capital letters/],
  ['only key details', { only: ['encryptionKeyDetails.json'] }, /matches no file/],
  [
    'an unknown dataset',
    { datasets: ['Message_v1'] },
    /its datasets are Basic_v0.Message_v1, Basic_v0.User_v1, Insights_v1/,
  ],
  ['a folder of metadata', { datasets: ['metadata'] }, /no dataset "metadata"/],
  ['a pattern of another dataset', { only: ['*.csv'], datasets: ['Basic_v0.User_v1'] }, /no file of these datasets/],
  ['a class that cannot be read', { only: ['[z-a]'] }, /a class in \[ \]/],
]) {
  test(`refuses ${name} before anything is written`, async () => {
    const drop = await someDatasets().open();
    const sink = new MemorySink();
    await assert.rejects(drop.decrypt(sink, { files: /** @type {any} */ (files) }), { ...fails('ERR_USAGE'), message });
    assert.deepEqual(sink.events, []);
  });
}

test('refuses what is no choice at all', async () => {
  const drop = await someDatasets().open();
  for (const files of ['part-0.json', 7, { only: [7] }, { only: [''] }, { datasets: [''] }])
    await assert.rejects(drop.decrypt(new MemorySink(), { files: /** @type {any} */ (files) }), TypeError);
});

test('takes the last part of a name in several deliveries', async () => {
  const key = newKey();
  const items = ['one', 'two'].flatMap((root) => [
    { path: `${root}/${DETAILS}`, blob: new Blob([JSON.stringify({ DecryptionKeyDetails: [key.details] })]) },
    { path: `${root}/Set_v1/a.json`, blob: new Blob([key.encrypt('{"a":1}')]) },
    { path: `${root}/Other_v1/a.json`, blob: new Blob([key.encrypt('{"a":1}')]) },
  ]);
  const drop = await openDrop(items);
  await drop.unlock(key.answer);
  assert.deepEqual(drop.datasets.map(({ name }) => name).sort(), [
    'one/Other_v1',
    'one/Set_v1',
    'two/Other_v1',
    'two/Set_v1',
  ]);
  const both = await drop.decrypt(new MemorySink(), { files: { datasets: ['Set_v1'] } });
  assert.deepEqual(paths(both), ['one/Set_v1/a.json', 'two/Set_v1/a.json']);
  const one = await drop.decrypt(new MemorySink(), { files: { datasets: ['two/Set_v1/'] } });
  assert.deepEqual(paths(one), ['two/Set_v1/a.json']);
});
