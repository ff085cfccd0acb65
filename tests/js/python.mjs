/** The Python that has Microsoft's azure-keyvault-keys, Arrow and DuckDB. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The Python of `.ci/setup test`, also where a test is run by itself. */
export function python() {
  const path = process.env.MGDC_PYTHON ?? fromEnv();
  assert.ok(existsSync(path), `${path} is missing: run \`make setup-test\``);
  return path;
}

function fromEnv() {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const { MGDC_ENV: _, ...env } = process.env;
  return execFileSync('bash', ['-c', '. .ci/env; printf %s "$MGDC_PYTHON"'], { cwd: root, env, encoding: 'utf8' });
}
