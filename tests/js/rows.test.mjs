/** Rows out of text: lines, and JSON with exact numbers, against JSON.parse and Python. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLosslessNumber, jsonText, parseJson, parseRow } from '../../pkg/rows/json-rows.js';
import { jsonShape, ObjectSplitter } from '../../pkg/rows/json-values.js';
import { LineSplitter } from '../../pkg/rows/lines.js';
import { rounds, seeded } from './random.mjs';
import { askPython, cut, decode, encode, fails, pick, rowOf, split } from './splitters.mjs';

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
