/**
 * A delivery of very many small files is read, listed, searched, sorted, chosen and run, and no task of the page's thread
 * takes more than 50 ms for the page. That is CPU time of the thread, from the browser's trace: by the clock, whatever
 * else the machine does would count, too. Only while a folder is chosen, what the browser does by itself is not counted:
 * it makes the list of the files, 30 microseconds for each, in the task in which it tells the page. `MGDC_FILES` says how many files: 10,000 with `make test CHECK=long-tasks`.
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { KEY, makeDrop } from '../js/make-drop.mjs';
import { browser, chooseFolder, openPage, saveZip, settled, temporary } from './harness.mjs';

const FILES = Number(process.env.MGDC_FILES || 3000);
const MOST_MS = 50;
const TRACE = join(temporary, 'trace.json');

test(`no task of more than ${MOST_MS} ms with ${FILES} files`, { timeout: 400_000 }, async (t) => {
  const root = join(temporary, 'tasks');
  const drop = makeDrop(root);
  drop.add('BasicDataSet_v0.Message_v0/part-000000.json', '{"id":1}');
  const bytes = readFileSync(join(root, 'BasicDataSet_v0.Message_v0/part-000000.json'));
  for (let index = 1; index < FILES; index += 1) {
    const dataset = ['Message', 'Event', 'User'][index % 3];
    drop.addClear(`BasicDataSet_v0.${dataset}_v0/part-${String(index).padStart(6, '0')}.json`, bytes);
  }
  const page = await openPage(t, { viewport: { width: 1366, height: 900 } });
  page.setDefaultTimeout(120_000);

  /** @type {Record<string, () => Promise<unknown>>} */
  const steps = {
    'read and listed': async () => {
      await chooseFolder(page, root);
      await page.getByTestId('dataset').first().waitFor();
      await settled(page);
    },
    unlocked: async () => {
      await page.getByTestId('add-files').setInputFiles(KEY);
      await page.getByTestId('key-row').first().waitFor({ state: 'attached' });
      await settled(page);
    },
    unfolded: async () => {
      await page.getByTestId('fold-all').click();
      await page.locator('.files-view.windowed').waitFor();
    },
    searched: async () => {
      await page.getByTestId('find-file').pressSequentially('part-00');
      await page.locator('.files-view.flat').waitFor();
    },
    sorted: async () => {
      await page.getByTestId('sort-files').selectOption('size');
      await page.getByTestId('sort-files').selectOption('status');
    },
    chosen: async () => {
      await page.getByTestId('choose-all').uncheck();
      await page.getByTestId('only-shown').click();
      await page.getByTestId('find-file').fill('');
      await page.getByTestId('choose-all').check();
    },
    scrolled: () =>
      page.locator('.files-view').evaluate(async (view) => {
        for (let step = 0; step < 10; step += 1) {
          view.scrollTop += 2000;
          await new Promise((resolve) => requestAnimationFrame(resolve));
        }
      }),
    run: async () => {
      await saveZip(page);
      await page.getByTestId('summary').waitFor();
      await settled(page);
    },
  };
  const slow = [];
  for (const [name, step] of Object.entries(steps)) {
    await browser.startTracing(page, {
      path: TRACE,
      categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'],
    });
    await step();
    await page.waitForTimeout(100);
    await browser.stopTracing();
    const [longest, ...others] = tasksOf(JSON.parse(readFileSync(TRACE, 'utf8')).traceEvents);
    t.diagnostic(`${name}: ${longest.said}`);
    slow.push(...[longest, ...others].filter(({ ms }) => ms > MOST_MS).map(({ said }) => `${name}: ${said}`));
  }
  assert.deepEqual(slow, []);
});

/** The tasks of the page's thread, longest first, each with the longest of what it did for the page. */
function tasksOf(events) {
  const main = new Set(
    events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(threadOf),
  );
  const timed = events.filter((event) => event.ph === 'X' && event.tdur > 0 && main.has(threadOf(event)));
  timed.sort((one, other) => one.ts - other.ts || other.dur - one.dur);
  const tasks = [];
  let end = 0;
  for (const event of timed) {
    if (event.name === 'RunTask') tasks.push({ whole: event.tdur, parts: [] });
    else if (event.ts >= end && tasks.length > 0) {
      tasks.at(-1).parts.push(event);
      end = event.ts + event.dur;
    }
  }
  return tasks
    .map(({ whole, parts }) => {
      const isChosen = parts.some(({ args }) => args.data?.type === 'change');
      const sum = isChosen ? parts.reduce((all, { tdur }) => all + tdur, 0) : whole;
      const longest = parts.sort((one, other) => other.tdur - one.tdur).slice(0, 4);
      const said = longest.map(
        ({ name, tdur, args }) => `${name} ${ms(tdur)} ${args.data?.functionName ?? args.data?.type ?? ''}`,
      );
      return { ms: sum / 1000, said: `${ms(sum)} ms (${said.join(', ')})` };
    })
    .sort((one, other) => other.ms - one.ms);
}

const threadOf = ({ pid, tid }) => `${pid}/${tid}`;
const ms = (microseconds) => (microseconds / 1000).toFixed(0);
