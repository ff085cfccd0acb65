/** What a case expects against what the command line did. README.md describes the fields. */

/**
 * `ran`: `status` (null: killed, at which `limit`), `stdout`, `stderr`, the parsed `lines`, and the `outputs` that were
 * written.
 */
export function differences(one, ran) {
  if (ran.status === null) return [`it did not end within ${ran.limit}`];
  const wrong = always(ran);
  const instead = one.or && ran.status === 2;
  if (instead) return [...wrong, ...ofError(one.or, ran)];
  wrong.push(...ofExit(one, ran));
  if (one.lines) wrong.push(...ofLines(one.lines, ran));
  if (one.error) wrong.push(...ofError(one.error, ran));
  if (one.stderr && !new RegExp(one.stderr).test(ran.stderr + ran.stdout)) wrong.push(`nothing says ${one.stderr}`);
  if (one.count && ran.outputs.length !== one.count) wrong.push(`${ran.outputs.length} of ${one.count} outputs`);
  for (const path of one.absent ?? [])
    if (ran.outputs.some((output) => output.path === path)) wrong.push(`${path} was written`);
  for (const sha256 of one.never ?? [])
    if (ran.outputs.some((output) => output.sha256 === sha256)) wrong.push('what was cut came out whole');
  return wrong;
}

/** Holds in every case, whatever it is about. */
function always({ status, stderr, lines, outputs, stdout }) {
  const wrong = [];
  if (/Unhandled|^ {4}at /m.test(stderr)) wrong.push(`a stack trace: ${stderr.slice(0, 200)}`);
  if (outputs.some(({ path }) => path.includes('.mgdc-partial'))) wrong.push('a partial file was left behind');
  for (const { path } of outputs.filter(({ isKey }) => isKey)) wrong.push(`${path}: a private key was written`);
  if (/its numbers do not fit together/.test(stdout) && !/ERR_PRIVATE_KEY_INVALID/.test(stdout))
    wrong.push('a limit is called a damage');
  const reported = lines.filter(({ output }) => output);
  if (lines.length > 1) {
    for (const { path, sha256 } of outputs) {
      if (path === '.mgdc-decrypt.json') continue;
      const line = reported.find(({ output }) => output === path);
      if (!line) wrong.push(`${path} was written, and no line of the report names it`);
      else if (line.sha256 !== sha256) wrong.push(`${path}: the report's hash is not the file's`);
    }
  }
  // A file that a tool had converted counts as one that went wrong, though it was repaired; the IV in front is no such
  // thing.
  const isRepaired = ({ warnings = [] }) =>
    warnings.some((text) => /which was undone: (?!its IV was in front)/.test(text));
  const failed = lines.some((line) => line.outcome === 'failed' || isRepaired(line));
  const isNothing = lines.some(({ code, outcome }) => code && !outcome);
  if (status !== 2 && !isNothing && lines.length > 0 && (status === 1) !== failed)
    wrong.push(`exit ${status}, and ${failed ? 'a' : 'no'} file went wrong`);
  return wrong;
}

function ofExit({ exit, notExit }, { status, stderr, stdout }) {
  const said = () => `${stderr.trim() || stdout.trim()}`.slice(0, 300);
  if (exit !== null && status !== exit) return [`exit ${status} and not ${exit}: ${said()}`];
  if (notExit !== undefined && status === notExit) return [`exit ${status}`];
  return status > 2 ? [`exit ${status}: ${said()}`] : [];
}

function ofError({ code, says }, { lines, stderr, status }) {
  const line = lines.find((one) => one.code && !one.outcome) ?? lines.find((one) => one.code);
  if (!line) return ['no line has an error'];
  const wrong = [];
  if (!new RegExp(`^(${code})`).test(line.code)) wrong.push(`${line.code} and not ${code}`);
  if (!new RegExp(says, 'i').test(line.message)) wrong.push(`"${line.message}" does not say ${says}`);
  if (status === 2 && !stderr.includes(line.message)) wrong.push('standard error does not have the message');
  return wrong;
}

function ofLines(expected, { lines }) {
  const wrong = [];
  const left = new Set(lines.filter(({ outcome }) => outcome));
  for (const [pattern, want] of Object.entries(expected)) {
    const found = [...left].filter(({ path }) => matches(path, pattern));
    for (const line of found) {
      left.delete(line);
      wrong.push(...ofLine(line, want).map((text) => `${line.path}: ${text}`));
    }
    if (found.length !== (want.times ?? 1) && !(want.optional && found.length === 0))
      wrong.push(`${pattern}: ${found.length} lines in the report`);
  }
  for (const line of left) wrong.push(`${line.path}: ${line.outcome}, and the case does not have it`);
  return wrong;
}

function ofLine({ outcome, code, message, sha256, warnings = [] }, want) {
  const words = [message, ...warnings].filter(Boolean).join('; ');
  const wrong = [];
  if (want.outcome === 'told') {
    if (words === '') wrong.push(`${outcome} without a word`);
  } else if (outcome !== want.outcome) {
    return [`${outcome} and not ${want.outcome}${words && ` (${words})`}`];
  }
  if (want.sha256 && ![want.sha256].flat().includes(sha256)) wrong.push('another content came out');
  if (want.code && !new RegExp(`^(${want.code})$`).test(code)) wrong.push(`${code} and not ${want.code}`);
  if (want.says && !new RegExp(want.says, 'i').test(words)) wrong.push(`"${words}" does not say ${want.says}`);
  // Nothing is said of what is as it should be.
  const quiet = want.warns === false || (want.warns === undefined && ['decrypted', 'copied'].includes(want.outcome));
  if (want.warns && warnings.length === 0) wrong.push(`${outcome} without a warning`);
  if (quiet && warnings.length > 0) wrong.push(`a needless warning: ${warnings.join('; ')}`);
  return wrong;
}

/** `*` stands for what may be spelled in several ways. */
function matches(path, pattern) {
  const [start, end] = pattern.split('*');
  return end === undefined ? path === start : path.startsWith(start) && path.endsWith(end);
}
