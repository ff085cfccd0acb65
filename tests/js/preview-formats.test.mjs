/** Previews of what a drop may hold: JSON in every shape, CSV, text, bytes; cut, damaged, huge, repaired. */

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { openDrop } from '../../pkg/index.js';
import { preview } from '../../pkg/preview.js';
import { MemoryDrop, MIB, newKey, PEM, privateKey } from './memory-drop.mjs';
import { mulberry32, rounds, seeded } from './random.mjs';

const key = newKey();
/** The same content in clear, encrypted, and compressed and encrypted, has the same preview. */
async function previews(content, options) {
  const fileKey = key.fileKey();
  const of = (bytes, with_) => preview(new Blob([bytes]), with_, options);
  const found = [
    await of(content, null),
    await of(key.encrypt(content), fileKey),
    await of(key.encrypt(gzipSync(content)), fileKey),
  ];
  const [first] = found;
  for (const one of found) {
    for (const name of ['content', 'rows', 'columns', 'more', 'stoppedBy', 'cut', 'error', 'notes', 'verified'])
      assert.deepEqual(one[name], first[name], name);
  }
  assert.equal(first.verified, null);
  return first;
}
const lines = (rows, end = '\n') => Buffer.from(rows.map((row) => JSON.stringify(row) + end).join(''));

/** What is read like a Blob, counts what is read of it, and never exists in memory as a whole. */
function counted(size, fill) {
  const file = {
    size,
    lastModified: 0,
    source: { path: '', size, modified: 0 },
    bytes: 0,
    slice(start = 0, end = size) {
      file.bytes += end - start;
      return { arrayBuffer: async () => Uint8Array.from(fill(start, end)).buffer };
    },
    arrayBuffer: () => Promise.reject(new Error('the whole was asked for')),
  };
  return file;
}

test('JSON Lines: rows as they are, columns with type and fill rate, and whether there is more', async () => {
  const rows = [
    { id: 1, name: 'Ä 😀', at: '2024-01-01T00:00:00Z', nested: { a: [1, { b: null }] }, list: [], half: 0.5 },
    { id: 2, name: null, at: '2024-01-02T00:00:00Z', extra: true, half: 1 },
  ];
  for (const end of ['\n', '\r\n']) {
    const found = await previews(lines(rows, end));
    assert.deepEqual([found.content, found.rows, found.more, found.stoppedBy], ['json', rows, false, null]);
    assert.deepEqual(
      found.columns.map(({ name, type, filled, fillRate }) => [name, type, filled, fillRate]),
      [
        ['id', 'integer', 2, 1],
        ['name', 'text', 1, 0.5],
        ['at', 'timestamp', 2, 1],
        ['nested', 'object', 1, 0.5],
        ['list', 'array', 1, 0.5],
        ['half', 'number', 2, 1],
        ['extra', 'boolean', 1, 0.5],
      ],
    );
  }
  const one = await previews(lines(rows), { rows: 1 });
  assert.deepEqual([one.rows, one.more, one.stoppedBy], [rows.slice(0, 1), true, 'rows']);
  const exactly = await previews(lines(rows), { rows: 2 });
  assert.deepEqual([exactly.more, exactly.stoppedBy], [false, null]);
});

test('numbers are exact: 64 bits, and decimals that no double holds', async () => {
  const { rows, columns } = await previews(Buffer.from('{"big":9223372036854775807,"exact":0.12345678901234567890}\n'));
  assert.equal(rows[0].big, 9223372036854775807n);
  assert.equal(String(rows[0].exact), '0.12345678901234567890');
  assert.deepEqual(
    columns.map(({ type }) => type),
    ['integer', 'number'],
  );
});

test('other shapes of JSON, and other encodings', async () => {
  const rows = [{ a: 1 }, { a: [{ b: 'ü' }] }];
  const array = await previews(Buffer.from(JSON.stringify(rows, null, 2)));
  assert.deepEqual([array.rows, array.more], [rows, false]);
  assert.match(array.notes[0], /one JSON array, and not JSON Lines/);
  const objects = await previews(Buffer.from(rows.map((row) => JSON.stringify(row, null, 2)).join('\n')));
  assert.deepEqual(objects.rows, rows);
  assert.match(objects.notes[0], /not JSON Lines/);
  const text = lines(rows).toString();
  for (const content of [
    Buffer.from(`\ufeff${text}`),
    Buffer.from(`\ufeff${text}`, 'utf16le'),
    Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  ]) {
    const found = await previews(content);
    assert.deepEqual([found.content, found.rows, found.more], ['json', rows, false]);
  }
});

test('CSV, with types by how the text looks', async () => {
  const csv = 'id;name;when;zip\r\n1;"a;""b""\r\nc";2024-01-01;00123\r\n2;;2024-01-02;99999\r\n';
  for (const content of [Buffer.from(csv), Buffer.from(`\ufeff${csv}`, 'utf16le')]) {
    const found = await previews(content);
    assert.deepEqual([found.content, found.more], ['csv', false]);
    assert.deepEqual(found.rows, [
      { id: '1', name: 'a;"b"\r\nc', when: '2024-01-01', zip: '00123' },
      { id: '2', name: '', when: '2024-01-02', zip: '99999' },
    ]);
    assert.deepEqual(
      found.columns.map(({ name, type, fillRate }) => [name, type, fillRate]),
      [
        ['id', 'integer', 1],
        ['name', 'text', 0.5],
        ['when', 'date', 1],
        ['zip', 'mixed', 1],
      ],
    );
  }
  const open = await previews(Buffer.from('a,b\n1,2\n3,"4\n'), { path: 'x.csv' });
  assert.deepEqual([open.rows, open.error?.code], [[{ a: '1', b: '2' }], 'ERR_ROW_INVALID']);
});

test('text, bytes, and nothing', async () => {
  const text = await previews(Buffer.from('Dear all,\nthis is text\r\nand no table'));
  assert.deepEqual(
    [text.content, text.rows],
    ['text', [{ line: 'Dear all,' }, { line: 'this is text' }, { line: 'and no table' }]],
  );
  const latin = await previews(Buffer.from(`${'Straße in Zürich. '.repeat(20)}\n`, 'latin1'));
  assert.match(String(latin.rows[0].line), /^Stra\ufffde in Z\ufffdrich/);
  assert.match(latin.notes.join(), /not UTF-8 are shown as \ufffd/);

  const zip = Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(15, 0xee)]);
  const fileKey = key.fileKey();
  const bytes = await preview(new Blob([key.encrypt(zip)]), fileKey, { compression: 'none' });
  assert.deepEqual([bytes.content, bytes.notes], ['bytes', ['the content begins like a ZIP archive']]);
  assert.deepEqual(bytes.rows, [
    { offset: 0, hex: `50 4b 03 04${' ee'.repeat(12)}`, text: `PK..${'.'.repeat(12)}` },
    { offset: 16, hex: 'ee ee ee', text: '...' },
  ]);
  const empty = await previews(Buffer.alloc(0));
  assert.deepEqual([empty.content, empty.rows, empty.columns, empty.more], ['empty', [], [], false]);
});

test('gzip in clear is shown as what is inside, with every check', async () => {
  const random = mulberry32(7);
  for (let length = 0; length < 40; length += 1) {
    const rows = [{ text: Array.from({ length }, () => random().toString(36)).join('') }];
    const gzip = gzipSync(lines(rows));
    const found = await preview(new Blob([gzip]), null);
    assert.deepEqual([found.content, found.rows, found.error, found.bytesRead], ['json', rows, null, gzip.length]);
    assert.match(found.notes[0], /^the file is gzip in clear/);
    gzip[gzip.length - 8] ^= 1;
    const wrong = await preview(new Blob([gzip]), null);
    assert.deepEqual([wrong.rows, wrong.error?.code], [[], 'ERR_CHECKSUM']);
    const cut = await preview(new Blob([gzip.subarray(0, -9)]), null);
    assert.equal(cut.error?.code, 'ERR_COMPRESSED_DATA');
  }
});

test('what begins like JSON and is none is text, with a note', async () => {
  const found = await previews(Buffer.from('{"a": NaN}\n{"a": 1}\n'));
  assert.deepEqual(
    [found.content, found.rows, found.error],
    ['text', [{ line: '{"a": NaN}' }, { line: '{"a": 1}' }], null],
  );
  assert.match(found.notes[0], /begins like JSON/);
  const later = await previews(Buffer.from('{"a":1}\n{"a":NaN}\n{"a":3}\n'));
  assert.deepEqual(
    [later.content, later.rows, later.error?.code, later.stoppedBy],
    ['json', [{ a: 1 }], 'ERR_ROW_INVALID', 'error'],
  );
});

test('of a big file only the beginning is read, as much as the rows need', async () => {
  const size = 300 * MIB;
  const line = Buffer.from(`${JSON.stringify({ id: 1, text: 'x'.repeat(980) })}\n`);
  const content = (start, end) =>
    Buffer.alloc(
      end - start,
      Buffer.concat([line, line])
        .subarray(start % line.length)
        .subarray(0, line.length),
    );
  for (const [rows, most] of [
    [10, 65536],
    [100, 131072],
    [500, 524288],
  ]) {
    const blob = counted(size, content);
    const found = await preview(blob, null, { rows });
    assert.deepEqual([found.rows.length, found.more, found.stoppedBy, found.bytesTotal], [rows, true, 'rows', size]);
    // And three bytes before, which show whether it is gzip.
    assert.equal(found.bytesRead + 3, blob.bytes);
    assert.ok(found.bytesRead <= most, `${blob.bytes} for ${rows} rows`);
  }
  const limited = await preview(counted(size, content), null, { rows: 5000, bytes: 100_000 });
  assert.deepEqual([limited.bytesRead, limited.stoppedBy, limited.more], [100_000, 'bytes', true]);
  assert.equal(limited.rows.length, Math.floor(100_000 / line.length), 'the row that is cut is not shown');
});

test('one giant row is cut, and said', async () => {
  const row = Buffer.from(`{"a":"${'x'.repeat(5 * MIB)}"}\n{"a":1}\n`);
  const found = await previews(row, { bytes: 8 * MIB });
  assert.deepEqual([found.rows, found.more, found.stoppedBy, found.error], [[], true, 'row', null]);
  assert.equal(found.cut, row.toString('utf8', 0, 4096));
  const short = await preview(new Blob([row]), null);
  assert.deepEqual([short.rows, short.more, short.stoppedBy, short.cut?.length], [[], true, 'bytes', 4096]);
  const second = await previews(Buffer.concat([Buffer.from('{"a":1}\n'), row]), { bytes: 8 * MIB });
  assert.deepEqual([second.rows, second.stoppedBy, second.cut], [[{ a: 1 }], 'row', null]);
  const bomb = await preview(new Blob([key.encrypt(gzipSync(Buffer.alloc(200 * MIB, 0x20)))]), key.fileKey());
  assert.deepEqual([bomb.rows, bomb.more], [[], true]);
  assert.ok(bomb.plaintextBytes < 70 * MIB);
});

test('no wrong row is shown where an error is found; damage in the middle of rows ends them', async (t) => {
  const random = seeded(t);
  const rows = Array.from({ length: 400 }, (_, id) => ({
    id,
    text: randomBytes(30).toString('base64'),
    words: 'the same words '.repeat(5),
  }));
  let shown = 0;
  for (let round = 0; round < rounds(150); round += 1) {
    const isCompressed = random() < 0.7;
    const data = key.encrypt(isCompressed ? gzipSync(lines(rows)) : lines(rows));
    const at = 4096 + Math.floor(random() * (data.length - 4096));
    const kind = Math.floor(random() * 3);
    const damaged = kind === 0 ? data.subarray(0, at) : Buffer.from(data);
    if (kind === 1) damaged[at] ^= 1 << Math.floor(random() * 8);
    if (kind === 2) damaged.fill(random() * 256, at, Math.min(at + 16, data.length));
    const found = await preview(new Blob([damaged]), key.fileKey(), { rows: 400 });
    const about = `kind ${kind} at ${at} of ${data.length}, compressed: ${isCompressed}`;
    if (damaged.equals(data)) continue;
    // Where no checksum is and the JSON stays whole, nobody can tell: 16 bytes of noise do not stay whole.
    assert.notEqual(found.error, null, about);
    assert.deepEqual(found.rows, rows.slice(0, found.rows.length), about);
    shown += found.rows.length;
  }
  assert.ok(shown > 1000, String(shown));
});

test('a file of a drop: locked, cut, repaired, not examined, with a private key', async () => {
  const memory = new MemoryDrop(2);
  const rows = Array.from({ length: 300 }, (_, id) => ({ id, text: randomBytes(30).toString('base64') }));
  const encrypted = memory.keys[1].encrypt(gzipSync(lines(rows)));
  memory.add('set/whole.json', lines(rows));
  const { iv, encryptUnder } = memory.keys[0];
  const other = randomBytes(16);
  const put = (path, bytes) => memory.items.push({ path, blob: new Blob([bytes]) });
  put('set/cut.json', encrypted.subarray(0, 5001));
  put('set/base64.json', encrypted.toString('base64'));
  put('set/iv.json', Buffer.concat([other, encryptUnder(other, gzipSync(lines(rows)))]));
  put('set/id_rsa', PEM);
  assert.equal(iv.length, 16);

  const locked = await openDrop(memory.items);
  await assert.rejects(locked.preview('set/whole.json'), { code: 'ERR_FILE_KEY_MISSING', path: 'set/whole.json' });
  await assert.rejects(locked.preview('set/none.json'), TypeError);
  locked.dispose();

  const drop = await openDrop(memory.items);
  await drop.unlock(privateKey());
  for (const path of ['set/whole.json', 'set/base64.json', 'set/iv.json']) {
    const found = await drop.preview(path, { rows: 300 });
    assert.deepEqual([found.rows, found.error, found.path, found.verified], [rows, null, path, null]);
    assert.equal(found.notes.length, drop.files.find((file) => file.path === path)?.repair ? 1 : 0, found.notes.join());
  }
  const cut = await drop.preview('set/cut.json', { rows: 300 });
  assert.equal(cut.error?.code, 'ERR_CIPHERTEXT_LENGTH');
  assert.ok(cut.rows.length > 20 && cut.rows.length < 200);
  assert.deepEqual(cut.rows, rows.slice(0, cut.rows.length));
  await assert.rejects(drop.preview('set/id_rsa'), { code: 'ERR_PRIVATE_KEY_IN_DROP', path: 'set/id_rsa' });
  await assert.rejects(drop.preview('set/whole.json', { signal: AbortSignal.abort() }), { code: 'ERR_ABORTED' });
  for (const options of [{ rows: 0 }, { rows: 1.5 }, { bytes: -1 }])
    await assert.rejects(drop.preview('set/whole.json', options), TypeError);
  drop.dispose();
  await assert.rejects(drop.preview('set/whole.json'), TypeError);

  for (let index = 0; index < 1000; index += 1) put(`many/${index}.txt`, 'text\n');
  const many = await openDrop(memory.items);
  await many.unlock(privateKey());
  const file = many.files.find(({ path }) => path === 'set/whole.json');
  assert.equal(file?.examined, false);
  assert.deepEqual((await many.preview('set/whole.json', { rows: 1 })).rows, rows.slice(0, 1));
  assert.equal(file?.examined, true);
  await assert.rejects(many.preview('set/id_rsa'), { code: 'ERR_PRIVATE_KEY_IN_DROP' });
  many.dispose();
});

test('no turn of the event loop takes long, also with long rows of exact numbers', async () => {
  const random = mulberry32(1);
  const words = Array.from({ length: 100_000 }, () => random().toString(36));
  const row = `{"n":12345678901234567890,"text":"${words.join(' ').slice(0, 900_000)}"}\n`;
  const data = key.encrypt(gzipSync(row.repeat(4)));
  // Processor time, because the machines that run tests are busy.
  let longest = 0;
  let last = process.cpuUsage();
  const timer = setInterval(() => {
    longest = Math.max(longest, process.cpuUsage(last).user / 1000);
    last = process.cpuUsage();
  }, 1);
  const found = await preview(new Blob([data]), key.fileKey(), { bytes: 16 * MIB });
  clearInterval(timer);
  assert.equal(found.rows.length, 4);
  assert.ok(longest < 300, `${longest} ms`);
});
