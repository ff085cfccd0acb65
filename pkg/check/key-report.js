/** A key check as a text that is handed to whoever owns the vault. */

/** @import { Finding, KeyCheck, ServiceReadiness } from '../check.js' */

/** In this order a person reads: what stops it first. */
export const VERDICTS = /** @type {const} */ (['fail', 'warn', 'not-visible', 'reminder', 'pass']);

/** @type {Record<Finding['verdict'], string>} */
export const VERDICT_WORDS = {
  fail: 'Broken',
  warn: 'Risk',
  'not-visible': 'Not visible',
  reminder: 'To remember',
  pass: 'Kept',
};

/** @type {Record<ServiceReadiness['verdict'], string>} */
export const STANDING_WORDS = {
  accepts: 'Accepts it, as far as can be seen',
  refuses: 'Refuses it',
  'cannot-tell': 'Cannot be told',
};

/**
 * See check.d.ts.
 * @param {KeyCheck} check
 * @param {'json' | 'markdown'} form
 */
export function keyCheckAs(check, form) {
  if (form === 'json') return `${JSON.stringify(check, null, 2)}\n`;
  if (form === 'markdown') return markdown(check);
  throw new TypeError("form: expected 'json' or 'markdown'");
}

/** @param {KeyCheck} check */
function markdown(check) {
  const { keys, findings, services, messages, contradictions, command, validator, refused, checkList = [] } = check;
  const lines = ['# Key readiness', ''];
  for (const key of keys) lines.push(`- ${plain(key.label)}`);
  for (const { item, text } of messages) lines.push(`- ${item ? `${plain(item)}: ` : ''}${plain(text)}`);
  for (const { service, title, verdict } of services) {
    lines.push('', `## ${plain(title)}: ${STANDING_WORDS[verdict]}`, '');
    const own = findings.filter((finding) => finding.service === service);
    for (const name of VERDICTS) {
      for (const finding of own.filter((one) => one.verdict === name)) lines.push(...item(finding, keys.length > 1));
    }
  }
  for (const { message } of contradictions) lines.push('', plain(message));
  if (command) lines.push('', '## Command', '', ...fenced(command));
  if (checkList.length > 0)
    lines.push('', 'To be checked by hand first:', '', ...checkList.map((one) => `- ${plain(one)}`));
  for (const { rule, message } of refused ?? []) lines.push('', `No command was built (${rule}): ${plain(message)}`);
  if (validator) lines.push('', 'Microsoft’s own validator has the last word:', '', ...fenced(validator));
  return `${lines.join('\n')}\n`;
}

/**
 * @param {Finding} finding
 * @param {boolean} isNamed
 */
function item({ rule, verdict, message, section, source, remedy, command, key }, isNamed) {
  const about = isNamed && key ? ` (${plain(key)})` : '';
  const lines = [`- **${VERDICT_WORDS[verdict]}, ${rule}**${about}: ${plain(message)} [${plain(section)}](${source})`];
  if (remedy && verdict !== 'pass') lines.push(`  ${plain(remedy)}`);
  for (const text of Object.values(command ?? {})) if (text) lines.push('', ...fenced(text, '  '), '');
  return lines;
}

/**
 * A fence that is longer than any in the text.
 * @param {string} text
 * @param {string} indent
 */
function fenced(text, indent = '') {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return [fence, ...text.split('\n'), fence].map((line) => `${indent}${line}`);
}

/**
 * One line, without what Markdown takes for markup: names of keys come from a file that anybody may have written.
 * @param {string} text
 */
function plain(text) {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>|#]/g, '\\$&');
}
