/** Drops with very many files: the list, its keyboard control, and how responsive the page stays. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { KEY, makeDrop } from '../js/make-drop.mjs';
import { openPage, saveZip, temporary, unzip } from './harness.mjs';

const FILES = 2000;

/** Adds a drop of so many files whose key details and key fit; every hundredth is damaged. */
async function manyFiles(t) {
  const folder = join(temporary, 'made-of-two');
  const drop = makeDrop(folder);
  drop.add('Data/good.json', '{"id":1}');
  const read = (path) => [...readFileSync(join(folder, path))];
  const details = 'metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json';
  const page = await openPage(t);
  await page.evaluate(
    ({ count, good, details, path }) => {
      const blob = new Blob([new Uint8Array(good)]);
      const bad = new Blob([new Uint8Array(good.length).fill(1)]);
      const items = [{ path, blob: new Blob([new Uint8Array(details)]) }];
      for (let index = 0; index < count; index += 1)
        items.push({ path: `Data/part-${String(index).padStart(6, '0')}.json`, blob: index % 100 === 99 ? bad : blob });
      document.querySelector('mgdc-decrypt').add(items);
    },
    { count: FILES, good: read('Data/good.json'), details: read(details), path: details },
  );
  await page.getByTestId('add-files').setInputFiles(KEY);
  await page.getByTestId('file-row').first().waitFor();
  await page.locator('.shell[data-phase=ready]').waitFor({ timeout: 60_000 });
  return page;
}

/** Path or name of the row that has the focus, and the test id of what in it has. */
function focused(page) {
  return page.evaluate(() => {
    const active = document.querySelector('mgdc-decrypt').shadowRoot.activeElement;
    const { path, name } = active?.closest('.file-row')?.dataset ?? {};
    return [path ?? name ?? null, active?.dataset.testid ?? null];
  });
}

test('lists many files as a tree grid for the keyboard, and keeps the focus when it is scrolled away', async (t) => {
  const page = await manyFiles(t);
  assert.ok((await page.getByTestId('file-row').count()) < 60);
  const grid = page.getByRole('treegrid');
  assert.equal(
    await grid.getAttribute('aria-rowcount'),
    String(FILES + 2),
    'files, their dataset, and what is not saved',
  );
  await page.getByTestId('dataset').first().focus();
  await page.keyboard.press('End');
  assert.match((await focused(page))[0], /^Not saved/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('End');
  assert.deepEqual(await focused(page), [
    'metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json',
    'file-row',
  ]);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.locator('[data-kind=apart][aria-expanded=false]').waitFor();
  await page.keyboard.press('ArrowUp');
  assert.deepEqual(await focused(page), [`Data/part-00${FILES - 1}.json`, 'file-row']);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowRight');
  assert.deepEqual(await focused(page), [`Data/part-00${FILES - 2}.json`, 'save-file']);
  await page.keyboard.press('Home');
  assert.deepEqual(await focused(page), ['Data', 'dataset']);
  await page.locator('.files-view').evaluate((view) => (view.scrollTop = view.scrollHeight / 2));
  await page.locator('[data-path="Data/part-001000.json"]').waitFor();
  assert.deepEqual(await focused(page), ['Data', 'dataset']);
  const tabStops = await grid.evaluate(
    (node) =>
      [...node.querySelectorAll('button, input, [tabindex]')].filter(
        (each) => /** @type {HTMLElement} */ (each).tabIndex === 0,
      ).length,
  );
  assert.equal(tabStops, 1, 'Tab goes past the list, not through it');
});

test('finds files by their path, and shows what fails', async (t) => {
  const page = await manyFiles(t);
  await page.getByTestId('find-file').fill('PART-00012');
  assert.equal(await page.getByTestId('file-row').count(), 10);
  assert.ok(
    await page.getByText(`10 of ${FILES.toLocaleString('en')} files shown`).isVisible(),
    'key details are not counted',
  );
  assert.equal(await page.locator('.files-view.windowed').count(), 0, 'few rows are all in the document');
  await page.getByTestId('find-file').fill('zzz');
  assert.ok(await page.getByText('No path contains “zzz”.').isVisible());
  await page.getByTestId('find-file').fill('');
  assert.doesNotMatch(
    (await page.getByTestId('details-row').textContent()) ?? '',
    /opens/,
    'nobody knows before it was tried',
  );
  assert.ok((await page.getByTestId('file-row').count()) < 60);
  const archive = unzip(await saveZip(page));
  assert.equal(Object.keys(archive).length, FILES - FILES / 100);
  await page.getByTestId('only-failing').check();
  assert.equal(await page.locator('[data-testid=file-row][data-outcome=failed]').count(), FILES / 100);
  assert.equal(await page.getByTestId('file-row').count(), FILES / 100);
});

test('reports progress ten times a second at most, and only what changed', async (t) => {
  const page = await manyFiles(t);
  await page.evaluate(() => {
    window.writes = [];
    const bar = document.querySelector('mgdc-decrypt').shadowRoot.querySelector('[data-testid=overall-progress]');
    new MutationObserver(() => window.writes.push(performance.now())).observe(bar, {
      attributes: true,
      attributeFilter: ['value'],
    });
  });
  await saveZip(page);
  const writes = await page.evaluate(() => window.writes);
  const busiest = Math.max(...writes.map((start) => writes.filter((at) => at >= start && at < start + 1000).length));
  assert.ok(busiest <= 13, `${busiest} in a second`); // ten, and the first and last of a run
});

/** The best of three, or fewer: other tests use this machine, too, and what is slow by itself is so each time. */
async function untilFast(look, isFast) {
  const runs = [await look()];
  while (runs.length < 3 && !isFast(runs.at(-1))) runs.push(await look());
  return runs;
}

test('examines a hundred thousand files without blocking the page', async (t) => {
  const page = await openPage(t);
  const lookThrough = () =>
    page.evaluate(async () => {
      const [{ Inbox }, { Items }] = await Promise.all([
        // @ts-expect-error: an address of the page's server
        import('/pkg/element/state/inbox.js'),
        // @ts-expect-error: as above
        import('/pkg/element/state/items.js'),
      ]);
      const blob = new Blob(['x']);
      // In an order that is none, as browsers give it.
      const files = Array.from({ length: 100_000 }, (_, index) => ({
        path: `Drop/Data/part-${(index * 61_803) % 100_000}.json`,
        blob,
      }));
      const started = performance.now();
      let longest = 0;
      let last = started;
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
        channel.port2.postMessage(null);
      };
      channel.port2.postMessage(null);
      const inbox = new Inbox();
      const items = new Items();
      inbox.put(files);
      await inbox.empty(
        async (item) => items.add(item),
        () => {},
      );
      const paths = (await items.list()).map(({ path }) => path);
      const seconds = (performance.now() - started) / 1000;
      channel.port1.close();
      return { paths, longest, seconds };
    });
  const runs = await untilFast(lookThrough, ({ seconds, longest }) => seconds < 3 && longest < 150);
  for (const { paths } of runs) {
    assert.equal(paths.length, 100_000);
    assert.deepEqual(paths, [...paths].sort());
  }
  const [longest, seconds] = ['longest', 'seconds'].map((figure) => Math.min(...runs.map((run) => run[figure])));
  assert.ok(seconds < 3, `${seconds} s`);
  assert.ok(longest < 150, `${longest} ms`); // alone 20
  t.diagnostic(`${seconds.toFixed(2)} s, longest turn ${longest.toFixed(0)} ms`);
});

test('counts, narrows and sorts a hundred thousand files without blocking the page', async (t) => {
  const page = await openPage(t);
  const review = () =>
    page.evaluate(async () => {
      const [{ Overview }, { Listing }, { Choice }] = await Promise.all(
        ['overview', 'listing', 'choice'].map((name) => import(`/pkg/element/state/${name}.js`)),
      );
      const files = Array.from({ length: 100_000 }, (_, index) => ({
        path: `Data${index % 60}/part-${String(index).padStart(6, '0')}.json`,
        role: 'encrypted',
        size: (index * 61_803) % 100_000,
        keyDetails: index % 10 === 0 ? null : 0,
        error: null,
        examined: true,
        warnings: [],
      }));
      const session = {
        files,
        totals: { ready: 90_000, bytes: 1 },
        results: { finished: new Map() },
        choice: new Choice(),
      };
      let longest = 0;
      let last = performance.now();
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
        channel.port2.postMessage(null);
      };
      channel.port2.postMessage(null);
      const overview = new Overview(session);
      const listing = new Listing(overview, new Map());
      const isCurrent = () => true;
      await overview.survey();
      const { count, chosen } = overview.all;
      await listing.arrange({ search: '', filter: 'all', order: 'path' }, isCurrent);
      const folded = listing.lines.length;
      await listing.arrange({ search: 'part-09', filter: 'all', order: 'path' }, isCurrent);
      const found = listing.matches.length;
      await listing.arrange({ search: '', filter: 'ready', order: 'size' }, isCurrent);
      const sizes = listing.matches.map(({ size }) => size);
      channel.port1.close();
      const isSorted = sizes.every((size, index) => index === 0 || sizes[index - 1] >= size);
      return { longest, counted: [count.ready, count.locked, chosen, folded, found, sizes.length], isSorted };
    });
  const runs = await untilFast(review, ({ longest }) => longest < 150);
  for (const { counted, isSorted } of runs) {
    assert.deepEqual(counted, [90_000, 10_000, 100_000, 60, 10_000, 90_000]);
    assert.ok(isSorted);
  }
  const longest = Math.min(...runs.map((run) => run.longest)); // as above
  assert.ok(longest < 150, `${longest} ms`);
  t.diagnostic(`longest turn ${longest.toFixed(0)} ms`);
});

test('shows the last of half a million rows, although no browser draws an element of that height', async (t) => {
  const page = await openPage(t);
  const last = await page.evaluate(async () => {
    const [{ rowView }, { h }, { styles }] = await Promise.all(
      ['row-view', 'dom', 'styles/index'].map((name) => import(`/pkg/element/view/${name}.js`)),
    );
    const create = () => {
      const node = h('div', { class: 'file-row' });
      return { node, show: ({ path }) => (node.textContent = path) };
    };
    const { node, show } = rowView('rows', { kind: () => 'file', key: ({ path }) => path, create });
    const root = document.body.appendChild(h('div')).attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [styles()];
    root.append(node);
    show(Array.from({ length: 500_000 }, (_, index) => ({ path: `row ${index}` })));
    root.querySelector('.file-row').dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }));
    node.scrollTop = 0;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    node.scrollTop = node.scrollHeight;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const bottom = node.getBoundingClientRect().bottom;
    return [...node.querySelectorAll('.file-row')]
      .map((row) => [row.textContent, Math.round(row.getBoundingClientRect().bottom - bottom)])
      .at(-1);
  });
  assert.equal(last?.[0], 'row 499999');
  assert.ok(Math.abs(last?.[1]) <= 8, `${last?.[1]} pixels off`);
});
