// How the last run over the whole drop ended: failures first.

import { h, icon } from './dom.js';
import { printable } from './format.js';
import { problemLine, swap } from './problem.js';
import { sentence, text } from './text.js';

const MOST_FAILURES = 100;

export function summaryPart(session) {
  const node = h('section', { class: 'card summary', hidden: true, tabindex: '-1', 'data-testid': 'summary' });
  const show = swap(node);
  return {
    node,
    render() {
      const { run } = session;
      node.hidden = !run?.outcome;
      show(node.hidden ? null : run, () => (node.hidden ? null : summary(run, session)));
    },
  };
}

function summary(run, session) {
  if (run.outcome === 'cancelled') {
    const finished = [...session.results.values()].filter(({ outcome }) => outcome !== 'failed').length;
    const intoFolder = run.way === 'folder';
    return [
      heading('warning', 'warn', text.summary.cancelled),
      h('p', {}, intoFolder ? text.summary.cancelledFolder(finished) : text.summary.cancelledZip),
      intoFolder && finished > 0 && h('p', {}, run.resumes ? text.summary.resumable : text.summary.notResumable),
    ];
  }
  if (run.outcome === 'failed') return [heading('cross', 'bad', text.summary.stopped), problemLine(run.error)];
  return finished(run);
}

function finished({ report, way, name }) {
  const { decrypted, copied, failed } = report;
  const nothing = decrypted + copied === 0;
  const failures = report.files.filter(({ outcome }) => outcome === 'failed');
  const renamed = report.files.filter(gaveWay).length;
  const verified = report.files.filter((file) => file.outcome === 'decrypted' && file.verified !== null).length;
  return [
    nothing
      ? heading('cross', 'bad', text.summary.allFailed)
      : failed > 0
        ? heading('warning', 'warn', text.summary.someFailed(report))
        : heading('check', 'good', text.summary.done(report)),
    !nothing && h('p', {}, way === 'folder' ? text.summary.savedFolder(name) : text.summary.savedZip(name)),
    renamed > 0 && h('p', {}, text.summary.renamed(renamed)),
    failures.length > 0 && failureList(failures),
    h(
      'dl',
      { class: 'figures' },
      ...figure(text.summary.failed, text.summary.number(failed), failed > 0 && 'bad'),
      ...figure(text.summary.decrypted, text.summary.number(decrypted)),
      ...figure(text.summary.copied, text.summary.number(copied)),
      ...figure(text.summary.verified, text.summary.ofDecrypted(verified, decrypted)),
      ...(report.skipped > 0 ? figure(text.summary.skipped, text.summary.number(report.skipped)) : []),
      ...figure(text.summary.written, text.summary.bytes(report.bytesWritten)),
    ),
    verified < decrypted && h('p', { class: 'muted' }, text.summary.unverified),
  ];
}

// The number that a name gets which is taken: see numbered() in file-names.js. Other names are changed for other reasons.
function gaveWay({ path, output, skipped }) {
  return !skipped && output !== null && / \(\d+\)(\.[^.\s]+)?$/.test(output) && !path.startsWith(output);
}

function heading(mark, tone, words) {
  return h('h2', { 'data-tone': tone }, icon(mark), words);
}

function* figure(name, value, tone) {
  yield h('div', { 'data-tone': tone || null }, h('dt', {}, name), h('dd', {}, value));
}

function failureList(failures) {
  const rows = failures.slice(0, MOST_FAILURES).map(({ path, code, message }) =>
    h('li', {}, h('bdi', { class: 'path' }, printable(path)), h('span', {}, sentence(message), h('span', { class: 'code' }, ` ${text.problem.code(code)}`))),
  );
  const more = failures.length - rows.length;
  return h('div', { class: 'failures' }, h('h3', {}, text.summary.failures), h('ul', {}, ...rows), more > 0 && h('p', {}, text.summary.more(more)));
}
