/**
 * What the check found, in the language in use, by the stable ids of rules and codes. The core's own sentences are
 * English and exact: in English they are shown as they are, in other languages as technical details.
 */

import { h } from '../view/dom.js';
import { rules as english } from '../words/en/rules.js';
import { text } from '../words/text.js';
import { ruleWords } from './check-words.js';

/** @import { Finding, KeyCheck } from '../../check.js' */

/** One finding; `exact` is null where `outcome` is the core's own sentence. @param {Finding} finding */
export function saidOf({ rule, verdict, demand, message, remedy }) {
  const translated = ruleWords();
  const wanted = verdict !== 'pass' && remedy ? remedy : null;
  const own = (translated?.rules ?? english)[rule];
  const outcome = own?.[verdict] ?? translated?.verdicts[verdict] ?? message;
  return {
    demand: own?.demand ?? demand,
    outcome,
    remedy: wanted && (own?.remedy ?? wanted),
    exact: outcome === message ? null : message,
  };
}

/** Why no command was made. @param {NonNullable<KeyCheck['refused']>[number]} refused */
export function refusalOf({ rule, message }) {
  const translated = ruleWords();
  const said = translated?.refusals[rule] ?? translated?.rules[rule]?.fail;
  return said ? { said, exact: message } : { said: message, exact: null };
}

/**
 * A line of the list of what no file shows: a rule with what it demands, or a remark, which stays English.
 * @param {string} line
 * @param {readonly Finding[]} findings
 */
export function toCheck(line, findings) {
  const finding = findings.find(({ rule, demand }) => line === `${rule}: ${demand}`);
  return finding ? `${finding.rule}: ${saidOf(finding).demand}` : line;
}

/**
 * What no single rule says, or null where only the core's sentence does.
 * @param {{ code?: string, remark?: string }} message
 * @returns {string | null}
 */
export function messageOf({ code, remark }) {
  const translated = ruleWords();
  if (!translated) return null;
  /** @type {Record<string, string>} */
  const known = { ...text.errors, ...translated.messages };
  return known[code ?? remark ?? ''] ?? null;
}

/** The core's exact sentence, folded. @param {string} message */
export function exactly(message) {
  return h(
    'details',
    { class: 'technical' },
    h('summary', {}, text.technical.title),
    h('p', { lang: 'en', dir: 'ltr' }, message),
  );
}
