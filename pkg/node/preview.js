/** `mgdc-decrypt preview`: the first rows of one file, on the terminal. */

import { openDrop, PrivateKey } from '../api.js';
import { toError } from '../core/errors.js';
import { DropFile } from '../drop/drop-file.js';
import { jsonText } from '../rows/json-rows.js';
import { isStandardInput, parse, usage } from './arguments.js';
import { folderFiles } from './folder.js';
import { readPassword } from './password.js';
import { KEY_LIMIT, TEXT_LIMIT, withSecret } from './secrets.js';

/**
 * @import { DataDrop, Preview, PreviewColumn } from '../index.js'
 * @import { Value } from '../rows/json-rows.js'
 * @import { OutputStreams } from './output-streams.js'
 */

/** @typedef {{ key: string[], 'vault-answer': string[], 'password-file'?: string, rows?: string, bytes?: string,
 *   json: boolean, help: boolean }} Values */

const COMMAND = 'preview';
const USAGE = `Usage: mgdc-decrypt preview DROP PATH --key FILE [options]

Shows the first rows of one file of a drop. Only its beginning is decrypted, in memory; nothing is written. A preview
does not check that the file is whole: the checksum is at its end.

  PATH                  the file's path in the drop
  --key FILE            private key, as for decrypting; may be given several times; not needed for a file in clear
  --password-file FILE  the keys' password, as the file's first line
  --vault-answer FILE   what Key Vault answered, as for decrypting
  --rows N              most rows (default: 20)
  --bytes N             most bytes of the file that are read (default: 1048576)
  --json                one JSON line for each row, and nothing else, on standard output
  --help

Exit status: 0 the rows are right as far as can be seen, 1 something is wrong with the file, 2 it cannot be opened.
`;

/** @type {import('node:util').ParseArgsConfig['options'] & {}} */
const OPTIONS = {
  key: { type: 'string', multiple: true, default: [] },
  'password-file': { type: 'string' },
  'vault-answer': { type: 'string', multiple: true, default: [] },
  rows: { type: 'string' },
  bytes: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
};

const ROWS = 20;
/** Characters of a cell, and of a line where the terminal does not say how many it has. */
const CELL = 40;
const LINE = 120;

/**
 * The arguments after the command's name; resolves to the exit status.
 * @param {string[]} args
 * @param {OutputStreams} streams
 */
export async function run(args, streams) {
  const { values: all, positionals } = parse(args, OPTIONS, COMMAND);
  const values = /** @type {Values} */ (all);
  if (values.help) {
    streams.out(USAGE);
    return 0;
  }
  const [folder, name] = positionals;
  if (positionals.length !== 2) throw usage('name one drop folder, and the path of one file in it', COMMAND);
  const secrets = [...values.key, ...values['vault-answer'], values['password-file'] ?? ''];
  if (secrets.filter(isStandardInput).length > 1) throw usage('standard input can be read for one file only', COMMAND);
  const options = { rows: count(values, 'rows') ?? ROWS, bytes: count(values, 'bytes') };

  const cancel = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => cancel.abort());
  const drop = await openDrop(await folderFiles(folder, { given: new Map() }), { signal: cancel.signal });
  try {
    const path = pathIn(drop, folder, name);
    if (path === null) throw usage(`the drop has no file ${printable(name)}`, COMMAND);
    await unlock(drop, values, cancel.signal);
    const preview = await drop.preview(path, { ...options, signal: cancel.signal });
    streams.out(values.json ? preview.rows.map((row) => `${jsonOf(row)}\n`).join('') : table(preview));
    streams.err(`${remarks(preview).join('\n')}\n`);
    return preview.error ? 1 : 0;
  } finally {
    drop.dispose();
  }
}

/**
 * The path in the drop; a shell completes to the path on the disk, which begins with the folder.
 * @param {DataDrop} drop
 * @param {string} folder
 * @param {string} name
 */
function pathIn(drop, folder, name) {
  const start = `${folder.replace(/[/\\]+$/, '')}/`;
  const candidates = [name, name.replaceAll('\\', '/'), name.startsWith(start) ? name.slice(start.length) : name];
  return candidates.find((path) => drop.files.some((file) => file.path === path)) ?? null;
}

/**
 * A key that opens nothing is told by the preview, where it matters.
 * @param {DataDrop} drop
 * @param {Values} values
 * @param {AbortSignal} signal
 */
async function unlock(drop, values, signal) {
  const password = await readPassword(values['password-file']);
  const ignore = (/** @type {unknown} */ error) => {
    if (toError(error).code === 'ERR_ABORTED') throw error;
  };
  for (const path of values.key) {
    const privateKey = await withSecret(path, { limit: KEY_LIMIT, option: '--key' }, (source) => {
      try {
        return PrivateKey.import(source, { name: path, password });
      } catch (error) {
        throw Object.assign(toError(error), { path });
      }
    });
    await drop.unlock(privateKey, { signal }).catch(ignore);
    privateKey.dispose();
  }
  // A private key that lies in the drop is used as if it were given, where it can be.
  for (const file of drop.files.filter(({ role }) => role === 'private-key')) {
    const privateKey = await PrivateKey.import(/** @type {Blob} */ (DropFile.blobOf(file)), { password }).catch(ignore);
    await (privateKey && drop.unlock(privateKey, { signal }).catch(ignore));
    privateKey?.dispose();
  }
  for (const path of values['vault-answer']) {
    await withSecret(path, { limit: TEXT_LIMIT, option: '--vault-answer' }, (answer) =>
      drop.unlock(answer, { signal }).catch(ignore),
    );
  }
}

/**
 * As many columns as fit beside each other; the others are named below.
 * @param {Preview} preview
 */
function table({ rows, columns, cut }) {
  if (cut !== null) return `${printable(cut)}…\n`;
  const width = process.stdout.columns ?? LINE;
  let used = 0;
  const shown = columns.map((column) => {
    const cells = [column.name, described(column), ...rows.map((row) => cellOf(row[column.name]))].map(fitted);
    const size = Math.max(...cells.map((cell) => cell.length));
    used += size + 2;
    return { name: column.name, cells: cells.map((cell) => cell.padEnd(size)), fits: used <= width + 2 };
  });
  const fitting = shown.filter(({ fits }, index) => fits || index === 0);
  const lines =
    rows.length > 0
      ? Array.from({ length: rows.length + 2 }, (_, line) =>
          fitting
            .map(({ cells }) => cells[line])
            .join('  ')
            .trimEnd(),
        )
      : [];
  const others = columns.filter(({ name }) => !fitting.some((one) => one.name === name));
  if (others.length > 0) {
    const named = others.map((column) => `${printable(column.name)} (${described(column)})`).join(', ');
    lines.push('', `${rows.length > 0 ? 'More columns' : 'Columns'}: ${named}`);
  }
  return lines.map((line) => `${line}\n`).join('');
}

/** @param {PreviewColumn} column */
function described({ type, fillRate }) {
  return fillRate === null || fillRate === 1 || type === 'null'
    ? type
    : `${type}, ${Math.round(fillRate * 100)} % filled`;
}

/** @param {Preview} preview */
function remarks({ content, rows, rowsTotal, more, stoppedBy, bytesRead, bytesTotal, error, notes }) {
  const count = rows.length === 1 ? 'one row' : `${rows.length} rows`;
  const total = rowsTotal === null ? '' : ` of ${rowsTotal}`;
  const end = more ? WHY_MORE[stoppedBy ?? 'bytes'] : 'that is all';
  const read = `${bytesRead} of ${bytesTotal} bytes were read`;
  const lines = [`${content ?? 'unknown content'}: ${count}${total}, ${end}; ${read}, and no checksum was checked`];
  return [...lines, ...notes, ...(error ? [`${error.message} (${error.code})`] : [])].map(
    (line) => `mgdc-decrypt: ${printable(line)}`,
  );
}

const WHY_MORE = {
  rows: 'and --rows N shows more',
  bytes: 'and --bytes N shows more',
  row: 'and the next one is too long to be shown',
  error: 'up to an error',
};

/** @param {unknown} value */
function cellOf(value) {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : jsonOf(value);
}

/** @param {unknown} value */
function jsonOf(value) {
  return jsonText(/** @type {Value} */ (value));
}

/** @param {string} text */
function fitted(text) {
  const characters = Array.from(printable(text.slice(0, 4 * CELL)));
  return characters.length > CELL ? `${characters.slice(0, CELL - 1).join('')}…` : characters.join('');
}

/**
 * What a file holds must not move the cursor of a terminal.
 * @param {string} text
 */
function printable(text) {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, '\u00b7');
}

/**
 * @param {Values} values
 * @param {'rows' | 'bytes'} name
 */
function count(values, name) {
  const text = values[name];
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,14}$/.test(text)) throw usage(`--${name} takes a whole number of at least 1`, COMMAND);
  return Number(text);
}
