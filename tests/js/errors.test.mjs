import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MgdcDecryptError, toError, toPlain, toWriteError } from '../../pkg/core/errors.js';

test('an error has name, code, path and cause, and nothing that was not given', () => {
  const cause = new Error('deeper');
  const error = new MgdcDecryptError('ERR_PADDING', 'wrong padding', { path: 'a/b.json', cause });
  assert.ok(error instanceof Error);
  assert.equal(error.name, 'MgdcDecryptError');
  assert.equal(String(error), 'MgdcDecryptError: wrong padding');
  assert.match(error.stack ?? '', /^MgdcDecryptError: wrong padding\n/);
  assert.deepEqual({ ...error }, { code: 'ERR_PADDING', path: 'a/b.json' });
  assert.equal(error.cause, cause);

  const bare = new MgdcDecryptError('ERR_READ', 'no');
  assert.deepEqual(Object.keys(bare), ['code']);
  assert.equal(Object.hasOwn(bare, 'cause'), false);
});

test('an MgdcDecryptError stays the same', () => {
  const error = new MgdcDecryptError('ERR_CHECKSUM', 'no');
  assert.equal(toError(error), error);
  assert.equal(toWriteError(error), error);
});

test('plain objects of wasm and of workers become errors', () => {
  for (const make of [toError, toWriteError]) {
    const error = make({ code: 'ERR_IV_LENGTH', message: 'an IV of 15 bytes', path: 'keys.json', cause: 'base64' });
    assert.ok(error instanceof MgdcDecryptError);
    assert.deepEqual(
      [error.code, error.message, error.path, error.cause],
      ['ERR_IV_LENGTH', 'an IV of 15 bytes', 'keys.json', 'base64'],
    );
  }
});

test('errors from another copy of the module keep their code, Node errors with codes like ours do not', () => {
  const foreign = Object.assign(new Error('full'), { name: 'MgdcDecryptError', code: 'ERR_NO_SPACE' });
  assert.equal(toError(foreign).code, 'ERR_NO_SPACE');
  assert.ok(toError(foreign) instanceof MgdcDecryptError);
  const node = Object.assign(new TypeError('state'), { code: 'ERR_INVALID_STATE' });
  assert.equal(toError(node).code, 'ERR_INTERNAL');
  assert.equal(toError(node).cause, node);
});

/** @type {[typeof toError | typeof toWriteError, string, string][]} */
const EXCEPTIONS = [
  [toError, 'AbortError', 'ERR_ABORTED'],
  [toError, 'QuotaExceededError', 'ERR_NO_SPACE'],
  [toError, 'NotReadableError', 'ERR_READ'],
  [toError, 'NotFoundError', 'ERR_READ'],
  [toError, 'DataCloneError', 'ERR_INTERNAL'],
  [toWriteError, 'QuotaExceededError', 'ERR_NO_SPACE'],
  [toWriteError, 'NotAllowedError', 'ERR_WRITE'],
  [toWriteError, 'NoModificationAllowedError', 'ERR_WRITE'],
  [toWriteError, 'NotFoundError', 'ERR_WRITE'],
  [toWriteError, 'AbortError', 'ERR_WRITE'],
  [toWriteError, 'SomethingNewError', 'ERR_WRITE'],
];
for (const [make, name, code] of EXCEPTIONS) {
  test(`${make.name}: ${name} is ${code}`, () => {
    const value = new DOMException('it happened', name);
    const error = make(value, make === toWriteError ? 'a/b' : undefined);
    assert.equal(error.code, code);
    assert.equal(error.cause, value);
    assert.equal(error.path, make === toWriteError ? 'a/b' : undefined);
    assert.match(error.message, /^[a-z].*[^.]$/s); // lower case, no full stop
  });
}

test('anything else is ERR_INTERNAL with its cause, whatever it is', () => {
  for (const value of [
    undefined,
    null,
    'text',
    7,
    {},
    Object.create(null),
    Symbol('s'),
    { code: 7 },
    { code: 'EPERM' },
    new Error('bare'),
  ]) {
    const error = toError(value);
    assert.equal(error.code, 'ERR_INTERNAL');
    assert.equal(error.cause, value);
  }
});

test('an error survives postMessage', () => {
  const cause = Object.assign(new RangeError('too far'), { impossible: () => 'to clone' });
  const sent = structuredClone(toPlain(new MgdcDecryptError('ERR_CHECKSUM', 'CRC-32 differs', { path: 'x', cause })));
  assert.deepEqual(sent, { code: 'ERR_CHECKSUM', message: 'CRC-32 differs', path: 'x', cause: 'RangeError: too far' });
  const error = toError(sent);
  assert.deepEqual(
    [error.code, error.message, error.path, error.cause],
    ['ERR_CHECKSUM', 'CRC-32 differs', 'x', 'RangeError: too far'],
  );
  assert.deepEqual(toPlain(new MgdcDecryptError('ERR_READ', 'no')), { code: 'ERR_READ', message: 'no' });
  assert.equal(toPlain(() => {}).code, 'ERR_INTERNAL');
});
