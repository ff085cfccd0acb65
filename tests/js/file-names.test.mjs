/** Names are made safe on every system: each rule by itself, and at its limits. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold, numbered, partial, safeName } from '../../pkg/sinks/file-names.js';

const safe = (name) => {
  const reasons = new Set();
  return [safeName(name, reasons), [...reasons].map((reason) => reason.split(' ').slice(-2).join(' '))];
};
const bytes = (text) => Buffer.byteLength(text);
const CUT = '255 bytes';
const DEVICE = 'on Windows';
const END = 'drops it';
const CHARACTERS = 'name is';

test('a safe name stays unchanged, without a reason', () => {
  for (const name of [
    'part-00000.json',
    'a',
    '.hidden',
    'a b.c',
    'ä.json',
    'x'.repeat(255),
    `${'x'.repeat(250)}.json`,
    'console',
    'com0',
    'com10',
    'lpt',
    'nulls.txt',
    'acon',
    '_SUCCESS',
    '日本',
  ]) {
    assert.deepEqual(safe(name), [name, []], name);
  }
});

test('each character that is forbidden becomes _', () => {
  for (const character of [
    '\0',
    '\x1f',
    '\x7f',
    '\x9f',
    '<',
    '>',
    ':',
    '"',
    '|',
    '?',
    '*',
    '\\',
    '/',
    '\u202a',
    '\u202e',
    '\u2066',
    '\u2069',
    '\ud800',
    '\udc00',
  ]) {
    assert.deepEqual(safe(`aaaaaaa${character}b${character}`), ['aaaaaaa_b_', [CHARACTERS]], JSON.stringify(character));
  }
  assert.deepEqual(safe('????????'), ['________', [CHARACTERS]]);
  assert.deepEqual(safe('aaaaaaaa.?:*'), ['aaaaaaaa.___', [CHARACTERS]]);
  for (const character of ['\xa0', ' ', '\u2029', '\u202f', '\u206a', '😀', '~'])
    assert.deepEqual(safe(`a${character}b`), [`a${character}b`, []]);
});

test('device names get _ in front, in upper and lower case and with any ending', () => {
  for (const name of [
    'con',
    'CON',
    'prn',
    'aux',
    'nul',
    'conin$',
    'CONOUT$',
    'com1',
    'COM9',
    'com¹',
    'lpt³',
    'nul.txt',
    'nul .txt',
    'aux.a.b',
    'con.',
  ]) {
    const [made, reasons] = safe(name);
    assert.equal(made, `_${name.replace(/\.$/, '_')}`.replace(/^_con_$/, 'con_'), name);
    if (name !== 'con.') assert.deepEqual(reasons, [DEVICE], name);
  }
});

test('dots and spaces at the end become _, each of them', () => {
  assert.deepEqual(safe('a. . '), ['a____', [END]]);
  assert.deepEqual(safe('..'), ['__', [END]]);
  assert.deepEqual(safe('a.b. c'), ['a.b. c', []]);
});

test('a name is cut to 255 bytes, keeps its ending, and is not cut inside a character', () => {
  assert.deepEqual(safe('x'.repeat(256)), ['x'.repeat(255), [CUT]]);
  assert.deepEqual(safe(`${'x'.repeat(251)}.json`), [`${'x'.repeat(250)}.json`, [CUT]]);
  // An ending has 20 characters at most, and no blank.
  assert.deepEqual(safe(`${'x'.repeat(250)}.${'y'.repeat(20)}`), [`${'x'.repeat(234)}.${'y'.repeat(20)}`, [CUT]]);
  assert.deepEqual(safe(`${'x'.repeat(250)}.${'y'.repeat(21)}`), [`${'x'.repeat(250)}.${'y'.repeat(4)}`, [CUT]]);
  assert.deepEqual(safe(`${'x'.repeat(250)}. final report`), [`${'x'.repeat(250)}. fin`, [CUT]]);
  assert.deepEqual(safe('ä'.repeat(127)), ['ä'.repeat(127), []]);
  assert.deepEqual(safe('ä'.repeat(128)), ['ä'.repeat(127), [CUT]]);
  const family = '👨‍👩‍👧'; // 18 bytes, one character for a reader
  assert.deepEqual(safe(family.repeat(15)), [family.repeat(14), [CUT]]);
  assert.deepEqual(safe(`${'x'.repeat(250)}${family}.json`), [`${'x'.repeat(250)}.json`, [CUT]]);
  assert.deepEqual(safe(`${'x'.repeat(240)}${family}`), ['x'.repeat(240), [CUT]]);
  const accents = `e${'\u0301'.repeat(200)}`; // one character for a reader, of 401 bytes: then between code points
  assert.deepEqual(safe(accents), [`e${'\u0301'.repeat(127)}`, [CUT]]);
  const [long, reasons] = safe(`${'x'.repeat(254)}. `);
  assert.deepEqual([long, reasons], [`${'x'.repeat(254)}_`, [CUT, END]]);
});

test('a number goes before the ending, with room for any number', () => {
  assert.equal(numbered('part.json', 2), 'part (2).json');
  assert.equal(numbered('ä.json', 2), 'ä (2).json');
  assert.equal(numbered('.hidden', 3), '.hidden (3)');
  assert.equal(numbered('v1. Final report', 2), 'v1. Final report (2)');
  const long = `${'x'.repeat(250)}.json`;
  assert.equal(numbered(long, 2), `${'x'.repeat(238)} (2).json`);
  assert.equal(numbered(long, 123456), `${'x'.repeat(238)} (123456).json`);
  assert.ok(bytes(numbered(long, 999_999_999)) <= 255);
  assert.equal(numbered('ä'.repeat(125), 2), `${'ä'.repeat(121)} (2)`);
});

test('a file that is being written is hidden, keeps its ending, and is short', () => {
  assert.equal(partial('part.json', 1), '.part.mgdc-partial.json');
  assert.equal(partial('part.json', 2), '.part.mgdc-partial2.json');
  assert.equal(partial('.part.json', 1), '.part.mgdc-partial.json');
  assert.equal(partial(`${'x'.repeat(250)}.json`, 1), `.${'x'.repeat(194)}.mgdc-partial.json`);
});

test('names that a file system takes for the same one fold to the same key', () => {
  assert.equal(fold('PART.JSON'), 'part.json');
  assert.equal(fold('A\u0308'), fold('ä'));
  assert.equal(fold('ß'), fold('SS'));
  assert.equal(fold('ſ'), fold('s'));
  assert.equal(fold('ΑΣ'), fold('ας'));
  assert.notEqual(fold('a'), fold('ä'));
});
