/** The files of --report: checked before the run, and written after it, each whole or not at all. */

import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname, extname, join, relative, resolve, sep } from 'node:path';
import { reportAs } from '../report/report-as.js';
import { usage } from './arguments.js';
import { makeFolder, realOf, writeError } from './folder.js';
import { partialNames } from './partials.js';

/** @import { Report } from '../index.js' */

/** @type {Record<string, Parameters<typeof reportAs>[1]>} */
const FORMATS = { '.json': 'json', '.md': 'markdown', '.html': 'html' };

/** @param {string} path */
const formatOf = (path) => FORMATS[extname(path).toLowerCase()];

/**
 * Refuses a file whose ending names no format, that lies in the drop, or that is one of the files that were `given`.
 * @throws ERR_USAGE
 * @param {readonly string[]} paths
 * @param {string} drop
 * @param {ReadonlyMap<string, string>} given real path → option
 */
export async function checkReports(paths, drop, given) {
  for (const path of paths) {
    if (!formatOf(path)) throw usage(`--report takes a file that ends in .json, .md or .html, not ${path}`);
    const real = await realOf(path);
    const option = given.get(Buffer.from(real).toString('latin1'));
    if (option) throw usage(`--report ${path} would replace the file that ${option} reads`);
    const [first] = relative(await realOf(drop), real).split(sep);
    if (first !== '..' && first !== '' && resolve(first) !== first)
      throw usage(`--report ${path} lies in the drop, and would be a file of it in the next run: name a place outside`);
  }
}

/**
 * Resolves to what went wrong with one of them.
 * @param {readonly string[]} paths
 * @param {Report} report
 * @param {string} out folder of the output
 */
export async function writeReports(paths, report, out) {
  const outputs = new Set(report.files.flatMap(({ output }) => (output === null ? [] : [resolve(out, output)])));
  const results = await Promise.allSettled(
    paths.map(async (path) => {
      // Too late to be told before the run: only now are the names of the outputs known.
      if (outputs.has(resolve(path)))
        throw Object.assign(new Error('a file of the drop was written there'), { code: 'EEXIST' });
      await write(path, reportAs(report, formatOf(path)));
    }),
  );
  return results.flatMap((result, index) =>
    result.status === 'rejected' ? [writeError(result.reason, paths[index])] : [],
  );
}

/**
 * @param {string} path
 * @param {string} text
 */
async function write(path, text) {
  const folder = dirname(resolve(path));
  await makeFolder(folder);
  const partial = join(folder, partialNames()());
  try {
    await writeFile(partial, text, { flag: 'wx' });
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
