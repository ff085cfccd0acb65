/** Decides where each file of a drop is written. */

import { REPORT_NAMES } from '../report/report-files.js';
import { fold, MANIFEST, numbered, safeName } from '../sinks/file-names.js';

/** @import { DropFile } from '../drop/drop-file.js' */

/**
 * `output`: where an earlier run wrote the file. @typedef {{ path: string, decompressed: boolean, output?: string }}
 * Delivered
 */
/** @typedef {{ path: string, changed: string | null }} OutputPath */
/**
 * The paths of a run's files. `own`: until it is known whether the file is decompressed; `converted`: of one part of a
 * file that is converted; `partial`: of what is salvaged.
 *
 * @typedef {object} RunPaths
 * @property {(file: DropFile) => OutputPath} of
 * @property {(file: DropFile) => OutputPath} own
 * @property {(file: DropFile, part: number) => OutputPath} converted
 * @property {(file: DropFile, decompressed: boolean) => OutputPath} partial
 */
/**
 * The path that a file should get, and the reasons if it differs from the file's own. `kept`: it does not differ;
 * `isAgain`: an earlier run wrote the file there; `isFree`: no other file had claimed the path.
 *
 * @typedef {{ path: string, reasons: Set<string>, kept: boolean, isAgain: boolean, isFree?: boolean }} Wanted
 */

/**
 * Where each file of a drop is written: to its own path, without the ending of a compression that was undone. The path
 * is made safe on every system, never leads out of the target, and is never that of another output. `changed` says what
 * was changed and why, unless it was only that ending. If two files want the same path, files that an earlier run wrote
 * (to `output`) take precedence, then files that keep their own path.
 * @param {readonly Delivered[]} files
 * @param {{ report?: boolean }} [options] `report`: the report will lie among them
 * @returns {OutputPath[]}
 */
export function outputPaths(files, options) {
  return choose(files, options).outputs;
}

/**
 * @param {readonly Delivered[]} files
 * @param {{ report?: boolean }} [options]
 */
function choose(files, options) {
  const wanted = files.map(({ path, decompressed, output }) => again(want(path, decompressed), output));
  const paths = new OutputPaths(
    wanted.map(({ path }) => path),
    options,
  );
  for (const output of inOrder(wanted)) output.isFree = paths.claim(output.path);
  // Numbered names are made only after all other names are known.
  return { paths, outputs: wanted.map((output) => paths.settle(output)) };
}

/**
 * Files that an earlier run wrote come first, then those that keep their path, then the others.
 * @param {readonly Wanted[]} wanted
 */
function inOrder(wanted) {
  /** @param {Wanted} output */
  const rank = ({ isAgain, kept }) => (isAgain ? 0 : kept ? 1 : 2);
  return [...wanted].sort((one, other) => rank(one) - rank(other));
}

/**
 * Where each of a run's `files` is written: `of(file)`, or `own(file)` until it is known whether the file is
 * decompressed; `partial(file, decompressed)` for what is salvaged of it.
 * @param {readonly DropFile[]} files
 * @param {boolean} decompress
 * @param {{ outputOf(file: DropFile): string | undefined } | null} resume
 * @param {string | null} [ending] that of files that are converted, if any are
 * @param {{ report?: boolean }} [options] see outputPaths
 * @returns {RunPaths}
 */
export function pathsOf(files, decompress, resume, ending = null, options = {}) {
  /** @param {DropFile} file */
  const outputOf = (file) => resume?.outputOf(file);
  /** @param {DropFile} file */
  const isDecompressed = (file) => decompress && file.isCompressed;
  if (ending !== null || files.some(({ examined }) => !examined)) {
    const late = new LateOutputPaths(files, outputOf, options);
    return {
      of: (file) => late.of(file, isDecompressed(file)),
      own: (file) => late.own(file),
      converted: (file, part) => late.converted(file, isDecompressed(file), part, ending ?? ''),
      partial: (file, decompressed) => late.partial(file, decompressed),
    };
  }
  const { paths, outputs } = choose(
    files.map((file) => ({ path: file.path, decompressed: isDecompressed(file), output: outputOf(file) })),
    options,
  );
  const byFile = new Map(files.map((file, index) => [file, outputs[index]]));
  /** @param {DropFile} file */
  const of = (file) => /** @type {OutputPath} */ (byFile.get(file));
  return { of, own: of, converted: of, partial: (file, decompressed) => paths.partial(file.path, decompressed) };
}

/**
 * The same for a run that learns only file by file whether each is decompressed. So every file's own path is reserved
 * for it.
 *
 * @template {{ readonly path: string }} File
 */
export class LateOutputPaths {
  #paths;
  /** @type {Map<File, OutputPath>} */
  #own = new Map();
  #again;

  /**
   * `files`: anything with a `path`. `outputOf`: where an earlier run wrote the file, if it did.
   * @param {readonly File[]} files
   * @param {(file: File) => string | undefined} [outputOf]
   * @param {{ report?: boolean }} [options] see outputPaths
   */
  constructor(files, outputOf = () => undefined, options = {}) {
    const wanted = files.map((file) => ({ file, output: again(want(file.path, false), outputOf(file)) }));
    wanted.sort((a, b) => Number(b.output.isAgain) - Number(a.output.isAgain));
    this.#paths = new OutputPaths(
      wanted.map(({ output }) => output.path),
      options,
    );
    for (const { output } of wanted) output.isFree = this.#paths.claim(output.path);
    for (const { file, output } of wanted) this.#own.set(file, this.#paths.settle(output));
    this.#again = new Set(wanted.flatMap(({ file, output }) => (output.isAgain ? [file] : [])));
  }

  /**
   * The path of a file until it is known whether the file is decompressed.
   * @param {File} file
   * @returns {OutputPath}
   */
  own(file) {
    return /** @type {OutputPath} */ (this.#own.get(file));
  }

  /**
   * @param {File} file
   * @param {boolean} decompressed
   */
  of(file, decompressed) {
    if (this.#again.has(file)) return this.own(file);
    const output = want(file.path, decompressed);
    if (output.kept || !decompressed || output.path === want(file.path, false).path) return this.own(file);
    return this.#paths.settle({ ...output, isFree: this.#paths.claim(output.path) });
  }

  /**
   * The path of a file that is converted: it has the ending of the new format. `part`: which of several files, from 0.
   * @param {File} file
   * @param {boolean} decompressed
   * @param {number} part
   * @param {string} ending
   */
  converted(file, decompressed, part, ending) {
    const { path } = want(file.path, decompressed);
    const name = path.replace(/\.(?:json|jsonl|ndjson|txt)$/i, '');
    const output = want(`${name}${part > 0 ? `-${part + 1}` : ''}${ending}`, false);
    output.reasons = want(file.path, decompressed).reasons; // of the converted path there are no others
    return this.#paths.settle({ ...output, isFree: this.#paths.claim(output.path) });
  }

  /**
   * The path of what is salvaged of a file.
   * @param {File} file
   * @param {boolean} decompressed
   */
  partial(file, decompressed) {
    return this.#paths.partial(file.path, decompressed);
  }
}

/**
 * @param {string} path
 * @param {boolean} decompressed
 */
function want(path, decompressed) {
  const output = safePath(decompressed ? withoutCompressionEnding(path) : path);
  return { ...output, kept: output.path === path };
}

/**
 * The same, but with the path that an earlier run gave the file. That path comes from a list which anyone may have
 * edited, so it is used only if it is safe.
 * @param {Omit<Wanted, 'isAgain'>} output
 * @param {string | undefined} path
 * @returns {Wanted}
 */
function again(output, path) {
  if (path === undefined || !want(path, false).kept) return { ...output, isAgain: false };
  return path === output.path
    ? { ...output, isAgain: true }
    : { path, reasons: new Set(['an earlier run gave it this name']), kept: false, isAgain: true };
}

/** @param {string} path */
function withoutCompressionEnding(path) {
  const [ending] = path.match(/\.(?:gz|gzip|zlib|deflate|z)$/i) ?? [''];
  const rest = path.slice(0, path.length - ending.length);
  const name = rest.slice(Math.max(rest.lastIndexOf('/'), rest.lastIndexOf('\\')) + 1);
  return /[^.]/.test(name) ? rest : path;
}

/** @param {string} path */
function safePath(path) {
  /** @type {Set<string>} */
  const reasons = new Set();
  if (path.includes('\\')) reasons.add('\\ was replaced by /: Windows takes it for a folder separator');
  const names = [];
  for (const name of path.split(/[/\\]/)) {
    if (name === '.') continue;
    if (name === '..') reasons.add('.. was left out: it leads out of the folder');
    else if (name === '') reasons.add('a / was left out: the path was absolute or had an empty name');
    else names.push(safeName(name, reasons));
  }
  if (names.length === 0) {
    names.push('unnamed');
    reasons.add('a name was added: the path had none');
  }
  return { path: names.join('/'), reasons };
}

// Ensures that no file system takes two outputs for the same file, or one output for a folder of another.
class OutputPaths {
  /** Paths of files and folders that are taken, folded. @type {Set<string>} */
  #taken;
  /** The next number to try for each name, so that no number is tried twice. @type {Map<string, number>} */
  #numbers = new Map();

  /**
   * `paths`: those of all outputs; their folders are taken.
   * @param {string[]} paths
   * @param {{ report?: boolean }} [options]
   */
  constructor(paths, { report = false } = {}) {
    this.#taken = new Set([MANIFEST, ...(report ? REPORT_NAMES : [])].map(fold));
    for (const key of paths.map(fold)) {
      for (let end = key.lastIndexOf('/'); end > 0; end = key.lastIndexOf('/', end - 1)) {
        const folder = key.slice(0, end);
        if (this.#taken.has(folder)) break; // the folders above it are taken, too
        this.#taken.add(folder);
      }
    }
  }

  /**
   * First pass: takes the path, and returns whether it was free.
   * @param {string} path
   */
  claim(path) {
    const key = fold(path);
    const isFree = !this.#taken.has(key);
    this.#taken.add(key);
    return isFree;
  }

  /**
   * Second pass, after all paths were claimed: the final path, and the reasons if it was changed.
   * @param {Omit<Wanted, 'isAgain'>} output
   * @returns {OutputPath}
   */
  settle(output) {
    const { path, reasons } = output.isFree ? output : this.#numbered(output);
    return { path, changed: reasons.size > 0 ? [...reasons].join('; ') : null };
  }

  /**
   * The path of what is salvaged of a file, after all other paths were claimed.
   * @param {string} path
   * @param {boolean} decompressed
   */
  partial(path, decompressed) {
    const output = want(`${decompressed ? withoutCompressionEnding(path) : path}.partial`, false);
    return this.settle({ ...output, isFree: this.claim(output.path) });
  }

  /** @param {{ path: string, reasons: Set<string> }} output */
  #numbered({ path, reasons }) {
    const start = path.lastIndexOf('/') + 1;
    const folder = path.slice(0, start);
    const name = path.slice(start);
    const series = fold(folder + numbered(name, 0));
    let number = this.#numbers.get(series) ?? 2;
    while (this.#taken.has(fold(folder + numbered(name, number)))) number++;
    this.#numbers.set(series, number + 1);
    const free = folder + numbered(name, number);
    this.#taken.add(fold(free));
    reasons.add(`(${number}) was added: another output has this name`);
    return { path: free, reasons };
  }
}
