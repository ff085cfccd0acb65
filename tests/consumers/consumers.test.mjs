/**
 * Other people's projects, with the packed tarball: `make test` runs the common ones, `make test CHECK=consumers` all, and
 * `make consumers-table` writes what came of it into the README. ONLY=vite,node runs those with one of these in their name.
 */

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { chromium } from 'playwright-core';
import { makeProject, pack } from './project.mjs';
import { runIn } from './run.mjs';
import { CONSUMERS } from './table.mjs';

const folder = mkdtempSync(join(tmpdir(), 'mgdc-consumers-'));
const packed = pack(folder);
/** @type {Promise<import('playwright-core').Browser> | undefined} */
let launched;
const browser = () =>
  (launched ??= chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
  }));
const { MGDC_RESULTS } = process.env;
/** What came of each run, for the table; added to what is there. @type {Record<string, Record<string, string>>} */
const results = MGDC_RESULTS && existsSync(MGDC_RESULTS) ? JSON.parse(readFileSync(MGDC_RESULTS, 'utf8')) : {};

after(async () => {
  await (await launched)?.close();
  rmSync(folder, { recursive: true });
  if (MGDC_RESULTS) writeFileSync(MGDC_RESULTS, JSON.stringify(results));
});

const only = process.env.ONLY?.toLowerCase().split(',');
const chosen = CONSUMERS.filter(({ name, common }) =>
  only ? only.some((word) => name.toLowerCase().includes(word)) : common || process.env.MGDC_CONSUMERS === 'all',
);

const [VITE] = CONSUMERS;

/** What the program tells when all is well: version, entries and bits at once, then each file with its size. */
const RIGHT = /^\d+\.\d+\.\d+\S* \d+ 2048 \| 5 decrypted: .*Message_v0\/2024-06-01\/part-00000\.json \d{4,}/;

// Vite's build for older browsers leaves no colour of such a property.
if (chosen.some(({ name }) => name === VITE.name))
  test(`${VITE.name} keeps light-dark() for the targets in docs/embedding.md`, async (t) => {
    const guide = readFileSync(new URL('../../docs/embedding.md', import.meta.url), 'utf8');
    const [target] = /build: \{ cssTarget: \[[^\]]*\] \}/.exec(guide) ?? [''];
    const project = makeProject({ ...VITE, sources: [] }, packed.folder);
    t.after(() => rmSync(project, { recursive: true, force: true }));
    const files = {
      'vite.config.js': `export default { ${target} };`,
      'index.html': `<!doctype html><link rel="icon" href="data:,"><script type="module" src="main.js"></script>
        <mgdc-decrypt></mgdc-decrypt>`,
      'look.css': 'mgdc-decrypt { --mgdc-accent: light-dark(#010203, #fafbfc); }',
      'main.js': `import 'mgdc-decrypt/element';
        import './look.css';
        const element = document.querySelector('mgdc-decrypt');
        const colours = ['light', 'dark'].map((theme) => {
          element.setAttribute('theme', theme);
          return getComputedStyle(element.shadowRoot.querySelector('.primary')).backgroundColor;
        });
        document.documentElement.dataset.result = colours.join(' ');`,
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text);
    const told = await runIn({ name: 'build', command: ['vite', 'build'], serve: 'dist' }, project, browser);
    assert.equal(told, 'rgb(1, 2, 3) rgb(250, 251, 252)');
  });

for (const consumer of chosen) {
  describe(consumer.name, () => {
    /** @type {string | undefined} */
    let project;
    after(() => project && rmSync(project, { recursive: true, force: true }));
    for (const run of consumer.runs) {
      test(run.name, { timeout: 300_000 }, async () => {
        results[consumer.name] ??= {};
        results[consumer.name][run.name] = 'fails';
        project ??= makeProject(consumer, packed.folder);
        const command = run.command.map((word) => word.replace('TARBALL', packed.tarball));
        const told = await runIn({ ...run, command }, project, browser);
        const isProgram = consumer.sources.includes('program') && !/^build$| build$/.test(run.serve ? '' : run.name);
        if (isProgram) assert.match(told, RIGHT);
        results[consumer.name][run.name] = 'works';
      });
    }
  });
}
