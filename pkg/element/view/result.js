/** Shows how the last run ended, failures first, and what can be done next. */

import { wantsKey } from '../state/file-state.js';
import { text } from '../words/text.js';
import { datasetBars } from './dataset-bars.js';
import { lackingWords } from './details-list.js';
import { h, icon } from './dom.js';
import { donut } from './donut.js';
import { problemLine, swap } from './problem.js';
import { failureList, warningList } from './reasons.js';
import { reportPart } from './report-part.js';

/**
 * @import { FileResult } from '../../index.js'
 * @import { ShownRun } from '../state/shown-run.js'
 * @import { Session } from '../state/session.js'
 * @import { Child, IconName } from './dom.js'
 */

/**
 * `again`: tries files once more; `review`: goes to the files; `startOver`: forgets everything.
 *
 * @typedef {{ again(run: ShownRun, paths: string[]): void, review(): void, startOver(): void }} Next
 */

/**
 * @param {Session} session
 * @param {Next} next
 */
export function resultPart(session, next) {
  const node = h('section', {
    class: 'card summary',
    part: 'result',
    hidden: true,
    tabindex: '-1',
    'data-testid': 'summary',
  });
  const show = swap(node);
  return {
    node,
    render() {
      const { run } = session;
      node.hidden = !run?.outcome;
      show(node.hidden ? null : run, () => (node.hidden || !run ? null : summary(run, session, next)));
    },
  };
}

/**
 * @param {ShownRun} run
 * @param {Session} session
 * @param {Next} next
 * @returns {Child[]}
 */
function summary(run, session, next) {
  if (run.outcome === 'cancelled') {
    const finished = [...session.results.finished.values()].filter(({ outcome }) => outcome !== 'failed').length;
    const intoFolder = run.way === 'folder';
    return [
      heading('warning', 'warn', text.summary.cancelled),
      h('p', {}, cancelledWords(run, finished)),
      intoFolder && finished > 0 && h('p', {}, run.resumes ? text.summary.resumable : text.summary.notResumable),
      ...nextSteps(run, next),
    ];
  }
  if (run.error)
    return [heading('cross', 'bad', text.summary.stopped), problemLine(run.error), ...nextSteps(run, next)];
  return finished(run, session, next);
}

/**
 * @param {ShownRun} run
 * @param {Session} session
 * @param {Next} next
 * @returns {Child[]}
 */
function finished(run, session, next) {
  const { report, figures, names } = run;
  if (!report || !figures) return [];
  const { decrypted, copied, failed, failures, salvaged, warned, inVain } = figures;
  const isOdd = failed + warned.length > 0;
  const isUnsure = run.fate === 'unsure';
  /** @type {[mark: IconName, tone: 'good' | 'warn' | 'bad']} */
  const mark = inVain ? ['cross', 'bad'] : isOdd || isUnsure ? ['warning', 'warn'] : ['check', 'good'];
  const renamed = report.files.filter(gaveWay).length;
  const tryable = failures.filter((failure) => !wantsKey({ code: failure.code }));
  return [
    heading(...mark, isUnsure ? text.summary.unsure(names) : text.summary.heading(figures)),
    decrypted + copied + salvaged > 0 && h('p', {}, whereTo(run)),
    renamed > 0 && h('p', {}, text.summary.renamed(renamed)),
    failed > 0 &&
      failureList(
        failures,
        lackingWords(session.drop?.keyDetails ?? []),
        tryable.length > 0 && againButton(run, tryable, next),
      ),
    salvaged > 0 && h('p', { 'data-testid': 'salvaged' }, text.summary.salvaged(salvaged)),
    warned.length > 0 && warningList(warned),
    ...numbers(run, session),
    ...nextSteps(run, next),
  ];
}

/** @param {ShownRun} run */
function whereTo({ way, fate, name, names }) {
  if (way === 'host') return text.summary.given;
  if (way === 'folder') return text.summary.savedFolder(name);
  if (fate === 'unsure') return text.summary.unsureWhy;
  return fate === 'given' ? text.summary.givenAs(names.join(', ')) : text.summary.savedZip(names.join(', '));
}

/**
 * @param {ShownRun} run
 * @param {number} finished
 */
function cancelledWords({ way }, finished) {
  if (way === 'host') return text.summary.cancelledGiven(finished);
  return way === 'folder' ? text.summary.cancelledFolder(finished) : text.summary.cancelledZip;
}

/**
 * @param {ShownRun} run
 * @param {FileResult[]} failures
 * @param {Next} next
 */
function againButton(run, failures, next) {
  const paths = failures.map(({ path }) => path);
  return h(
    'button',
    { type: 'button', 'data-testid': 'try-again', onclick: () => next.again(run, paths) },
    text.summary.again(paths.length),
  );
}

/**
 * @param {ShownRun} run
 * @param {Session} session
 * @returns {Generator<Child>}
 */
function* numbers({ report, figures }, session) {
  if (!report || !figures) return;
  const { decrypted, copied, failed, skipped } = figures;
  const verified = report.files.filter((file) => file.outcome === 'decrypted' && file.verified !== null).length;
  const parts = { decrypted, copied, failed };
  yield h(
    'div',
    { class: 'figures-view' },
    donut(
      text.summary.outcomes(parts),
      Object.entries(parts).map(([name, value]) => ({ name, value })),
    ),
    h(
      'dl',
      { class: 'figures' },
      ...figure(text.summary.decrypted, text.summary.number(decrypted), 'decrypted'),
      ...figure(text.summary.copied, text.summary.number(copied), 'copied'),
      ...figure(text.summary.failed, text.summary.number(failed), 'failed'),
      ...(skipped > 0 ? figure(text.summary.skipped, text.summary.number(skipped)) : []),
      ...(decrypted > 0 ? figure(text.summary.verified, text.summary.ofDecrypted(verified, decrypted)) : []),
      ...figure(text.summary.written, text.summary.bytes(figures.bytesWritten)),
    ),
    datasetBars(report.files, session.files),
  );
  if (verified < decrypted) yield h('p', { class: 'muted' }, text.summary.unverified);
}

/**
 * @param {ShownRun} run
 * @param {Next} next
 * @returns {Generator<Child>}
 */
function* nextSteps({ report, partial }, next) {
  const shown = report ?? partial;
  const part = shown && reportPart(shown);
  yield h(
    'div',
    { class: 'buttons next' },
    part?.toggle,
    report && report.decrypted + report.copied > 0 && step('look', 'table', text.summary.preview, next.review),
    step('start-over', 'arrow', text.summary.startOver, next.startOver),
  );
  yield part?.page;
}

/**
 * @param {string} testId
 * @param {IconName} mark
 * @param {string} words
 * @param {() => void} onclick
 */
function step(testId, mark, words, onclick) {
  return h('button', { type: 'button', 'data-testid': testId, onclick }, icon(mark), words);
}

/**
 * Whether the file got a number because its name was taken: see numbered() in file-names.js. Names are also changed for
 * other reasons.
 * @param {FileResult} result
 */
function gaveWay({ path, output, skipped }) {
  return !skipped && output !== null && / \(\d+\)(\.[^.\s]+)?$/.test(output) && !path.startsWith(output);
}

/**
 * @param {IconName} mark
 * @param {'good' | 'warn' | 'bad'} tone
 * @param {string} words
 */
function heading(mark, tone, words) {
  return h('h2', { 'data-tone': tone }, icon(mark), words);
}

/**
 * @param {string} name
 * @param {string} value
 * @param {string} [part] of the ring
 */
function* figure(name, value, part) {
  yield h('div', { 'data-part': part }, h('dt', {}, name), h('dd', {}, value));
}
