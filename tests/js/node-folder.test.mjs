/** Listing a folder in Node: every entry, whatever it is, is in the report, and none stops the others. */

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openDrop } from '../../pkg/index.js';
import { folderFiles, folderSink } from '../../pkg/node/folder.js';
import { makeDrop } from './make-drop.mjs';
import { codes, fails, lines, privateKey } from './memory-drop.mjs';

/** @import { FileOnDisk } from '../../pkg/index.js' */

const temporary = mkdtempSync(join(tmpdir(), 'mgdc-folder-'));
after(() => rmSync(temporary, { recursive: true }));
let number = 0;

function fresh() {
  const source = join(temporary, `in-${(number += 1)}`);
  return {
    source,
    out: join(temporary, `out-${number}`),
    drop: makeDrop(source),
    at: (...names) => join(source, ...names),
  };
}

async function decrypt({ source, out }, options) {
  const drop = await openDrop(await folderFiles(source));
  await drop.unlock(privateKey());
  return drop.decrypt(await folderSink(out), options);
}

const leftOut = (report) => Object.fromEntries(report.leftOut.map(({ path, code }) => [path, code]));
const bytes = (...parts) =>
  Buffer.concat(parts.map((part) => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part))));

for (const size of [70, 3 << 20]) {
  test(`names that are not valid UTF-8 are read and written, with ${size} bytes`, async () => {
    const here = fresh();
    here.drop.add('set/a.json', lines(size));
    const encrypted = readFileSync(here.at('set/a.json'));
    const folder = bytes(here.at('Daten'), 0xfc, 'bersicht');
    mkdirSync(folder);
    mkdirSync(here.at('Daten%FCbersicht'));
    const twins = [
      bytes(folder, '/a', 0xff, '.json'),
      bytes(folder, '/a', 0xfe, '.json'),
      bytes(folder, '/plain.json'),
    ];
    for (const path of [...twins, here.at('Daten%FCbersicht', 'plain.json')]) writeFileSync(path, encrypted);
    utimesSync(twins[0], 1000, 1000);
    const items = await folderFiles(here.source);
    const odd = /** @type {{ blob: FileOnDisk } | undefined} */ (
      items.find(({ path }) => path === 'Daten%FCbersicht/a%FF.json')
    );
    assert.deepEqual([odd?.blob.size, odd?.blob.lastModified], [encrypted.length, 1_000_000]);
    const report = await decrypt(here);
    assert.equal(report.failed, 0);
    const written = [
      'Daten%FCbersicht/a%FE.json',
      'Daten%FCbersicht/a%FF.json',
      'Daten%FCbersicht/plain.json',
      'Daten%FCbersicht/plain (2).json',
    ];
    const expected = readFileSync(join(here.out, 'set/a.json'));
    assert.ok(expected.length >= size);
    for (const path of written) assert.ok(readFileSync(join(here.out, path)).equals(expected), path);
    const told = report.files.filter(({ warnings }) => warnings.some((warning) => /no UTF-8/.test(warning)));
    assert.equal(told.length, 3, 'what was not called so is told');
  });
}

test('links are followed only within the drop, and all others are reported', async () => {
  const here = fresh();
  here.drop.add('set/a.json', lines(70));
  here.drop.add('store/v1/b.json', lines(80));
  const outside = join(temporary, `outside-${number}`);
  mkdirSync(outside);
  writeFileSync(join(outside, 'secret.json'), '{"secret":1}');
  symlinkSync('store/v1', here.at('linked'));
  symlinkSync('../store/v1/b.json', here.at('set', 'to-file.json'));
  symlinkSync(outside, here.at('away'));
  symlinkSync(join(outside, 'secret.json'), here.at('set', 'away.json'));
  symlinkSync('/nonexistent/object', here.at('set', 'broken.json'));
  symlinkSync('round.json', here.at('set', 'round.json'));
  symlinkSync('..', here.at('set', 'up'));
  symlinkSync(here.source, here.at('self'));
  // Two folders that lead to each other.
  symlinkSync('../../set', here.at('store', 'v1', 'other'));
  symlinkSync('../store/v1', here.at('set', 'other'));
  const report = await decrypt(here);
  const {
    'set/a.json': a,
    'linked/b.json': linked,
    'set/to-file.json': file,
    'set/broken.json': broken,
    'set/round.json': round,
  } = codes(report);
  assert.deepEqual([a, linked, file, broken, round], ['decrypted', 'decrypted', 'decrypted', 'ERR_READ', 'ERR_READ']);
  for (const { path, outcome } of report.files)
    assert.equal(outcome === 'failed', /(broken|round)\.json$/.test(path), path);
  const { away, 'set/away.json': awayFile, 'set/up': up, self } = leftOut(report);
  assert.deepEqual(
    [away, awayFile, up, self],
    ['ERR_LINK_OUTSIDE', 'ERR_LINK_OUTSIDE', 'ERR_LINK_LOOP', 'ERR_LINK_LOOP'],
  );
  assert.match(report.leftOut.find(({ path }) => path === 'away')?.message ?? '', new RegExp(outside));
});

test('nothing behind a link out of the drop is written', async () => {
  const here = fresh();
  const outside = join(temporary, `outside-${number}`);
  mkdirSync(outside);
  writeFileSync(join(outside, 'secret.json'), '{"secret":1}');
  symlinkSync(outside, here.at('away'));
  symlinkSync(join(outside, 'secret.json'), here.at('secret.json'));
  here.drop.add('set/a.json', lines(70));
  await decrypt(here);
  assert.deepEqual(readdirSync(here.out), ['set']);
});

test('folders full of links to each other come to an end', async () => {
  const here = fresh();
  const names = Array.from({ length: 12 }, (_, index) => `set-${index}`);
  for (const name of names) here.drop.add(`${name}/a.json`, lines(70));
  for (const name of names) for (const other of names) symlinkSync(`../${other}`, here.at(name, `to-${other}`));
  const items = await folderFiles(here.source);
  assert.ok(items.length < 5000, `${items.length}`);
  assert.ok(items.some((item) => 'leftOut' in item && item.leftOut.code === 'ERR_LINK_LOOP'));
  assert.equal(new Set(items.map(({ path }) => path)).size, items.length);
});

test('a drop that is a link itself is followed', async () => {
  const here = fresh();
  here.drop.add('set/a.json', lines(70));
  symlinkSync(here.source, `${here.source}-link`);
  assert.equal((await decrypt({ ...here, source: `${here.source}-link` })).decrypted, 1);
});

test('pipes, sockets and devices are reported and not opened', async (t) => {
  const here = fresh();
  here.drop.add('set/a.json', lines(70));
  execFileSync('mkfifo', [here.at('set', 'pipe.json')]);
  symlinkSync('pipe.json', here.at('set', 'to-pipe.json'));
  const server = createServer();
  await new Promise((resolve) => server.listen(here.at('socket'), () => resolve(undefined)));
  t.after(() => server.close());
  const report = await decrypt(here);
  assert.deepEqual([report.decrypted, report.failed], [1, 0]);
  assert.deepEqual(leftOut(report), {
    'set/pipe.json': 'ERR_NOT_A_FILE',
    'set/to-pipe.json': 'ERR_NOT_A_FILE',
    socket: 'ERR_NOT_A_FILE',
  });
  assert.match(report.leftOut[0].message, /named pipe/);
});

test('an unreadable folder and file fail by name, and the rest is decrypted', {
  skip: process.platform === 'win32',
}, () => {
  const here = fresh();
  here.drop.add('set/a.json', lines(70));
  here.drop.add('set/closed.json', lines(70));
  here.drop.add('lost+found/b.json', lines(70));
  chmodSync(here.at('lost+found'), 0);
  chmodSync(here.at('set/closed.json'), 0);
  chmodSync(temporary, 0o755);
  mkdirSync(here.out, { mode: 0o777 });
  chmodSync(here.out, 0o777);
  // Nothing is unreadable for root.
  const as = process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : [];
  const key = join(here.out, '..', `key-${number}.pem`);
  writeFileSync(key, readFileSync(new URL('../drops/keys/contoso-2048/pkcs8.pem', import.meta.url)), { mode: 0o644 });
  const args = [
    ...as,
    process.execPath,
    new URL('../../pkg/cli.js', import.meta.url).pathname,
    here.source,
    '--key',
    key,
    '--out',
    join(here.out, 'o'),
    '--json',
  ];
  const { status, stdout, stderr } = spawnSync(args[0], args.slice(1), { encoding: 'utf8' });
  chmodSync(here.at('lost+found'), 0o755);
  assert.equal(status, 1, stderr);
  const found = Object.fromEntries(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .map(({ path, outcome, code }) => [path, code ?? outcome]),
  );
  assert.deepEqual(found, { 'set/a.json': 'decrypted', 'set/closed.json': 'ERR_READ', 'lost+found': 'ERR_READ' });
});

test('a key details document that cannot be read is reported as such, not as missing', async () => {
  const here = fresh();
  here.drop.add('set/a.json', lines(70));
  const details = here.at('metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json');
  rmSync(details);
  symlinkSync('nowhere', details);
  const drop = await openDrop(await folderFiles(here.source));
  assert.deepEqual(
    drop.problems.map(({ code }) => code),
    ['ERR_READ'],
  );
  const report = await drop.decrypt(await folderSink(here.out));
  const [failed] = report.files.filter(({ path }) => path.endsWith('encryptionKeyDetails.json'));
  assert.equal(failed.code, 'ERR_READ');
});

test('a drop that is not a folder is reported as what it is', async () => {
  const here = fresh();
  writeFileSync(here.at('file'), 'x');
  writeFileSync(here.at('drop.zip'), 'PK\x03\x04');
  execFileSync('mkfifo', [here.at('pipe')]);
  await assert.rejects(folderFiles(here.at('file')), { ...fails('ERR_READ'), message: /single file/ });
  writeFileSync(here.at('drop.7z'), bytes('7z', 0xbc, 0xaf, 0x27, 0x1c));
  await assert.rejects(folderFiles(here.at('drop.7z')), {
    ...fails('ERR_ARCHIVE'),
    message: /7-Zip archive: unpack it first/,
  });
  assert.deepEqual(
    (await folderFiles(here.at('drop.zip'))).map(({ path }) => path),
    ['drop.zip'],
    'openDrop opens it',
  );
  await assert.rejects(folderFiles(here.at('pipe')), { ...fails('ERR_READ'), message: /named pipe/ });
  await assert.rejects(folderFiles(here.at('nowhere')), { ...fails('ERR_READ'), message: /ENOENT/ });
});

test('litter is left out and named, and files that only look like litter are delivered', async () => {
  const here = fresh();
  const double = bytes(0, 5, 0x16, 7, 0, 2, 0, 0, 'Mac OS X        ', 0, 2);
  here.drop.add('set/a.json', lines(70));
  here.drop.addClear('set/._a.json', double);
  here.drop.addClear('.DS_Store', bytes(0, 0, 0, 1, 'Bud1'));
  here.drop.addClear('__MACOSX/set/._a.json', double);
  here.drop.addClear('set/~$Report.docx', Buffer.alloc(165, 0x81));
  here.drop.addClear('set/.azDownload-0b1c-c.json', Buffer.alloc(48, 0x81));
  here.drop.addClear('set/._SUCCESS.crc', bytes('crc', 0, 0, 0, 2, 0));
  here.drop.add('set/._b.json', lines(90));
  const report = await decrypt(here);
  assert.deepEqual(Object.keys(leftOut(report)).sort(), [
    '.DS_Store',
    '__MACOSX/set/._a.json',
    'set/._a.json',
    'set/.azDownload-0b1c-c.json',
    'set/~$Report.docx',
  ]);
  assert.deepEqual(new Set(Object.values(leftOut(report))), new Set(['ERR_LITTER']));
  assert.deepEqual(codes(report), {
    'set/a.json': 'decrypted',
    'set/._b.json': 'decrypted',
    'set/._SUCCESS.crc': 'copied',
  });
});

test('litter is told from data in a drop with very many files, too', async () => {
  const here = fresh();
  for (let index = 0; index < 1001; index += 1) here.drop.add(`set/${index}.json`, `[${index}]`);
  here.drop.addClear('set/._0.json', bytes(0, 5, 0x16, 7, 0, 2, 0, 0));
  here.drop.add('set/._x.json', '[1]');
  symlinkSync('nowhere', here.at('set', 'broken.json'));
  const report = await decrypt(here);
  assert.deepEqual([report.decrypted, report.failed, leftOut(report)], [1002, 1, { 'set/._0.json': 'ERR_LITTER' }]);
  assert.equal(codes(report)['set/broken.json'], 'ERR_READ');
});

test('a tree of 200 folders is walked to its end', async () => {
  const here = fresh();
  const deep = `${Array(200).fill('d').join('/')}/a.json`;
  here.drop.add(deep, lines(70));
  assert.deepEqual(codes(await decrypt(here)), { [deep]: 'decrypted' });
});

test('an archive that lies where the drop should be fails, and one in a dataset is data', async () => {
  const packed = bytes('7z', 0xbc, 0xaf, 0x27, 0x1c);
  const only = fresh();
  rmSync(only.at('metadata'), { recursive: true });
  only.drop.addClear('drop.7z', packed);
  only.drop.addClear('.DS_Store', 'x');
  only.drop.addClear('letter.docx', bytes('PK', 3, 4, ...Array(26).fill(0), '[Content_Types].xml'));
  await assert.rejects(decrypt(only), fails('ERR_KEY_DETAILS_MISSING'));
  const drop = await openDrop(await folderFiles(only.source));
  assert.deepEqual(codes(await drop.decrypt(await folderSink(only.out))), {
    'drop.7z': 'ERR_ARCHIVE',
    'letter.docx': 'copied',
  });

  // What begins like a ZIP archive and cannot be opened may be data, too: it is copied, with a warning.
  const zip = bytes('PK', 3, 4, ...Array(26).fill(0), 'metadata/x');
  const inside = fresh();
  inside.drop.addClear('VivaInsights/report.zip', zip);
  inside.drop.addClear('beside.zip', zip);
  inside.drop.add('set/a.json', lines(70));
  const report = await decrypt(inside);
  assert.deepEqual(codes(report), {
    'VivaInsights/report.zip': 'copied',
    'beside.zip': 'copied',
    'set/a.json': 'decrypted',
  });
  const beside = report.files.find(({ path }) => path === 'beside.zip');
  assert.match(beside?.warnings.join() ?? '', /this ZIP archive is damaged: it has no end/);

  const alone = fresh();
  alone.drop.addClear('BasicDataSet.7z', packed);
  alone.drop.addClear('metadata/JobMetadata.json', '{}');
  assert.equal(
    codes(await decrypt(alone))['BasicDataSet.7z'],
    'ERR_ARCHIVE',
    'key details, and the data is still packed',
  );

  const nested = fresh();
  rmSync(nested.at('metadata'), { recursive: true });
  nested.drop.addClear('sub/drop.7z', packed);
  const other = await openDrop(await folderFiles(nested.source));
  assert.deepEqual([other.files[0].error?.code, other.problems], ['ERR_ARCHIVE', []]);
});
