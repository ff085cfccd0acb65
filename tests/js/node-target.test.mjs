/** The target of the command line: no half-written file stays, and nothing outside of the target is touched. */

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openDrop } from '../../pkg/index.js';
import { folderFiles, folderSink } from '../../pkg/node/folder.js';
import { partialNames, removePartials } from '../../pkg/node/partials.js';
import { jsonLines, KEY, makeDrop } from './make-drop.mjs';
import { codes, lines, privateKey } from './memory-drop.mjs';

const cli = fileURLToPath(new URL('../../pkg/cli.js', import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'mgdc-target-'));
after(() => rmSync(temporary, { recursive: true }));
let number = 0;

function fresh() {
  const source = join(temporary, `in-${(number += 1)}`);
  return { source, out: join(temporary, `out-${number}`), drop: makeDrop(source) };
}

async function decrypt({ source, out }, options) {
  const drop = await openDrop(await folderFiles(source));
  await drop.unlock(privateKey());
  return drop.decrypt(await folderSink(out), options);
}

const names = (folder) => (existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String).sort() : []);
const partials = (folder) => names(folder).filter((name) => name.includes('.mgdc-partial'));

/** Starts a run and waits until it has something half-written. */
async function underway({ source, out }) {
  const child = spawn(process.execPath, [cli, source, '--key', KEY, '--out', out, '--json'], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal ?? code)));
  while (partials(out).length === 0) {
    assert.equal(child.exitCode, null, 'it ended before it could be seen at work');
    await sleep(5);
  }
  return { child, ended };
}

/** A file that takes seconds, in a folder of its own. */
const addBig = (drop) => drop.addBig('deep/er/big.json', 600, jsonLines(1 << 20));

test('what a killed run left is deleted by the next one, which reports it', async () => {
  const here = fresh();
  await addBig(here.drop);
  here.drop.add('set/a.json', lines(70));
  const { child, ended } = await underway(here);
  child.kill('SIGKILL');
  assert.equal(await ended, 'SIGKILL');
  const left = partials(here.out);
  assert.ok(left.length > 0, 'it was killed in the midst of it');
  // Into the same folder, of another drop: it has nothing to do with where the files lie.
  const other = fresh();
  other.drop.add('elsewhere/b.json', lines(70));
  const { status, stderr } = spawnSync(process.execPath, [cli, other.source, '--key', KEY, '--out', here.out], {
    encoding: 'utf8',
  });
  assert.equal(status, 0);
  assert.equal(
    stderr,
    left.map((path) => `mgdc-decrypt: ${path}: deleted: a run that was killed had left it\n`).join(''),
  );
  assert.deepEqual(partials(here.out), []);
});

test('files of an active run are never touched, not even while its process is stopped', async () => {
  const here = fresh();
  await addBig(here.drop);
  const { child, ended } = await underway(here);
  child.kill('SIGSTOP');
  const before = partials(here.out);
  const other = fresh();
  other.drop.add('elsewhere/b.json', lines(70));
  const second = spawnSync(process.execPath, [cli, other.source, '--key', KEY, '--out', here.out], {
    encoding: 'utf8',
  });
  assert.deepEqual([second.status, second.stderr], [0, '']);
  assert.deepEqual(partials(here.out), before);
  child.kill('SIGCONT');
  assert.equal(await ended, 0);
  assert.deepEqual(partials(here.out), []);
  assert.deepEqual(names(here.out), ['deep', 'deep/er', 'deep/er/big.json', 'elsewhere', 'elsewhere/b.json']);
});

test('files of other machines or with other names are kept; a reused process id is recognised', async () => {
  const folder = fresh().out;
  mkdirSync(folder);
  const own = partialNames()();
  const [, , place, pid, start, mark] = own.split('-');
  const ended = spawnSync(process.execPath, ['-e', '']).pid;
  const put = (name) => writeFileSync(join(folder, name), 'half') ?? name;
  const live = put(own);
  const dead = put(`.mgdc-partial-${place}-${ended}-${start}-${mark}-1`);
  const reused = put(`.mgdc-partial-${place}-${pid}-${start === '0' ? 0 : Number(start) - 1}-${mark}-2`);
  const foreign = put(`.mgdc-partial-${'0'.repeat(12)}-${ended}-${start}-${mark}-3`);
  const old = put('.mgdc-partial-0a1b2c3d-4');
  const other = put('.mgdc-partial-notes.txt');
  const outside = join(temporary, 'outside-partials');
  mkdirSync(outside);
  writeFileSync(join(outside, dead), 'half');
  symlinkSync(outside, join(folder, 'link'));
  const found = await removePartials(folder);
  const expected = [
    { path: dead, deleted: true },
    { path: foreign, deleted: false },
    { path: old, deleted: false },
  ];
  if (start !== '0') expected.push({ path: reused, deleted: true });
  const byPath = (one, two) => (one.path < two.path ? -1 : 1);
  assert.deepEqual(found.sort(byPath), expected.sort(byPath));
  for (const name of [live, foreign, old, other]) assert.ok(existsSync(join(folder, name)), name);
  assert.ok(existsSync(join(outside, dead)), 'links are not followed');
});

test('files that fail or are cancelled leave nothing half-written', async () => {
  const here = fresh();
  here.drop.add('set/limited.json', lines(6 << 20));
  const whole = readFileSync(join(here.source, 'set/limited.json'));
  // Damaged near its end: by then most of it is written.
  whole[whole.length - 2000] ^= 1;
  writeFileSync(join(here.source, 'set/damaged.json'), whole);
  const report = await decrypt(here, { outputLimit: 5 << 20 });
  assert.deepEqual(codes(report), { 'set/limited.json': 'ERR_OUTPUT_LIMIT', 'set/damaged.json': 'ERR_OUTPUT_LIMIT' });
  assert.deepEqual(partials(here.out), []);
  const second = await decrypt(here);
  assert.equal(second.failed, 1);
  assert.deepEqual(names(here.out), ['set', 'set/limited.json']);
  const stop = new AbortController();
  const more = fresh();
  const onprogress = () => partials(more.out).length > 0 && stop.abort();
  await more.drop.addBig('set/b.json', 600, jsonLines(1 << 20));
  await assert.rejects(decrypt(more, { signal: stop.signal, onprogress }), { code: 'ERR_ABORTED' });
  assert.deepEqual(names(more.out), ['set']);
});

test('if a folder is in the way of a file, or a file in the way of a folder, only that file fails', async () => {
  const here = fresh();
  here.drop.add('set/a.json', lines(70));
  here.drop.add('set/big.json', lines(3 << 20));
  here.drop.add('set/c.json', lines(70));
  here.drop.add('other/d.json', lines(70));
  mkdirSync(join(here.out, 'set/a.json/inside'), { recursive: true });
  mkdirSync(join(here.out, 'set/big.json'));
  writeFileSync(join(here.out, 'other'), 'in the way');
  const report = await decrypt(here);
  const { 'set/a.json': a, 'set/big.json': big, 'other/d.json': d, 'set/c.json': c } = codes(report);
  assert.deepEqual([a, big, d, c], ['ERR_WRITE', 'ERR_WRITE', 'ERR_WRITE', 'decrypted']);
  assert.match(
    report.files.find(({ path }) => path === 'set/a.json')?.message ?? '',
    /EISDIR.*a folder of this name is in the way/,
  );
  assert.match(
    report.files.find(({ path }) => path === 'other/d.json')?.message ?? '',
    /ENOTDIR.*a file is in the way/,
  );
  assert.deepEqual(partials(here.out), []);
  assert.ok(lstatSync(join(here.out, 'set/big.json')).isDirectory(), 'an empty folder is not replaced either');
  assert.equal(readFileSync(join(here.out, 'other'), 'utf8'), 'in the way');
});

test('no file is written through a link out of the target', async () => {
  const here = fresh();
  const outside = join(temporary, `victims-${number}`);
  mkdirSync(join(outside, 'sub'), { recursive: true });
  for (const name of ['a.json', 'file.json', 'sub/b.json']) writeFileSync(join(outside, name), 'victim');
  for (const path of [
    'away/a.json',
    'away/sub/b.json',
    'away/new/c.json',
    'in/d.json',
    'set/file.json',
    'broken/e.json',
  ])
    here.drop.add(path, lines(70));
  mkdirSync(join(here.out, 'real'), { recursive: true });
  mkdirSync(join(here.out, 'set'));
  symlinkSync(outside, join(here.out, 'away'));
  symlinkSync('real', join(here.out, 'in'));
  symlinkSync(join(outside, 'nowhere'), join(here.out, 'broken'));
  symlinkSync(join(outside, 'file.json'), join(here.out, 'set/file.json'));
  for (const options of [{}, { resume: true }]) {
    const report = await decrypt(here, options);
    const { 'in/d.json': linked, 'set/file.json': file, ...others } = codes(report);
    assert.deepEqual([linked, file], ['decrypted', 'decrypted']);
    assert.deepEqual(new Set(Object.values(others)), new Set(['ERR_WRITE']));
    assert.match(
      report.files.find(({ path }) => path === 'away/new/c.json')?.message ?? '',
      /the folder away in the target is a link out of it, to /,
    );
    assert.deepEqual(names(outside), ['a.json', 'file.json', 'sub', 'sub/b.json']);
    for (const name of ['a.json', 'file.json', 'sub/b.json'])
      assert.equal(readFileSync(join(outside, name), 'utf8'), 'victim');
    assert.ok(lstatSync(join(here.out, 'set/file.json')).isFile(), 'a link in a file’s place is replaced');
    assert.ok(existsSync(join(here.out, 'real/d.json')));
  }
});

test('files behind a link out of the target do not count as existing', async () => {
  const here = fresh();
  here.drop.add('set/a.json', lines(70));
  await decrypt(here, { resume: true });
  const outside = join(temporary, `moved-${number}`);
  renameSync(join(here.out, 'set'), outside);
  symlinkSync(outside, join(here.out, 'set'));
  const report = await decrypt(here, { resume: true });
  assert.deepEqual([codes(report), report.skipped], [{ 'set/a.json': 'ERR_WRITE' }, 0]);
});

test('if the target is a link, files are written where it leads', async () => {
  const here = fresh();
  here.drop.add('set/a.json', lines(70));
  mkdirSync(`${here.out}-real`);
  symlinkSync(`${here.out}-real`, here.out);
  assert.equal((await decrypt(here)).failed, 0);
  assert.deepEqual(names(`${here.out}-real`), ['set', 'set/a.json']);
});
