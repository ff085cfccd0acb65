/** Private keys in a drop: distinguished from data, used on request, and never written to the output. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openDrop, PrivateKey } from '../../pkg/index.js';
import { codes, MemoryDrop, MemorySink, PEM, privateKey } from './memory-drop.mjs';
import { samplePath } from './samples.mjs';

const pem = PEM.toString();
const escaped = pem.trim().replaceAll('\n', '\\n');
const key = (name) => readFileSync(samplePath(`keys/contoso-2048/${name}`));
const PASSWORD = 'Contoso-drop-1';

/** Content by path, as people leave such files in a drop; each contains a private key. */
const KEYS = {
  'key.pem': pem,
  'keys/backup': pem,
  'BasicDataSet_v0.Message_v0/old.pem': pem,
  'metadata/key.pem': pem,
  'metadata/secret.json': JSON.stringify({ id: 'https://contoso.vault.azure.net/secrets/t/1', value: pem }),
  'BasicDataSet_v0.Message_v0/secret.json': JSON.stringify({
    id: 'https://contoso.vault.azure.net/secrets/t/1',
    value: pem,
  }),
  '.env': `A=1\nPRIVATE_KEY="${escaped}"\n`,
  'sa.json': JSON.stringify({ type: 'service_account', private_key: pem }),
  'key.b64': PEM.toString('base64'),
  'jwk.json': key('jwk.json'),
  'key.der': key('pkcs8.der'),
  'key.bin': key('pkcs1.der'),
  'key.pfx': key('pfx-modern.pfx'),
  'backup/pfx': key('pfx-legacy.pfx'),
  'ec.pem': readFileSync(samplePath('keys/bad/ec-p256.pem')),
};

const row = (content) => `${JSON.stringify({ id: 1, body: { contentType: 'text', content } })}\n`;

/** Data, even though it quotes parts of a key. */
const DATA = {
  'Clear_v0/part-00000.json': row(`see\n${pem}\nRegards`) + row('x'),
  'Clear_v0/part-00001.json': row(pem),
  'Clear_v0/part-00002.csv': `id,body\n1,"${pem}"\n`,
  'Clear_v0/mail.txt': `Hello\n${pem}\nRegards`,
  'Clear_v0/chain.pem': readFileSync(samplePath('keys/bad/certificate.pem')),
};

function dropWith(files, more = 0) {
  const memory = new MemoryDrop().add('BasicDataSet_v0.Message_v0/part-00000.json', 'one\n');
  for (let index = 0; index < more; index += 1) memory.addClear(`Many_v0/part-${index}.json`, `{"id":${index}}\n`);
  for (const [path, content] of Object.entries(files)) memory.addClear(path, content);
  return memory;
}

async function deliver(memory, options) {
  const drop = await openDrop(memory.items, options);
  await drop.unlock(privateKey());
  const sink = new MemorySink();
  const report = await drop.decrypt(sink);
  return { drop, report, files: sink.files };
}

/** @type {[string, number][]} */
const SIZES = [
  ['a few files', 0],
  ['many files that were not examined', 1100],
];
for (const [words, more] of SIZES) {
  test(`in a drop of ${words} keys are left out, and data that quotes them is not`, async () => {
    const { drop, report, files } = await deliver(dropWith({ ...KEYS, ...DATA }, more));
    assert.deepEqual(report.leftOut.map(({ path }) => path).sort(), Object.keys(KEYS).sort());
    assert.deepEqual(drop.privateKeys.toSorted(), Object.keys(KEYS).sort());
    for (const { code, message } of report.leftOut) {
      assert.equal(code, 'ERR_PRIVATE_KEY_IN_DROP');
      assert.match(message, /private key.*not written to the output.*--copy-keys/);
    }
    assert.match(report.leftOut.find(({ path }) => path === 'key.pfx')?.message ?? '', /with a password/);
    assert.match(report.leftOut.find(({ path }) => path === 'ec.pem')?.message ?? '', /none that opens a drop/);
    for (const path of Object.keys(KEYS)) assert.ok(!files.has(path), path);
    for (const [path, content] of Object.entries(DATA)) assert.ok(files.get(path)?.equals(Buffer.from(content)), path);
    assert.deepEqual([report.failed, report.decrypted, report.copied], [0, 1, Object.keys(DATA).length + more]);
    assert.equal(report.files.length, 1 + Object.keys(DATA).length + more);
  });
}

test('copyKeys delivers them, as a whole or one by one', async () => {
  for (const more of [0, 1100]) {
    const { drop, report, files } = await deliver(dropWith({ 'key.pem': pem, 'Set_v0/inner': pem }, more), {
      copyKeys: true,
    });
    assert.deepEqual([report.leftOut, drop.privateKeys], [[], []]);
    assert.ok(files.get('key.pem')?.equals(PEM) && files.get('Set_v0/inner')?.equals(PEM));
  }
  const memory = dropWith({ 'key.pem': pem, 'other.pem': pem });
  const { report, files } = await deliver({
    items: memory.items.map((item) => ({ ...item, copyKey: item.path === 'key.pem' })),
  });
  assert.deepEqual(
    report.leftOut.map(({ path }) => path),
    ['other.pem'],
  );
  assert.ok(files.has('key.pem'));
});

test('a caller may use a key of the drop', async () => {
  const memory = dropWith({ 'keys/key.pem': pem });
  const drop = await openDrop(memory.items);
  const [path] = drop.privateKeys;
  const { blob } = memory.items.find((item) => item.path === path);
  await drop.unlock(await PrivateKey.import(blob));
  assert.equal(codes(await drop.decrypt(new MemorySink()))['BasicDataSet_v0.Message_v0/part-00000.json'], 'decrypted');
});

const cli = fileURLToPath(new URL('../../pkg/cli.js', import.meta.url));

function onDisk(t, files) {
  const root = mkdtempSync(join(tmpdir(), 'mgdc-keys-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  const memory = dropWith(files);
  const write = async ({ path, blob }) => {
    mkdirSync(dirname(join(root, 'drop', path)), { recursive: true });
    writeFileSync(join(root, 'drop', path), Buffer.from(await blob.arrayBuffer()));
  };
  return Promise.all(memory.items.map(write)).then(() => root);
}

function run(root, ...args) {
  const { status, stdout, stderr } = spawnSync('node', [cli, 'drop', ...args, '--out', 'out', '--json'], {
    cwd: root,
    encoding: 'utf8',
  });
  const lines = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return { status, stderr, byPath: Object.fromEntries(lines.map((line) => [line.path, line])) };
}

test('the command line uses the keys that lie in the drop, names them and copies none', async (t) => {
  const root = await onDisk(t, { 'keys/tenant.pem': pem, pfx: key('pfx-modern.pfx') });
  const { status, stderr, byPath } = run(root);
  assert.equal(status, 0, stderr);
  assert.match(stderr, /found a private key in the drop: keys\/tenant\.pem; it is used and not copied/);
  assert.match(
    stderr,
    /found a private key in the drop: pfx; it is not copied, and not used: .*ERR_PRIVATE_KEY_ENCRYPTED/,
  );
  assert.equal(byPath['keys/tenant.pem'].outcome, 'left-out');
  assert.equal(byPath['BasicDataSet_v0.Message_v0/part-00000.json'].outcome, 'decrypted');
  assert.deepEqual(readdirSync(join(root, 'out')), ['BasicDataSet_v0.Message_v0']);
});

test('the password opens a key that lies in the drop, too', async (t) => {
  const root = await onDisk(t, { pfx: key('pfx-modern.pfx') });
  writeFileSync(join(root, 'password'), `${PASSWORD}\n`);
  const { status, stderr } = run(root, '--password-file', 'password');
  assert.equal(status, 0, stderr);
  assert.match(stderr, /in the drop: pfx; it is used and not copied/);
});

test('a key that was given as an option is not part of the drop, and --copy-keys copies the others', async (t) => {
  const root = await onDisk(t, { 'given.pem': pem, 'other.pem': pem });
  const { status, byPath } = run(root, '--key', 'drop/given.pem', '--copy-keys');
  assert.equal(status, 0);
  assert.deepEqual([byPath['given.pem'].outcome, byPath['other.pem'].outcome], ['left-out', 'copied']);
  assert.ok(!existsSync(join(root, 'out/given.pem')) && existsSync(join(root, 'out/other.pem')));
});

test('without any key nothing starts', async (t) => {
  const root = await onDisk(t, {});
  const { status, byPath } = run(root);
  assert.equal(status, 2);
  assert.equal(byPath.undefined.code, 'ERR_USAGE');
});
