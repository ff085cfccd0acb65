/** A key that stays in Key Vault: the commands that the page shows, and the answers that it accepts. */

import assert from 'node:assert/strict';
import { constants, createPrivateKey, privateDecrypt } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { KEY } from '../js/make-drop.mjs';
import { lines, MemoryDrop } from '../js/memory-drop.mjs';
import { expectedOf, samplePath } from '../js/samples.mjs';
import { chooseFolder, openPage, read, saveZip, temporary, unfoldKeys, unzip } from './harness.mjs';

const SAMPLE = 'node-rotation';
const OLD = samplePath('keys/contoso-2048-old/pkcs8.pem');
const NAME = '5f0c1c1e-7a44-4a0e-9d52-0c6f4d1b7a11';
const details = JSON.parse(
  String(read(samplePath(`drops/${SAMPLE}/metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json`))),
);
const entries = [details.DecryptionKeyDetails].flat();
// What Key Vault does with the key that it keeps. drops.json has the paddings.
const WAYS = [
  { key: read(OLD), oaepHash: 'sha1' },
  { key: read(KEY), oaepHash: 'sha256' },
];
const contents = entries.map(({ DecryptionKeyValue }, index) => {
  return privateDecrypt(
    { ...WAYS[index], padding: constants.RSA_PKCS1_OAEP_PADDING },
    Buffer.from(DecryptionKeyValue, 'base64'),
  );
});
const versions = entries.map(({ PublicKeyVersion }) => PublicKeyVersion);

async function lockedDrop(t, options) {
  const page = await openPage(t, options);
  await chooseFolder(page, samplePath(`drops/${SAMPLE}`));
  await page.getByTestId('vault-command').nth(1).waitFor();
  return page;
}

const commands = (page) => page.getByTestId('vault-command').allTextContents();
const paste = (page, answer) =>
  page.getByTestId('vault-answer').fill(typeof answer === 'string' ? answer : JSON.stringify(answer));
const states = (page) => page.getByTestId('details-row').locator('.state:not(.muted)').allTextContents();

test('asks for vault and key once, and writes every command in full', async (t) => {
  const page = await lockedDrop(t, { permissions: ['clipboard-read', 'clipboard-write'] });
  assert.equal(await page.getByTestId('vault-name').count(), 1);
  for (const command of await commands(page))
    assert.match(command, /^az keyvault key decrypt --algorithm RSA-OAEP .*YOUR-VAULT.*YOUR-TENANT-ID/);

  await page.getByTestId('vault-name').fill(`https://contoso-kv.vault.azure.net/keys/${NAME}/${versions[1]}`);
  assert.equal(await page.getByTestId('vault-name').inputValue(), 'contoso-kv.vault.azure.net');
  assert.equal(await page.getByTestId('vault-key').inputValue(), NAME);
  const ids = entries.map(
    (entry) =>
      `--id "https://contoso-kv.vault.azure.net/keys/${NAME}/${entry.PublicKeyVersion}" --value ` +
      `"${entry.DecryptionKeyValue}"`,
  );
  for (const [index, command] of (await commands(page)).entries()) assert.ok(command.includes(ids[index]), command);

  await page.getByTestId('vault-algorithm').selectOption('RSA1_5');
  await page.getByTestId('vault-tool-powershell').check();
  assert.match(
    (await commands(page))[0],
    /^Invoke-AzKeyVaultKeyOperation .* -Algorithm RSA1_5 -VaultName 'contoso-kv' /,
  );
  await page.getByTestId('vault-tool-rest').check();
  await page.getByText('an access token for https://vault.azure.net').waitFor();
  await page.getByTestId('vault-copy').nth(1).click();
  await page.getByTestId('vault-entry').nth(1).getByText('Copied').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, (await commands(page))[1]);
  assert.ok(copied.includes(`/keys/${NAME}/${versions[1]}/decrypt?api-version=`), copied);
  assert.ok(copied.includes(Buffer.from(entries[1].DecryptionKeyValue, 'base64').toString('base64url')));
});

test('knows the other clouds, and reports what it does not understand', async (t) => {
  const page = await lockedDrop(t);
  const name = page.getByTestId('vault-name');
  await name.fill('contoso.managedhsm.usgovcloudapi.net');
  await page.getByText('az cloud set --name AzureUSGovernment').waitFor();
  await page.getByTestId('vault-tool-powershell').check();
  assert.match((await commands(page))[0], /-HsmName 'contoso' /);
  await name.fill('contoso; rm');
  await page.getByText('This does not name a vault').waitFor();
  await name.fill('https://kv.vault.local.azurestack.external/keys/abc');
  await page.getByText('is not in any known Azure cloud').waitFor();
  await name.fill(`https://contoso.vault.azure.net/keys/abc/${'f'.repeat(32)}`);
  await page.getByText('which no file here needs').waitFor();
  assert.ok(
    (await commands(page)).every((command, index) => command.includes(versions[index]) && !command.includes('ffff')),
  );
  await page.getByTestId('vault-key').fill('a b');
  await page.getByText('has only letters, digits and hyphens').waitFor();
  await name.fill('contoso; rm');
  await page.getByText(/This does not name a vault.*has only letters, digits and hyphens/).waitFor();
  assert.ok((await commands(page)).every((command) => !command.includes('a b') && !command.includes('rm')));
});

test('accepts the answers one after the other, and says what each was for', async (t) => {
  const page = await lockedDrop(t);
  const kid = `https://contoso-kv.vault.azure.net/keys/${NAME}/${versions[1]}`;
  await paste(page, { algorithm: 'RSA-OAEP-256', kid, result: contents[1].toString('base64') });
  const result = page.getByTestId('vault-result');
  await result.filter({ hasText: `Opened key version ${versions[1]}` }).waitFor();
  assert.match((await result.textContent()) ?? '', /which was for RSA-OAEP-256: it opens \d+ files\./);
  assert.equal(await page.getByTestId('vault-answer').inputValue(), '', 'the field keeps no key');
  assert.deepEqual(
    (await states(page)).map((state) => state.split(' · ')[0]),
    ['Locked', 'Opened with Key Vault’s answer (RSA-OAEP-256)'],
  );
  assert.equal(await page.getByTestId('versions-lacking').textContent(), `Still without a key: ${versions[0]}`);
  const [command, ...others] = await commands(page);
  assert.deepEqual(others, [], 'only what is locked is asked for');
  assert.match(command, /--algorithm RSA-OAEP-256 /, 'a padding that is known is the likely one');

  await paste(page, contents[0].toString('base64'));
  await page.locator('[data-testid=details-row][data-unlocked=true]').nth(1).waitFor({ state: 'attached' });
  assert.match((await states(page))[0], /^Opened with Key Vault’s answer · opens \d+ file/);
  const expected = expectedOf(SAMPLE).filter(({ outcome }) => outcome !== 'error');
  assert.deepEqual(unzip(await saveZip(page)), Object.fromEntries(expected.map(({ file, sha256 }) => [file, sha256])));
});

test('says what is wrong with an answer, and accepts the right one afterwards', async (t) => {
  const page = await lockedDrop(t);
  for (const [answer, code] of [
    ['nonsense!', 'ERR_VAULT_ANSWER'],
    [{ error: { code: 'Forbidden', message: 'no' } }, 'ERR_VAULT_ANSWER'],
    [Buffer.alloc(24).toString('base64'), 'ERR_FILE_KEY_LENGTH'],
    [Buffer.alloc(32, 3).toString('base64'), 'ERR_VAULT_ANSWER'],
  ]) {
    await paste(page, answer);
    await page.getByTestId('vault').locator(`[data-testid=problem][data-code=${code}]`).waitFor();
  }
  await page.getByTestId('vault').getByText('This answer opens nothing here').waitFor();
  await paste(page, contents[0].toString('base64url'));
  await page.locator('[data-testid=details-row][data-unlocked=true]').waitFor({ state: 'attached' });
  assert.equal(await page.getByTestId('vault').locator('[data-testid=problem]').count(), 0);
});

test('shows which key opened which version, and which versions lack a key', async (t) => {
  const page = await lockedDrop(t);
  await page.getByTestId('add-files').setInputFiles(OLD);
  await page.locator('[data-testid=details-row][data-unlocked=true]').waitFor({ state: 'attached' });
  assert.match((await states(page))[0], /^Opened with pkcs8\.pem \(RSA-OAEP\) · opens \d+ file/);
  assert.equal(await page.getByTestId('versions-lacking').textContent(), `Still without a key: ${versions[1]}`);
  assert.match((await page.getByTestId('key-row').textContent()) ?? '', new RegExp(`Opened version ${versions[0]}`));
  await page.getByTestId('add-files').setInputFiles(samplePath('keys/contoso-2048/jwk-kid.json'));
  await page.locator('[data-testid=details-row][data-unlocked=true]').nth(1).waitFor({ state: 'attached' });
  assert.match((await states(page))[1], /^Opened with jwk-kid\.json/);
  assert.ok(await page.getByTestId('versions-lacking').isHidden());
  assert.ok(await page.getByTestId('vault').isHidden());
  // Removed, it takes its version with it.
  await unfoldKeys(page);
  await page.getByTestId('key-row').first().getByRole('button', { name: 'Remove pkcs8.pem' }).click();
  await page.locator('[data-testid=details-row][data-unlocked=false]').waitFor({ state: 'attached' });
  assert.equal(await page.getByTestId('versions-lacking').textContent(), `Still without a key: ${versions[0]}`);
});

test('a key that contains its version and does not fit shows that version', async (t) => {
  const page = await openPage(t);
  await chooseFolder(page, samplePath('drops/node-rotation'));
  const jwk = {
    ...JSON.parse(String(read(samplePath('keys/contoso-2048/jwk-kid.json')))),
    kid: `https://x.vault.azure.net/keys/x/${'a'.repeat(32)}`,
  };
  const { n, e, d, p, q, dp, dq, qi } = createPrivateKey(read(samplePath('keys/stranger-2048/pkcs8.pem'))).export({
    format: 'jwk',
  });
  await page.getByTestId('add-files').setInputFiles({
    name: 'stranger.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify({ ...jwk, n, e, d, p, q, dp, dq, qi })),
  });
  await page
    .getByTestId('key-row')
    .getByText(`version ${'a'.repeat(32)}`)
    .waitFor();
});

test('an identifier in the key details is used automatically, but not one of a foreign host', async (t) => {
  const memory = new MemoryDrop(1);
  const folder = (identifier) => {
    const root = mkdtempSync(join(temporary, 'identifier-'));
    const path = join(root, 'metadata/encryptionKeyDetails.json');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(
      path,
      JSON.stringify({ DecryptionKeyDetails: { ...memory.keys[0].details, PublicKeyVersion: identifier } }),
    );
    writeFileSync(join(root, 'part.json'), memory.keys[0].encrypt(lines(200)));
    return root;
  };
  const own = await openPage(t);
  await chooseFolder(own, folder(`https://own.vault.azure.net/keys/${NAME}/${versions[0]}`));
  await own.getByTestId('vault-command').waitFor();
  assert.ok((await commands(own))[0].includes(`--id "https://own.vault.azure.net/keys/${NAME}/${versions[0]}"`));
  assert.ok(await own.getByTestId('vault-name').isHidden());
  const foreign = await openPage(t);
  await chooseFolder(foreign, folder(`https://evil.example/keys/${NAME}/${versions[0]}`));
  await foreign.getByText('not in a known Key Vault').waitFor();
  assert.doesNotMatch((await commands(foreign))[0], /evil/);
});

test('selects the command if there is no clipboard, as on http://', async (t) => {
  const page = await openPage(t, { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await page.reload();
  await chooseFolder(page, samplePath(`drops/${SAMPLE}`));
  await page.getByTestId('vault-copy').nth(1).click();
  await page.getByTestId('vault-entry').nth(1).getByText('the command is selected').waitFor();
  await page.keyboard.press('Control+C');
  // Into the box, to see what the keyboard copied.
  await page.getByTestId('vault-name').focus();
  await page.keyboard.press('Control+V');
  assert.equal(await page.getByTestId('vault-name').inputValue(), (await commands(page))[1]);
});

test('works by keyboard and on a narrow screen', async (t) => {
  const page = await lockedDrop(t, {
    viewport: { width: 360, height: 740 },
    colorScheme: 'dark',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  assert.ok(
    await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
    'nothing is wider than the screen',
  );
  const focused = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.dataset.testid);
  const press = async (testId) => {
    for (let presses = 0; presses < 60 && (await focused()) !== testId; presses += 1) await page.keyboard.press('Tab');
    assert.equal(await focused(), testId);
  };
  await press('vault-name');
  await page.keyboard.type('contoso-kv');
  await press('vault-key');
  await page.keyboard.type(NAME);
  await press('vault-tool-az');
  await page.keyboard.press('ArrowRight');
  await press('vault-copy');
  await page.keyboard.press('Enter');
  await page.getByText('Copied', { exact: true }).waitFor();
  assert.match(
    await page.evaluate(() => navigator.clipboard.readText()),
    /^Invoke-AzKeyVaultKeyOperation .*'contoso-kv'/,
  );
  await press('vault-answer');
  await page.keyboard.insertText(contents[0].toString('base64'));
  await page.locator('[data-testid=details-row][data-unlocked=true]').waitFor({ state: 'attached' });
  assert.equal(await focused(), 'vault-answer', 'the next answer can be pasted at once');
});
