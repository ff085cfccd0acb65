/** Archives by other programs: every sample drop through Info-ZIP, 7-Zip, Java and Python, and what is special in each. */

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openDrop, PrivateKey } from '../../pkg/index.js';
import { makeDrop } from './make-drop.mjs';
import { codes, MemorySink } from './memory-drop.mjs';
import { expectedOf, mismatch, sampleDrops, samplePath } from './samples.mjs';

const temporary = mkdtempSync(join(tmpdir(), 'mgdc-archives-'));
after(() => rmSync(temporary, { recursive: true }));

let made = 0;
const fresh = (ending = 'zip') => join(temporary, `drop-${(made += 1)}.${ending}`);

/** Runs a program in a folder. */
function shell(folder, program, ...options) {
  const { status, stderr, stdout } = spawnSync(program, options, { cwd: folder, encoding: 'utf8', timeout: 60_000 });
  assert.equal(status, 0, `${program} ${options.join(' ')}: ${stderr}${stdout}`);
}

/** Python that gets `sys.argv[1:]`. */
const python = (code, ...options) => execFileSync('python3', ['-c', code, ...options], { encoding: 'utf8' });

/** The report of an archive, and the hash of each output. */
async function run(path, keys = [samplePath('keys/contoso-2048/pkcs8.pem')]) {
  const drop = await openDrop([{ path: 'drop.zip', blob: new Blob([readFileSync(path)]) }]);
  for (const key of keys) {
    const privateKey = PrivateKey.import(readFileSync(key));
    await drop.unlock(privateKey).catch(() => {});
    privateKey.dispose();
  }
  const sink = new MemorySink();
  const report = await drop.decrypt(sink);
  drop.dispose();
  const hashes = new Map(
    [...sink.files].map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')]),
  );
  return { report, hashes };
}

/** Why files of a sample are not as expected. */
function mismatches(drop, { report, hashes }) {
  const lines = new Map(report.files.map((line) => [line.path, line]));
  return expectedOf(drop).flatMap((expected) => {
    const line = lines.get(expected.file);
    if (!line && expected.also_ok?.some(({ outcome }) => outcome === 'used')) return [];
    return mismatch(expected, line, hashes.get(line?.output)) ?? [];
  });
}

for (const [method, options] of [
  ['stored', ['-0']],
  ['deflated', ['-6']],
])
  test(`every sample drop gives the expected hashes as an archive, ${method}`, { timeout: 120_000 }, async () => {
    const wrong = [];
    for (const { drop, keys } of sampleDrops) {
      const path = fresh();
      shell(samplePath(`drops/${drop}`), 'zip', '-q', '-r', ...options, path, '.');
      wrong.push(...mismatches(drop, await run(path, keys.map(samplePath))));
    }
    assert.deepEqual(wrong, []);
  });

/** A drop on the disk with names that are not ASCII, a folder that is empty, and a file of 5 MiB. */
const source = join(temporary, 'source');
mkdirSync(join(source, 'BasicDataSet_v0.Message_v0/empty'), { recursive: true });
const drop = makeDrop(source);
const texts = { 'BasicDataSet_v0.Message_v0/part-0.json': 'a', 'BasicDataSet_v0.Message_v0/größe.json': 'b' };
for (const [path, letter] of Object.entries(texts)) drop.add(path, `{"a":"${letter}"}\n`.repeat(99));
drop.addRaw('BasicDataSet_v0.Message_v0/raw.json', Buffer.alloc(5 << 20, '{"a":"c","number":1234567}\n'));

/** For what an archive is refused for, whatever is in it: the slow methods take seconds for 5 MiB. */
const little = join(temporary, 'little');
const parts = makeDrop(little);
for (const [path, letter] of Object.entries(texts)) parts.add(path, `{"a":"${letter}"}\n`.repeat(99));

/** Expects every file of the drop on the disk, and nothing else. */
async function wholeDrop(path, extra = []) {
  const { report, hashes } = await run(path);
  assert.deepEqual(
    report.files.filter(({ outcome }) => outcome === 'failed'),
    [],
  );
  assert.equal(report.decrypted, 3);
  assert.deepEqual(
    [...hashes.keys()].sort(),
    [...Object.keys(texts), 'BasicDataSet_v0.Message_v0/raw.json', ...extra].sort(),
  );
}

test('Info-ZIP: from a pipe with data descriptors, forced Zip64, its date fields, a comment', async () => {
  const streamed = fresh();
  execFileSync('sh', ['-c', 'zip -q -r - . | cat > "$0"', streamed], { cwd: source });
  await wholeDrop(streamed);
  const wide = fresh();
  shell(source, 'zip', '-q', '-r', '-fz', wide, '.');
  await wholeDrop(wide);
  execFileSync('zip', ['-q', '-z', wide], { input: 'a comment with PK\x05\x06 in it\n.\n' });
  await wholeDrop(wide);
});

test('Info-ZIP: an archive in parts is told from a damaged one', async () => {
  const split = fresh();
  shell(source, 'zip', '-q', '-r', '-0', '-s', '2m', split, '.');
  const { report } = await run(split);
  assert.deepEqual(codes(report), { 'drop.zip': 'ERR_ARCHIVE' });
  assert.match(report.files[0].message ?? '', /part of a split ZIP archive/);
  const first = await run(split.replace('.zip', '.z01'));
  assert.match(first.report.files[0].message ?? '', /part of a split ZIP archive/);
});

test('7-Zip: stored and deflated, and each method that is not read is named', async () => {
  for (const method of ['Copy', 'Deflate']) {
    const path = fresh();
    shell(source, '7z', 'a', '-tzip', `-mm=${method}`, '-bso0', path, '.');
    await wholeDrop(path);
  }
  /** @type {[string, RegExp][]} */
  const options = [
    ['-mm=Deflate64', /compressed with Deflate64/],
    ['-mm=BZip2', /compressed with bzip2/],
    ['-mm=LZMA', /compressed with LZMA/],
    ['-mm=PPMd', /compressed with PPMd/],
    ['-psecret', /encrypted with a password/],
    ['-psecret -mem=AES256', /encrypted with a password/],
  ];
  for (const [option, message] of options) {
    const path = fresh();
    shell(little, '7z', 'a', '-tzip', ...option.split(' '), '-bso0', path, '.');
    const { report, hashes } = await run(path);
    assert.equal(hashes.size, 0);
    for (const line of report.files) {
      assert.equal(line.code, 'ERR_ARCHIVE', option);
      assert.match(line.message ?? '', message);
      assert.match(line.message ?? '', /unpack the archive with 7-Zip, then give the folder/);
    }
    assert.ok(report.files.length >= 3, option);
  }
});

test('7-Zip: archives in other formats have to be unpacked first', async () => {
  /** @type {[string, RegExp][]} */
  const formats = [
    ['7z', /7-Zip/],
    ['tar', /tar/],
    ['xz', /XZ/],
    ['bzip2', /bzip2/],
  ];
  for (const [format, kind] of formats) {
    const path = fresh(format);
    const input = /^(7z|tar)$/.test(format) ? '.' : 'BasicDataSet_v0.Message_v0/part-0.json';
    shell(little, '7z', 'a', `-t${format}`, '-bso0', path, input);
    const { report } = await run(path);
    assert.equal(report.files[0].code, 'ERR_ARCHIVE', format);
    assert.match(report.files[0].message ?? '', kind);
    assert.match(report.files[0].message ?? '', /unpack it first/);
  }
});

test('Java: jar, whose archives begin with META-INF, as programs do', async () => {
  const path = fresh();
  shell(source, 'jar', 'cf', path, '.');
  await wholeDrop(path, ['META-INF/MANIFEST.MF']);
});

test('Python: names of Windows, code page 437, names that occur twice, bytes in front', async () => {
  const path = fresh();
  const code = `
import sys, zipfile, os
path, source = sys.argv[1:]
with open(path, 'wb') as file:
    file.write(b'#!/bin/sh\\n' * 999)
with zipfile.ZipFile(path, 'a', zipfile.ZIP_DEFLATED) as archive:
    for folder, _, names in os.walk(source):
        for name in sorted(names):
            full = os.path.join(folder, name)
            info = zipfile.ZipInfo('x')
            info.filename = os.path.relpath(full, source).replace('/', '\\\\')
            info.create_system = 0
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, open(full, 'rb').read())
`;
  python(code, path, source);
  await wholeDrop(path);

  const twice = fresh();
  python(
    `
import sys, zipfile, warnings
warnings.simplefilter('ignore')
with zipfile.ZipFile(sys.argv[1], 'w') as archive:
    for text in 'one', 'two', 'two':
        archive.writestr('set/a.txt', text)
`,
    twice,
  );
  const { report, hashes } = await run(twice);
  assert.deepEqual([...hashes.keys()].sort(), ['set/a (2).txt', 'set/a (3).txt', 'set/a.txt']);
  assert.equal(report.files.filter(({ warnings }) => /several entries of this name/.test(warnings.join())).length, 2);

  const old = fresh();
  python(
    `
import sys, zipfile
class Old(zipfile.ZipInfo):
    def _encodeFilenameFlags(self):
        return self.filename.encode('cp437'), self.flag_bits
with zipfile.ZipFile(sys.argv[1], 'w') as archive:
    archive.writestr(Old('set/caf\\u00e9 \\u2592.txt'), 'x')
`,
    old,
  );
  assert.deepEqual([...(await run(old)).hashes.keys()], ['set/café ▒.txt']);
});
