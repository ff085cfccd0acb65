/** Rows out of text: lines, JSON with exact numbers, CSV and columns, against JSON.parse and Python. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { ColumnCollector, commonType, typeOf, typeOfText } from '../../pkg/rows/columns.js';
import { CsvSplitter, columnNames, csvObject, csvSeparator } from '../../pkg/rows/csv-rows.js';
import { isLosslessNumber, jsonText, parseJson, parseRow } from '../../pkg/rows/json-rows.js';
import { jsonShape, ObjectSplitter } from '../../pkg/rows/json-values.js';
import { LineSplitter } from '../../pkg/rows/lines.js';
import { rounds, seeded } from './random.mjs';

/** @import { ColumnType } from '../../pkg/rows/columns.js' */

const encode = (text) => new TextEncoder().encode(text);
const decode = (bytes) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
const fails = (code, message = /./) => ({ code, message });
const rowOf = (text) => parseRow({ bytes: encode(text), start: 0, end: text.length });

/** What Python's program says to this input, both as JSON. */
const askPython = (program, input) =>
  JSON.parse(
    execFileSync('python3', ['-c', program], { input: JSON.stringify(input), maxBuffer: 2 ** 28, encoding: 'utf8' }),
  );

/** Cuts something with `length` and `slice` into random pieces. */
function* cut(whole, random) {
  for (let at = 0; at < whole.length; ) {
    const length = Math.floor(random() * (random() < 0.4 ? 4 : 60));
    yield whole.slice(at, at + length);
    at += length;
  }
}

/** What a splitter gives for pieces, each overwritten after its use, as buffers are that are used again. */
function split(splitter, pieces) {
  const found = [];
  const take = (extents) => {
    for (const { bytes, start, end } of extents) found.push({ text: decode(bytes), start, end });
  };
  for (const piece of pieces) {
    const copy = piece.slice();
    take(splitter.push(copy));
    copy.fill(0x2a);
  }
  take(splitter.end());
  return found;
}

const pick = (random, list) => list[Math.floor(random() * list.length)];

/** A random value, with everything that is hard in JSON. */
function value(random, depth = 3) {
  const kind = Math.floor(random() * (depth > 0 ? 8 : 6));
  if (kind === 0) return pick(random, [null, true, false]);
  if (kind === 1) return Math.floor((random() - 0.5) * 2 ** 53);
  if (kind === 2) return pick(random, [0, 0.1, -1e-7, 1e21, 5e-324, 1.7976931348623157e308, random()]);
  if (kind < 6) {
    const parts = [
      'a',
      '"',
      '\\',
      '\n',
      '\r\n',
      '{',
      '}',
      '[',
      ']',
      ',',
      ': 12345678901234567890',
      '😀',
      'ä',
      '\u2028',
      '\0',
    ];
    return Array.from({ length: Math.floor(random() * 8) }, () => pick(random, parts)).join('');
  }
  const length = Math.floor(random() * 4);
  if (kind === 6) return Array.from({ length }, () => value(random, depth - 1));
  return object(random, depth - 1);
}

const NAMES = ['id', 'name', '__proto__', 'constructor', '', 'a.b', 'ä', '"'];
function object(random, depth = 3) {
  const entries = Array.from({ length: Math.floor(random() * 5) }, () => [pick(random, NAMES), value(random, depth)]);
  return Object.fromEntries(entries);
}

test('lines are the same however the input is cut, and their offsets are exact', (t) => {
  const random = seeded(t);
  for (let round = 0; round < rounds(200); round += 1) {
    const line = () =>
      Array.from({ length: Math.floor(random() * 30) }, () => pick(random, ['a', 'ä', '😀', '\r', ' '])).join('');
    const lines = Array.from({ length: Math.floor(random() * 20) }, () => line().replace(/\r$/, ''));
    const bom = random() < 0.5 ? '\ufeff' : '';
    const text = bom + lines.map((each) => each + pick(random, ['\n', '\r\n'])).join('') + pick(random, ['', 'last']);
    const bytes = encode(text);
    const found = split(new LineSplitter(), cut(bytes, random));
    assert.deepEqual(
      found.map(({ text: each }) => each),
      text
        .slice(bom.length)
        .split(/\r?\n/)
        .filter((each, at, all) => at < all.length - 1 || each !== ''),
    );
    for (const { text: each, start, end } of found) assert.equal(decode(bytes.subarray(start, end)), each);
  }
});

test('a line over the limit is refused as soon as it is longer, and names its place', () => {
  const splitter = new LineSplitter({ limit: 10 });
  assert.deepEqual([...splitter.push(encode('0123456789\n'))].length, 1);
  assert.deepEqual([...splitter.push(encode('01234'))], []);
  assert.equal(splitter.held, 5);
  assert.throws(
    () => [...splitter.push(encode('567890'))],
    fails('ERR_ROW_LIMIT', /^the row at byte 11 .* more than 10 bytes/),
  );
  assert.throws(() => [...new LineSplitter({ limit: 10 }).push(encode('01234567890\n'))], fails('ERR_ROW_LIMIT'));
});

test('objects are found in every shape of JSON, however it is cut', (t) => {
  const random = seeded(t);
  for (let round = 0; round < rounds(200); round += 1) {
    const rows = Array.from({ length: 1 + Math.floor(random() * 6) }, () => object(random));
    const texts = rows.map((row) => JSON.stringify(row, null, pick(random, [0, 2])));
    const shapes = {
      lines: `${rows.map((row) => JSON.stringify(row)).join(pick(random, ['\n', '\r\n', '\n\n']))}\n`,
      array: `[${pick(random, ['', '\n '])}${texts.join(pick(random, [',', ' ,\n']))}]\n`,
      objects: `${rows.map((row) => JSON.stringify({ first: row }, null, 2)).join(pick(random, ['', '\n', ' ']))}\n`,
    };
    for (const [shape, text] of Object.entries(shapes)) {
      const bytes = encode(pick(random, ['', '\ufeff']) + text);
      assert.equal(jsonShape(bytes), shape, text);
      const splitter = shape === 'lines' && random() < 0.5 ? new LineSplitter() : new ObjectSplitter();
      const found = split(splitter, cut(bytes, random));
      for (const { text: each, start, end } of found) assert.equal(decode(bytes.subarray(start, end)), each);
      const parsed = found.map(({ text: each }) => rowOf(each)).filter(Boolean);
      assert.deepEqual(parsed, shape === 'objects' ? rows.map((first) => ({ first })) : rows, text);
    }
  }
});

test('the shape is told from a cut beginning, and other content has none', () => {
  const shapes = {
    '{"a":1}': 'lines',
    '{"a":': 'lines',
    '{"a":1}\n{"a"': 'lines',
    '{"a":1\n{"a":2}\n': 'lines', // the first line is damaged
    '{\n': 'objects',
    '{\n "a": [\n{"b":1}': 'objects',
    '{"a":1}{"a":2}\n': 'objects',
    '{"a":1} {"a"': 'objects',
    '[': 'array',
    '[]': 'array',
    ' [ {"a"': 'array',
  };
  for (const [text, shape] of Object.entries(shapes)) assert.equal(jsonShape(encode(text)), shape, text);
  for (const text of ['', ' ', '12', '"a"', '[1,2]', '[Section]\n', '{a:1}', 'a,b\n', '{%', 'PAR1', '<a>'])
    assert.equal(jsonShape(encode(text)), null, text);
});

test('JSON that is not one object for each row is refused with its place', () => {
  const all = (text) => split(new ObjectSplitter(), [encode(text)]);
  /** @type {[string, RegExp][]} */
  const refused = [
    ['[{} {}]', /^at byte 4 .*expected a comma or the end of the array/],
    ['[{},]', /^at byte 4 .*expected an object/],
    ['[{},1]', /^at byte 4 .*expected an object/],
    ['[{}]x', /^at byte 4 .*expected nothing more/],
    ['{},{}', /^at byte 2 .*expected another object/],
    ['1', /^at byte 0 .*expected an object or an array/],
    ['[{}', /the array has no end/],
    ['{}\n{"a":"}', /^at byte 3 .*the object has no end/],
  ];
  for (const [text, message] of refused) {
    assert.throws(() => all(text), fails('ERR_ROW_INVALID', message), text);
  }
  assert.throws(
    () => [...new ObjectSplitter({ limit: 10 }).push(encode('{"a":"0123456789"}'))],
    fails('ERR_ROW_LIMIT', /^the row at byte 0 /),
  );
});

test('rows are what JSON.parse gives, keys that objects have by themselves included', (t) => {
  const random = seeded(t);
  for (let round = 0; round < rounds(1000); round += 1) {
    const text = JSON.stringify(object(random));
    assert.deepEqual(rowOf(text), JSON.parse(text), text);
    // The other parser, which only a risky number calls.
    const risky = `{"risky": 1e2, "row": ${text}}`;
    assert.deepEqual(rowOf(risky), JSON.parse(risky), risky);
  }
  for (const text of ['{"__proto__":{"x":1}}', '{"__proto__":{"x":1},"n":12345678901234567890}']) {
    const row = rowOf(text);
    assert.ok(row);
    assert.equal(Object.getPrototypeOf(row), Object.prototype);
    assert.deepEqual(Object.keys(row)[0], '__proto__');
    assert.equal(row.x, undefined);
  }
  assert.deepEqual(rowOf('{"a":1,"a":2}'), { a: 2 });
  assert.deepEqual(rowOf('{"a":1,"a":12345678901234567890}'), { a: 12345678901234567890n });
  assert.deepEqual(rowOf('{"a":"\\ud800","b":1e2}'), { a: '\ud800', b: 100 });
  assert.equal(rowOf(' \r'), null);
});

test('numbers keep their value: BigInt beyond 2^53, digits where no double holds them', (t) => {
  const numbers = {
    9007199254740991: 9007199254740991,
    9007199254740992: 9007199254740992n,
    '-9223372036854775808': -9223372036854775808n,
    '18446744073709551615 ': 18446744073709551615n,
    1234567890.12345: 1234567890.12345,
    0.1: 0.1,
    '1e5': 100000,
    '1E-7': 1e-7,
    0.30000000000000004: 0.30000000000000004,
    '1.0000000000000000000': 1,
    '0e999999999999999999999': 0,
  };
  for (const [text, number] of Object.entries(numbers)) {
    assert.deepEqual(rowOf(`{"n":${text}}`), { n: number }, text);
    assert.deepEqual(rowOf(`{"n":[${text}]}`), { n: [number] }, text);
  }
  for (const text of ['0.1234567890123456789', '1e400', '-1e-400', '123456789012345.678', `1${'0'.repeat(500)}`]) {
    const n = rowOf(`{"n": ${text}}`)?.n ?? null;
    assert.ok(isLosslessNumber(n), text);
    assert.equal(jsonText({ n }), `{"n":${text}}`);
  }

  const random = seeded(t);
  const digits = (most) =>
    String(Math.floor(random() * 10 ** Math.ceil(random() * 9)))
      .repeat(3)
      .slice(0, 1 + random() * most);
  const written = Array.from({ length: 3000 }, () => {
    const whole = pick(random, ['0', digits(25).replace(/^0+/, '') || '0']);
    const fraction = pick(random, ['', '', `.${digits(20)}`]);
    return (
      pick(random, ['', '-']) +
      whole +
      fraction +
      pick(random, ['', '', `e${pick(random, ['', '+', '-'])}${digits(3)}`])
    );
  });
  const kept = written.map((text) => jsonText(parseJson(`[${text}]`)).slice(1, -1));
  const wrong = askPython(
    'import decimal, json, sys\nprint(json.dumps([p for p in json.load(sys.stdin) if decimal.Decimal(p[0]) != decimal.Decimal(p[1])]))',
    written.map((text, at) => [text, kept[at]]),
  );
  assert.deepEqual(wrong, []);
});

test('a row that is no JSON object is refused, without its text', () => {
  for (const text of [
    '{"secret":NaN}',
    '{"secret":1e5,"b":Infinity}',
    '{"secret"',
    '{"secret":1} x',
    "{'secret':1}",
    '{"secret":01}',
  ])
    assert.throws(
      () => rowOf(text),
      (/** @type {any} */ error) => error.code === 'ERR_ROW_INVALID' && !/secret/.test(error.message + error.cause),
      text,
    );
  for (const text of ['1', '"a"', 'null', '[{}]', 'true', '12345678901234567890', '1e999'])
    assert.throws(() => rowOf(text), fails('ERR_ROW_INVALID', /the row is (a|null)/), text);
  assert.throws(
    () => parseRow({ bytes: Uint8Array.of(0x7b, 0xff, 0x7d), start: 7, end: 10 }),
    fails('ERR_ROW_INVALID', /^at byte 7 .*not UTF-8/),
  );
});

test('a row is 500 levels deep at most, brackets in texts not counted', () => {
  const deep = (levels) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
  assert.doesNotThrow(() => jsonText(rowOf(deep(500))));
  for (const levels of [501, 1e6])
    assert.throws(() => rowOf(deep(levels)), fails('ERR_ROW_LIMIT', /more than 500 levels/));
  assert.doesNotThrow(() => rowOf(`{"a":"${'\\"['.repeat(1000)}","b":[${'[],'.repeat(1000)}1]}`));
});

test('CSV is what Python reads, however it is cut', (t) => {
  const random = seeded(t);
  const cases = [];
  for (let round = 0; round < rounds(150); round += 1) {
    const separator = pick(random, [',', ';', '\t']);
    const parts = ['a', '"', '\r\n', '\n', ',', ';', '\t', ' ', '😀', "'", '=1'];
    const cell = () => Array.from({ length: Math.floor(random() * 5) }, () => pick(random, parts)).join('');
    const rows = Array.from({ length: 1 + Math.floor(random() * 8) }, () => Array.from({ length: 3 }, cell));
    const quoted = (text) => (/["\r\n,;\t]/.test(text) || random() < 0.3 ? `"${text.replaceAll('"', '""')}"` : text);
    const text = rows.map((row) => row.map(quoted).join(separator) + pick(random, ['\n', '\r\n'])).join('');
    const splitter = new CsvSplitter(separator);
    const found = [...cut(text, random)].flatMap((piece) => [...splitter.push(piece)]);
    assert.deepEqual([...found, ...splitter.end()], rows, JSON.stringify(text));
    cases.push([text, separator]);
  }
  const program =
    'import csv, io, json, sys\n' +
    "print(json.dumps([list(csv.reader(io.StringIO(t, newline=''), delimiter=s)) for t, s in json.load(sys.stdin)]))";
  const theirs = askPython(program, cases);
  const ours = cases.map(([text, separator]) => [...new CsvSplitter(separator).push(text)]);
  assert.deepEqual(ours, theirs);
});

test('the last row of CSV needs no line end; a quote that is not closed is refused', () => {
  const all = (text) => {
    const splitter = new CsvSplitter(',');
    return [...splitter.push(text), ...splitter.end()];
  };
  assert.deepEqual(all('a,b\r\n\r\n1,"2"'), [
    ['a', 'b'],
    ['1', '2'],
  ]);
  assert.deepEqual(all('"a\r"\r\n""\n'), [['a\r'], ['']]);
  assert.deepEqual(all('a"b",5" disk\n"a"b,c\n'), [
    ['a"b"', '5" disk'],
    ['ab', 'c'],
  ]);
  assert.throws(() => all('a\nb,"c\n'), fails('ERR_ROW_INVALID', /^at character 2 .*a quote is not closed/));
  assert.throws(
    () => [...new CsvSplitter(',', { limit: 5 }).push('a\n"23456')],
    fails('ERR_ROW_LIMIT', /^the row at character 2 /),
  );
});

test('the separator of CSV, and names for its columns', () => {
  assert.equal(csvSeparator('a,b\n1,2\n'), ',');
  assert.equal(csvSeparator('a;b;c\n"1,5";2;3\n4,5;6;7\n'), ';');
  assert.equal(csvSeparator('a\tb\n1\t2\n3\t"'), '\t');
  assert.equal(csvSeparator('a,b\n1,2', { isWhole: true }), ',');
  for (const text of ['', 'a,b', 'one\ntwo\n', 'Dear all,\nthis is no table\n', 'a,b\n1,2,3\n'])
    assert.equal(csvSeparator(text), null, text);
  assert.deepEqual(columnNames(['a', '', ' a ', 'a', 'b']), ['a', 'column 2', 'a (2)', 'a (3)', 'b']);
  const row = csvObject(columnNames(['__proto__', 'b']), ['1', '2', '3']);
  assert.deepEqual(Object.entries(row), [
    ['__proto__', '1'],
    ['b', '2'],
    ['column 3', '3'],
  ]);
});

test('types of values and of text', () => {
  const types = {
    integer: [0, -1, 12345678901234567890n],
    number: [0.5, 2 ** 53, rowOf('{"n":1e400}')?.n],
    boolean: [true],
    null: [null, undefined],
    array: [[]],
    object: [{}],
    date: ['2024-02-29', '0001-01-01'],
    timestamp: ['2024-01-01T00:00:00Z', '2024-01-01T00:00:00.1234567Z', '2024-01-01 00:00+01:00', new Date()],
    text: [
      '',
      'a',
      '20240101',
      '2023-02-29',
      '2024-13-01',
      '2024-01-01T00:00:00',
      '2024-01-01T24:00:00Z',
      '2024-1-1',
      '7',
    ],
  };
  for (const [type, values] of Object.entries(types))
    for (const each of values) assert.equal(typeOf(each), type, String(each));
  const ofText = {
    integer: ['0', '-12'],
    number: ['1.5', '1e5'],
    boolean: ['true', 'FALSE'],
    null: [''],
    date: ['2024-01-01'],
    text: ['007', '1,5', '+1', '.5', 'NaN'],
  };
  for (const [type, texts] of Object.entries(ofText))
    for (const each of texts) assert.equal(typeOfText(each), type, each);
  /** @type {[ColumnType, ColumnType, ColumnType][]} */
  const common = [
    ['integer', 'number', 'number'],
    ['date', 'timestamp', 'timestamp'],
    ['text', 'date', 'text'],
    ['integer', 'text', 'mixed'],
    ['null', 'array', 'array'],
    ['mixed', 'null', 'mixed'],
  ];
  for (const [one, other, both] of common)
    assert.deepEqual([commonType(one, other), commonType(other, one)], [both, both]);
});

test('columns come in the order in which they appear, with how many rows have them', () => {
  const collector = new ColumnCollector();
  for (const row of [{ b: 1, a: null }, { b: 2.5, c: 'xyz' }, { c: '' }, { b: 9n, a: null }]) collector.add(row);
  assert.deepEqual(collector.columns, [
    { name: 'b', type: 'number', filled: 3, fillRate: 0.75, longest: 0 },
    { name: 'a', type: 'null', filled: 0, fillRate: 0, longest: 0 },
    { name: 'c', type: 'text', filled: 2, fillRate: 0.5, longest: 3 },
  ]);
  const csv = new ColumnCollector({ ofText: true });
  for (const row of [
    { n: '1', t: '' },
    { n: '2', t: 'x' },
  ])
    csv.add(row);
  assert.deepEqual(
    csv.columns.map(({ type, fillRate }) => [type, fillRate]),
    [
      ['integer', 1],
      ['text', 0.5],
    ],
  );
});
