/** The page has a plain sentence for every code of an error, and shows messages of its own as they are. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { en } from '../../pkg/element/words/en/index.js';
import { ownWords, plainly, technically } from '../../pkg/element/words/plain.js';

const types = readFileSync(new URL('../../pkg/index.d.ts', import.meta.url), 'utf8');
const union = types.slice(types.indexOf('export type ErrorCode ='));
const codes = [...union.matchAll(/'(ERR_\w+)'/g)].map(([, code]) => code);

test('every code has one sentence for people, and no sentence is left over', () => {
  assert.ok(codes.length > 45, `${codes.length} codes found`);
  assert.deepEqual(Object.keys(en.errors).sort(), [...new Set(codes)].sort());
});

test('sentences are whole, and free of the words of cryptography', () => {
  for (const [code, words] of Object.entries(en.errors)) {
    assert.match(words, /^[A-Z].*\.$/s, code);
    assert.doesNotMatch(words, /padding|OAEP|PKCS|MAC|CBC|AES|CRC|drop\b|unicode|\bthrow/i, code);
    assert.ok(words.length <= 240, `${code}: ${words.length} characters`);
  }
});

test('an error shows its sentence, with the exact message below', () => {
  const error = { code: /** @type {const} */ ('ERR_CHECKSUM'), message: 'the CRC-32 of the gzip data does not match' };
  assert.equal(plainly(error), en.errors.ERR_CHECKSUM);
  assert.equal(technically(error), 'The CRC-32 of the gzip data does not match.');
});

test('the page’s own message, the host’s, and one of a callback are shown as they are', () => {
  const own = { code: /** @type {const} */ ('ERR_WRITE'), message: ownWords('choose another folder') };
  assert.deepEqual([plainly(own), technically(own)], ['Choose another folder.', null]);
  const host = { message: 'the portal is closed' };
  assert.deepEqual([plainly(host), technically(host)], ['The portal is closed.', null]);
  const callback = { code: /** @type {const} */ ('ERR_CALLBACK'), message: 'the host could not unwrap the key (no)' };
  assert.equal(plainly(callback), 'The host could not unwrap the key (no).');
});
