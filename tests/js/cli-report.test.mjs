/** The command line: choosing files, and the reports of a run. */

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Validator } from '@cfworker/json-schema';
import { CLI, runInLane } from './cli.mjs';
import { jsonLines, KEY, makeDrop } from './make-drop.mjs';

const schema = JSON.parse(readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8'));
const temporary = mkdtempSync(join(tmpdir(), 'mgdc-cli-report-'));
after(() => rmSync(temporary, { recursive: true }));
let number = 0;
const freshFolder = () => join(temporary, String((number += 1)));

const source = join(temporary, 'October');
const drop = makeDrop(source);
drop.add('Data_v0.Message_v1/part-0.json', jsonLines(1000));
drop.add('Data_v0.Message_v1/part-1.json.gz', jsonLines(1000));
drop.add('Data_v0.User_v1/part-0.json', jsonLines(1000));
drop.add('Data_v0.User_v1/back\\slash\nbreak.json', jsonLines(100));
drop.addClear('metadata/JobMetadata.json', '{"a":1}');

/** A copy of the drop with a file that is damaged. */
const damaged = join(temporary, 'Damaged');
cpSync(source, damaged, { recursive: true });
writeFileSync(join(damaged, 'Data_v0.User_v1/cut.json'), Buffer.alloc(33, 1));

async function run(args, from = source) {
  const out = freshFolder();
  const ran = await runInLane([from, '--key', KEY, '--out', out, ...args], { cwd: temporary });
  return { ...ran, out, files: filesIn(out) };
}

function filesIn(folder) {
  if (!existsSync(folder)) return null;
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
    .sort();
}

function reportIn(path) {
  const report = JSON.parse(readFileSync(path, 'utf8'));
  const { valid, errors } = new Validator(schema, '2020-12', false).validate(report);
  assert.ok(valid, JSON.stringify(errors));
  return report;
}

test('decrypts only what fits a pattern, and what is in a dataset', async () => {
  const { status, stdout, files } = await run(['--only', '*.json.gz', '--only', 'metadata/**']);
  assert.deepEqual(files, ['Data_v0.Message_v1/part-1.json', 'metadata/JobMetadata.json']);
  assert.equal(status, 0);
  assert.match(stdout, /^1 decrypted, 1 copied, 0 failed, 3 not chosen; \d+ bytes written$/m);
  const both = await run(['--dataset', 'Data_v0.Message_v1', '--dataset', 'Data_v0.User_v1', '--only', 'part-0.*']);
  assert.deepEqual(both.files, ['Data_v0.Message_v1/part-0.json', 'Data_v0.User_v1/part-0.json']);
});

test('clear files that were chosen among encrypted ones are no failure', async () => {
  const { status, stderr, files } = await run(['--only', 'JobMetadata.json']);
  assert.deepEqual([status, stderr, files], [0, '', ['metadata/JobMetadata.json']]);
});

test('a file that was not chosen has no part in the exit status', async () => {
  assert.equal((await run([], damaged)).status, 1);
  assert.equal((await run(['--only', 'part-*'], damaged)).status, 0);
});

test('tells what cannot be, before the target is made', async () => {
  const key = join(temporary, 'key.json');
  cpSync(KEY, key);
  for (const [args, message] of [
    [['--only', 'nothing-*'], /the pattern "nothing-\*" matches no file/],
    [['--dataset', 'Data'], /no dataset "Data": its datasets are Data_v0.Message_v1, Data_v0.User_v1 \(ERR_USAGE\)/],
    [['--report', 'report.pdf'], /ends in \.json, \.md or \.html, not report\.pdf/],
    [['--report', 'report'], /ends in/],
    [['--report', 'html'], /ends in/],
    [['--key', key, '--report', key], /would replace the file that --key reads/],
    [['--report', join(source, 'report.html')], /lies in the drop/],
    [['--report', join(source, 'new/folder/report.html')], /lies in the drop/],
  ]) {
    const { status, stderr, files } = await run(/** @type {string[]} */ (args));
    assert.equal(status, 2, String(args));
    assert.match(stderr, /** @type {RegExp} */ (message));
    assert.equal(files, null, 'no target');
  }
  assert.equal(readFileSync(key, 'utf8'), readFileSync(KEY, 'utf8'));
  assert.ok(!existsSync(join(source, 'report.html')));
});

test('writes a report in each form, of a run in which a file failed', async () => {
  const folder = join(freshFolder(), 'new');
  const names = ['a.json', 'b.md', 'C.HTML'];
  const { status, out, stderr } = await run(
    names.flatMap((name) => ['--report', join(folder, name)]),
    damaged,
  );
  assert.deepEqual([status, stderr], [1, '']);
  assert.deepEqual(readdirSync(folder).sort(), [...names].sort(), 'and no temporary file');
  const report = reportIn(join(folder, 'a.json'));
  assert.deepEqual([report.decrypted, report.copied, report.failed, report.status], [4, 1, 1, 'complete']);
  assert.equal(report.source.name, 'Damaged');
  assert.ok(report.source.bytes > 500);
  assert.deepEqual(
    report.files.filter(({ output }) => output).map(({ sha256 }) => sha256.length),
    Array(5).fill(64),
  );
  assert.match(
    readFileSync(join(folder, 'b.md'), 'utf8'),
    /\| Data_v0.User_v1\/cut\.json \| ERR&?_CIPHERTEXT_LENGTH \|/,
  );
  assert.match(readFileSync(join(folder, 'C.HTML'), 'utf8'), /^<!doctype html>[\s\S]*cut\.json[\s\S]*<\/html>\n$/);
  assert.deepEqual(filesIn(out)?.length, 5);
});

test('the report replaces an older one, and never a file of the drop', async () => {
  const folder = freshFolder();
  mkdirSync(folder);
  writeFileSync(join(folder, 'a.json'), 'old');
  assert.equal((await run(['--report', join(folder, 'a.json')])).status, 0);
  reportIn(join(folder, 'a.json'));
  const next = join(temporary, String(number + 1), 'metadata/JobMetadata.json');
  const { status, stderr } = await run(['--report', next]);
  assert.equal(status, 1);
  assert.match(
    stderr,
    /JobMetadata\.json: the target cannot be written \(EEXIST\): a file of the drop was written there/,
  );
  assert.equal(readFileSync(next, 'utf8'), '{"a":1}');
});

test('a report that cannot be written is told, and what was decrypted stays', async () => {
  const { status, stderr, files } = await run(['--report', '/proc/nowhere/a.json']);
  assert.equal(status, 1);
  assert.match(stderr, /\/proc\/nowhere\/a\.json: the target cannot be written/);
  assert.equal(files?.length, 5);
});

test('puts the report and SHA256SUMS into the output, and sha256sum -c takes it', async () => {
  const { status, out, files } = await run(['--report-in-output']);
  assert.equal(status, 0);
  const own = ['SHA256SUMS', 'mgdc-decrypt-report.html', 'mgdc-decrypt-report.json'];
  assert.deepEqual(files?.filter((name) => own.includes(name)).sort(), own);
  assert.equal(files?.length, 8);
  reportIn(join(out, 'mgdc-decrypt-report.json'));
  const checked = execFileSync('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd: out, encoding: 'utf8' });
  assert.equal(checked.match(/: OK$/gm)?.length, 5);
  const again = await run(['--resume', '--report-in-output']);
  assert.equal(again.status, 0);
});

test('a run that is cancelled has its report', async () => {
  const from = freshFolder();
  const many = makeDrop(from);
  const content = jsonLines(1 << 20);
  for (let index = 0; index < 40; index += 1) many.add(`Data/part-${index}.json`, content);
  const report = join(freshFolder(), 'cancelled.json');
  const args = [CLI, from, '--key', KEY, '--out', freshFolder(), '--json', '--concurrency', '1', '--report', report];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.once('data', () => child.kill('SIGINT'));
  const [status] = await new Promise((resolve) => child.once('exit', (...told) => resolve(told)));
  assert.equal(status, 130);
  const { files, unfinished, status: told, stop, decrypted } = reportIn(report);
  assert.deepEqual([told, stop.code], ['cancelled', 'ERR_ABORTED']);
  assert.ok(decrypted > 0 && unfinished > 0, `${decrypted} and ${unfinished}`);
  assert.equal(files.length + unfinished, 40);
});
