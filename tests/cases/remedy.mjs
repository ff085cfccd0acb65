/**
 * A message may name a command that makes the key readable: then the command is run, and what it wrote must open the
 * drop.
 */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** `again(key)`: runs the command line with this key; answers what is wrong then. */
export async function remedied({ folder, args, remedy }, { lines }, again) {
  const message = lines.find(({ code }) => code)?.message ?? '';
  const [, command] = /`(openssl [^`]+)`/.exec(message) ?? [];
  if (!command) return [`"${message}" names no command`];
  const given = args[args.indexOf('--key') + 1];
  const words = command.replaceAll('FILE', given).replace('key.pem', 'converted.pem').split(' ').slice(1);
  // What the person would type.
  const typed = [
    '-passin',
    `pass:${remedy.answer}`,
    ...(words.includes('-aes256') ? ['-passout', `pass:${remedy.answer}`] : []),
  ];
  const { status, stderr } = spawnSync('openssl', [...words, ...typed], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) return [`\`${command}\` failed: ${stderr.slice(0, 300)}`];
  return again(join(folder, words[words.indexOf('-out') + 1]));
}
