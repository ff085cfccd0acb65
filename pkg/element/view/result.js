/** Shows how the last run over the whole drop ended, failures first. */

import { printable } from '../words/format.js';
import { sentence, text } from '../words/text.js';
import { h, icon } from './dom.js';
import { problemLine, swap } from './problem.js';

/**
 * @import { FileResult } from '../../index.js'
 * @import { ShownRun } from '../state/shown-run.js'
 * @import { Session } from '../state/session.js'
 * @import { Child, IconName } from './dom.js'
 */

/** @typedef {{ path: string, message: string, code: string | null }} Reason */

const MOST_REASONS = 100;

/** @param {Session} session */
export function resultPart(session) {
  const node = h('section', { class: 'card summary', hidden: true, tabindex: '-1', 'data-testid': 'summary' });
  const show = swap(node);
  return {
    node,
    render() {
      const { run } = session;
      node.hidden = !run?.outcome;
      show(node.hidden ? null : run, () => (node.hidden || !run ? null : summary(run, session)));
    },
  };
}

/**
 * @param {ShownRun} run
 * @param {Session} session
 * @returns {Child[]}
 */
function summary(run, session) {
  if (run.outcome === 'cancelled') {
    const finished = [...session.results.finished.values()].filter(({ outcome }) => outcome !== 'failed').length;
    const intoFolder = run.way === 'folder';
    return [
      heading('warning', 'warn', text.summary.cancelled),
      h('p', {}, intoFolder ? text.summary.cancelledFolder(finished) : text.summary.cancelledZip),
      intoFolder && finished > 0 && h('p', {}, run.resumes ? text.summary.resumable : text.summary.notResumable),
    ];
  }
  if (run.error) return [heading('cross', 'bad', text.summary.stopped), problemLine(run.error)];
  return finished(run);
}

/**
 * @param {ShownRun} run
 * @returns {Child[]}
 */
function finished({ report, figures, way, name }) {
  if (!report || !figures) return [];
  const { decrypted, copied, failed, skipped, failures, warned, inVain } = figures;
  const nothing = decrypted + copied === 0;
  const isOdd = failed + warned.length > 0;
  /** @type {[mark: IconName, tone: 'good' | 'warn' | 'bad']} */
  const mark = inVain ? ['cross', 'bad'] : isOdd ? ['warning', 'warn'] : ['check', 'good'];
  const renamed = report.files.filter(gaveWay).length;
  const verified = report.files.filter((file) => file.outcome === 'decrypted' && file.verified !== null).length;
  return [
    heading(...mark, text.summary.heading(figures)),
    !nothing && h('p', {}, way === 'folder' ? text.summary.savedFolder(name) : text.summary.savedZip(name)),
    renamed > 0 && h('p', {}, text.summary.renamed(renamed)),
    failed > 0 && failureList(failures),
    warned.length > 0 && warningList(warned),
    h(
      'dl',
      { class: 'figures' },
      ...figure(text.summary.failed, text.summary.number(failed), failed > 0 && 'bad'),
      ...figure(text.summary.decrypted, text.summary.number(decrypted)),
      ...figure(text.summary.copied, text.summary.number(copied)),
      ...(skipped > 0 ? figure(text.summary.skipped, text.summary.number(skipped)) : []),
      ...(decrypted > 0 ? figure(text.summary.verified, text.summary.ofDecrypted(verified, decrypted)) : []),
      ...figure(text.summary.written, text.summary.bytes(figures.bytesWritten)),
    ),
    verified < decrypted && h('p', { class: 'muted' }, text.summary.unverified),
  ];
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
 * @param {string | false} [tone]
 */
function* figure(name, value, tone) {
  yield h('div', { 'data-tone': tone || null }, h('dt', {}, name), h('dd', {}, value));
}

/** @param {FileResult[]} failures */
function failureList(failures) {
  const reasons = failures.map(({ path, code, message }) => ({ path, message: message ?? '', code: code ?? null }));
  return reasonList('failures', text.summary.failures, reasons);
}

/** @param {FileResult[]} warned */
function warningList(warned) {
  const reasons = warned.flatMap(({ path, warnings }) => warnings.map((message) => ({ path, message, code: null })));
  return reasonList('warnings', text.summary.warned(warned.length), reasons);
}

/**
 * Lists each reason once, even if many files share it.
 * @param {string} name
 * @param {string} title
 * @param {Reason[]} reasons
 */
function reasonList(name, title, reasons) {
  /** @type {Map<string, Reason[]>} */
  const groups = new Map();
  for (const reason of reasons) {
    const key = `${reason.code} ${reason.message}`;
    const group = groups.get(key);
    if (group) group.push(reason);
    else groups.set(key, [reason]);
  }
  const shown = [...groups.values()].slice(0, MOST_REASONS);
  const rest = reasons.length - shown.reduce((sum, { length }) => sum + length, 0);
  const more = rest > 0 && h('p', {}, text.summary.more(rest));
  return h(
    'div',
    { class: `reasons ${name}`, 'data-testid': name },
    h('h3', {}, title),
    h('ul', {}, ...shown.map(reasonLine)),
    more,
  );
}

/** @param {Reason[]} reasons */
function reasonLine(reasons) {
  const [{ path, code, message }] = reasons;
  const isMany = reasons.length > 1;
  const who = isMany
    ? h('strong', {}, text.summary.several(reasons.length))
    : h('bdi', { class: 'path' }, printable(path));
  return h(
    'li',
    {},
    who,
    h('span', {}, sentence(message), code && h('span', { class: 'code' }, ` ${text.problem.code(code)}`)),
  );
}
