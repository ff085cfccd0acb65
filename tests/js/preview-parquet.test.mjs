/** Previews of Parquet files that Arrow wrote, in clear, encrypted, and compressed once more. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { preview } from '../../pkg/preview.js';
import { jsonText } from '../../pkg/rows/json-rows.js';
import { MIB, newKey } from './memory-drop.mjs';
import { python } from './python.mjs';
import { rounds, seeded } from './random.mjs';

const folder = mkdtempSync(join(tmpdir(), 'mgdc-parquet-'));
after(() => rmSync(folder, { recursive: true }));

const WRITER = `
import datetime as d, decimal, sys
import pyarrow as pa, pyarrow.parquet as pq
utc = d.timezone.utc
rows = 250
table = pa.table({
  'id': pa.array([2**63 - 1 - i for i in range(rows)], pa.int64()),
  'small': pa.array([None if i % 2 else i for i in range(rows)], pa.int32()),
  'unsigned': pa.array([2**64 - 1 - i for i in range(rows)], pa.uint64()),
  'half': pa.array([i / 2 for i in range(rows)], pa.float64()),
  'flag': pa.array([i % 3 == 0 for i in range(rows)]),
  'name': pa.array([f'Zeile {i} \\U0001f600' for i in range(rows)]),
  'day': pa.array([d.date(1969, 12, 31) + d.timedelta(i) for i in range(rows)]),
  'micros': pa.array([d.datetime(2024, 1, 1, 0, 0, 0, 123456 + i, utc) for i in range(rows)], pa.timestamp('us', 'UTC')),
  'nanos': pa.array([1704067200000000001 + i for i in range(rows)], pa.timestamp('ns', 'UTC')),
  'local': pa.array([d.datetime(1960, 1, 1, 12, 0, 0, i) for i in range(rows)], pa.timestamp('us')),
  'money': pa.array([decimal.Decimal('-12345678901234567.89') + i for i in range(rows)], pa.decimal128(25, 2)),
  'cent': pa.array([decimal.Decimal(i) / 100 for i in range(rows)], pa.decimal128(9, 2)),
  'tags': pa.array([None if i == 1 else ['a', None, str(i)][:i % 4] for i in range(rows)], pa.list_(pa.string())),
  'from': pa.array([{'address': f'a{i}@x', 'ids': [i, 2**60]} for i in range(rows)]),
  'raw': pa.array([b'\\xff\\xfe' if i else b'text' for i in range(rows)], pa.binary()),
  'none': pa.array([None] * rows, pa.string()),
})
for name, options in {
  'snappy': {}, 'plain': dict(compression='none', use_dictionary=False), 'groups': dict(row_group_size=40),
  'indexed': dict(write_page_index=True, data_page_size=1000), 'v2': dict(data_page_version='2.0'), 'zstd': dict(compression='zstd'),
}.items():
  pq.write_table(table, f'{sys.argv[1]}/{name}.parquet', **options)
pq.write_table(table.slice(0, 0), f'{sys.argv[1]}/empty.parquet')
import random
random.seed(1)
n = 40000
big = pa.table({'n': pa.array(range(n)), 'noise': pa.array([random.randbytes(800) for _ in range(n)]),
  'list': pa.array([[random.randbytes(400)] for _ in range(n)])})
pq.write_table(big, f'{sys.argv[1]}/big.parquet', data_page_size=65536)
`;
execFileSync(python(), ['-c', WRITER, folder]);
const file = (name) => readFileSync(join(folder, `${name}.parquet`));

const key = newKey();
const read = (bytes, options) => preview(new Blob([bytes]), null, options);
const nanoseconds = (start, index, digits) => `${start}${String(index).padStart(digits, '0')}`;

/** Row `i` of what is written above. */
function expected(i) {
  return {
    id: 2n ** 63n - 1n - BigInt(i),
    small: i % 2 ? null : i,
    unsigned: 2n ** 64n - 1n - BigInt(i),
    half: i / 2,
    flag: i % 3 === 0,
    name: `Zeile ${i} 😀`,
    day: new Date((i - 1) * 86_400_000).toISOString().slice(0, 10),
    micros: `2024-01-01T00:00:00.${123456 + i}Z`,
    nanos: `2024-01-01T00:00:00.${nanoseconds('', i + 1, 9)}Z`,
    local: `1960-01-01T12:00:00${i ? `.${String(i).padStart(6, '0')}` : ''}`,
    money: `${jsonDecimal(-1234567890123456789n + 100n * BigInt(i))}`,
    cent: i / 100,
    tags: i === 1 ? null : ['a', null, String(i)].slice(0, i % 4),
    from: { address: `a${i}@x`, ids: [i, 2n ** 60n] },
    raw: i ? 'fffe' : 'text',
    none: null,
  };
}
const jsonDecimal = (cents) => `-${String(-cents).replace(/(\d\d)$/, '.$1')}`;
/** The same with decimals as text. */
const plain = (row) => ({ ...row, money: jsonText(row.money) });

for (const name of ['snappy', 'plain', 'groups', 'indexed', 'v2']) {
  test(`${name}: the first rows, values exact`, async () => {
    const found = await read(file(name), { rows: 100 });
    assert.deepEqual([found.content, found.error, found.notes], ['parquet', null, []]);
    assert.deepEqual([found.rowsTotal, found.more, found.stoppedBy, found.verified], [250, true, 'rows', null]);
    assert.deepEqual(
      found.rows.map(plain),
      Array.from({ length: 100 }, (_, index) => expected(index)),
    );
    assert.deepEqual(
      found.columns.map(({ name: column, type }) => `${column} ${type}`).join(', '),
      'id integer, small integer, unsigned integer, half number, flag boolean, name text, day date, micros timestamp, ' +
        'nanos timestamp, local text, money number, cent number, tags array, from object, raw text, none text',
    );
    assert.deepEqual([found.columns[1].fillRate, found.columns.at(-1)?.fillRate], [0.5, 0]);
    const all = await read(file(name), { rows: 1000 });
    assert.deepEqual([all.rows.length, all.more, all.stoppedBy], [250, false, null]);
    assert.deepEqual(
      all.rows.map(plain),
      Array.from({ length: 250 }, (_, index) => expected(index)),
    );
  });
}

test('encrypted, with its IV in front, in Base64, and compressed once more', async () => {
  const clear = (await read(file('snappy'), { rows: 30 })).rows;
  const fileKey = key.fileKey();
  /** @type {[Buffer<ArrayBuffer>, { repair?: string }][]} */
  const forms = [
    [key.encrypt(file('snappy')), {}],
    [Buffer.concat([key.iv, key.encrypt(file('snappy'))]), { repair: 'iv-in-front' }],
    [Buffer.from(key.encrypt(file('snappy')).toString('base64')), { repair: 'base64' }],
    [key.encrypt(gzipSync(file('snappy'))), {}],
  ];
  for (const [bytes, options] of forms) {
    const found = await preview(new Blob([bytes]), fileKey, { rows: 30, ...options });
    assert.deepEqual([found.content, found.error, found.rows], ['parquet', null, clear], JSON.stringify(options));
  }
});

test('of a big file only pages are read; what is too big is named', async () => {
  const bytes = key.encrypt(file('big'));
  assert.ok(bytes.length > 40 * MIB);
  const found = await preview(new Blob([bytes]), key.fileKey(), { rows: 50 });
  assert.deepEqual(
    found.rows.map(({ n }) => n),
    Array.from({ length: 50 }, (_, index) => index),
  );
  assert.equal(String(found.rows[0].noise).length, 1600);
  assert.deepEqual(Object.keys(found.rows[0]), ['n', 'noise']);
  assert.match(found.notes[0], /too big for a preview: list$/);
  assert.deepEqual([found.more, found.rowsTotal, found.columns[2].fillRate], [true, 40_000, null]);
  // Before the pages of `noise` lies its dictionary, of a mebibyte.
  assert.ok(found.bytesRead < 8 * MIB, String(found.bytesRead));
});

test('a file that an archive has deflated is read from its beginning, or not at all', async () => {
  /** What is read like an entry of an archive. */
  const entry = (bytes) => {
    const ranges = [];
    const source = { path: '', size: bytes.length, modified: 0, entry: { deflated: true } };
    const slice = (start, end) => {
      ranges.push([start, end]);
      return new Blob([bytes]).slice(start, end);
    };
    const arrayBuffer = () => slice(0, bytes.length).arrayBuffer();
    return { ranges, size: bytes.length, lastModified: 0, source, slice, arrayBuffer };
  };
  const small = entry(key.encrypt(file('snappy')));
  const found = await preview(small, key.fileKey(), { rows: 30 });
  assert.deepEqual(found.rows, (await read(file('snappy'), { rows: 30 })).rows);
  assert.ok(small.ranges.every(([start, end]) => start === 0 || end - start >= start || end === small.size));
  const big = entry(Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(70 * MIB)]));
  const none = await preview(big, null);
  assert.deepEqual([none.rows, none.more, none.stoppedBy, none.error], [[], true, 'bytes', null]);
  assert.match(none.notes[0], /would need the whole file/);
  assert.ok(big.ranges.every(([, end]) => end <= 64 * MIB));
});

test('no rows: an empty table, a compression that is not read', async () => {
  const empty = await read(file('empty'));
  assert.deepEqual(
    [empty.rows, empty.more, empty.error, empty.columns.length, empty.rowsTotal],
    [[], false, null, 16, 0],
  );
  const zstd = await read(file('zstd'));
  assert.deepEqual([zstd.rows, zstd.more, zstd.error, zstd.columns.length], [[], true, null, 16]);
  assert.match(zstd.notes[0], /^not shown, for they are compressed with ZSTD/);
});

test('a damaged file gives its error, and no rows', async () => {
  const whole = file('snappy');
  for (const damaged of [whole.subarray(0, -100), whole.subarray(0, 500), Buffer.concat([whole, Buffer.from('xyz')])]) {
    const found = await read(damaged);
    assert.deepEqual(
      [found.content, found.rows, found.more, found.error?.code],
      ['parquet', [], true, 'ERR_ROW_INVALID'],
    );
  }
});

test('whatever bytes are wrong, a preview has rows or says that the file is not readable', async (t) => {
  const random = seeded(t);
  const whole = file('snappy');
  const seen = { rows: 0, refused: 0 };
  for (let round = 0; round < rounds(200); round += 1) {
    const damaged = Buffer.from(whole);
    // Most of them in the footer, which is where offsets and lengths are.
    for (let count = 0; count < 3; count += 1)
      damaged[damaged.length - 9 - Math.floor(random() * (random() < 0.7 ? 3000 : whole.length - 16))] = random() * 256;
    const { error, rows } = await read(damaged, { rows: 20 });
    if (error) assert.deepEqual([error.code, rows], ['ERR_ROW_INVALID', []], error.message);
    seen[error ? 'refused' : 'rows'] += 1;
  }
  assert.ok(seen.refused > 20 && seen.rows > 5, JSON.stringify(seen));
});
