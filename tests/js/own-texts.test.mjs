/** A host's own texts: they take the place of a language's, and what is wrong with them breaks nothing. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { de } from '../../pkg/element/words/de/index.js';
import { en } from '../../pkg/element/words/en/index.js';
import { loadLanguage, voice } from '../../pkg/element/words/language.js';
import { complainOf, merged, wrongTexts } from '../../pkg/element/words/own-texts.js';
import { text } from '../../pkg/element/words/text.js';

await loadLanguage('de');

/** Runs with another `console.warn` or `reportError`, and gives what they got. */
function heard(name, run) {
  const [before, told] = [globalThis[name === 'warn' ? 'console' : 'reportError'], /** @type {unknown[]} */ ([])];
  const listen = (/** @type {unknown} */ one) => told.push(one);
  if (name === 'warn') globalThis.console = /** @type {Console} */ ({ ...console, warn: listen });
  else globalThis.reportError = listen;
  try {
    run();
  } finally {
    if (name === 'warn') globalThis.console = /** @type {Console} */ (before);
    else globalThis.reportError = /** @type {typeof reportError} */ (before);
  }
  return told;
}

test('texts, lists and functions take the place of the language’s, and the rest stays', () => {
  const all = merged(de, {
    welcome: { title: 'Öffnen Sie Ihre Lieferung.' },
    help: { pasteList: ['Nur einen Schlüssel.'] },
    say: { progress: (share) => `schon ${share}` },
  });
  assert.equal(all.welcome.title, 'Öffnen Sie Ihre Lieferung.');
  assert.equal(all.welcome.stays, de.welcome.stays);
  assert.deepEqual(all.help.pasteList, ['Nur einen Schlüssel.']);
  assert.equal(all.say.progress(0.5), 'schon 0.5');
  assert.equal(all.bar, de.bar);
  assert.notEqual(de.welcome.title, all.welcome.title, 'the language is as it was');
});

const WRONG = {
  welcom: { title: 'x' },
  welcome: { titel: 'x', title: 7, stays: null },
  say: { progress: 'x' },
  help: { pasteList: ['x', 1], useList: 'x' },
  bar: 'x',
  toString: () => 'x',
  constructor: { name: 'x' },
};

test('wrong names and wrong kinds are named with their path, and left out', () => {
  assert.deepEqual(wrongTexts(en, /** @type {any} */ (WRONG)), [
    'welcom: there is no such text',
    'welcome.titel: there is no such text',
    'welcome.title: expected a text, found number',
    'welcome.stays: expected a text, found null',
    'say.progress: expected a function, found a text',
    'help.pasteList: expected a list of texts, found a list',
    'help.useList: expected a list of texts, found a text',
    'bar: expected a group of texts, found a text',
    'toString: there is no such text',
    'constructor: there is no such text',
  ]);
  assert.deepEqual(merged(en, /** @type {any} */ (WRONG)), en);
});

test('they are named once, however often the texts are used', () => {
  const told = heard('warn', () => {
    for (let time = 0; time < 3; time += 1) complainOf(en, /** @type {any} */ (WRONG));
    complainOf(en, { bar: { help: 'Rat' } });
  });
  assert.equal(told.length, 1);
  assert.match(String(told[0]), /^mgdc-decrypt: these texts are left out:\nwelcom: there is no such text\n/);
});

test('a function that fails, or gives another kind, leaves the standard words', () => {
  const failure = new Error('not today');
  const all = merged(en, {
    say: {
      progress: () => {
        throw failure;
      },
    },
    line: { keys: () => 7 },
  });
  const told = heard('reportError', () => {
    assert.equal(all.say.progress(0.5), en.say.progress(0.5));
    assert.equal(all.line.keys(2), '2 keys');
  });
  assert.deepEqual(told, [failure]);
});

test('each voice speaks its own language, with its numbers, however they take turns', () => {
  const german = voice(['de-DE'], null);
  const english = voice(['en-US'], { line: { clear: 'Begin again' } });
  for (let time = 0; time < 2; time += 1) {
    german.speak();
    assert.deepEqual([text.line.clear, text.review.number(1234.5)], [de.line.clear, '1.234,5']);
    english.speak();
    assert.deepEqual([text.line.clear, text.review.number(1234.5)], ['Begin again', '1,234.5']);
  }
});

test('a language that is not loaded yet is English as a whole', () => {
  const early = voice(['zh-CN'], null);
  early.speak();
  assert.deepEqual([early.language, early.tag, text.bar.help], ['en', 'en', 'Help']);
});
