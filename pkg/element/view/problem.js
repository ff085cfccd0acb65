/** Shows errors to the person: an icon, a plain sentence, and the technical details with the code, folded. */

import { wantsKey } from '../state/file-state.js';
import { printable } from '../words/format.js';
import { plainly, technically } from '../words/plain.js';
import { text } from '../words/text.js';
import { h, icon, keyed, setAttribute } from './dom.js';
import { breakable } from './names.js';

/**
 * @import { Problem } from '../state/problems.js'
 * @import { Session } from '../state/session.js'
 * @import { Told } from '../words/plain.js'
 * @import { Child } from './dom.js'
 */

/**
 * A line of the list; `own`: the session's object for it, for `dismiss`. @typedef {{ error: Told, retry?: () => void,
 * own?: Problem }} Line
 */

/** The problem that details-list.js shows as a hint. */
export const MISSING = 'ERR_KEY_DETAILS_MISSING';

/**
 * Whether the key details, which nobody found, may be in an archive that could not be opened.
 * @param {Pick<Session, 'drop' | 'files'>} session
 */
export const isPacked = ({ drop, files }) =>
  drop?.keyDetails.length === 0 && files.some(({ error }) => error?.code === 'ERR_ARCHIVE');

/**
 * Problems of the whole: with the drop, the start or the last save.
 * @param {Session} session
 */
export function problemList(session) {
  const node = h('div', { class: 'problems', part: 'problems' });
  const show = keyed(
    node,
    /** @param {Line} line */
    ({ error }) => `${error.code} ${error.path ?? ''} ${error.message}`,
    (problem) => {
      const line = problemLine(problem.error);
      line.setAttribute('role', 'alert');
      if (problem.retry)
        line.append(h('button', { type: 'button', onclick: () => again(problem) }, text.problem.retry));
      else if (problem.own) line.append(dismissButton(problem));
      return { node: line, render() {} };
    },
  );

  return {
    node,
    render() {
      // Missing key details are shown where the key details would be.
      const ofDrop = (session.drop?.problems ?? []).filter(({ code }) => code !== MISSING);
      show([
        ...session.problems.all.map((problem) => ({ ...problem, own: problem })),
        ...[...ofDrop, ...ofFiles(session)].map((error) => ({ error })),
      ]);
    },
  };

  /** @param {Line} line */
  function again({ own, retry }) {
    session.dismiss(own);
    retry?.();
  }

  /** @param {Line} line */
  function dismissButton({ own }) {
    return h(
      'button',
      {
        type: 'button',
        class: 'quiet square',
        'aria-label': text.problem.dismiss,
        onclick: () => session.dismiss(own),
      },
      icon('cross'),
    );
  }
}

/**
 * If no file can be opened although there is a key, the first file's reason is shown for the whole drop.
 * @param {Session} session
 * @returns {Told[]}
 */
function ofFiles({ totals, files, run }) {
  if (run || totals.ready > 0 || totals.damaged === 0) return [];
  const damaged = files.find((file) => file.error && !wantsKey(file.error));
  if (!damaged?.error || damaged.error.code === MISSING) return [];
  const { path, error } = damaged;
  return [{ code: error.code, message: error.message, path }];
}

/**
 * One error as a box.
 * @param {Told} error
 */
export function problemLine(error) {
  return h(
    'div',
    { class: 'problem', 'data-testid': 'problem', 'data-code': error.code },
    icon('warning'),
    h('div', { class: 'problem-words' }, ...explained(error)),
  );
}

let places = 0;

/**
 * A place for the error of a key, an entry or a field, below it; empty without an error. The path is not shown, because
 * it is above. With the field that a person fills in, screen readers announce the error and link it to the field.
 * `words`: the plain sentence, where the place knows a better one.
 * @param {Element | null} [field]
 */
export function problemPlace(field = null) {
  places += 1;
  const node = h('div', { class: 'problem-text', id: `problem-${places}`, role: field && 'alert', hidden: true });
  let last = '';
  return {
    node,
    /**
     * @param {Told | null} error
     * @param {string} [words]
     */
    render(error, words) {
      node.hidden = !error;
      if (field) {
        setAttribute(field, 'aria-invalid', error ? 'true' : null);
        setAttribute(field, 'aria-describedby', error ? node.id : null);
      }
      const wanted = error ? [words ?? plainly(error), error.message, error.code].join('\n') : '';
      if (wanted === last) return;
      last = wanted;
      node.replaceChildren(...(error ? explained({ code: error.code, message: error.message }, words) : []));
      if (error) {
        node.dataset.testid = 'problem';
        node.dataset.code = error.code ?? '';
      } else delete node.dataset.testid;
    },
  };
}

/**
 * An error in plain words, with the core's message and the code folded below.
 * @param {Told} error
 * @param {string} [words] instead of the sentence for its code
 */
export function explained(error, words = plainly(error)) {
  const { code, path } = error;
  return [
    h(
      'p',
      {},
      path && h('bdi', { class: 'path' }, ...breakable(`${printable(path)}: `)),
      h('span', { dir: 'auto' }, words),
    ),
    code && technicalDetails(error),
  ].filter((part) => part instanceof Node);
}

/** @param {Told} error */
export function technicalDetails(error) {
  const detail = technically(error);
  return h(
    'details',
    { class: 'technical' },
    h('summary', {}, text.technical.title),
    detail && h('p', { lang: 'en', dir: 'ltr' }, detail),
    h('p', { class: 'code', dir: 'ltr' }, error.code),
  );
}

/**
 * Replaces a node's children only if `key` differs from the last call's.
 * @param {Element} node
 * @returns {(key: unknown, build: () => Child | Child[]) => void}
 */
export function swap(node) {
  /** @type {unknown} */
  let last = null;
  return (key, build) => {
    if (key === last) return;
    last = key;
    node.replaceChildren(...[build()].flat().filter(isShown));
  };
}

/**
 * @param {Child} child
 * @returns {child is Node | string}
 */
function isShown(child) {
  return Boolean(child);
}
