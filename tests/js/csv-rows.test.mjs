/** Rows out of CSV against Python, and the columns and types of rows. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ColumnCollector, commonType, typeOf, typeOfText } from '../../pkg/rows/columns.js';
import { CsvSplitter, columnNames, csvObject, csvSeparator } from '../../pkg/rows/csv-rows.js';
import { rounds, seeded } from './random.mjs';
import { askPython, cut, fails, pick, rowOf } from './splitters.mjs';

/** @import { ColumnType } from '../../pkg/rows/columns.js' */

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
