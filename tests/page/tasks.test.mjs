/**
 * What people come for, with the number of actions that each task needs from the empty page: a click, a choice in a
 * picker, or one thing typed or pasted. What is done outside of the page, such as running a command, does not count.
 * Two tasks more are in report.test.mjs and convert.test.mjs.
 */

import assert from 'node:assert/strict';
import { constants, privateDecrypt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { jsonLines, KEY, makeDrop } from '../js/make-drop.mjs';
import { expectedOf, sampleKeys, samplePath } from '../js/samples.mjs';
import { dropOn, openPage, pickedFiles, pickFolders, read, rows, settled, temporary, unzip } from './harness.mjs';

const DETAILS = 'metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json';
const folder = samplePath('drops/java-gzip-oaep');
const STRANGER = samplePath('keys/stranger-2048/pkcs8.pem');
const hashes = (name) =>
  Object.fromEntries(
    expectedOf(name)
      .filter(({ outcome }) => outcome !== 'error')
      .map(({ file, sha256 }) => [file, sha256]),
  );

/** A page, and a person who counts. */
async function person(t, options) {
  const page = await openPage(t, options);
  let actions = 0;
  const act = async (action) => {
    actions += 1;
    return action;
  };
  return {
    page,
    get actions() {
      return actions;
    },
    /** Counts one action, and waits until what came of it is settled. */
    async does(action) {
      await act(action());
      await settled(page);
    },
    /** Saves with a click on the button; resolves to the path of the ZIP, and the name that was suggested. */
    async saves(testId) {
      actions += 1;
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId(testId).click()]);
      const path = join(temporary, `${Math.random().toString(36).slice(2)}.zip`);
      await download.saveAs(path);
      await settled(page);
      return { path, name: download.suggestedFilename() };
    },
  };
}

const summary = (page) => page.getByTestId('summary').locator('h2').innerText();

test('sample to ZIP: 2 actions', async (t) => {
  const she = await person(t);
  await she.does(() => she.page.getByTestId('sample').click());
  const { path } = await she.saves('decrypt-zip');
  assert.deepEqual(unzip(path), hashes('node-rotation'));
  assert.equal(await summary(she.page), 'Done: 5 files decrypted');
  assert.equal(she.actions, 2);
});

test('folder and PEM in one go: 2 actions', async (t) => {
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

test('a password is not asked for while the person types elsewhere', async (t) => {
  const { file } = sampleKeys.find((key) => key.outcome === 'key' && key.file.endsWith('pfx-modern.pfx'));
  const { page, does } = await person(t);
  await does(() => page.getByTestId('add-folder').setInputFiles(folder));
  await page.getByTestId('vault-name').focus();
  await page.evaluate(
    async ([bytes]) => {
      const blob = new File([new Uint8Array(bytes)], 'key.pfx');
      document.querySelector('mgdc-decrypt').add([{ path: 'key.pfx', blob }]);
    },
    [[...read(samplePath(file))]],
  );
  await page.getByTestId('password').waitFor();
  await settled(page);
  assert.equal(
    await page.evaluate(() => document.querySelector('mgdc-decrypt').shadowRoot.activeElement?.dataset.testid),
    'vault-name',
  );
});

test('wrong password: said plainly, and tried again at once', async (t) => {
  const { file, password } = sampleKeys.find((key) => key.outcome === 'key' && key.file.endsWith('pfx-modern.pfx'));
  const { page, does } = await person(t);
  await does(() => dropOn(page, [folder, samplePath(file)]));
  const field = page.getByTestId('password');
  await field.fill(password.toLowerCase());
  await field.press('Enter');
  const alert = page.getByTestId('key-row').getByRole('alert');
  await alert.filter({ hasText: 'Wrong password. Check capital letters.' }).waitFor();
  assert.ok(await alert.getByText(/MAC/).isHidden(), 'no jargon unless asked for');
  await field.fill(password);
  await field.press('Enter');
  await page.getByText('1 key · everything is unlocked').waitFor();
});

test('key in the vault: at most 7 actions, with two key versions', async (t) => {
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
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const { page } = she;
  await she.does(() => page.getByTestId('add-folder').setInputFiles(root));
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
  await he.page.getByTestId('key-row').getByText('This key doesn’t match. The delivery needs').waitFor();
  assert.ok(await he.page.getByTestId('decrypt-zip').isHidden(), 'nothing can be decrypted');
  await he.does(() => he.page.getByTestId('add-key').setInputFiles(KEY));
  const { path } = await he.saves('decrypt-zip');
  assert.deepEqual(unzip(path), hashes('java-gzip-oaep'));
  assert.equal(he.actions, 3);
});

test('file and key without the JSON: asked for once, with its place, then 3 actions in all', async (t) => {
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

test('one damaged file of 41: named first, with advice; tried again alone', async (t) => {
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
  assert.equal(await summary(page), 'Nothing could be decrypted');
});

test('a failed file is tried again alone, into the same folder', async (t) => {
  const root = join(temporary, 'again');
  const drop = makeDrop(root);
  drop.add('Data/small.json', jsonLines(500));
  drop.add('Data/refused.json', jsonLines(500));
  const { page, does } = await person(t);
  await pickFolders(page);
  await does(() => dropOn(page, [root, KEY]));
  // The disk is full for one file, until there is room again.
  await page.evaluate(() => {
    const create = FileSystemFileHandle.prototype.createWritable;
    window.full = true;
    FileSystemFileHandle.prototype.createWritable = function (...options) {
      if (window.full && this.name.includes('refused')) throw new DOMException('full', 'QuotaExceededError');
      return create.apply(this, options);
    };
    window.reports = [];
    document.querySelector('mgdc-decrypt').addEventListener('mgdc-report', ({ detail }) => window.reports.push(detail));
  });
  await does(() => page.getByTestId('decrypt-folder').click());
  await page.getByTestId('try-again').waitFor();
  assert.deepEqual(Object.keys(await pickedFiles(page)), ['Data/small.json']);
  await page.evaluate(() => (window.full = false));
  await does(() => page.getByTestId('try-again').click());
  assert.equal(await summary(page), 'Done: 1 file decrypted');
  assert.deepEqual(Object.keys(await pickedFiles(page)).sort(), ['Data/refused.json', 'Data/small.json']);
  const last = await page.evaluate(() => window.reports.at(-1)?.files.map(({ path }) => path));
  assert.deepEqual(last, ['Data/refused.json'], 'only what had failed');
  assert.deepEqual(
    (await rows(page)).filter(({ outcome }) => outcome === 'decrypted').map(({ path }) => path),
    ['Data/refused.json', 'Data/small.json'],
    'what was saved before still shows it',
  );
});

test('a screen reader hears the start, tens of percent, and the end', async (t) => {
  const root = join(temporary, 'announced');
  await makeDrop(root).addBig('Data/big.json', 60, jsonLines(1 << 20));
  const { page, does } = await person(t);
  await pickFolders(page);
  await does(() => dropOn(page, [root, KEY]));
  await page.evaluate(() => {
    const status = document.querySelector('mgdc-decrypt').shadowRoot.querySelector('.shell > [role=status]');
    window.heard = [];
    new MutationObserver(() => window.heard.push(status.textContent ?? '')).observe(status, { childList: true });
  });
  await page.getByTestId('decrypt-folder').click();
  await page.getByTestId('summary').waitFor({ timeout: 60_000 });
  await settled(page);
  const heard = await page.evaluate(() => window.heard);
  assert.equal(heard[0], 'Decrypting has started.');
  const tens = heard.slice(1, -1);
  assert.ok(tens.length > 0 && tens.length < 10, heard.join(' '));
  assert.ok(tens.every((one) => /^[1-9]0% done\.$/.test(one)) && new Set(tens).size === tens.length, heard.join(' '));
  assert.equal(heard.at(-1), 'Done: 1 file decrypted. 0 copied.');
});

test('the bar has one line of at most 64 px from 800 px on, and two of at most 112 px below', async (t) => {
  const { page, does } = await person(t, { viewport: { width: 1366, height: 657 } });
  await pickFolders(page);
  const height = () => page.locator('.actions').evaluate((bar) => /** @type {HTMLElement} */ (bar).offsetHeight);
  for (const state of ['sample', 'locked', 'done']) {
    await page.evaluate(() => document.querySelector('mgdc-decrypt').clear());
    if (state === 'locked') await does(() => page.getByTestId('add-folder').setInputFiles(folder));
    else await does(() => page.getByTestId('sample').click());
    if (state === 'done') await does(() => page.getByTestId('decrypt-folder').click());
    for (const [width, most] of [
      [1366, 64],
      [800, 64],
      [360, 112],
    ]) {
      await page.setViewportSize({ width, height: 657 });
      assert.ok((await height()) <= most, `${state}: ${await height()} px at ${width}`);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${state} at ${width}`);
    }
  }
});
