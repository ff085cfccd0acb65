/** The Python that has Microsoft's azure-keyvault-keys. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The Python of `.ci/setup test`, also where this file is run by itself. */
export function python() {
  const [, version] =
    /^ *AZURE_KEYS_VERSION=(\S+)$/m.exec(readFileSync(new URL('../../.ci/env', import.meta.url), 'utf8')) ?? [];
  const tools = process.env.MGDC_TOOLS ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'mgdc-decrypt');
  const path = join(tools, `azure-keyvault-keys-${version}/bin/python`);
  assert.ok(existsSync(path), `${path} is missing: run \`make setup-test\``);
  return path;
}
