/** What rows become in CSV and Parquet, compared with their source by Python, Arrow and DuckDB. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareBytes, convert } from './converted.mjs';
import { rounds, seeded } from './random.mjs';

const FORMATS = /** @type {const} */ (['csv', 'parquet']);

const lines = (rows) => rows.map((row) => `${typeof row === 'string' ? row : JSON.stringify(row)}\n`).join('');

/** JSON text, because JavaScript's numbers could not hold it. */
const EDGES = lines([
  `{"whole":1,"long":-9223372036854775808,"longer":18446744073709551616,"part":0.1,"huge":1e400,"minus":-0,"mixed":1}`,
  `{"whole":-5,"long":9223372036854775807,"longer":1,"part":-2.5e-3,"huge":1,"minus":1.5,"mixed":"1","text":"=1+1"}`,
  `{"whole":9007199254740993,"part":100.0,"text":"-5","day":"2024-02-29","utc":"2024-02-29T23:59:59.123456Z"}`,
  `{"text":"+1 555","day":"0001-01-01","utc":"0001-01-01T00:00:00Z","local":"2024-02-29T23:59:59.5","flag":true}`,
  `{"text":"@SUM(A1)","day":"9999-12-31","nano":"2024-02-29T23:59:59.1234567Z","flag":false,"empty":"","null":null}`,
  `{"text":"\\ttab","nano":"1999-12-31T00:00:00+00:00","offset":"2024-02-29T23:59:59+02:00","empty":null,"json":{}}`,
  `{"text":"\\rcr","date":"2023-02-29","far":"1600-01-01T00:00:00.1234567Z","json":[1e400,"\\u00e9",null,{"a":"\\""}]}`,
  `{"text":"a \\"quote\\", a comma,\\r\\na line break and \\u0000","two":true}`,
  `{"text":"-","two":2,"precise":0.12345678901234567891}`,
  `{"text":"😀 \\ud83d\\ude00 \\u0000é","unicode é 😀":"é","":"no name","=name":1,"a.b":"dot","__proto__":"p"}`,
  `{ "text" : "=\\u0022" , "text2":"＝1", "constructor":3,"day2":"2024-02-30","t24":"2024-01-01T24:00:00Z" }`,
]);

const TYPES = {
  whole: 'int64',
  long: 'int64',
  longer: 'string',
  part: 'double',
  huge: 'string',
  minus: 'double',
  mixed: 'string',
  day: 'date32[day]',
  utc: 'timestamp[us, tz=UTC]',
  local: 'timestamp[us]',
  nano: 'timestamp[ns, tz=UTC]',
  offset: 'string',
  date: 'string',
  far: 'string',
  flag: 'bool',
  json: 'extension<arrow.json>',
  two: 'string',
  precise: 'string',
  null: 'string',
  t24: 'string',
};

test('CSV: other readers find the same rows, values and nulls', () => {
  const { written, converted, warnings } = convert('csv', EDGES);
  const found = compareBytes('csv', EDGES, written);
  assert.equal(found.rows, 11);
  assert.equal(found.columns.length, converted.columns);
  // Eight values and a name; -5 is a number, +1 555 is none.
  assert.equal(converted.neutralized, 9);
  assert.deepEqual(warnings, ['9 cells would be a formula in a spreadsheet: each got an apostrophe in front']);
  assert.match(written.toString(), /"'=1\+1"/);
  assert.match(written.toString(), /,"-5",/);
  assert.match(written.toString(), /18446744073709551616/);
});

test('Parquet: other readers find the same rows, values, types and nulls', () => {
  const { written, converted, warnings } = convert('parquet', EDGES);
  const found = compareBytes('parquet', EDGES, written);
  assert.equal(found.rows, 11);
  assert.equal(converted.rows, 11);
  const types = Object.fromEntries(found.columns.map((name, index) => [name, found.types[index]]));
  for (const [name, type] of Object.entries(TYPES)) assert.equal(types[name], type, name);
  assert.deepEqual(warnings, [
    '2 columns are text for values of several kinds, such as numbers and text: "mixed", "two"',
  ]);
});

test('objects become columns with dotted names with flatten', () => {
  const rows = lines([
    '{"from":{"name":"A","mail":{"at":"a@x"}},"n":1,"none":{},"list":[{"a":1}]}',
    '{"from":null,"n":2,"none":{},"list":[]}',
    '{"from":{"mail":{"at":"b@x","more":5},"name":null},"n":3}',
    '{"from":"text","n":4,"none":{"later":1}}',
  ]);
  for (const to of FORMATS) {
    const { written, converted } = convert({ to, flatten: true }, rows);
    const found = compareBytes(to, rows, written, 'flatten');
    assert.deepEqual(found.columns, [
      'from',
      'from.name',
      'from.mail.at',
      'from.mail.more',
      'n',
      'none',
      'none.later',
      'list',
    ]);
    assert.equal(converted.columns, 8);
  }
});

test('two names that come out the same by flattening are told apart', () => {
  const { written } = convert({ to: 'csv', flatten: true }, '{"a":{"b":1},"a.b":2}\n');
  assert.equal(written.toString(), '"a.b","a.b (2)"\r\n1,2\r\n');
});

test('an array of objects, and objects over several lines, are rows', () => {
  const rows = [
    { a: 1, b: 'x' },
    { a: 2, c: 'y' },
  ];
  for (const text of [
    JSON.stringify(rows),
    JSON.stringify(rows, null, 2),
    ` [\n${rows.map((row) => JSON.stringify(row))}\n] `,
    rows.map((row) => JSON.stringify(row, null, 4)).join('\n'),
    `\ufeff${lines(rows)}`,
    lines(rows).replaceAll('\n', '\r\n'),
    lines(rows).trim(),
  ]) {
    for (const size of [1, 3, 1 << 20]) {
      const { written } = convert('csv', text, size);
      assert.equal(written.toString(), '"a","b","c"\r\n1,"x",\r\n2,,"y"\r\n', JSON.stringify([text, size]));
    }
  }
});

test('pieces of any size give the same', () => {
  for (const to of FORMATS) {
    const whole = convert(to, EDGES);
    for (let size = 1; size < 120; size += size < 20 ? 1 : 7) {
      const { written, ...rest } = convert(to, EDGES, size);
      assert.ok(written.equals(whole.written), `${to} in pieces of ${size}`);
      assert.deepEqual(rest, {
        warnings: whole.warnings,
        ...(whole.converted && { converted: whole.converted }),
        ...('rowsWritten' in whole && { rowsWritten: whole.rowsWritten }),
      });
    }
  }
});

/** Random rows: each value as JSON text. */
function randomRows(random, count) {
  const pick = (of) => of[Math.floor(random() * of.length)];
  const digits = (most) =>
    Array.from({ length: 1 + Math.floor(random() * most) }, () => Math.floor(random() * 10)).join('');
  const whole = () => pick(['', '-']) + String(BigInt(digits(22)));
  const characters = [
    'a',
    'Z',
    '0',
    ' ',
    '"',
    '\\',
    ',',
    ';',
    '\n',
    '\r',
    '\t',
    '=',
    '+',
    '-',
    '@',
    "'",
    'é',
    '日',
    '😀',
    '\u2028',
    '\u0000',
    '\u007f',
    '<',
    '/',
  ];
  const string = () => {
    const text = Array.from({ length: Math.floor(random() * 12) }, () => pick(characters)).join('');
    const json = JSON.stringify(text);
    // Each character may also be an escape.
    return random() < 0.2
      ? `"${[...text].map((one) => [...one.split('')].map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')).join('')}"`
      : json;
  };
  const two = (most) => String(1 + Math.floor(random() * most)).padStart(2, '0');
  const day = () => `${pick(['1969', '2024', '2100', '1582'])}-${two(12)}-${two(28)}`;
  const time = (digitsOf) => `${day()}T${two(23)}:${two(59)}:${two(59)}${digitsOf ? `.${digits(digitsOf)}` : ''}`;
  const nested = (depth) => {
    const value = () =>
      depth > 0 && random() < 0.4 ? nested(depth - 1) : pick([string, whole, () => 'null', () => 'true'])();
    return random() < 0.5 ? `[${[value(), value()].join(pick([',', ' , ']))}]` : `{${string()}:${value()}}`;
  };
  const kinds = {
    int: () => String(Math.floor((random() - 0.5) * 2e6)),
    long: () => pick(['-9223372036854775808', '9223372036854775807', '9007199254740993', '0']),
    whole,
    number: () => `${whole()}.${digits(4)}${pick(['', 'e3', 'E-2'])}`,
    double: () => JSON.stringify((random() - 0.5) * 10 ** Math.floor(random() * 20 - 10)),
    text: string,
    flag: () => pick(['true', 'false']),
    day: () => `"${day()}"`,
    utc: () => `"${time(pick([0, 6]))}Z"`,
    nano: () => `"${time(9).replace(/^1582/, '1970')}Z"`,
    local: () => `"${time(3)}"`,
    nested: () => nested(2),
    anything: () => pick([string, whole, () => 'true', () => nested(1)])(),
    nothing: () => 'null',
  };
  const names = Object.keys(kinds);
  return Array.from({ length: count }, () => {
    const shown = names.filter(() => random() < 0.85);
    if (random() < 0.2) shown.reverse();
    const space = pick(['', '', ' ', '\t']);
    const pairs = shown.map((name) => `"${name}"${space}:${space}${random() < 0.1 ? 'null' : kinds[name]()}`);
    return `{${space}${pairs.join(`${space},${space}`)}${space}}`;
  });
}

test('random rows come out the same, by other readers', (t) => {
  const random = seeded(t);
  for (const [to, flatten, all] of /** @type {const} */ ([
    ['csv', false, 600],
    ['csv', true, 300],
    ['parquet', false, 600],
    ['parquet', true, 300],
  ])) {
    const count = rounds(all);
    const rows = lines(randomRows(random, count));
    const options = { to, flatten, sampleRows: 1e6 };
    const { written, converted } = convert(
      to === 'csv' ? options : { to, flatten },
      rows,
      100 + Math.floor(random() * 5000),
    );
    assert.equal(converted.rows, count);
    const found = compareBytes(to, rows, written, ...(flatten ? ['flatten'] : []));
    assert.equal(found.rows, count);
  }
});

test('takes the rows that JSON.parse takes, and no others', (t) => {
  const random = seeded(t);
  const edges = EDGES.trim().split('\n');
  const pick = (of) => of[Math.floor(random() * of.length)];
  const isObject = (text) => {
    try {
      const value = JSON.parse(text);
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    } catch {
      return false;
    }
  };
  const taken = [];
  let refused = 0;
  for (let count = 0; count < 1500; count += 1) {
    let row = pick(edges);
    for (let edits = 1 + Math.floor(random() * 2); edits > 0; edits -= 1) {
      const at = Math.floor(random() * row.length);
      const added = pick(['', '', ...'{}[]:,"\\0123456789.eE+-tfnu /']);
      row = row.slice(0, at) + added + row.slice(at + pick([0, 1]));
    }
    if (isObject(row)) taken.push(row);
    else {
      // A row in front, or the file would pass as it is.
      for (const to of FORMATS)
        assert.throws(() => convert(to, `{"a":1}\n${row}\n`, 40), { code: 'ERR_ROW_INVALID' }, row);
      refused += 1;
    }
  }
  assert.ok(taken.length > 150 && refused > 150, `${taken.length} taken, ${refused} refused`);
  for (const to of FORMATS) {
    const { written } = convert(to === 'csv' ? { to, sampleRows: 1500 } : to, lines(taken), 1000);
    compareBytes(to, lines(taken), written);
  }
});

test('Parquet of a long file: what its end brings is in the columns and their types', () => {
  const rows = Array.from({ length: 60_000 }, (_, id) => ({
    id,
    turns: id,
    at: '2024-05-01T12:34:56Z',
    body: `text ${id} `.repeat(8),
  }));
  Object.assign(rows[rows.length - 1], { turns: 'text', late: [1], at: '2024-05-01T12:34:56.1234567Z' });
  const source = lines(rows);
  assert.ok(source.length > 6e6);
  const { written, converted } = convert('parquet', source);
  assert.deepEqual(converted, { to: 'parquet', rows: 60_000, columns: 5 });
  const { types } = compareBytes('parquet', source, written);
  assert.deepEqual(types, ['int64', 'string', 'timestamp[ns, tz=UTC]', 'string', 'extension<arrow.json>']);
});

test('CSV has the columns of the first rows, and tells what others it leaves out', () => {
  const rows = Array.from({ length: 1500 }, (_, id) =>
    id < 1000 ? { id } : { id, [`late${id % 7}`]: id, none: null },
  );
  const { written, converted, warnings } = convert('csv', lines(rows));
  assert.equal(written.toString().split('\r\n')[0], '"id"');
  assert.equal(converted.rows, 1500);
  assert.deepEqual(converted.lateColumns, { rows: 500, names: ['late6', 'late0', 'late1', 'late2', 'late3'] });
  assert.match(warnings[0], /^500 rows have values .*"late6", "late0", "late1", "late2", "late3" and others;/);
  const all = convert({ to: 'csv', sampleRows: 1500 }, lines(rows));
  assert.deepEqual(all.warnings, []);
  compareBytes('csv', lines(rows), all.written);
});

test('a byte order mark by choice', () => {
  assert.equal(convert({ to: 'csv', bom: true }, '{"a":"é"}').written.toString(), '\ufeff"a"\r\n"é"\r\n');
});

test('a row without any value is a line of its own', () => {
  const rows = lines([{ a: 1 }, { a: null }, {}, { a: '' }]);
  const { written } = convert('csv', rows);
  assert.equal(written.toString(), '"a"\r\n1\r\n""\r\n""\r\n""\r\n');
  compareBytes('csv', rows, written);
});
