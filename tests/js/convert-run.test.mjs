/** A run that converts: names, report, failures, sinks, and the command line. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openDrop, PrivateKey, zipSink } from '../../pkg/index.js';
import { folderFiles } from '../../pkg/node/folder.js';
import { compare, compareBytes } from './converted.mjs';
import { makeDrop } from './make-drop.mjs';
import { MemoryDrop, MemorySink, sha256 } from './memory-drop.mjs';
import { sampleDrops, samplePath } from './samples.mjs';

const cli = fileURLToPath(new URL('../../pkg/cli.js', import.meta.url));
const key = samplePath('keys/contoso-2048/pkcs8.pem');
const temporary = mkdtempSync(join(tmpdir(), 'mgdc-convert-'));
after(() => rmSync(temporary, { recursive: true }));

const rows = (count, more = /** @type {(id: number) => object} */ (() => ({}))) =>
  Array.from({ length: count }, (_, id) => `${JSON.stringify({ id, text: `row ${id}`, ...more(id) })}\n`).join('');

async function decrypt(memory, options, sink = new MemorySink()) {
  const drop = await memory.open();
  const report = await drop.decrypt(sink, options);
  drop.dispose();
  return { report, files: sink.files, sink, of: (path) => report.files.find((file) => file.path === path) };
}

test('small, bigger and big files, encrypted and clear, are converted, and the rest is not', async () => {
  const big = rows(90_000, (id) => ({ body: sha256(String(id)) }));
  const memory = new MemoryDrop()
    .add('set/part-0.json', rows(3))
    .add('set/part-1.json', rows(20_000))
    .add('set/part-2.json', big)
    .addRaw('set/part-3', rows(5000))
    .addClear('set/clear.jsonl', rows(4))
    .addClear('set/clear-big.json', rows(30_000))
    .addClear('set/_SUCCESS', '')
    .addClear('set/notes.txt', 'No rows here.\n')
    .add('set/part-4.json', 'No rows there.\n'.repeat(100_000))
    .addClear('metadata/JobMetadata.json', '{"a":1}');
  for (const to of ['csv', 'parquet']) {
    const { report, files, of } = await decrypt(memory, { convert: to, sha256: true });
    assert.equal(report.failed, 0);
    const outputs = Object.fromEntries(report.files.map(({ path, output }) => [path, output]));
    assert.deepEqual(outputs, {
      'set/part-0.json': `set/part-0.${to}`,
      'set/part-1.json': `set/part-1.${to}`,
      'set/part-2.json': `set/part-2.${to}`,
      'set/part-3': `set/part-3.${to}`,
      'set/clear.jsonl': `set/clear.${to}`,
      'set/clear-big.json': `set/clear-big.${to}`,
      'set/_SUCCESS': 'set/_SUCCESS',
      'set/notes.txt': 'set/notes.txt',
      'set/part-4.json': 'set/part-4.json',
      'metadata/JobMetadata.json': 'metadata/JobMetadata.json',
    });
    for (const { path, output, bytes, sha256: hash, converted, warnings } of report.files) {
      const written = files.get(output) ?? Buffer.alloc(0);
      assert.equal(bytes, written.length, path);
      assert.equal(hash, sha256(written), path);
      if (output.endsWith(`.${to}`)) assert.equal(converted.to, to);
      else {
        assert.ok(written.equals(memory.contents.get(path)), path);
        assert.equal(converted, undefined);
        assert.ok(
          warnings.some((warning) => warning.startsWith('not converted: ')),
          path,
        );
      }
    }
    assert.equal(of('set/part-2.json').verified, 'crc32');
    assert.deepEqual(of('set/part-2.json').converted, { to, rows: 90_000, columns: 3 });
    for (const path of ['set/part-0.json', 'set/part-3'])
      compareBytes(to, memory.contents.get(path), files.get(outputs[path]));
  }
});

test('converted names never meet others', async () => {
  const memory = new MemoryDrop()
    .add('set/a.json', rows(1))
    .add('set/a.jsonl', rows(2))
    .addClear('set/a.csv', 'x\n1\n')
    .add('set/b.json.gz', rows(3))
    .addClear('set/.json', rows(4));
  const { report, files, of } = await decrypt(memory, { convert: 'csv' });
  const outputs = report.files.map(({ output }) => output);
  assert.equal(new Set(outputs).size, 5);
  assert.equal(of('set/a.csv').output, 'set/a.csv');
  assert.deepEqual(['set/a.json', 'set/a.jsonl'].map((path) => of(path).output).sort(), [
    'set/a (2).csv',
    'set/a (3).csv',
  ]);
  assert.ok(of('set/a.json').warnings.some((warning) => warning.includes('another output has this name')));
  assert.equal(of('set/b.json.gz').output, 'set/b.csv');
  assert.equal(files.size, 5);
});

test('a file that fails at its end leaves nothing, and the others come out', async () => {
  const memory = new MemoryDrop();
  for (const count of [5, 20_000, 100_000]) {
    memory.add(`set/good-${count}.json`, rows(count)).add(`set/bad-${count}.json`, `${rows(count)}{"id":`);
  }
  for (const to of ['csv', 'parquet']) {
    const { report, files, of } = await decrypt(memory, { convert: to });
    assert.equal(report.failed, 3);
    assert.deepEqual(
      [...files.keys()].sort(),
      ['set/good-100000', 'set/good-20000', 'set/good-5'].map((name) => `${name}.${to}`),
    );
    for (const count of [5, 20_000, 100_000]) {
      const { code, message, output } = of(`set/bad-${count}.json`);
      assert.deepEqual({ code, output }, { code: 'ERR_ROW_INVALID', output: null });
      assert.match(message, new RegExp(`^line ${count + 1} `));
    }
  }
});

test('a wrong checksum behind good rows leaves nothing', async () => {
  const memory = new MemoryDrop();
  const { gzipSync } = await import('node:zlib');
  for (const count of [5, 100_000]) {
    const packed = gzipSync(rows(count), { level: 1 });
    packed[packed.length - 8] ^= 1;
    memory.addRaw(`set/${count}.json`, packed);
  }
  for (const to of ['csv', 'parquet']) {
    const { files, report } = await decrypt(memory, { convert: to });
    assert.deepEqual(
      report.files.map(({ code }) => code),
      ['ERR_CHECKSUM', 'ERR_CHECKSUM'],
    );
    assert.equal(files.size, 0);
  }
});

test('CSV in several files, in a folder, in a ZIP and in memory', async () => {
  const memory = new MemoryDrop()
    .add('set/big.json', rows(25_000))
    .add('set/small.json', rows(15))
    .add('set/one.json', rows(10));
  const convert = { to: /** @type {const} */ ('csv'), splitRows: 10_000 };
  const { report, files, of } = await decrypt(memory, { convert, sha256: true });
  const { parts, rows: all } = of('set/big.json').converted;
  assert.equal(all, 25_000);
  assert.deepEqual(
    parts.map(({ output, rows: count }) => [output, count]),
    [
      ['set/big.csv', 10_000],
      ['set/big-2.csv', 10_000],
      ['set/big-3.csv', 5000],
    ],
  );
  let joined = '';
  for (const { output, bytes, sha256: hash } of parts) {
    const written = files.get(output) ?? Buffer.alloc(0);
    const text = written.toString();
    assert.equal(bytes, written.length);
    assert.equal(hash, sha256(written));
    assert.ok(text.startsWith('"id","text"\r\n'));
    joined += text.slice(text.indexOf('\n') + 1);
  }
  compareBytes('csv', rows(25_000), `"id","text"\r\n${joined}`);
  assert.equal(
    of('set/big.json').bytes,
    parts.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  assert.equal(of('set/small.json').converted.parts, undefined);
  const short = {
    convert: { to: /** @type {const} */ ('csv'), splitRows: 10 },
    files: ['set/small.json', 'set/one.json'],
  };
  const few = await decrypt(memory, short, new MemorySink());
  assert.equal(few.of('set/small.json').converted.parts.length, 2);
  assert.equal(few.of('set/one.json').converted.parts, undefined);
  assert.equal(report.failed, 0);

  const drop = await memory.open();
  const chunks = [];
  const sink = zipSink(new WritableStream({ write: (chunk) => void chunks.push(Buffer.from(chunk)) }));
  const zipped = await drop.decrypt(sink, { convert });
  assert.equal(zipped.failed, 0);
  const path = join(temporary, 'parts.zip');
  writeFileSync(path, Buffer.concat(chunks));
  const listed = spawnSync('unzip', ['-Z1', path], { encoding: 'utf8' }).stdout.trim().split('\n').sort();
  assert.deepEqual(listed, ['set/big-2.csv', 'set/big-3.csv', 'set/big.csv', 'set/one.csv', 'set/small.csv']);
});

test('a broken row in the last of several files leaves none of them', async () => {
  const memory = new MemoryDrop().add('set/big.json', `${rows(25_000)}nothing\n`);
  const { report, files } = await decrypt(memory, { convert: { to: 'csv', splitRows: 10_000 } });
  assert.equal(report.files[0].code, 'ERR_ROW_INVALID');
  assert.equal(files.size, 0);
});

test('what cannot be asked for is refused before the work', async () => {
  const drop = await new MemoryDrop().add('a.json', '{}').open();
  /** @type {any[]} */
  const wrong = [
    'xlsx',
    { to: 'csv', sampleRows: 0 },
    { to: 'csv', splitRows: -1 },
    { to: 'parquet', bom: true },
    { to: 'parquet', splitRows: true },
    {},
    null,
  ];
  for (const convert of wrong)
    await assert.rejects(drop.decrypt(new MemorySink(), { convert }), TypeError, JSON.stringify(convert));
  const sink = Object.assign(new MemorySink(), { existing: async () => null });
  await assert.rejects(drop.decrypt(sink, { convert: 'csv', resume: true }), TypeError);
});

test('every sample, damaged ones too: the same failures as without conversion, and nothing of them stays', async () => {
  let count = 0;
  for (const { drop: name, keys, path: root } of sampleDrops) {
    const items = await folderFiles(samplePath(root), { given: new Map() });
    const results = [];
    for (const convert of /** @type {const} */ ([undefined, 'csv', 'parquet'])) {
      const drop = await openDrop(items);
      for (const path of keys ?? []) {
        const privateKey = await PrivateKey.import(readFileSync(samplePath(path)));
        await drop.unlock(privateKey).catch(() => {});
        privateKey.dispose();
      }
      const sink = new MemorySink();
      const report = await drop.decrypt(sink, convert ? { convert } : {});
      drop.dispose();
      count += report.files.filter(({ converted }) => converted).length;
      const told = report.files.filter(({ output }) => output !== null);
      assert.deepEqual([...sink.files.keys()].sort(), told.map(({ output }) => output).sort(), name);
      for (const { converted, warnings, path } of convert ? told : [])
        assert.ok(converted || warnings.some((warning) => warning.startsWith('not converted: ')), `${name} ${path}`);
      results.push(
        Object.fromEntries(
          report.files.map(({ path, code, outcome, verified }) => [path, [code ?? outcome, verified]]),
        ),
      );
    }
    const [plain, ...others] = results;
    for (const other of others) {
      for (const [path, [code, verified]] of Object.entries(other)) {
        // Rows may be wrong where the file is not.
        if (!code.startsWith('ERR_ROW')) assert.deepEqual([code, verified], plain[path], `${name} ${path}`);
        else assert.ok(!plain[path][0].startsWith('ERR_'), `${name} ${path}`);
      }
    }
  }
  assert.ok(count > 100, `${count} files were converted`);
});

test('the command line converts into a folder', () => {
  const folder = join(temporary, 'drop');
  const made = makeDrop(folder);
  made.add(
    'set/part-0.json',
    rows(3, (id) => ({ from: { name: `=${id}` } })),
  );
  made.add('set/part-1.json', rows(40_000));
  writeFileSync(join(temporary, 'source.json'), rows(40_000));
  const run = (...args) => {
    const out = mkdtempSync(join(temporary, 'out-'));
    const ran = spawnSync(process.execPath, [cli, folder, '--key', key, '--out', out, '--json', ...args], {
      encoding: 'utf8',
    });
    const files = ran.status === 0 ? readdirSync(join(out, 'set')).sort() : [];
    return {
      ...ran,
      out,
      files,
      lines: ran.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    };
  };
  const csv = run('--to', 'csv', '--flatten', '--csv-bom');
  assert.equal(csv.status, 0, csv.stderr);
  assert.deepEqual(csv.files, ['part-0.csv', 'part-1.csv']);
  const text = readFileSync(join(csv.out, 'set/part-0.csv'), 'utf8');
  assert.equal(text.split('\r\n')[0], '\ufeff"id","text","from.name"');
  assert.equal(csv.lines.find(({ path }) => path === 'set/part-0.json').converted.neutralized, 3);
  compare('csv', join(temporary, 'source.json'), join(csv.out, 'set/part-1.csv'));
  const parquet = run('--to', 'parquet');
  assert.equal(parquet.status, 0, parquet.stderr);
  compare('parquet', join(temporary, 'source.json'), join(parquet.out, 'set/part-1.parquet'));
  assert.deepEqual(run('--to', 'csv', '--csv-split').files, ['part-0.csv', 'part-1.csv']);
  for (const args of [
    ['--to', 'xlsx'],
    ['--flatten'],
    ['--csv-bom'],
    ['--to', 'parquet', '--csv-split'],
    ['--to', 'csv', '--resume'],
  ]) {
    const { status, lines } = run(...args);
    assert.deepEqual([status, lines[0].code], [2, 'ERR_USAGE'], args.join(' '));
  }
});
