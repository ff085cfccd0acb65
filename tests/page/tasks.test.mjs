/**
 * What people come for, with the number of actions that each task needs from the empty page: a click, a choice in a
 * picker, a drag, or one thing typed or pasted. What is done outside of the page, such as running a command, does not
 * count. README.md lists them. They run in Chromium, and with `make test CHECK=firefox` and `CHECK=webkit` in
 * those browsers.
 */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { constants, createPublicKey, privateDecrypt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { jsonLines, KEY, makeDrop } from '../js/make-drop.mjs';
import { sampleKeys, samplePath } from '../js/samples.mjs';
import { cases, pathOf } from '../readiness/expected.mjs';
import { browserName, chooseFolder, dropOn, isChromium, read, temporary, unzip } from './harness.mjs';
import { hashes, judged, person, summary } from './person.mjs';

// Firefox takes some four seconds for each: `make test` does a few of them, MGDC_TASKS=all does all.
const task = browserName === 'firefox' && process.env.MGDC_TASKS !== 'all' ? () => {} : test;

const DETAILS = 'metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json';
const folder = samplePath('drops/java-gzip-oaep');
const STRANGER = samplePath('keys/stranger-2048/pkcs8.pem');

test('sample to ZIP: 2 actions', async (t) => {
  const she = await person(t);
  await she.does(() => she.page.getByTestId('sample').click());
  const { path } = await she.saves('decrypt-zip');
  assert.deepEqual(unzip(path), hashes('node-rotation'));
  assert.equal(await summary(she.page), 'Done: 5 files decrypted');
  assert.equal(she.actions, 2);
});

task('folder and PEM in one go: 2 actions', async (t) => {
  const he = await person(t);
  await he.does(() => dropOn(he.page, [folder, KEY]));
  await he.page.getByTestId('file-row').first().waitFor();
  const { path } = await he.saves('decrypt-zip');
  assert.deepEqual(unzip(path), hashes('java-gzip-oaep'));
  assert.equal(he.actions, 2);
});

test('PFX with a password: 3 actions, and the field waits with the focus', async (t) => {
  const { file, password } = sampleKeys.find((key) => key.outcome === 'key' && key.file.endsWith('pfx-modern.pfx'));
  const she = await person(t);
  const { page } = she;
  await she.does(() => dropOn(page, [folder, samplePath(file)]));
  await page.getByTestId('password').waitFor();
  await page.waitForFunction(
    () => document.querySelector('mgdc-decrypt').shadowRoot.activeElement?.dataset.testid === 'password',
  );
  assert.match(await page.locator('.shell > [role=status]').innerText(), /pfx-modern\.pfx needs its password\./);
  await page.keyboard.insertText(password);
  const show = page.getByTestId('show-password');
  await show.click();
  assert.equal(await show.getAttribute('aria-pressed'), 'true');
  assert.equal(await page.getByTestId('password').getAttribute('type'), 'text');
  assert.equal(await page.getByTestId('password').inputValue(), password, 'nothing was tried yet');
  await she.does(() => page.getByTestId('password').press('Enter'));
  const { path } = await she.saves('decrypt-zip');
  assert.deepEqual(unzip(path), hashes('java-gzip-oaep'));
  assert.equal(she.actions, 3);
});

task('key in the vault: at most 7 actions, with two key versions', async (t) => {
  const name = '5f0c1c1e-7a44-4a0e-9d52-0c6f4d1b7a11';
  const root = samplePath('drops/node-rotation');
  const entries = [
    JSON.parse(readFileSync(join(root, DETAILS), 'utf8').replace(/^\uFEFF/, '')).DecryptionKeyDetails,
  ].flat();
  // What Key Vault does with the key that it keeps. drops.json has the paddings.
  const ways = [
    { key: read(samplePath('keys/contoso-2048-old/pkcs8.pem')), oaepHash: 'sha1' },
    { key: read(KEY), oaepHash: 'sha256' },
  ];
  const answers = entries.map(({ DecryptionKeyValue }, index) => {
    const options = { ...ways[index], padding: constants.RSA_PKCS1_OAEP_PADDING };
    return JSON.stringify({
      result: privateDecrypt(options, Buffer.from(DecryptionKeyValue, 'base64')).toString('base64'),
    });
  });
  const she = await person(t, {
    viewport: { width: 1366, height: 657 },
    // Firefox and WebKit ask nobody before a page writes to the clipboard in a click.
    ...(isChromium && { permissions: ['clipboard-read', 'clipboard-write'] }),
  });
  const { page } = she;
  await she.does(() => chooseFolder(page, root));
  await she.does(() => page.getByTestId('vault-name').fill(`https://contoso-kv.vault.azure.net/keys/${name}`));
  for (const answer of answers) {
    await page.getByTestId('vault-copy').first().scrollIntoViewIfNeeded();
    await she.does(() => page.getByTestId('vault-copy').first().click());
    // The command and the box for its answer fit on the screen together, above the bar.
    const height = await page.evaluate(() => {
      const root = document.querySelector('mgdc-decrypt').shadowRoot;
      const at = (id) => root.querySelector(`[data-testid=${id}]`).getBoundingClientRect();
      return at('vault-answer').bottom - at('vault-command').top;
    });
    assert.ok(height < 657 - 64, `${height} px from the command to the end of the answer`);
    await she.does(() => page.getByTestId('vault-answer').fill(answer));
    await page.waitForFunction(
      () => document.querySelector('mgdc-decrypt').shadowRoot.querySelector('[data-testid=vault-answer]').value === '',
    );
  }
  await page.getByText('2 answers from Key Vault · everything is unlocked').waitFor();
  const { path } = await she.saves('decrypt-zip');
  assert.deepEqual(unzip(path), hashes('node-rotation'));
  assert.ok(she.actions <= 7, `${she.actions} actions`);
});

test('wrong key, then the right key: 3 actions', async (t) => {
  const he = await person(t);
  await he.does(() => dropOn(he.page, [folder, STRANGER]));
  await he.page.getByTestId('key-row').getByText('This key doesn’t match. Key version').waitFor();
  assert.ok(await he.page.getByTestId('decrypt-zip').isHidden(), 'nothing can be decrypted');
  await he.does(() => he.page.getByTestId('add-key').setInputFiles(KEY));
  const { path } = await he.saves('decrypt-zip');
  assert.deepEqual(unzip(path), hashes('java-gzip-oaep'));
  assert.equal(he.actions, 3);
});

task('file and key without the JSON: asked for once, with its place, then 3 actions in all', async (t) => {
  const she = await person(t);
  const { page } = she;
  const part = 'BasicDataSet_v0.User_v1/part-00000.json';
  await she.does(() => page.getByTestId('add-files').setInputFiles([join(folder, part), KEY]));
  const card = page.locator('[data-testid=problem][data-code=ERR_KEY_DETAILS_MISSING]');
  await card.waitFor();
  assert.equal(await card.count(), 1);
  const said = await page.locator('mgdc-decrypt').evaluate((element) => {
    const visible = [...(element.shadowRoot?.querySelectorAll('*') ?? [])].filter(
      (node) => node.childElementCount === 0 && node.checkVisibility(),
    );
    return visible.filter(({ textContent }) => /^One file is missing|is missing/.test(textContent ?? '')).length;
  });
  assert.equal(said, 1, 'the page says it once');
  for (const name of ['metadata', 'MoreMetadata', 'EncryptedDatasets', 'encryptionKeyDetails.json'])
    assert.ok(await card.locator('.tree').getByText(name, { exact: true }).isVisible(), name);
  await she.does(() => page.getByTestId('add-key-details').setInputFiles(join(folder, DETAILS)));
  const { path } = await she.saves('decrypt-zip');
  assert.deepEqual(Object.values(unzip(path)), [hashes('java-gzip-oaep')[part]]);
  assert.equal(she.actions, 3);
});

task('one damaged file of 41: 2 actions; it is named first, with advice', async (t) => {
  const root = join(temporary, 'one-of-41');
  const drop = makeDrop(root);
  for (let index = 0; index < 41; index += 1) drop.add(`Data/part-${index}.json`, jsonLines(500));
  const whole = read(join(root, 'Data/part-7.json'));
  drop.addClear('Data/part-7.json', whole.subarray(0, whole.length - 3));
  const he = await person(t);
  const { page } = he;
  await he.does(() => dropOn(page, [root, KEY]));
  assert.match(await page.locator('.ways-rest').innerText(), /1 damaged/);
  const { path } = await he.saves('decrypt-zip');
  assert.equal(Object.keys(unzip(path)).length, 40);
  assert.equal(he.actions, 2);
  assert.equal(await summary(page), 'Done, but 1 file failed');
  const failures = page.getByTestId('failures');
  assert.match(
    await failures.innerText(),
    /part-7\.json\s+This file was cut or changed on its way\. Download it again\./,
  );
  assert.ok(await failures.getByText('ERR_CIPHERTEXT_LENGTH').isHidden());
  await failures.getByText('Technical details').click();
  assert.ok(await failures.getByText('ERR_CIPHERTEXT_LENGTH').isVisible());
  const donut = page.getByTestId('summary').getByRole('img');
  assert.equal(await donut.getAttribute('aria-label'), '40 decrypted, 1 failed');

  await he.does(() => page.getByTestId('try-again').click());
  assert.equal(await summary(page), 'Done, but 1 file failed', 'still the whole run');
  assert.equal(await donut.getAttribute('aria-label'), '40 decrypted, 1 failed');
});

task('a ZIP of the delivery, and the key: 2 actions', async (t) => {
  const zip = join(temporary, 'delivery.zip');
  execFileSync('zip', ['-q', '-r', zip, basename(folder)], { cwd: join(folder, '..') });
  const he = await person(t);
  await he.does(() => he.page.getByTestId('add-files').setInputFiles([zip, KEY]));
  const { path } = await he.saves('decrypt-zip');
  assert.deepEqual(unzip(path), hashes('java-gzip-oaep'));
  assert.equal(he.actions, 2);
});

task('two deliveries at once: 2 actions, a folder for each', async (t) => {
  const [may, june] = ['May', 'June'].map((name) => {
    const root = join(temporary, name);
    makeDrop(root).add('BasicDataSet_v0.Message_v0/part-00000.json', JSON.stringify({ month: name }));
    return root;
  });
  const she = await person(t);
  await she.does(() => dropOn(she.page, [may, june, KEY]));
  assert.equal(await she.page.getByTestId('delivery').count(), 2);
  const { path } = await she.saves('decrypt-zip');
  assert.deepEqual(Object.keys(unzip(path)).sort(), [
    'June/BasicDataSet_v0.Message_v0/part-00000.json',
    'May/BasicDataSet_v0.Message_v0/part-00000.json',
  ]);
  assert.equal(she.actions, 2);
});

task('a look at a file before it is saved: 2 actions after the drag', async (t) => {
  const he = await person(t, { viewport: { width: 1366, height: 657 } });
  const { page } = he;
  await he.does(() => dropOn(page, [folder, KEY]));
  await page.getByText('1 key · everything is unlocked').waitFor();
  const boxes = [page.getByTestId('file-row').first(), page.locator('.actions')].map((one) => one.boundingBox());
  const [{ y = 0, height = 0 }, { y: top = 0 }] = (await Promise.all(boxes)).map(
    (box) => /** @type {{ y?: number, height?: number }} */ (box ?? {}),
  );
  assert.ok(y + height <= top, `without scrolling: the first file ends at ${y + height} px, the bar begins at ${top}`);
  const before = he.actions;
  const row = page.getByTestId('file-row').first();
  // A small delivery lies open; a big one needs the click on its dataset.
  if (!(await row.isVisible())) await he.does(() => page.getByTestId('dataset').first().click());
  await he.does(() => row.click());
  const preview = page.getByTestId('preview');
  await preview.getByRole('table').waitFor();
  assert.ok((await preview.getByRole('row').count()) > 1, 'a header and a row at least');
  assert.ok(he.actions - before <= 2);
});

task('only one dataset: 1 action more', async (t) => {
  const root = join(temporary, 'datasets');
  const drop = makeDrop(root);
  for (const name of ['Event', 'Message', 'User']) drop.add(`BasicDataSet_v0.${name}_v0/part-0.json`, '{"id":1}');
  const she = await person(t);
  const { page } = she;
  await she.does(() => dropOn(page, [root, KEY]));
  const messages = page.locator('[data-testid=dataset][data-name="BasicDataSet_v0.Message_v0"]');
  await she.does(() => messages.getByTestId('only-dataset').click());
  const { path } = await she.saves('decrypt-zip');
  assert.deepEqual(Object.keys(unzip(path)), ['BasicDataSet_v0.Message_v0/part-0.json']);
  assert.equal(she.actions, 3);
});

test('CSV for a spreadsheet: 3 actions', async (t) => {
  const root = join(temporary, 'spreadsheet');
  makeDrop(root).add('Data/people.json', '{"name":"Ann","age":3}\n{"name":"Bob","age":4}\n');
  const he = await person(t);
  const { page } = he;
  await he.does(() => dropOn(page, [root, KEY]));
  await he.does(() => page.getByTestId('convert').click());
  const { path } = await he.saves('convert-csv-zip');
  assert.deepEqual(Object.keys(unzip(path)), ['Data/people.csv']);
  assert.match(
    execFileSync('unzip', ['-p', path], { encoding: 'utf8' }),
    /^\uFEFF?"name","age"\r\n"Ann",3\r\n"Bob",4\r\n$/,
  );
  assert.equal(he.actions, 3);
});

task('a report for an auditor: 3 actions to see it, and 1 to keep it', async (t) => {
  const she = await person(t);
  const { page } = she;
  await she.does(() => dropOn(page, [folder, KEY]));
  await she.saves('decrypt-zip');
  await she.does(() => page.getByTestId('report').click());
  await page.locator('.report').getByText('Report of mgdc-decrypt').waitFor();
  assert.equal(she.actions, 3);
  const { path, name } = await she.saves('report-json');
  assert.equal(name, 'mgdc-decrypt-report.json');
  const report = JSON.parse(readFileSync(path, 'utf8'));
  assert.equal(
    report.decrypted,
    Object.keys(hashes('java-gzip-oaep')).filter((file) => !file.startsWith('metadata')).length,
  );
});

task('a key is checked for four services at once: 2 actions', async (t) => {
  const he = await person(t);
  const { page } = he;
  const good = /** @type {Record<string, any>} */ (cases.find(({ id }) => id === 'rest-good-mgdc'));
  await he.does(() => page.getByTestId('check-key').click(), judged);
  await he.does(() => page.getByTestId('add-files').setInputFiles(good.files.map(pathOf)), judged);
  await page.getByTestId('service').first().waitFor();
  for (const service of ['mgdc', 'customer-key'])
    await page.locator(`[data-testid=service][data-service=${service}][data-verdict]`).waitFor();
  assert.equal(he.actions, 2);
});

task('a rehearsal with one’s own key: 3 actions, and its delivery opens with the private key in 2', async (t) => {
  const publicKey = createPublicKey(readFileSync(KEY)).export({ type: 'spki', format: 'pem' });
  const she = await person(t);
  const { page } = she;
  await she.does(() => page.getByTestId('check-key').click(), judged);
  const file = { name: 'public.pem', mimeType: '', buffer: Buffer.from(publicKey) };
  await she.does(() => page.getByTestId('add-files').setInputFiles([file]), judged);
  const { path, name } = await she.saves('rehearse', judged);
  assert.equal(name, 'rehearsal.zip');
  assert.equal(she.actions, 3);
  const again = await person(t);
  await again.does(() => again.page.getByTestId('add-files').setInputFiles([path, KEY]));
  const decrypted = await again.saves('decrypt-zip');
  assert.ok(Object.keys(unzip(decrypted.path)).length >= 2);
  assert.equal(again.actions, 2);
});
