/** Every rule of the key check has its words in every language but English, which is the core's own. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { checkKey } from '../../pkg/check.js';
import { rules as english } from '../../pkg/element/words/en/rules.js';
import { LANGUAGES } from '../../pkg/element/words/language.js';
import { cases, pathOf, urisOf } from '../readiness/expected.mjs';

/**
 * @import { Finding } from '../../pkg/check.js'
 * @import { CheckRules } from '../../pkg/element/words/rules.js'
 */

/** @type {Record<string, CheckRules>} */
const RULES = {
  de: (await import('../../pkg/element/words/de-check.js')).rules,
  'zh-Hans': (await import('../../pkg/element/words/zh-check.js')).rules,
};

const VERDICTS = ['fail', 'warn', 'not-visible', 'reminder', 'pass'];
const source = new URL('../../src/readiness/', import.meta.url);
const tables = readdirSync(new URL('rules/', source)).map((name) =>
  readFileSync(new URL(`rules/${name}`, source), 'utf8'),
);
/** The rules of the core: id, and whether it has a remedy. */
const core = tables.flatMap((text) =>
  [...text.matchAll(/\n {8}id: "(\w+)",[\s\S]*?\n {8}remedy: "([^"\n]?)/g)].map(([, id, remedy]) => ({
    id,
    remedy: remedy !== '',
  })),
);
const types = readFileSync(new URL('../../pkg/check.d.ts', import.meta.url), 'utf8');
const codes = [...types.matchAll(/\| '(ERR_CHECK_\w+)'/g)].map(([, code]) => code);
const remarks = [...types.slice(types.indexOf('CheckRemark')).matchAll(/\n {2}\| '([\w-]+)'/g)].map(([, name]) => name);

/** What the core says of every case: rules, verdicts, clashes and refusals. */
/** What the page shows in English of what the core says. @param {Finding} finding */
function inEnglish({ rule, verdict, demand, message, remedy = '' }) {
  const own = english[rule] ?? {};
  return [own.demand ?? demand, own[verdict] ?? message, own.remedy ?? remedy];
}

const said = { english: new Set(), pairs: new Set(), clashes: new Set(), refused: new Set(), remarks: new Set() };
for (const one of cases) {
  const files = (one.files ?? []).map((name) => ({ path: name, blob: readFileSync(pathOf(name)) }));
  for (const policy of /** @type {const} */ ([undefined, 'exchange', 'sharepoint'])) {
    const typed = { tenantId: one.typed?.tenantId, policyName: one.typed?.policyName, policyDescription: 'a\nb' };
    const result = await checkKey([...files, ...urisOf(one)], { now: one.now, policy, ...typed });
    for (const finding of result.findings) {
      said.pairs.add(`${finding.rule} ${finding.verdict}`);
      for (const words of inEnglish(finding)) said.english.add(words);
    }
    for (const { rules } of result.contradictions) said.clashes.add(rules.join(' '));
    for (const { code, remark } of result.messages) if (!code) said.remarks.add(remark);
    for (const { rule } of result.refused ?? []) said.refused.add(rule);
  }
}

test('the cases call for most of what is said', () => {
  assert.ok(core.length > 45, `${core.length} rules found`);
  assert.equal(new Set(core.map(({ id }) => id)).size, core.length);
  assert.deepEqual(
    [...new Set([...said.pairs].map((pair) => pair.split(' ')[0]))].sort(),
    core.map(({ id }) => id).sort(),
  );
  assert.ok(said.pairs.size > 110, `${said.pairs.size} outcomes`);
  assert.equal(said.clashes.size, 3);
  assert.ok(said.refused.has('description') && said.refused.has('C15'));
  assert.ok(codes.length >= 9);
  assert.deepEqual(
    [...said.remarks].filter((name) => !remarks.includes(name)),
    [],
  );
  assert.ok(said.remarks.size >= 6, `${[...said.remarks]}`);
});

test('in English, a delivery is not called a drop', () => {
  assert.deepEqual(
    [...said.english].filter((words) => /\bdrops?\b(?!\w|\.)/i.test(words)),
    [],
  );
  assert.ok(said.english.size > 200);
});

test('every language of the page but English says the rules', () => {
  assert.deepEqual(['en', ...Object.keys(RULES)], Object.keys(LANGUAGES));
});

for (const [language, { rules, verdicts, contradictions, refusals, messages }] of Object.entries(RULES)) {
  const end = language === 'de' ? /^(?:[\p{Lu}„]|wrapKey ).*[.]$/su : /。$/;

  test(`${language}: every rule has what it demands and what to do, and no rule is left over`, () => {
    assert.deepEqual(Object.keys(rules).sort(), core.map(({ id }) => id).sort());
    for (const { id, remedy } of core) assert.equal(rules[id].remedy !== undefined, remedy, `${id}: remedy`);
  });

  test(`${language}: every outcome has words of its own`, () => {
    assert.deepEqual(Object.keys(verdicts).sort(), [...VERDICTS].sort());
    const missing = [...said.pairs].filter((pair) => {
      const [rule, verdict] = pair.split(' ');
      return !(/** @type {Record<string, string>} */ (rules[rule])[verdict]);
    });
    assert.deepEqual(missing, []);
  });

  test(`${language}: clashes, refusals and codes have their words`, () => {
    assert.deepEqual(Object.keys(contradictions).sort(), [...said.clashes].sort());
    const known = (rule) => refusals[rule] ?? rules[rule]?.fail;
    assert.deepEqual(
      [...said.refused].filter((rule) => !known(rule)),
      [],
    );
    assert.deepEqual(Object.keys(messages).sort(), [...codes, ...remarks].sort());
  });

  test(`${language}: sentences are whole, and keep names, roles and identifiers`, () => {
    const all = [...Object.values(rules), verdicts, contradictions, refusals, messages].flatMap(Object.values);
    for (const words of all) assert.match(words, end);
    for (const [id, role] of [
      ['M10', 'Key Vault Crypto User'],
      ['C12', '00000003-0000-0ff1-ce00-000000000000'],
      ['C18', 'mandatoryRetentionPeriodEnabled'],
      ['D8', '6a12de16-95c8-4e42-a451-7dbbc34634cd'],
    ])
      assert.ok(Object.values(rules[id]).join(' ').includes(role), `${id}: ${role}`);
  });
}
