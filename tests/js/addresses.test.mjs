/**
 * Every address in documents, manifests, pages and the package's code names a host that is known to exist, or one that
 * cannot exist. An address that does not exist yet could be registered by anyone.
 */

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { help } from '../../pkg/element/words/en/help.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Allowed hosts (with the start of the path on hosts where anyone may own a part), and why each is allowed. */
const ALLOWED = {
  // Standards and documents that a comment or a text cites.
  'eprint.iacr.org/2009/129': 'the paper that the AES code follows',
  'fs.spec.whatwg.org': 'a standard',
  'keepachangelog.com': 'the form of the changelog',
  'learn.microsoft.com': "Microsoft's documentation",
  'owasp.org/www-community/attacks/CSV_Injection': 'the rule that a comment cites',
  'filesystem-spec.readthedocs.io': 'the library that the wheel opens addresses with',
  'spark.apache.org': "Spark's documentation",
  'semver.org': 'the rule of the version numbers',
  'webassembly.github.io/spec': 'a standard',
  'webidl.spec.whatwg.org': 'a standard',
  'wicg.github.io/file-system-access': 'a draft of a standard',
  'www.w3.org': 'a standard, and the namespace of SVG',
  'groups.google.com/a/chromium.org/g/blink-dev': "where Chromium's changes are announced",
  'github.com/rust-lang/crates.io-index': 'the index of the crates, which deny.toml allows',
  'github.com/uktrade/stream-zip/pull/28': 'a finding that a comment cites',
  'docs.npmjs.com': "npm's documentation",
  'registry.npmjs.org': 'the registry that a release goes to',
  'example.com': 'a host that exists for examples (RFC 2606)',
  // Azure's own, and an example vault in it as Microsoft's documentation has it.
  'vault.azure.net': 'the audience of a token for Key Vault',
  'portal.example': 'a portal in the README, which does not exist',
  'contoso.vault.azure.net': "the example vault of Microsoft's documentation",
  // The reader's own machine.
  '127.0.0.1': 'the address that a local server has',
  localhost: 'a base for relative addresses in code',
};
/** Placeholders for a host in code or text. */
const PLACEHOLDER = /^(?:HOST|\$\{\w+\}|)$/;

const DOCUMENTS = [
  'README.md',
  'SECURITY.md',
  'CONTRIBUTING.md',
  'ARCHITECTURE.md',
  'CHANGELOG.md',
  'examples/README.md',
  'fuzz/README.md',
  'python/README.md',
  'docs/spark.md',
  'www/index.html',
  'www/page.js',
  'www/page.css',
  'Cargo.toml',
  'deny.toml',
  'package.json',
  'pkg/package.json',
  'benches/package.json',
  'docs/package.json',
  'examples/package.json',
  'tests/mutants/package.json',
  'src/crates/aes_simd/Cargo.toml',
  'src/crates/inflate/Cargo.toml',
  'fuzz/Cargo.toml',
];

function filesBelow(folder, wanted) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length))
    .filter((path) => wanted.test(path) && !/node_modules|^pkg\/wasm(-check)?\/|\/dist\//.test(path));
}

const files = [
  ...DOCUMENTS,
  ...filesBelow('docs', /\.md$/),
  ...filesBelow('pkg', /\.(?:js|d\.ts)$/),
  ...filesBelow('examples', /\.(?:m?js|html)$/),
  ...filesBelow('.github', /\.yml$/),
];

/** Every address with a scheme, and names of hosts that people write without one. */
function addresses(text) {
  const found = text.matchAll(
    /(?:https?:\/\/|(?<![\w.@/-])(?=(?:git(?:hub|lab)|codeberg|bitbucket)\.(?:com|org|io)\b))([^\s"'`<>()[\]|,;…]*)/g,
  );
  return [...found].map(([, address]) => address.replace(/[.:*]+$/, ''));
}

function isAllowed(address) {
  const host = address.split(/[/:?#]/, 1)[0];
  if (PLACEHOLDER.test(host)) return true;
  return Object.keys(ALLOWED).some((allowed) =>
    allowed.includes('/') ? address === allowed || address.startsWith(`${allowed}/`) : host === allowed,
  );
}

test('every address is on the list', () => {
  const unknown = files.flatMap((file) =>
    addresses(readFileSync(join(root, file), 'utf8'))
      .filter((address) => !isAllowed(address))
      .map((address) => `${file}: ${address}`),
  );
  assert.deepEqual(unknown, []);
});

test('planted addresses are found', () => {
  for (const planted of [
    'repository = "https://github.com/mgdc-decrypt/mgdc-decrypt"',
    'source code: github.com/mgdc-decrypt/mgdc-decrypt</p>',
    'see [the page](https://mgdc-decrypt.example.org/).',
    'github.com/uktrade/stream-zip/pull/2',
    "fetch('http://evil.example/')",
  ]) {
    assert.equal(addresses(planted).filter((address) => !isAllowed(address)).length, 1, planted);
  }
});

test('the help tells the truth about the source: the map has every module with its text', () => {
  assert.match(help.sourceText, / page\.min\.js\.map /);
  const { sources, sourcesContent } = JSON.parse(readFileSync(join(root, 'www/page.min.js.map'), 'utf8'));
  assert.equal(sourcesContent.length, sources.length);
  assert.ok(sourcesContent.every((content) => content.length > 0));
  const own = sources.filter((source) => !/^\.\.\/pkg\/wasm(-check)?\//.test(source));
  for (const source of own) assert.ok(existsSync(join(root, 'www', source)), source);
  assert.ok(sources.includes('page.js') && sources.includes('../pkg/element.js'));
});
