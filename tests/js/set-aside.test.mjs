/** What was cleared comes back whole within its time, and its keys are gone from the memory afterwards. */

import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { memory } from '../../pkg/core/init.js';
import { Session } from '../../pkg/element/state/session.js';
import { SetAside } from '../../pkg/element/state/set-aside.js';
import { init } from '../../pkg/index.js';
import { samplePath } from './samples.mjs';

await init();

const PEM = readFileSync(samplePath('keys/contoso-2048/pkcs8.pem'));
const jwk = createPrivateKey(PEM).export({ format: 'jwk' });
const primes = ['p', 'q'].map((name) => Buffer.from(/** @type {string} */ (jwk[name]), 'base64url').reverse());

/** Whether a prime of the key is in the memory of the module. */
const isThere = () => primes.some((prime) => Buffer.from(memory().buffer).includes(prime.subarray(0, 32)));

/** @param {Session} session */
const cleared = (session) => ({ clear: () => session.clear(), restore() {} });

async function withKey() {
  const session = new Session();
  session.add([{ path: 'key.pem', blob: new Blob([PEM]) }]);
  while (session.phase !== 'ready') await sleep(5);
  assert.equal(session.keys.entries[0].state, 'ready');
  assert.ok(isThere(), 'else the search would prove nothing');
  return session;
}

test('its keys stay until the time is over, and are wiped then', async () => {
  let wiped = 0;
  const aside = new SetAside(() => (wiped += 1), 150);
  aside.keep(cleared(await withKey()));
  await sleep(50);
  assert.deepEqual([aside.isEmpty, isThere(), wiped], [false, true, 0]);
  await sleep(200);
  assert.deepEqual([aside.isEmpty, isThere(), wiped], [true, false, 1]);
  assert.equal(aside.take(), null);
});

test('what is taken back is whole, and is not wiped later', async () => {
  const aside = new SetAside(() => assert.fail('nothing was wiped'), 50);
  const session = await withKey();
  const kept = cleared(session);
  aside.keep(kept);
  assert.equal(aside.take(), kept);
  await sleep(100);
  assert.deepEqual([session.phase, session.keys.entries.length, isThere()], ['ready', 1, true]);
  session.clear();
  assert.equal(isThere(), false);
});

test('what was cleared before is wiped at once when something else is cleared, and by wipe()', async () => {
  const aside = new SetAside(() => {}, 60_000);
  aside.keep(cleared(await withKey()));
  aside.keep(cleared(new Session()));
  assert.equal(isThere(), false);
  aside.keep(cleared(await withKey()));
  aside.wipe();
  assert.deepEqual([aside.isEmpty, isThere()], [true, false]);
});
