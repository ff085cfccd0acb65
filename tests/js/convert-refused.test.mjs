/** Rows that no table holds: what fails at its line, what is told, and what stays as it was delivered. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareBytes, convert } from './converted.mjs';

const FORMATS = /** @type {const} */ (['csv', 'parquet']);

const lines = (rows) => rows.map((row) => `${typeof row === 'string' ? row : JSON.stringify(row)}\n`).join('');

test('what JSON allows and a table does not is told', () => {
  const twice = convert('csv', '{"a":1,"b":2,"a":3}\n');
  assert.equal(twice.written.toString(), '"a","b"\r\n3,2\r\n');
  assert.deepEqual(twice.warnings, ['1 row has a name twice: the last value is kept']);
  for (const to of FORMATS) {
    const half = convert(to, '{"a":"\\ud83d","b":"\\ud83d\\ude00"}\n');
    assert.equal(half.warnings.length, 1);
    assert.match(half.warnings[0], /^1 value has half of a surrogate pair/);
    compareBytes(to, '{"a":"\ufffd","b":"😀"}\n', half.written);
  }
});

const BROKEN = {
  'a cut row': ['{"a":1}\n{"a":', 'line 2'],
  'a string without an end': ['{"a":1}\n{"a":"x\n{"a":3}\n', 'line 2'],
  'a row that is no object': ['{"a":1}\n\n[1]\n{"a":2}\n', 'line 3'],
  'a number': ['{"a":1}\n{"a":01}\n', 'line 2'],
  'a number with a point and no more': ['{"a":1}\n{"a":1.}\n', 'line 2'],
  'an escape': ['{"a":1}\n{"a":"\\q"}\n', 'line 2'],
  'a nested escape': ['{"a":1}\n{"a":["\\u12"]}\n', 'line 2'],
  'a word': ['{"a":1}\n{"a":nul}\n', 'line 2'],
  'a comma': ['{"a":1}\n{"a":1,}\n', 'line 2'],
  'a colon': ['{"a":1}\n{"a" 1}\n', 'line 2'],
  'a name without quotes': ['{"a":1}\n{a:1}\n', 'line 2'],
  'a nested bracket': ['{"a":1}\n{"a":[1}\n', 'line 2'],
  'two values': ['{"a":1}\n{"a":[1 2]}\n', 'line 2'],
  'an array without an end': ['[{"a":1},\n{"a":2}', 'line 2'],
  'something after an array': ['[{"a":1}]\n{"a":2}', 'line 2'],
  'an array with a comma too many': ['[{"a":1},]', 'line 1'],
  'bytes that are not UTF-8': [Buffer.concat([Buffer.from('{"a":1}\n'.repeat(3)), Buffer.from([0x7b, 0xff])]), 'line '],
};

for (const [name, [content, place]] of Object.entries(BROKEN)) {
  test(`fails at its line: ${name}`, () => {
    for (const to of FORMATS) {
      for (const size of [1, 8, 1 << 20]) {
        if (name.startsWith('bytes') && size > 8) continue; // then it is no text from the beginning
        assert.throws(
          () => convert(to, content, size),
          ({ code, message }) => {
            assert.equal(code, 'ERR_ROW_INVALID', message);
            assert.ok(message.startsWith(place), message);
            return true;
          },
        );
      }
    }
  });
}

test('levels and names have limits', () => {
  const deep = `{"a":1}\n{"a":${'['.repeat(100_000)}\n`;
  assert.throws(() => convert('csv', deep), /line 2.* more than 500 levels/);
  assert.throws(
    () => convert({ to: 'csv', flatten: true }, `{"a":1}\n${'{"a":'.repeat(100_000)}`),
    /line 2.* more than 500 levels/,
  );
  const wide = lines(Array.from({ length: 5001 }, (_, id) => ({ [`name${id}`]: id })));
  assert.throws(() => convert('parquet', wide), /line 5001 .* more than 5000 names/);
});

test('many columns and few values do not fill the memory', () => {
  const rows = lines([
    Object.fromEntries(Array.from({ length: 5000 }, (_, id) => [`n${id}`, 0])),
    ...Array(20_000).fill({ n7: 1 }),
  ]);
  const { written } = convert('csv', rows);
  assert.ok(written.length > 20_000 * 5000);
});

const OTHERS = {
  'it is empty': '',
  'it is no JSON': 'a,b\n1,2\n',
  'it does not begin with a whole JSON object': '{"a":\nnothing',
  'its JSON array is empty': ' [ ] ',
  'it is no JSON array of objects': '[1,2]',
  'it is Parquet': 'PAR1....',
  'it is compressed with gzip': Buffer.from([0x1f, 0x8b, 8, 0]),
  'it is not UTF-8 text': Buffer.from([0x80, 1, 2, 3]),
  'its rows have no names': '{}\n{}\n',
};
for (const [reason, content] of Object.entries(OTHERS)) {
  test(`stays as it was delivered: ${reason}`, () => {
    for (const to of FORMATS) {
      for (const size of [1, 1 << 20]) {
        const { written, ...rest } = convert(to, content, size);
        assert.deepEqual(rest, { warnings: [`not converted: ${reason}`] });
        assert.ok(written.equals(Buffer.from(content)));
      }
    }
  });
}
