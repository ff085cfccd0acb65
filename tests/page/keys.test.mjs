/** Every form of a key on the page, with its password if it has one. */

import assert from 'node:assert/strict';
import { constants, privateDecrypt } from 'node:crypto';
import { copyFileSync, cpSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CODES, expectedOf, sampleKeys, samplePath } from '../js/samples.mjs';
import {
  chooseFolder,
  openPage,
  saveZip,
  settled,
  sharedPage,
  temporary,
  unfoldKeys,
  unfoldLeftOut,
  unzip,
} from './harness.mjs';

const folder = samplePath('drops/java-gzip-oaep');
const expected = Object.fromEntries(expectedOf('java-gzip-oaep').map(({ file, sha256 }) => [file, sha256]));
// Noise without a key's name is no key here, but a file of the drop.
const forms = sampleKeys.filter(({ file }) => /^keys\/(contoso-2048|bad)\//.test(file) && !file.endsWith('noise.bin'));

for (const { file, form, password, outcome, error_kind, also_ok = [] } of forms) {
  test(`${outcome === 'key' ? 'opens with' : 'refuses'} ${file}: ${form}`, async (t) => {
    const page = await sharedPage(t);
    await chooseFolder(page, folder);
    await page.getByTestId('add-files').setInputFiles(samplePath(file));
    await page.getByTestId('key-row').waitFor({ state: 'attached' });
    if (password) {
      const field = page.getByTestId('password');
      await field.fill(password);
      await field.press('Enter');
    }
    if (outcome === 'key') {
      assert.deepEqual(unzip(await saveZip(page)), expected);
      assert.equal(await page.getByTestId('password').inputValue(), '', 'the field keeps no password');
      return;
    }
    if (error_kind === 'password_required') return page.getByTestId('password').waitFor();
    const codes = [error_kind, ...also_ok.map((other) => other.error_kind)].map((kind) => CODES[kind]);
    await page.waitForFunction((wanted) => {
      const text = document.querySelector('mgdc-decrypt').shadowRoot.querySelector('[data-testid=key-row]').innerHTML;
      return wanted.some((code) => text.includes(code));
    }, codes);
  });
}

test('keys of two versions may share name, size and time; the same one twice counts once', async (t) => {
  const [current, old] = ['contoso-2048', 'contoso-2048-old'].map((version) => {
    const copy = join(temporary, version, 'pkcs8.pem');
    mkdirSync(join(temporary, version));
    copyFileSync(samplePath(`keys/${version}/pkcs8.pem`), copy);
    utimesSync(copy, 1_700_000_000, 1_700_000_000);
    return copy;
  });
  const page = await openPage(t);
  for (const key of [current, old, current]) {
    await page.getByTestId('add-files').setInputFiles(key);
    await page.locator('.shell[data-phase=ready]').waitFor();
  }
  assert.equal(await page.getByTestId('key-row').count(), 2);
});

test('keys of the picked folder are used, shown, and left out of the ZIP', async (t) => {
  const root = join(temporary, 'with-keys');
  cpSync(folder, root, { recursive: true });
  const pem = readFileSync(samplePath('keys/contoso-2048/pkcs8.pem'), 'utf8');
  mkdirSync(join(root, 'keys'));
  writeFileSync(
    join(root, 'keys/secret.json'),
    JSON.stringify({ id: 'https://contoso.vault.azure.net/secrets/t/1', value: pem }),
  );
  const page = await openPage(t);
  await chooseFolder(page, root);
  await page.locator('.shell[data-phase=ready]').waitFor();
  assert.deepEqual(await page.getByTestId('key-row').evaluateAll((rows) => rows.map(({ dataset }) => dataset.tone)), [
    'good',
  ]);
  await unfoldLeftOut(page);
  const row = page.locator('[data-testid=file-row][data-path="keys/secret.json"]');
  assert.equal(await row.getAttribute('data-code'), 'ERR_PRIVATE_KEY_IN_DROP');
  assert.deepEqual(unzip(await saveZip(page)), expected);
  // Removed, it stays away, and out of the ZIP all the same.
  await unfoldKeys(page);
  await page.getByRole('button', { name: 'Remove secret.json' }).click();
  await page.locator('.shell[data-phase=ready]').waitFor();
  assert.equal(await page.getByTestId('key-row').count(), 0);
  assert.equal(await row.getAttribute('data-code'), 'ERR_PRIVATE_KEY_IN_DROP');
});

test('a file that was wrongly taken for a key can become a file of the drop', async (t) => {
  const root = join(temporary, 'with-ec');
  cpSync(folder, root, { recursive: true });
  copyFileSync(samplePath('keys/bad/ec-p256.pem'), join(root, 'ec.pem'));
  const page = await openPage(t);
  await chooseFolder(page, root);
  await page.getByTestId('add-files').setInputFiles(samplePath('keys/contoso-2048/pkcs8.pem'));
  await settled(page);
  await unfoldKeys(page);
  await page.getByRole('button', { name: 'treat it as a data file' }).click();
  await page.locator('.shell[data-phase=ready]').waitFor();
  assert.deepEqual(Object.keys(unzip(await saveZip(page))).sort(), [...Object.keys(expected), 'ec.pem'].sort());
});

const paste = (page, text) =>
  page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true }));
  }, text);

test('pasting works for everything that works as a file', async (t) => {
  const pem = readFileSync(samplePath('keys/contoso-2048/pkcs8.pem'), 'utf8');
  const page = await sharedPage(t);
  for (const [what, text] of Object.entries({
    PEM: pem,
    'PEM in prose': `here it is:\n${pem}\nbye`,
    'an .env line': `X=1\nPRIVATE_KEY="${pem.trim().replaceAll('\n', '\\n')}"`,
    'Base64 of PEM': Buffer.from(pem).toString('base64'),
    'Base64 of DER': Buffer.from(readFileSync(samplePath('keys/contoso-2048/pkcs8.der'))).toString('base64'),
    'a secret': JSON.stringify({ value: pem }),
    'a JWK': readFileSync(samplePath('keys/contoso-2048/jwk.json'), 'utf8'),
  })) {
    await page.evaluate(() => document.querySelector('mgdc-decrypt').clear());
    await chooseFolder(page, folder);
    await page.locator('.shell[data-phase=ready]').waitFor();
    await paste(page, text);
    await page
      .locator('[data-testid=key-row][data-tone=good]')
      .waitFor({ timeout: 5000, state: 'attached' })
      .catch(() => assert.fail(what));
  }
});

test('pasting anything useless shows a message, and a vault answer is accepted', async (t) => {
  const page = await sharedPage(t);
  await chooseFolder(page, folder);
  await page.locator('.shell[data-phase=ready]').waitFor();
  for (const text of ['hello', '{"a":1}', 'AAAA'.repeat(500)]) {
    await paste(page, text);
    const problem = page.locator('.problems [data-testid=problem]');
    await problem.waitFor();
    assert.match(
      (await problem.textContent()) ?? '',
      /pasted is not a private key, not key details, and not an answer/i,
    );
    await problem.getByRole('button').click();
  }
  assert.equal(await page.getByTestId('key-row').count(), 0);
  // Unwrapped here as Key Vault would.
  const document = JSON.parse(
    readFileSync(join(folder, 'metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json'), 'utf8').replace(
      /^\uFEFF/,
      '',
    ),
  );
  const [{ DecryptionKeyValue: wrapped }] = [document.DecryptionKeyDetails].flat();
  const oaep = {
    key: readFileSync(samplePath('keys/contoso-2048/pkcs8.pem')),
    padding: constants.RSA_PKCS1_OAEP_PADDING,
    oaepHash: 'sha1',
  };
  await paste(
    page,
    JSON.stringify({ result: privateDecrypt(oaep, Buffer.from(wrapped, 'base64')).toString('base64url') }),
  );
  await page.getByText('1 answer from Key Vault · everything is unlocked').waitFor();
});
