/** Every example of the documents runs: what is JavaScript here and in the types, and each command line. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as check from '../../pkg/check.js';
import * as mgdc from '../../pkg/index.js';
import * as preview from '../../pkg/preview.js';
import { samplePath } from './samples.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path) => readFileSync(join(root, path), 'utf8');
const documents = [
  'README.md',
  'SECURITY.md',
  'examples/README.md',
  ...namesIn('docs', '.md').filter((path) => !path.includes('seal-')),
];
const types = namesIn('pkg', '.d.ts');
const temporary = mkdtempSync(join(tmpdir(), 'mgdc-documents-'));
after(() => rmSync(temporary, { recursive: true, force: true }));

function namesIn(folder, ending) {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`);
}

/** What stands in fences of a language, and in types behind `@example`. */
function fenced(path, language) {
  const text = path.endsWith('.ts') ? read(path).replace(/^ *\* ?/gm, '') : read(path);
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, code]) => code);
}

const folder = samplePath('drops/java-gzip-oaep');
const detailsPath = 'metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json';
const part = 'BasicDataSet_v0.User_v1/part-00000.json';
const KEY = samplePath('keys/contoso-2048/pkcs8.pem');
const item = (path) => ({ path, blob: new Blob([readFileSync(`${folder}/${path}`)]) });

const ENTRIES = { 'mgdc-decrypt': mgdc, 'mgdc-decrypt/check': check, 'mgdc-decrypt/preview': preview };

/** What the examples take for granted; nothing of it is touched by more than one. */
function surroundings() {
  const json = readFileSync(`${folder}/${detailsPath}`, 'utf8');
  const pem = readFileSync(KEY, 'utf8');
  const fileKey = mgdc.FileKey.unwrap(mgdc.parseKeyDetails(json)[0], mgdc.PrivateKey.import(pem));
  const written = { bytes: 0 };
  const target = new WritableStream({ write: (chunk) => void (written.bytes += chunk.length) });
  const files = [item(detailsPath), item(part)];
  // The portal's back end, which gives the vault's answer.
  const answer = JSON.stringify({
    // @ts-expect-error bytesOf is the package's own, and not among its types.
    value: Buffer.from(mgdc.FileKey.bytesOf(fileKey).slice(0, 32)).toString('base64url'),
  });
  const fetch = async () => new Response(answer);
  const keyFiles = [{ path: 'key.pem', blob: new Blob([pem]) }];
  const tenantId = '00000000-0000-0000-0000-000000000000';
  const values = { json, pem, fileKey, target, files, file: item(part).blob, fetch, keyFiles, tenantId };
  return { values, written };
}

for (const path of [...documents, ...types])
  for (const [index, code] of fenced(path, 'js').entries()) {
    test(`example ${index + 1} of ${path} runs`, async () => {
      const { values, written } = surroundings();
      const lines = [];
      const body = code
        .replace(/^import \{(.*)\} from '(.*)';$/gm, "const {$1} = entries['$2'];")
        .replace(/const fileKey = /, 'fileKey = ');
      const result = new Function(
        'entries',
        'console',
        ...Object.keys(values),
        `return (async () => {${body}
        return { plaintext: typeof plaintext === 'object' && plaintext, drop: typeof drop === 'object' && drop,
          findings: typeof findings === 'object' && findings, rows: typeof rows === 'object' && rows };
      })()`,
      );
      const { plaintext, drop, findings, rows } = await result(
        ENTRIES,
        { log: (...words) => lines.push(words.join(' ')) },
        ...Object.values(values),
      );
      const shown = [
        findings?.length > 0,
        rows?.length > 0,
        plaintext?.length > 0,
        written.bytes > 0,
        drop ? drop.keyDetails[0].unlocked : false,
      ];
      assert.ok(shown.some(Boolean), 'something was decrypted, shown, unlocked or judged');
      if (code.includes('blobSink')) assert.deepEqual([lines.length, lines.at(-1)], [2, '0 failed']);
      if (code.includes('convert:')) assert.match(lines.join('\n'), /part-00000\.csv: \d+ rows, \d+ columns/);
    });
  }

/** What a person puts in place of the words in capitals; `DIR` is new for each command. */
const VALUES = {
  DROP: folder,
  PATH: part,
  FILE: KEY,
  KEY,
  GUID: '00000000-0000-0000-0000-000000000000',
  N: '3',
  "'part-*.json'": 'part-*.json',
  NAME: 'Policy',
  'key.json': join(root, 'tests/readiness/files/ck-full-good/key1.json'),
  'vault.json': join(root, 'tests/readiness/files/ck-full-good/vault1.json'),
};
const commands = documents.flatMap((path) =>
  [...read(path).matchAll(/^ {4}(mgdc-decrypt .*)$/gm)].map(([, line]) => ({ path, line })),
);

/** Who runs what is in fences of other languages. */
const OTHERS = {
  html: ['docs/embedding.md'], // tests/examples/documents.test.mjs
  http: ['docs/embedding.md'], // the same
  python: ['docs/spark.md'], // python/tests/test_examples.py
};

test('there is no example that nobody runs', () => {
  const unknown = documents.flatMap((path) =>
    [...read(path).matchAll(/^```(\w+)$/gm)]
      .filter(([, language]) => language !== 'js' && !OTHERS[language]?.includes(path))
      .map(([, language]) => `${path}: ${language}`),
  );
  assert.deepEqual(unknown, []);
});

test('the documents have the examples that this file runs', () => {
  const counted = (paths) => paths.reduce((sum, path) => sum + fenced(path, 'js').length, 0);
  assert.deepEqual([counted(documents), counted(types), commands.length], [11, 4, 8]);
});

for (const { path, line } of commands) {
  // One line may have two commands.
  const [command] = line.split(/ #| && | {2,}/, 1);
  const least = command.replace(/ \[[^\]]*\]/g, '');
  for (const given of new Set([least, command.replace(/[[\]…]/g, '')]))
    test(`the command of ${path} runs: ${given}`, async () => {
      const dir = join(mkdtempSync(join(temporary, 'run-')), 'out');
      const words = given
        .split(' ')
        .slice(1)
        .map((word) => VALUES[word] ?? (word === 'DIR' ? dir : word));
      assert.deepEqual(
        words.filter((word) => /^[A-Z]+$/.test(word)),
        [],
        'every word in capitals has a value',
      );
      const { stdout, code } = await promisify(execFile)(process.execPath, [join(root, 'pkg/cli.js'), ...words], {
        cwd: mkdtempSync(join(temporary, 'in-')),
      }).then(
        ({ stdout }) => ({ stdout, code: 0 }),
        ({ stdout, stderr, code }) => ({ stdout: stdout + stderr, code }),
      );
      // `check-key` judges the key: 1 is "a rule is broken".
      assert.ok(code === 0 || (words[0] === 'check-key' && code === 1), `${code}: ${stdout}`);
      assert.ok(stdout.length > 0);
    });
}

const makes = documents.flatMap((path) =>
  [...read(path).matchAll(/^ {4}make .*$|`(make [a-z-]+[^`]*)`/gm)].map(([line, inline]) => ({
    path,
    line: inline ?? line.trim(),
  })),
);

test('every `make` of the documents has a target, and the one that decrypts does it', async () => {
  const targets = new Set([...read('Makefile').matchAll(/^([a-z-]+):/gm)].map(([, target]) => target));
  assert.ok(makes.length > 20);
  const unknown = makes.filter(({ line }) => !targets.has(line.split(' ')[1]));
  assert.deepEqual(unknown, []);
  const [{ line }] = makes.filter(({ line }) => line.startsWith('make decrypt DROP=tests/'));
  const given = Object.fromEntries([...line.matchAll(/([A-Z]+)=(\S+)/g)].map(([, name, value]) => [name, value]));
  const out = join(temporary, 'made');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['pkg/cli.js', given.DROP, '--key', given.KEY, '--out', out],
    { cwd: root },
  );
  assert.match(stdout, /^5 decrypted, 1 copied, 0 failed;/m);
});

test('every link of the documents leads to a file, and to a heading in it', () => {
  const anchors = (text) =>
    [...text.matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    );
  const broken = [...documents, 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'].flatMap((path) =>
    [...read(path).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g)]
      .filter(([, to, anchor]) => {
        const file = to ? resolve(root, path, '..', to) : join(root, path);
        if (!existsSync(file)) return true;
        return anchor && !anchors(readFileSync(file, 'utf8')).includes(anchor);
      })
      .map(([link]) => `${path}: ${link}`),
  );
  assert.deepEqual(broken, []);
});

test('docs/errors.md explains every code of the typed contract', () => {
  const codes = [...read('pkg/index.d.ts').matchAll(/^ {2}\| '(ERR_\w+)'/gm)].map(([, code]) => code);
  assert.ok(codes.length > 30);
  const text = read('docs/errors.md');
  const missing = codes.filter(
    (code) =>
      !text.includes(code) && !text.includes(`\`${code.replace(/^ERR_(KEY_DETAILS|PRIVATE_KEY|PUBLIC_KEY)/, '')}\``),
  );
  assert.deepEqual(missing, []);
});
