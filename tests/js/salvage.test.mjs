/** Salvage: of files that fail inside, the rows that can be read are written as `.partial`; the files stay failed. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { compiledModule } from '../../pkg/check/init.js';
import { openDrop } from '../../pkg/index.js';
import { jsonLines, KEY, makeDrop } from './make-drop.mjs';
import { makeZip } from './make-zip.mjs';
import { codes, MemoryDrop, MemorySink, MIB, privateKey, sha256 } from './memory-drop.mjs';
import { samplePath } from './samples.mjs';

/** @import { FileResult, Salvaged } from '../../pkg/index.js' */

const cli = fileURLToPath(new URL('../../pkg/cli.js', import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'mgdc-salvage-'));
after(() => rmSync(temporary, { recursive: true }));

/** Replaces the Blob of a file by `change` of its bytes. */
async function damage(memory, path, change) {
  const item = memory.items.find((one) => one.path === path);
  item.blob = new Blob([change(Buffer.from(await item.blob.arrayBuffer()))]);
}

const flip = (at) => (bytes) => {
  bytes[Math.floor(bytes.length * at)] ^= 4;
  return bytes;
};
const cut = (at) => (bytes) => bytes.subarray(0, Math.floor(bytes.length * at) | 1);

/** The rows of `part` are rows of `whole`, in order and once; returns how many of them there are, as a fraction. */
function partOf(part, whole) {
  const text = part.toString();
  assert.ok(text.endsWith('\n'), 'whole rows');
  const rows = whole.toString().split(/(?<=\n)/);
  let at = 0;
  for (const row of text.split(/(?<=\n)/)) {
    while (at < rows.length && rows[at] !== row) at += 1;
    assert.ok(at < rows.length, `no true row, or not in its place: ${row.slice(0, 80)}`);
    at += 1;
  }
  return part.length / whole.length;
}

/**
 * @param {FileResult | undefined} result
 * @returns {Salvaged}
 */
function salvagedOf(result) {
  assert.ok(result?.salvaged, result?.path);
  return result.salvaged;
}

/**
 * @param {MemorySink} sink
 * @param {string | null} path
 * @returns {Buffer}
 */
function writtenOf(sink, path) {
  const bytes = sink.files.get(path);
  assert.ok(bytes, `${path} was not written`);
  return bytes;
}

async function damagedDrop() {
  const memory = new MemoryDrop();
  memory.add('set/whole.json', jsonLines(1000));
  memory.add('set/small-cut.json', jsonLines(40_000));
  memory.add('set/cut.json.gz', jsonLines(2 * MIB));
  memory.add('set/flip.json', jsonLines(3 * MIB));
  memory.add('set/big.json', jsonLines(12 * MIB));
  memory.addRaw('set/plain.json', jsonLines(300_000));
  memory.addRaw('set/members.json', Buffer.concat([0, 1, 2].map(() => gzipSync(jsonLines(200_000)))));
  memory.add('set/tiny.json', jsonLines(10));
  memory.addClear('set/cut.json.partial', 'this name is taken');
  await damage(memory, 'set/small-cut.json', cut(0.9));
  await damage(memory, 'set/cut.json.gz', cut(0.5));
  await damage(memory, 'set/flip.json', flip(0.6));
  await damage(memory, 'set/big.json', flip(0.7));
  await damage(memory, 'set/plain.json', cut(0.9));
  await damage(memory, 'set/members.json', flip(0.4));
  await damage(memory, 'set/tiny.json', cut(0.5));
  return memory;
}

test('only a run that salvages loads the second module', async () => {
  const memory = new MemoryDrop();
  memory.add('set/cut.json', jsonLines(300_000));
  await damage(memory, 'set/cut.json', cut(0.9));
  const drop = await memory.open();
  await drop.decrypt(new MemorySink(), { salvage: false });
  assert.throws(compiledModule, { code: 'ERR_WASM_LOAD' });
  const { salvaged } = await drop.decrypt(new MemorySink(), { salvage: true });
  assert.equal(salvaged, 1);
  assert.ok(compiledModule() instanceof WebAssembly.Module);
});

test('damaged files, small and big, give their rows and stay failed', { timeout: 120_000 }, async () => {
  const memory = await damagedDrop();
  const drop = await memory.open();
  const sink = new MemorySink();
  const report = await drop.decrypt(sink, { salvage: true, sha256: true });
  const plain = await (await memory.open()).decrypt(new MemorySink(), { sha256: true });
  assert.deepEqual(codes(report), codes(plain), 'every file fails for the same reason as without salvage');
  assert.equal(plain.salvaged, 0);
  assert.equal(report.failed, plain.failed);
  assert.equal(report.bytesWritten, plain.bytesWritten);
  const least = { 'small-cut.json': 0.8, 'cut.json.gz': 0.45, 'flip.json': 0.5, 'big.json': 0.6, 'plain.json': 0.85 };
  let salvaged = 0;
  for (const { path, outcome, output, bytes, verified, salvaged: found, ...rest } of report.files) {
    if (outcome !== 'failed') {
      assert.equal(found, undefined, path);
      continue;
    }
    assert.ok(output === null && bytes === 0 && verified === null && rest.sha256 === undefined, path);
    const size = drop.files.find((file) => file.path === path)?.size ?? 0;
    const name = path.slice(4);
    if (found === undefined) {
      assert.equal(name, 'tiny.json', 'only of this one too little is left to find its key');
      continue;
    }
    assert.ok(found.lost.length > 0 && found.lost.every(({ from, to }) => from >= 0 && from < to && to <= size), path);
    if (name === 'tiny.json') continue;
    salvaged += 1;
    const written = writtenOf(sink, found.output);
    assert.equal(written.length, found.bytes, path);
    assert.equal(sha256(written), found.sha256, path);
    assert.equal(found.reason, null);
    if (name === 'members.json') continue;
    assert.ok(partOf(written, memory.contents.get(path)) > least[name], path);
    assert.equal(written.toString().split('\n').length - 1, found.rows, path);
  }
  assert.equal(report.salvaged, salvaged);
  assert.ok(sink.files.has('set/whole.json'));
  assert.equal(writtenOf(sink, 'set/cut.json.partial').toString(), 'this name is taken');
  const names = [...sink.files.keys()].filter((name) => name.includes('partial'));
  assert.equal(names.length, salvaged + 1, `each under a name of its own: ${names}`);
  assert.equal(sink.open_.size, 0);
});

test('members after the damage come out with their checksum', async () => {
  const memory = new MemoryDrop();
  const parts = [0, 1, 2].map(() => jsonLines(200_000));
  memory.addRaw('set/members.json', Buffer.concat(parts.map((part) => gzipSync(part))));
  // Close to the beginning of the second member: none of its rows lies far enough before the damage.
  await damage(memory, 'set/members.json', flip(0.35));
  const drop = await memory.open();
  const sink = new MemorySink();
  const { files } = await drop.decrypt(sink, { salvage: true });
  const result = files.find(({ path }) => path === 'set/members.json');
  assert.ok(['ERR_COMPRESSED_DATA', 'ERR_CHECKSUM'].includes(`${result?.code}`), result?.code);
  const { certain, lost } = salvagedOf(result);
  const written = sink.files.get('set/members.json.partial');
  assert.deepEqual(written, Buffer.concat([parts[0], parts[2]]));
  assert.equal(certain, true);
  assert.equal(lost.length, 1);
});

test('entries of an archive, and files of a run that converts, are salvaged as they are', async () => {
  const memory = new MemoryDrop();
  memory.add('set/cut.json', jsonLines(500_000));
  memory.add('set/whole.json', jsonLines(1000));
  await damage(memory, 'set/cut.json', cut(0.9));
  const entries = memory.items.map(async ({ path, blob }) => {
    return { name: path, content: Buffer.from(await blob.arrayBuffer()), method: 8 };
  });
  const zip = makeZip(await Promise.all(entries));
  const drop = await openDrop([{ path: 'drop.zip', blob: new Blob([zip]) }]);
  await drop.unlock(privateKey());
  const sink = new MemorySink();
  const report = await drop.decrypt(sink, { salvage: true, convert: 'csv' });
  assert.equal(report.salvaged, 1);
  const [{ output }] = report.files.filter(({ outcome }) => outcome === 'failed').map(salvagedOf);
  assert.match(`${output}`, /set\/cut\.json\.partial$/);
  assert.ok(partOf(writtenOf(sink, output), memory.contents.get('set/cut.json')) > 0.8);
  assert.equal(report.files.filter(({ converted }) => converted).length, 1);
});

test('nothing is written where nothing can be salvaged, and the report says why', async () => {
  const memory = new MemoryDrop();
  memory.addRaw(
    'set/crc.json',
    (() => {
      const packed = gzipSync(jsonLines(100_000));
      packed[packed.length - 8] ^= 1;
      return packed;
    })(),
  );
  memory.addRaw('set/part.parquet', Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(50_000, 'binary\0')]));
  await damage(memory, 'set/part.parquet', cut(0.8));
  const drop = await memory.open();
  const sink = new MemorySink();
  const report = await drop.decrypt(sink, { salvage: true });
  assert.equal(report.salvaged, 0);
  const [crc, parquet] = report.files.filter(({ outcome }) => outcome === 'failed').map(salvagedOf);
  assert.match(`${crc.reason}`, /checksum/);
  assert.match(`${parquet.reason}`, /no text/);
  for (const { output } of [crc, parquet]) assert.equal(output, null);
  assert.deepEqual([...sink.files.keys()], []);
});

test('a sink that cannot take the rows leaves nothing, and the file failed as before', async () => {
  const memory = new MemoryDrop();
  memory.add('set/cut.json', jsonLines(300_000));
  await damage(memory, 'set/cut.json', cut(0.9));
  const full = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  const sink = new MemorySink({ write: full });
  const report = await (await memory.open()).decrypt(sink, { salvage: true });
  const [failed] = report.files.filter(({ outcome }) => outcome === 'failed');
  assert.equal(failed.code, 'ERR_CIPHERTEXT_LENGTH');
  const { output, reason } = salvagedOf(failed);
  assert.equal(output, null);
  assert.ok(`${reason ?? ''}`.length > 0);
  assert.equal(report.salvaged, 0);
  assert.equal(sink.files.size, 0);
});

test('files without a key, and with compressed bytes kept, are not salvaged', async () => {
  const memory = await damagedDrop();
  const locked = await openDrop(memory.items);
  const report = await locked.decrypt(new MemorySink(), { salvage: true });
  assert.ok(report.files.every(({ salvaged }) => salvaged === undefined));
  const drop = await memory.open();
  const kept = await drop.decrypt(new MemorySink(), { salvage: true, decompress: false });
  assert.equal(kept.salvaged, 0);
});

test('the command line writes what it salvages and says what is lost', async () => {
  const [source, out] = ['in', 'out'].map((name) => join(temporary, name));
  const made = makeDrop(source);
  const contents = { 'small.json': jsonLines(30_000), 'big.json': jsonLines(9 * MIB) };
  for (const [name, content] of Object.entries(contents)) {
    made.add(`set/${name}`, content);
    const path = join(source, 'set', name);
    const bytes = readFileSync(path);
    if (name === 'small.json') truncateSync(path, bytes.length - 100);
    else writeFileSync(path, flip(0.5)(bytes));
  }
  made.add('set/whole.json', jsonLines(100));
  const run = (...args) =>
    promisify(execFile)(process.execPath, [cli, source, '--key', KEY, '--out', out, ...args]).catch((error) => error);
  const { code, stdout } = await run('--salvage');
  assert.equal(code, 1, 'a file failed');
  assert.match(stdout, /^failed {2}set\/small\.json: .*ERR_CIPHERTEXT_LENGTH/m);
  assert.match(
    stdout,
    /^salvaged {2}set\/small\.json: \d+ rows \(\d+ bytes\) written to set\/small\.json\.partial; lost: bytes \d+–\d+ of/m,
  );
  assert.match(stdout, /1 decrypted, 0 copied, 2 failed \(2 of them salvaged in part\)/);
  for (const [name, content] of Object.entries(contents)) {
    const part = partOf(readFileSync(join(out, 'set', `${name}.partial`)), content);
    assert.ok(part > (name === 'small.json' ? 0.9 : 0.4), `${name}: ${part}`);
  }
  assert.deepEqual(readdirSync(join(out, 'set')).sort(), ['big.json.partial', 'small.json.partial', 'whole.json']);
  const json = await run('--salvage', '--json');
  const lines = json.stdout.trim().split('\n').map(JSON.parse);
  const { salvaged } = lines.find(({ path }) => path === 'set/big.json');
  assert.equal(salvaged.sha256, sha256(readFileSync(join(out, salvaged.output))));
});

test('the damaged samples', async () => {
  for (const name of ['neg-truncated', 'neg-bitflip', 'neg-inside', 'neg-iv-wrong', 'neg-wrong-key']) {
    const out = join(temporary, name);
    const args = [samplePath(`drops/${name}`), '--key', KEY, '--out', out, '--json', '--salvage'];
    const { code, stdout } = await promisify(execFile)(process.execPath, [cli, ...args]).catch((error) => error);
    assert.equal(code, 1, name);
    const found = Object.fromEntries(
      stdout
        .trim()
        .split('\n')
        .map(JSON.parse)
        .map(({ path, salvaged }) => [path.slice(path.lastIndexOf('/') + 1), salvaged?.rows]),
    );
    if (name === 'neg-truncated') assert.equal(found['minus-1-byte.json'], 4);
    if (name === 'neg-inside') assert.equal(found['isize.json'], 4);
    if (name === 'neg-wrong-key') assert.ok(!existsSync(join(out, 'BasicDataSet_v0.Event_v0')));
  }
});

test('a cancelled run leaves nothing half-written', async () => {
  const memory = new MemoryDrop();
  memory.add('set/cut.json', jsonLines(6 * MIB));
  await damage(memory, 'set/cut.json', cut(0.9));
  const drop = await openDrop(memory.items);
  await drop.unlock(privateKey());
  const cancel = new AbortController();
  const sink = new MemorySink({ write: () => cancel.abort() });
  await assert.rejects(drop.decrypt(sink, { salvage: true, signal: cancel.signal }), { code: 'ERR_ABORTED' });
  assert.deepEqual([...sink.files.keys()], []);
  assert.equal(sink.open_.size, 0, 'aborted');
});
