/**
 * Stryker on pkg/: `make mutants FILE=pkg/sinks/zip-sink.js`, or all of it. It changes the code in a thousand small
 * ways, one at a time, and runs the tests on each: a change that no test notices has survived.
 *
 * `GROUP` says where the code runs, for that decides how the tests that reach it are found:
 *   here      in the test's own process: Stryker sees which test files reach a mutant, and runs those
 *   worker    in workers too, of which Stryker does not see what they reach: every test of the list runs for each
 * mutant
 *   command   in the process of the command line: the same
 */

import { globSync } from './glob.mjs';

const WORKER = [
  'pkg/worker/worker.js',
  'pkg/worker/batch.js',
  'pkg/worker/inflater.js',
  'pkg/worker/path-source.js',
  'pkg/worker/output-places.js',
  'pkg/worker/plaintext-writer.js',
];
const COMMAND = ['pkg/cli.js', ...globSync('pkg/node')];
const ELSEWHERE = [
  // Runs in a browser only: the tests of the page hold it, each of which would need the bundle and Chromium for each
  // mutant.
  'pkg/element.js',
  ...globSync('pkg/element'),
  // Lists of what is exported, and styles.
  'pkg/index.js',
  'pkg/check.js',
];
const HERE = globSync('pkg').filter(
  (path) => !/^pkg\/wasm(-check)?\//.test(path) && ![...WORKER, ...COMMAND, ...ELSEWHERE].includes(path),
);
const GROUPS = {
  here: { files: HERE, coverageAnalysis: 'perTest' },
  worker: { files: WORKER, coverageAnalysis: 'off', tests: /^(api-decrypt|api-failures|engines|repair)\./ },
  command: { files: COMMAND, coverageAnalysis: 'off', tests: /^(cli|node-)/ },
};
/** Not these: they look at the source's text, build a package, need minutes, or start the command line. */
const NOT_HERE = /^(shape|tarball|readme|notices|no-way-out|remedies|azure|vault-command|cli.*|node-.*)\./;

const name = process.env.GROUP ?? 'here';
const group = GROUPS[name];
/**
 * `TESTS=zip,output-paths`: only these test files decide, which is quicker, and finds more survivors than there are.
 */
const only = process.env.TESTS?.split(',').filter(Boolean) ?? [];
const testFiles = globSync('tests/js', /\.test\.mjs$/).filter((path) => {
  const file = path.replace('tests/js/', '');
  if (only.length > 0) return only.includes(file.replace('.test.mjs', ''));
  return group.tests ? group.tests.test(file) : !NOT_HERE.test(file);
});

export default {
  testRunner: 'tap',
  plugins: [import.meta.resolve('@stryker-mutator/tap-runner')],
  tap: { testFiles, nodeArgs: ['--test-reporter=tap', '-r', '{{hookFile}}', '{{testFile}}'] },
  coverageAnalysis: group.coverageAnalysis,
  mutate: (process.env.FILE ? [process.env.FILE] : group.files).filter((path) =>
    group.files.includes(path.split(':')[0]),
  ),
  // Texts for people are held by their codes and key phrases; whether each word is tested says nothing of the code.
  mutator: { excludedMutations: ['StringLiteral'] },
  // What workers run is one script that is made of the others: of the changed ones, here.
  buildCommand: 'node .ci/bundle.mjs',
  ignorePatterns: ['/target', '/fuzz', '/benches', '/src', '/tests/mutants', '/tests/page', '/.git'],
  ignoreStatic: false,
  concurrency: Number(process.env.JOBS ?? 1),
  timeoutMS: 30_000,
  dryRunTimeoutMinutes: 60,
  reporters: ['clear-text', 'json'],
  clearTextReporter: {
    allowColor: false,
    allowEmojis: false,
    logTests: false,
    reportTests: false,
    reportScoreTable: true,
  },
  jsonReporter: { fileName: `target/mutants-js/${name}.json` },
  tempDirName: 'target/stryker',
  // The sandbox lies in the tree, and finds its modules there.
  symlinkNodeModules: false,
  disableTypeChecks: false,
  allowConsoleColors: false,
};
