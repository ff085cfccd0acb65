/** What a host may change of the element's look is what docs/embedding.md and the types say, and nothing else. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { TOKENS } from '../../pkg/element/view/styles/tokens.js';

const root = new URL('../../', import.meta.url).pathname;
const guide = readFileSync(`${root}docs/embedding.md`, 'utf8');
const types = readFileSync(`${root}pkg/element.d.ts`, 'utf8');
const code = readdirSync(`${root}pkg/element`, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.js'))
  .map((path) => readFileSync(`${root}pkg/element/${path}`, 'utf8'));
/** @param {Iterable<string>} names */
const sorted = (names) => [...new Set(names)].sort();

/** The rows of the table under this head. @param {string} head */
function table(head) {
  const [, body] = guide.split(`\n${head}\n| --- |`);
  return body
    .split('\n')
    .slice(1)
    .filter((_, index, lines) => lines.slice(0, index + 1).every((one) => one.startsWith('|')))
    .map((line) => line.split('|').map((cell) => cell.trim().replace(/^`(.*)`$/, '$1')));
}

/** @param {RegExp} pattern */
const inCode = (pattern) => sorted(code.flatMap((text) => [...text.matchAll(pattern)].map(([, name]) => name)));

test('the guide and the types have every property of the styles, with its values', () => {
  const rows = table('| property | what has it | standard |');
  const values = Object.fromEntries(
    [...TOKENS.matchAll(/var\((--mgdc-[\w-]+), (?:light-dark\((.*?), (.*?)\)|([^)]+))\)/g)].map(
      ([, name, light, dark, one]) => [name, one ?? `${light}\`, dark \`${dark}`],
    ),
  );
  assert.deepEqual(Object.fromEntries(rows.map(([, name, , value]) => [name, value])), values);
  assert.ok(rows.length > 10);
  assert.deepEqual(inCode(/(--mgdc-[\w-]+)/g), sorted(Object.keys(values)), 'no other file has one');
  assert.deepEqual(sorted(types.match(/--mgdc-[\w-]+(?=`)/g) ?? []), sorted(Object.keys(values)));
});

test('the guide and the types have every part and slot of the views', () => {
  const parts = inCode(/\bpart: '([\w-]+)'/g);
  assert.ok(parts.length > 5);
  assert.deepEqual(sorted(table('| part | what it is |').map(([, name]) => name)), parts);
  const [, listed] = /the parts ([^;]*);/.exec(types) ?? [];
  assert.deepEqual(sorted(listed.match(/(?<=`)\w+(?=`)/g) ?? []), parts);
  const slots = inCode(/h\('slot', \{ name: '(\w+)' \}/g);
  assert.deepEqual(sorted([...guide.matchAll(/`slot="(\w+)"`/g)].map(([, name]) => name)), slots);
  const [, told] = /the slots ([^.]*)\./.exec(types) ?? [];
  assert.deepEqual(sorted(told.match(/(?<=`)\w+(?=`)/g) ?? []), slots);
});
