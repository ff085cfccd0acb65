/** `mgdc-decrypt check-key`: whether each service accepts a key. */

import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { STANDING_WORDS, VERDICT_WORDS, VERDICTS } from '../check/key-report.js';
import { checkKey, init } from '../check.js';
import { toError } from '../core/errors.js';
import { parse, usage } from './arguments.js';
import { readPassword } from './password.js';
import { KEY_LIMIT, withSecret } from './secrets.js';

/**
 * @import { CheckItem, CheckOptions, Finding, KeyCheck, Service } from '../check.js'
 * @import { OutputStreams } from './output-streams.js'
 */

const COMMAND = 'check-key';
const SERVICES = ['mgdc', 'customer-key', 'defender', 'dataverse'];
const POLICIES = ['exchange', 'multi-workload', 'sharepoint'];

const USAGE = `Usage: mgdc-decrypt check-key FILE… [--uri URI…] [options]

Tells whether Microsoft's services accept a key, from what an administrator can export. No vault is asked.

  FILE                  the JSON of \`az keyvault key show\`, Get-AzKeyVaultKey, REST or ARM, the same for the vault,
                        PowerShell's text, a PFX, PEM, DER or BYOK file, encryptionKeyDetails.json; several files are
                        judged together. The private key is not needed. - reads standard input
  --uri URI             a key identifier, https://HOST/keys/KEY/VERSION; may be given several times
  --service NAME        ${SERVICES.join(', ')}; may be given several times; default: all
  --tenant-id GUID      the tenant, which Data Connect's key is named after
  --policy NAME         make the command for a policy of Customer Key: ${POLICIES.join(', ')}
  --policy-name NAME    name of that policy
  --policy-description TEXT
  --identity URL        address of the SharePoint admin site, for the policy sharepoint
  --password-file FILE  the password of a PFX or PEM file, as the file's first line
  --now ISO             judge at this moment; default: now
  --json                one JSON line for each key, for each finding, and for the command
  --help

Exit status: 0 no rule is broken, 1 one is, 2 nothing could be read.
`;

/** @type {import('node:util').ParseArgsConfig['options'] & {}} */
const OPTIONS = {
  uri: { type: 'string', multiple: true, default: [] },
  service: { type: 'string', multiple: true, default: [] },
  'tenant-id': { type: 'string' },
  policy: { type: 'string' },
  'policy-name': { type: 'string' },
  'policy-description': { type: 'string' },
  identity: { type: 'string' },
  'password-file': { type: 'string' },
  now: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
};

/**
 * The arguments after the command's name; resolves to the exit status.
 * @param {string[]} args
 * @param {OutputStreams} streams
 */
export async function run(args, streams) {
  const { values, positionals } = parse(args, OPTIONS, COMMAND);
  if (values.help) {
    streams.out(USAGE);
    return 0;
  }
  const uris = /** @type {string[]} */ (values.uri);
  if (positionals.length + uris.length === 0) throw usage('name a file or a --uri', COMMAND);
  const options = optionsOf(values);
  await init();
  const file = /** @type {string | undefined} */ (values['password-file']);
  const password = file === undefined ? undefined : await readPassword(file);
  /** @type {CheckItem[]} */
  const items = [];
  for (const path of positionals) items.push(await itemOf(path, password));
  const check = await checkKey([...items, ...uris], options).finally(() => {
    for (const item of items)
      if (typeof item !== 'string' && 'blob' in item && ArrayBuffer.isView(item.blob)) item.blob.fill(0);
  });
  streams.out(values.json ? lines(check) : sentences(check));
  if (check.findings.length === 0) return 2;
  return check.findings.some(({ verdict }) => verdict === 'fail') ? 1 : 0;
}

/**
 * @param {ReturnType<typeof parse>['values']} values
 * @returns {CheckOptions}
 */
function optionsOf(values) {
  /** @param {string} name */
  const text = (name) => /** @type {string | undefined} */ (values[name]);
  const services = /** @type {Service[]} */ (values.service);
  const unknown = services.find((service) => !SERVICES.includes(service));
  if (unknown !== undefined) throw usage(`--service takes one of ${SERVICES.join(', ')}`, COMMAND);
  const policy = /** @type {CheckOptions['policy']} */ (text('policy'));
  if (policy !== undefined && !POLICIES.includes(policy))
    throw usage(`--policy takes one of ${POLICIES.join(', ')}`, COMMAND);
  const now = text('now');
  if (now !== undefined && Number.isNaN(new Date(now).getTime()))
    throw usage('--now takes a date such as 2026-12-01T00:00:00Z', COMMAND);
  const all = {
    now,
    services: services.length > 0 ? services : undefined,
    tenantId: text('tenant-id'),
    policy,
    policyName: text('policy-name'),
    policyDescription: text('policy-description'),
    identity: text('identity'),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/**
 * A file over the limit is named with its size and not read, so that the others are still judged.
 * @param {string} path
 * @param {string | undefined} password
 * @returns {Promise<CheckItem>}
 */
async function itemOf(path, password) {
  const found = await stat(path).catch(() => null);
  if (found?.isFile() && found.size > KEY_LIMIT) return { path: basename(path), size: found.size };
  return withSecret(path, { limit: KEY_LIMIT, option: COMMAND }, (bytes) => ({
    path: basename(path),
    blob: Uint8Array.from(bytes),
    ...(password === undefined ? {} : { password }),
  })).catch((error) => {
    throw Object.assign(toError(error), { path });
  });
}

/**
 * For programs.
 * @param {KeyCheck} check
 */
function lines({ keys, findings, messages, contradictions, command, validator, refused, checkList }) {
  const all = [
    ...keys.map((key) => ({ key })),
    ...messages.map((message) => ({ message })),
    ...findings.map(({ service, rule, verdict, message, source, remedy = null, key = null, ...rest }) => ({
      service,
      rule,
      verdict,
      message,
      source,
      remedy,
      key,
      ...rest,
    })),
    ...contradictions.map((contradiction) => ({ contradiction })),
    ...(refused ? [{ refused }] : []),
    ...(checkList ? [{ checkList }] : []),
    ...(validator ? [{ validator }] : []),
    ...(command ? [{ command }] : []),
  ];
  return all.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/**
 * For people: a table for each service, what is broken first.
 * @param {KeyCheck} check
 */
function sentences(check) {
  const { keys, findings, services, messages, contradictions, command, validator, refused, checkList = [] } = check;
  const text = keys.map((key) => `Key: ${printable(key.label)}`);
  for (const { item, text: sentence, say } of messages)
    text.push(`${item ? `${printable(item)}: ` : ''}${printable(sentence)}`, ...(say ? [`  ${printable(say)}`] : []));
  for (const { service, title, verdict } of services) {
    if (findings.length === 0) break;
    text.push('', `${title}: ${STANDING_WORDS[verdict].toLowerCase()}`);
    for (const name of VERDICTS) {
      const own = findings.filter((finding) => finding.service === service && finding.verdict === name);
      for (const finding of own) text.push(...rows(finding, keys.length > 1));
    }
  }
  for (const { message } of contradictions) text.push('', printable(message));
  for (const { rule, message } of refused ?? []) text.push('', `No command was made (${rule}): ${printable(message)}`);
  if (validator) text.push('', "Microsoft's own validator has the last word:", '', `  ${validator}`);
  if (checkList.length > 0)
    text.push('', 'To be checked by hand first:', ...checkList.map((one) => `  - ${printable(one)}`));
  if (command) text.push('', 'Command:', '', `  ${command}`);
  return `${text.join('\n')}\n`;
}

/**
 * @param {Finding} finding
 * @param {boolean} isNamed
 */
function rows({ rule, verdict, message, remedy, command = {}, key }, isNamed) {
  const about = isNamed && key ? `${printable(key)}: ` : '';
  const text = [`  ${rule.padEnd(4)}${VERDICT_WORDS[verdict].padEnd(13)}${about}${printable(message)}`];
  const indent = ' '.repeat(19);
  if (remedy && (verdict === 'fail' || verdict === 'warn')) text.push(`${indent}${printable(remedy)}`);
  if (verdict === 'fail' || verdict === 'warn')
    for (const one of [command.az, command.powershell]) if (one) text.push(`${indent}${one}`);
  return text;
}

/**
 * What a file says of itself must not move the cursor of a terminal.
 * @param {string} text
 */
function printable(text) {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '?');
}
