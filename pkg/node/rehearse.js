/** `mgdc-decrypt rehearse`: a small drop on the disk, and how to try it. */

import { basename, relative } from 'node:path';
import { makeRehearsal } from '../check/rehearsal.js';
import { init } from '../check.js';
import { toError } from '../core/errors.js';
import { ALGORITHMS } from '../core/options.js';
import { knownKey } from '../element/key-vault/key-identifier.js';
import { azCommand, ALGORITHMS as OF_VAULT, targetOf } from '../element/key-vault/vault-command.js';
import { isStandardInput, parse, shellWord, usage } from './arguments.js';
import { writeFolder } from './new-folder.js';
import { KEY_LIMIT, withSecret } from './secrets.js';

/**
 * @import { Rehearsal } from '../check/rehearsal.js'
 * @import { Algorithm } from '../index.js'
 * @import { OutputStreams } from './output-streams.js'
 */

const COMMAND = 'rehearse';
const USAGE = `Usage: mgdc-decrypt rehearse KEY --out DIR [options]

Makes a small drop of invented rows in DIR, encrypted to KEY as Data Connect would encrypt a delivery. Whoever can
decrypt it can decrypt the first delivery: the key, its version, the roles and the hand-off are right.

  KEY               the public half of the RSA key: the JSON of \`az keyvault key show\`, REST or PowerShell, a JWK, a
                    certificate, or a public key, in PEM or DER; - reads standard input. A private key without a
                    password is read, too, and only its public numbers are used
  --out DIR         a folder that is new or empty
  --algorithm NAME  what the file key is wrapped with: ${ALGORITHMS.slice(0, 2).join(', ')},
                    ${ALGORITHMS.slice(2).join(' or ')}; default: ${ALGORITHMS[0]}
  --json            one JSON line for each file, and one for the rehearsal, with the commands that try it
  --help

Exit status: 0 the rehearsal is in DIR, 2 it is not, and nothing was written.
`;

/** @type {import('node:util').ParseArgsConfig['options'] & {}} */
const OPTIONS = {
  out: { type: 'string' },
  algorithm: { type: 'string' },
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
  const [source] = positionals;
  const out = /** @type {string | undefined} */ (values.out);
  if (positionals.length !== 1) throw usage('name one key', COMMAND);
  if (!out) throw usage('name the target with --out DIR', COMMAND);
  const algorithm = ALGORITHMS.find((name) => name === (values.algorithm ?? ALGORITHMS[0]));
  if (!algorithm) throw usage(`--algorithm takes one of ${ALGORITHMS.join(', ')}`, COMMAND);
  await init();
  const rehearsal = await withSecret(source, { limit: KEY_LIMIT, option: COMMAND }, (key) =>
    makeRehearsal(key, { algorithm: /** @type {Algorithm} */ (algorithm) }).catch((error) => {
      throw Object.assign(toError(error), isStandardInput(source) ? {} : { path: source });
    }),
  );
  await writeFolder(out, rehearsal.items);
  streams.out(values.json ? lines(rehearsal, out) : sentences(rehearsal, out));
  return 0;
}

/**
 * For programs.
 * @param {Rehearsal} rehearsal
 * @param {string} out
 */
function lines({ items, ...rest }, out) {
  const files = items.map(({ path, bytes, isEncrypted }) => ({ path, bytes: bytes.length, encrypted: isEncrypted }));
  const { bits, algorithm, keyVersion, isVersionMadeUp, keyIdentifier } = rest;
  const commands = commandsFor({ items, ...rest }, out);
  const last = { rehearsal: out, bits, algorithm, keyVersion, isVersionMadeUp, keyIdentifier, commands };
  return [...files, last].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/**
 * For people.
 * @param {Rehearsal} rehearsal
 * @param {string} out
 */
function sentences(rehearsal, out) {
  const { items, bits, algorithm, keyVersion, isVersionMadeUp, keyIdentifier } = rehearsal;
  const encrypted = items.filter(({ isEncrypted }) => isEncrypted).length;
  const name = keyIdentifier ? ` ${printable(keyIdentifier)}` : '';
  const { vault, withAnswer, withKey } = commandsFor(rehearsal, out);
  const version = isVersionMadeUp
    ? [
        `The key does not name its version: ${keyVersion} stands for it, which no vault has. To try the version, too,`,
        'make the rehearsal with the JSON of `az keyvault key show`.',
      ]
    : [`The key details name its version, ${keyVersion}.`];
  const inVault = vault
    ? ['If the key is in Key Vault, let the vault decrypt the file key, then decrypt with its answer:', '']
    : ['If the key is in Key Vault: add the folder to the page, which writes the command for the vault.'];
  const text = [
    `A rehearsal for the RSA key${name} (${bits} bits, ${algorithm}) is in ${out}: ${items.length} files, ` +
      `${encrypted} of them encrypted.`,
    ...version,
    ...(bits === 2048 ? [] : [`Data Connect itself takes a key of exactly 2048 bits; this one has ${bits}.`]),
    '',
    ...inVault,
    ...(vault ? [`  ${vault} > ${ANSWER}`, `  ${withAnswer}`] : []),
    '',
    'If the private key is a file:',
    '',
    `  ${withKey}`,
    '',
    `It works if the last line begins with "${encrypted} decrypted, ${items.length - encrypted - 1} copied, 0 failed".`,
    ...instead(),
  ];
  return `${text.join('\n')}\n`;
}

const ANSWER = 'rehearsal-answer.json';

/** In a checkout there is no command of that name. */
function instead() {
  const script = process.argv[1];
  return basename(script) === 'cli.js'
    ? [`Here, write \`node ${shellWord(relative('.', script))}\` for \`mgdc-decrypt\`.`]
    : [];
}

/**
 * What a person runs next. `vault` is null where the key's place in Key Vault is not known, and for an algorithm that
 * Key Vault does not have.
 * @param {Rehearsal} rehearsal
 * @param {string} out
 */
function commandsFor({ items, algorithm, keyVersion, isVersionMadeUp, keyIdentifier }, out) {
  const identifier = keyIdentifier?.replace(':443/', '/');
  const publicKeyVersion = isVersionMadeUp ? null : keyVersion;
  const isInVault = knownKey(identifier) && OF_VAULT.includes(algorithm);
  const document = JSON.parse(new TextDecoder().decode(items[items.length - 1].bytes));
  const wrapped = document.DecryptionKeyDetails.DecryptionKeyValue;
  const target = targetOf({ keyIdentifier: identifier ?? null, publicKeyVersion });
  // A name that begins with a hyphen would be taken for an option, and `rehearse` for the command.
  const from = shellWord(/^(-|rehearse$)/.test(out) ? `./${out}` : out);
  const to = shellWord(`${out.replace(/[/\\]+$/, '')}-decrypted`.replace(/^-/, './-'));
  return {
    vault: isInVault ? azCommand(target, algorithm, wrapped) : null,
    withAnswer: `mgdc-decrypt ${from} --vault-answer ${ANSWER} --out ${to}`,
    withKey: `mgdc-decrypt ${from} --key PRIVATE-KEY --out ${to}`,
  };
}

/**
 * What a file says of itself must not move the cursor of a terminal.
 * @param {string} text
 */
function printable(text) {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 300);
}
