/** What a case of cases.json expects of a check, compared with what was found; see README.md here. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

/** @type {Record<string, any>[]} */
export const cases = JSON.parse(readFileSync(`${here}cases.json`, 'utf8'));

/**
 * The cases that together show every verdict of every rule for every service, and those with a password. The others
 * differ in their input, which the core reads: its tests hold all of them, always.
 */
export const someCases = cover(cases);

/** @param {Record<string, any>[]} all */
function cover(all) {
  const shown = new Set();
  return all.filter(({ expected = {}, typed = {} }) => {
    const verdicts = Object.entries(expected).flatMap(([service, rules]) =>
      Object.entries(rules).map(([rule, verdict]) => `${service} ${rule} ${verdict}`),
    );
    // Nothing expected: the input is refused.
    const keys = verdicts.length > 0 ? verdicts : ['refused'];
    const isNew = keys.some((key) => !shown.has(key));
    for (const key of keys) shown.add(key);
    return isNew || typed.passwords !== undefined;
  });
}

/** The path of a file that a case names. @param {string} name */
export const pathOf = (name) => `${here}${name}`;

/** The identifiers that a case has typed. @param {Record<string, any>} one @returns {string[]} */
export const urisOf = ({ uri }) => (uri === undefined ? [] : [uri].flat());

const ORDER = ['fail', 'warn', 'not-visible', 'reminder', 'pass'];

/**
 * What differs, a sentence each. `findings`: `{ service, rule, verdict }`; of several about one rule the worst counts.
 * @param {Record<string, any>} one
 * @param {{ service: string, rule: string, verdict: string }[]} findings
 */
export function differences({ expected = {}, also_ok: also = {}, also_kind: alsoKind = [] }, findings) {
  const isRefusalFine = [alsoKind].flat().some((kind) => ['broken-json', 'unknown'].includes(kind));
  if (isRefusalFine && findings.length === 0) return [];
  const worst = new Map();
  for (const { service, rule, verdict } of findings) {
    const key = `${service} ${rule}`;
    const known = worst.get(key);
    if (known === undefined || ORDER.indexOf(verdict) < ORDER.indexOf(known)) worst.set(key, verdict);
  }
  const wrong = [];
  for (const [service, rules] of Object.entries(expected)) {
    for (const [rule, verdict] of Object.entries(rules)) {
      const found = worst.get(`${service} ${rule}`);
      const good = [verdict, ...(also[service]?.[rule] ?? [])];
      if (!good.includes(found)) wrong.push(`${service} ${rule}: ${found}, expected ${good.join(' or ')}`);
    }
  }
  // Nothing was expected: then nothing may pass.
  if (Object.keys(expected).length === 0)
    for (const [key, verdict] of worst) if (verdict === 'pass') wrong.push(`${key}: pass, expected no judgement`);
  return wrong;
}
