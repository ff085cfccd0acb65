/** The script of previews that lies beside the page's: it has no loaded module of its own, and uses what it is given. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toError } from '../../pkg/core/errors.js';
import { memory, wasm } from '../../pkg/core/init.js';
import { MgdcDecryptError } from '../../pkg/index.js';
import { MemoryDrop } from './memory-drop.mjs';

// Generated, and so without types.
const script = new URL('../../www/page.min.preview.js', import.meta.url).href;
const { previewFile, previewKey } = await import(script);

test('the script beside the page shows rows with the bindings that the page has loaded', async () => {
  const memoryDrop = new MemoryDrop().add('set/part.json', '{"a":1}\n{"a":2}\n');
  const { key, iv } = memoryDrop.keys[0];
  const core = { Decryptor: wasm().Decryptor, memory };
  const { blob } = memoryDrop.items[1];
  const file = { path: 'set/part.json', role: 'encrypted', keyDetails: 0, content: 'gzip', error: null };
  const keys = { core, entries: [0], of: () => Uint8Array.from(Buffer.concat([key, iv])), missing: () => null };
  const opened = await previewKey(file, blob, keys);
  const found = await previewFile({ core, path: file.path, blob, repair: null, ...opened });
  assert.deepEqual([found.rows, found.error], [[{ a: 1 }, { a: 2 }], null]);

  const locked = { ...file, keyDetails: null };
  const error = await previewKey(locked, blob, keys).catch((reason) => reason);
  // The script has its own class for errors; a drop makes them its own.
  assert.equal(error instanceof MgdcDecryptError, false);
  assert.ok(toError(error) instanceof MgdcDecryptError);
  assert.deepEqual([toError(error).code, toError(error).path], ['ERR_FILE_KEY_MISSING', 'set/part.json']);
});
