/** What the command line says: lines of JSON for programs, sentences for people. */

/**
 * @import { FileResult, LeftOut, Progress, Report, Salvaged } from '../index.js'
 * @import { OutputStreams } from './output-streams.js'
 * @import { Leftover } from './partials.js'
 */

/** What is said: of a file, or of the whole. @typedef {{ path?: string, code: string, message: string }} Note */
/** @typedef {{ outcome: 'left-out', warnings: string[] } & LeftOut} LeftOutLine */
/** One line of JSON. @typedef {FileResult | Note | LeftOutLine} Line */

/** The lines of one run. */
export class Lines {
  #streams;
  /** Paths of the lines so far. */
  #printed = new Set();

  /** @param {OutputStreams} streams */
  constructor(streams) {
    this.#streams = streams;
  }

  /** @param {Note} said */
  note = ({ path, code, message }) => {
    this.#streams.err(`mgdc-decrypt: ${path ? `${path}: ` : ''}${message} (${code})\n`);
  };

  /** @param {Leftover} leftover */
  noteLeftover = ({ path, deleted }) => {
    const said = deleted
      ? 'deleted: a run that was killed had left it'
      : 'kept: it is half-written, and another run may still own it; delete it when none does';
    this.#streams.err(`mgdc-decrypt: ${path}: ${said}\n`);
  };

  /** @param {Line} line */
  print = (line) => {
    this.#printed.add(line.path);
    this.#streams.out(`${JSON.stringify(line)}\n`);
  };

  /**
   * Lines as files are done, not at the end: a long run that is cut short has told what it did.
   * @returns {(progress: Progress) => void}
   */
  printer = () => {
    return ({ changed }) => {
      for (const { result } of changed) if (result) this.print(result);
    };
  };

  /**
   * @param {Report} report
   * @param {Note | null} nothing
   */
  printRest = ({ files, leftOut }, nothing) => {
    files.filter(({ path }) => !this.#printed.has(path)).forEach(this.print);
    for (const { path, code, message } of leftOut)
      this.print({ path, outcome: 'left-out', code, message, warnings: [] });
    if (nothing) this.print(nothing);
  };

  /** @returns {((progress: Progress) => void) | undefined} */
  ticker = () => {
    if (!process.stderr.isTTY) return undefined;
    return ({ bytesRead, bytesTotal, filesDone, filesTotal, rate, secondsLeft }) => {
      const percent = bytesTotal > 0 ? Math.floor((100 * bytesRead) / bytesTotal) : 100;
      const left = secondsLeft === null ? '' : `, ${Math.ceil(secondsLeft)} s left`;
      const speed = `${(rate / 2 ** 20).toFixed(0)} MiB/s`;
      this.#streams.err(`\r\x1b[K${percent} %, ${filesDone} of ${filesTotal} files, ${speed}${left}`);
    };
  };

  /**
   * @param {Report} report
   * @param {Note | null} nothing
   */
  summarize = (report, nothing) => {
    const { files, leftOut, notChosen, decrypted, copied, failed, skipped, salvaged, bytesWritten } = report;
    if (process.stderr.isTTY) this.#streams.err('\r\x1b[K');
    for (const { outcome, path, code, message, salvaged } of files) {
      if (outcome === 'failed') this.#streams.out(`failed  ${path}: ${message} (${code})\n`);
      if (salvaged) this.#streams.out(`salvaged  ${path}: ${salvagedWords(salvaged)}\n`);
    }
    for (const { path, warnings } of files)
      for (const warning of warnings) this.#streams.out(`note    ${path}: ${warning}\n`);
    for (const { path, message } of leftOut) this.#streams.out(`left out  ${path}: ${message}\n`);
    const there = skipped > 0 ? ` (${skipped} of them by an earlier run)` : '';
    const without = leftOut.length > 0 ? `, ${leftOut.length} left out` : '';
    const partly = salvaged > 0 ? ` (${salvaged} of them salvaged in part)` : '';
    const aside = notChosen > 0 ? `, ${notChosen} not chosen` : '';
    const counts = `${decrypted} decrypted, ${copied} copied${there}, ${failed} failed${partly}${without}${aside}`;
    this.#streams.out(`${counts}; ${bytesWritten} bytes written\n`);
    if (nothing) this.note(nothing);
  };
}

/** Lost ranges that are spelled out; `--json` has all of them. */
const SHOWN = 5;

/** @param {Salvaged} salvaged */
function salvagedWords({ output, rows, bytes, lost, certain, reason }) {
  if (output === null) return `nothing could be salvaged: ${reason}`;
  const ranges = lost.slice(0, SHOWN).map(({ from, to }) => `${from}–${to - 1}`);
  const more = lost.length > SHOWN ? ` and ${lost.length - SHOWN} more ranges` : '';
  const missing = lost.length > 0 ? `; lost: bytes ${ranges.join(', ')}${more} of the encrypted file` : '';
  const checked = certain ? 'a checksum confirms every row' : 'not every row is confirmed by a checksum';
  return `${rows} ${rows === 1 ? 'row' : 'rows'} (${bytes} bytes) written to ${output}${missing}; ${checked}`;
}
