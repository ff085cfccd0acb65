/**
 * Runs the commands in error messages exactly as written: each must work with OpenSSL 3, and produce a usable key.
 */

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { PrivateKey } from '../../pkg/index.js';

const root = fileURLToPath(new URL('../drops-extra/', import.meta.url));
const PASSWORD = 'Contoso-drop-1';

/** The arguments by which each program takes the password that it would prompt for, and the file that it makes. */
const PROGRAMS = {
  openssl: { file: 'FILE', made: 'key.pem', answers: ['-passin', `pass:${PASSWORD}`, '-passout', `pass:${PASSWORD}`] },
  keytool: {
    file: 'FILE',
    made: 'key.p12',
    answers: ['-srcstorepass', PASSWORD, '-deststorepass', PASSWORD, '-noprompt'],
  },
  'ssh-keygen': { file: 'KEY', made: 'KEY', answers: ['-P', PASSWORD, '-N', ''] },
};

const unsupported = JSON.parse(readFileSync(join(root, 'keys.json'), 'utf8')).filter(
  ({ error_kind: kind }) => kind === 'unsupported_key_format',
);
const named = unsupported.flatMap(({ file, password }) => {
  const { message } = refusal(readFileSync(join(root, file)), password);
  const command = /`([^`]+)`/.exec(message)?.[1];
  return command ? [{ file, command }] : [];
});

function refusal(source, password) {
  try {
    PrivateKey.import(source, { password: password ?? undefined });
  } catch (error) {
    return /** @type {Error} */ (error);
  }
  throw new Error('it opens: then it needs no remedy');
}

for (const { file, command } of named) {
  const [program] = command.split(' ');
  const isThere = spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
  // OpenSSH alone is no part of what the tests install.
  test(`${file}: ${command}`, { skip: program === 'ssh-keygen' && !isThere && 'no ssh-keygen here' }, (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'mgdc-remedy-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const { file: placeholder, made, answers } = PROGRAMS[program];
    copyFileSync(join(root, file), join(folder, placeholder));
    if (program === 'ssh-keygen') execFileSync('chmod', ['600', join(folder, placeholder)]);
    const [, ...args] = command.split(' ');
    const { status, stderr } = spawnSync(program, [...args, ...answers], { cwd: folder, encoding: 'utf8', input: '' });
    assert.equal(status, 0, stderr);
    assert.equal(PrivateKey.import(readFileSync(join(folder, made)), { password: PASSWORD }).bits, 2048);
  });
}

test('every command that the core names is among them', () => {
  const sources = ['pbe', 'legacy_pem', 'magic', 'openssh', 'pkcs12', 'pem', 'pkcs8', 'der', 'rsa_key'];
  const texts = sources
    .map((name) => readFileSync(new URL(`../../src/private_key/${name}.rs`, import.meta.url), 'utf8'))
    .join('')
    // A string that goes on in the next line.
    .replace(/\\\n\s*/g, '');
  const commands = [...texts.matchAll(/"[^"\n]*`((?:openssl|keytool|ssh-keygen|dotnet|pwsh) [^`\n]+)`[^"\n]*"/g)].map(
    ([, command]) => command,
  );
  assert.ok(commands.length >= 5, commands.join('\n'));
  const run = new Set(named.map(({ command }) => command));
  assert.deepEqual(
    [...new Set(commands)].filter((command) => !run.has(command)),
    [],
  );
});
