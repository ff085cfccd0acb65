/** `mgdc-decrypt check-key` on every case of tests/readiness, and what it does with bad input. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { checkKey, keyCheckAs } from '../../pkg/check.js';
import { run as command } from '../../pkg/node/check-key.js';
import { cases, differences, pathOf, urisOf } from '../readiness/expected.mjs';

const cli = fileURLToPath(new URL('../../pkg/cli.js', import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'mgdc-check-'));
after(() => rmSync(temporary, { recursive: true }));

/** @import { OutputStreams } from '../../pkg/node/output-streams.js' */

/** As a process. @param {string[]} args */
function run(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [cli, 'check-key', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, err] = ['', ''];
    child.stdout.on('data', (data) => {
      out += data;
    });
    child.stderr.on('data', (data) => {
      err += data;
    });
    child.on('close', (status) => resolve({ status, out, err }));
  });
}

/**
 * The same function in this process, which takes a hundredth of the time. What it throws ends a process with 2.
 * @param {string[]} args
 * @returns {Promise<{ status: number, out: string }>}
 */
async function call(args) {
  let out = '';
  const streams = { out: (/** @type {string} */ text) => (out += text) };
  const status = await command(args, /** @type {OutputStreams} */ (/** @type {unknown} */ (streams))).catch((error) => {
    assert.ok(error.code, `${error.stack}`);
    return 2;
  });
  return { status, out };
}

/** Every so many cases are given to a process. */
const PROCESS_EVERY = 8;

/** @param {Record<string, any>} one */
function argumentsOf(one) {
  const { files = [], typed = {}, now } = one;
  const args = [...files.map(pathOf), ...urisOf(one).flatMap((uri) => ['--uri', uri]), '--now', now, '--json'];
  if (typed.tenantId) args.push('--tenant-id', typed.tenantId);
  if (typed.policyName) args.push('--policy-name', typed.policyName);
  const [password] = Object.values(typed.passwords ?? {});
  if (password !== undefined) {
    const file = join(temporary, `${one.id}.password`);
    writeFileSync(file, `${password}\n`);
    args.push('--password-file', file);
  }
  return args;
}

test('the cases are there', () => assert.ok(cases.length >= 115));

test('every case gets its verdicts on the command line', async () => {
  const wrong = [];
  for (const [index, one] of cases.entries()) {
    const { out, status } = await (index % PROCESS_EVERY === 0 ? run : call)(argumentsOf(one));
    const lines = out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    const findings = lines.filter(({ rule }) => rule !== undefined);
    wrong.push(...differences(one, findings).map((text) => `${one.id}: ${text}`));
    const expectedStatus = findings.length === 0 ? 2 : findings.some(({ verdict }) => verdict === 'fail') ? 1 : 0;
    if (status !== expectedStatus) wrong.push(`${one.id}: exit status ${status}, expected ${expectedStatus}`);
  }
  assert.deepEqual(wrong, []);
});

test('the commands for policies are made or refused on the command line, too', async () => {
  const samples = JSON.parse(readFileSync(pathOf('commands.json'), 'utf8'));
  assert.ok(samples.length >= 15);
  for (const [index, sample] of samples.entries()) {
    const { id, service, keys, name, description, identity, expect, also_ok: also = [] } = sample;
    const args = [...keys.flatMap((/** @type {string} */ uri) => ['--uri', uri]), '--policy', service, '--json'];
    if (name !== undefined) args.push('--policy-name', name);
    if (description !== undefined) args.push('--policy-description', description);
    if (identity !== undefined) args.push('--identity', identity);
    const { out } = await (index % PROCESS_EVERY === 0 ? run : call)(args);
    const lines = out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    const command = lines.find((line) => typeof line.command === 'string')?.command;
    const refused = lines.find((line) => line.refused)?.refused.map((/** @type {{ rule: string }} */ { rule }) => rule);
    const good = [expect, ...also];
    const isMade = good.some(({ cmdlet }) => cmdlet !== undefined && command?.startsWith(`${cmdlet} `));
    const isRefused = good.some(({ refused: rules }) => rules?.some((/** @type {string} */ r) => refused?.includes(r)));
    assert.ok(isMade || isRefused, `${id}: ${command ?? refused}`);
  }
});

test('a file of 100 MB is not read, and the other one is judged', async () => {
  const big = join(temporary, 'big.json');
  writeFileSync(big, '');
  truncateSync(big, 100 << 20);
  const good = /** @type {Record<string, any>} */ (cases.find(({ id }) => id === 'rest-good-mgdc'));
  const { out, err } = await run([...argumentsOf(good), big]);
  const lines = out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  assert.ok(
    lines.some(({ message }) => message?.item === 'big.json' && message.code),
    err,
  );
  assert.ok(lines.some(({ rule, verdict }) => rule === 'M1' && verdict === 'pass'));
});

test('what is missing or wrong in the arguments is said', async () => {
  for (const [args, words] of /** @type {[string[], RegExp][]} */ ([
    [[], /name a file or a --uri/],
    [['x.json', '--service', 'teams'], /--service takes one of/],
    [['x.json', '--policy', 'teams'], /--policy takes one of/],
    [['x.json', '--now', 'soon'], /--now takes a date/],
    [[join(temporary, 'none.json')], /none\.json/],
  ])) {
    const { status, err } = await run(args);
    assert.equal(status, 2, `${args}`);
    assert.match(err, words);
  }
});

test('for people there is a table, with what is broken first and the command that mends it', async () => {
  const good = /** @type {Record<string, any>} */ (cases.find(({ id }) => id === 'rest-good-mgdc'));
  const { out } = await run(argumentsOf(good).filter((arg) => arg !== '--json'));
  assert.match(out, /Microsoft 365 Customer Key: refuses it/);
  const block = out.slice(out.indexOf('Microsoft 365 Customer Key'));
  assert.ok(block.indexOf('Broken') < block.indexOf('Kept'));
});

test('a report as Markdown has no markup out of a key’s name', async () => {
  const json = JSON.stringify({
    key: { kty: 'RSA', kid: 'https://kv.vault.azure.net/keys/a-key/0123456789abcdef0123456789abcdef' },
    attributes: { enabled: true },
  });
  const name = '[x](javascript:alert(1))`<b>.json';
  const check = await checkKey([{ path: name, blob: new Blob([json]) }]);
  const markdown = keyCheckAs(check, 'markdown');
  assert.ok(!markdown.includes('[x](javascript'), markdown);
  assert.ok(!/<b>/.test(markdown.replaceAll('\\<b\\>', '')));
  assert.deepEqual(JSON.parse(keyCheckAs(check, 'json')), JSON.parse(JSON.stringify(check)));
});

test('a date beyond every number of JavaScript is judged like any other', async () => {
  for (const exp of ['9223372036854775807', '-9223372036854775808', '9007199254740993', '1e300']) {
    const json = `{"key":{"kty":"RSA"},"attributes":{"enabled":true,"exp":${exp},"nbf":${exp}}}`;
    const check = await checkKey([{ path: 'key.json', blob: new Blob([json]) }], { now: 0 });
    const verdict = check.findings.find(({ rule }) => rule === 'C3')?.verdict;
    assert.equal(verdict, exp === '1e300' ? 'not-visible' : 'fail', exp);
  }
});
