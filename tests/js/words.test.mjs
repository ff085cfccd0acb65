/** Every language of the page says everything that English says, in words of its own. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check as checkDe } from '../../pkg/element/words/de/check.js';
import { check as checkEn } from '../../pkg/element/words/en/check.js';
import { bytes, duration, useLocale } from '../../pkg/element/words/format.js';
import { LANGUAGES } from '../../pkg/element/words/language.js';
import { check as checkZh } from '../../pkg/element/words/zh/check.js';

const loaded = Object.fromEntries(
  await Promise.all(Object.entries(LANGUAGES).map(async ([tag, { load }]) => [tag, (await load()).texts])),
);

/** @type {Record<string, object>} */
const CHECKS = { en: checkEn, de: checkDe, 'zh-Hans': checkZh };

/** Names of products, formats and files, by the path of their text: the same in every language. */
const NAMES = [
  'bar.name',
  'check.ask.policies.exchange',
  'check.command.shells.az',
  'check.command.shells.powershell',
  'check.rehearse.name',
  'check.report.name',
  'keyStep.missingPath.1',
  'keyStep.missingPath.2',
  'keyStep.missingPath.3',
  'keyStep.missingPath.4',
  'preview.tabs.json',
  'report.page.columns.written.5',
  'vault.tools.az',
  'vault.tools.powershell',
  'vault.tools.rest',
  'ways.zipShort',
];

/** Words that a language shares with English, by the path of their text. @type {Record<string, string[]>} */
const SHARED = {
  de: [
    'bar.offlineShort',
    'preview.plain.hex',
    'preview.plain.text',
    'report.page.columns.keys.3',
    'report.page.columns.reasons.1',
    'review.bar.dataset',
    'review.orders.path',
    'vault.algorithm',
    'ways.convert',
  ],
  'zh-Hans': ['check.ask.addressHint'],
};

/**
 * Every text by its path, such as `vault.tools.az`: a string or a function.
 * @param {string} language
 */
function textsOf(language) {
  /** @type {Map<string, unknown>} */
  const texts = new Map();
  /** @type {(value: unknown, path: string) => void} */
  const walk = (value, path) => {
    if (typeof value !== 'object' || value === null) texts.set(path, value);
    else for (const [name, part] of Object.entries(value)) walk(part, path === '' ? name : `${path}.${name}`);
  };
  walk({ ...loaded[language], check: CHECKS[language] }, '');
  return texts;
}

const english = textsOf('en');
const others = Object.keys(LANGUAGES).filter((language) => language !== 'en');

test('the check of a key has the languages of the page', () => {
  assert.deepEqual(Object.keys(CHECKS), Object.keys(LANGUAGES));
  assert.ok(english.size > 400, `${english.size} texts found`);
});

for (const [language, { keyStep, key, ways }] of Object.entries(loaded)) {
  test(`${language}: a shortened key version ends no sentence, and no title of the bar has a full stop`, () => {
    const versions = ['501bc4c9a2', '77aa01c9a2'];
    for (const say of [keyStep.needed, key.noMatch])
      for (const wanted of [versions.slice(1), versions]) {
        assert.match(say(wanted), /77aa01c9…/);
        assert.doesNotMatch(say(wanted), /…[.。]/);
      }
    const none = { files: 0, deliverable: 0, locked: 0, encrypted: 0, damaged: 0 };
    for (const now of [{}, { files: 2, locked: 1 }, { files: 2, locked: 2 }, { files: 1, damaged: 1 }, { files: 2 }])
      assert.doesNotMatch(ways.chosen({ totals: { ...none, ...now }, bytes: 0, clear: false }), /[.。]$/);
  });
}

for (const language of others) {
  const texts = textsOf(language);

  test(`${language} has the texts of English, functions where English has functions`, () => {
    assert.deepEqual([...texts.keys()].sort(), [...english.keys()].sort());
    for (const [path, value] of texts) {
      assert.equal(typeof value, typeof english.get(path), path);
      if (typeof value === 'string') assert.notEqual(value.trim(), '', path);
    }
  });

  test(`${language} says everything in its own words, except names`, () => {
    const allowed = new Set([...NAMES, ...SHARED[language]]);
    const same = [...texts].filter(([path, value]) => typeof value === 'string' && value === english.get(path));
    assert.deepEqual(
      same.filter(([path]) => !allowed.has(path)),
      [],
    );
    assert.deepEqual(
      [...allowed].filter((path) => !texts.has(path)),
      [],
    );
  });

  test(`${language} has no function of English`, () => {
    // number and bytes are not words: they come from format.js.
    const functions = [...texts].filter(
      ([path, value]) => typeof value === 'function' && !/\.(number|bytes)$/.test(path),
    );
    assert.deepEqual(
      functions.filter(([path, value]) => value === english.get(path)).map(([path]) => path),
      [],
    );
  });

  test(`${language} keeps codes, commands and file names as they are`, () => {
    const kept =
      /\b[a-z]\w+\.(?:json|min\.js\.map)\b|\.partial|SHA256SUMS|az keyvault key show|Get-\w+|unwrap(?:key)?\b/gi;
    for (const [path, value] of texts) {
      const original = english.get(path);
      if (typeof value !== 'string' || typeof original !== 'string') continue;
      for (const [name] of original.matchAll(kept)) assert.ok(value.includes(name), `${path}: ${name}`);
    }
  });
}

test('English counts one line, and several', () => {
  useLocale('en');
  const figures = { content: 'text', bytesRead: 16, bytesTotal: 16, stoppedBy: null, isAtEnd: false };
  const { preview } = loaded.en;
  assert.equal(preview.figures({ ...figures, rows: 1, rowsTotal: 2 }), 'The first line of 2');
  assert.equal(preview.figures({ ...figures, rows: 2, rowsTotal: 3 }), 'First 2 lines of 3');
  assert.equal(preview.figures({ ...figures, rows: 1, rowsTotal: 1 }), '1 line, and no more');
  assert.equal(preview.figures({ ...figures, rows: 0, rowsTotal: 0 }), '0 lines');
});

test('sizes and times have the spaces of their language', () => {
  const spoken = {
    en: ['812 bytes', '15.3 kB', '3 min 20 sec'],
    de: ['812 Byte', '15,3 kB', '3 Min. 20 Sek.'],
    'zh-CN': ['812 字节', '15.3 kB', '3 分钟 20 秒'],
  };
  for (const [tag, wanted] of Object.entries(spoken)) {
    useLocale(tag);
    const said = [bytes(812), bytes(15_300), duration(200)];
    assert.deepEqual(
      said.map((one) => one.replaceAll('\u00a0', ' ')),
      wanted,
    );
  }
  useLocale('en');
});
