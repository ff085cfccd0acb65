/** Every example of the README runs. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as check from '../../pkg/check.js';
import * as mgdc from '../../pkg/index.js';
import { samplePath } from './samples.mjs';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const examples = [...readme.matchAll(/```js\n(.*?)```/gs)].map(([, code]) => code);

const folder = samplePath('drops/java-gzip-oaep');
const detailsPath = 'metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json';
const part = 'BasicDataSet_v0.User_v1/part-00000.json';
const item = (path) => ({ path, blob: new Blob([readFileSync(`${folder}/${path}`)]) });

/** What the examples take for granted; nothing of it is touched by more than one. */
function surroundings() {
  const json = readFileSync(`${folder}/${detailsPath}`, 'utf8');
  const pem = readFileSync(samplePath('keys/contoso-2048/pkcs8.pem'), 'utf8');
  const fileKey = mgdc.FileKey.unwrap(mgdc.parseKeyDetails(json)[0], mgdc.PrivateKey.import(pem));
  const written = { bytes: 0 };
  const target = new WritableStream({ write: (chunk) => void (written.bytes += chunk.length) });
  const files = [item(detailsPath), item(part)];
  // The portal's back end, which gives the vault's answer.
  const answer = JSON.stringify({
    // @ts-expect-error bytesOf is the package's own, and not among its types.
    value: Buffer.from(mgdc.FileKey.bytesOf(fileKey).slice(0, 32)).toString('base64url'),
  });
  const fetch = async () => new Response(answer);
  const keyFiles = [{ path: 'key.pem', blob: new Blob([pem]) }];
  const tenantId = '00000000-0000-0000-0000-000000000000';
  const values = { json, pem, fileKey, target, files, file: item(part).blob, fetch, keyFiles, tenantId };
  return { values, written };
}

for (const [index, code] of examples.entries()) {
  test(`example ${index + 1} of the README runs`, async () => {
    const { values, written } = surroundings();
    const lines = [];
    const body = code
      .replace(/^import \{(.*)\} from 'mgdc-decrypt';$/m, 'const {$1} = mgdc;')
      .replace(/^import \{(.*)\} from 'mgdc-decrypt\/check';$/m, 'const {$1} = check;')
      .replace(/const fileKey = /, 'fileKey = ');
    const result = new Function(
      'mgdc',
      'check',
      'console',
      ...Object.keys(values),
      `return (async () => {${body}
        return { plaintext: typeof plaintext === 'object' && plaintext, drop: typeof drop === 'object' && drop,
          findings: typeof findings === 'object' && findings };
      })()`,
    );
    const { plaintext, drop, findings } = await result(
      mgdc,
      check,
      { log: (...words) => lines.push(words.join(' ')) },
      ...Object.values(values),
    );
    const shown = [
      findings?.length > 0,
      plaintext?.length > 0,
      written.bytes > 0,
      drop ? drop.keyDetails[0].unlocked : false,
    ];
    assert.ok(shown.some(Boolean), 'something was decrypted, unlocked or judged');
    if (code.includes('blobSink')) assert.deepEqual([lines.length, lines.at(-1)], [2, '0 failed']);
    if (code.includes('convert:')) assert.match(lines.join('\n'), /part-00000\.csv: \d+ rows, \d+ columns/);
  });
}

test('the README has the examples that this file runs', () => assert.equal(examples.length, 10));

test('the README explains every code of the typed contract', () => {
  const contract = readFileSync(new URL('../../pkg/index.d.ts', import.meta.url), 'utf8');
  const codes = [...contract.matchAll(/^ {2}\| '(ERR_\w+)'/gm)].map(([, code]) => code);
  assert.ok(codes.length > 30);
  const missing = codes.filter(
    (code) => !readme.includes(code) && !readme.includes(`\`${code.replace(/^ERR_(KEY_DETAILS|PRIVATE_KEY)/, '')}\``),
  );
  assert.deepEqual(missing, []);
});
