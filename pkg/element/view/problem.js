/** Shows errors to the person: an icon, the sentence and the code. */

import { wantsKey } from '../state/file-state.js';
import { sentence, text } from '../words/text.js';
import { h, icon, keyed, setAttribute } from './dom.js';

/**
 * @import { DropFile, ErrorCode } from '../../index.js'
 * @import { Problem } from '../state/problems.js'
 * @import { Session } from '../state/session.js'
 * @import { Attributes, Child } from './dom.js'
 */

/**
 * The parts of an error that are shown; the host's have no code. @typedef {{ code?: ErrorCode, path?: string | null,
 * message: string }} Told
 */
/**
 * A line of the list; `own`: the session's object for it, for `dismiss`. @typedef {{ error: Told, retry?: () => void,
 * own?: Problem }} Line
 */

/** The problem that details-list.js shows as a hint. */
export const MISSING = 'ERR_KEY_DETAILS_MISSING';

/**
 * Whether the drop, or a part of it, must be unpacked first.
 * @param {readonly DropFile[]} files
 */
export const isPacked = (files) => files.some(({ error }) => error?.code === 'ERR_ARCHIVE');

/**
 * Problems of the whole: with the drop, the start or the last save.
 * @param {Session} session
 */
export function problemList(session) {
  const node = h('div', { class: 'problems' });
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
    h('p', {}, ...words(error)),
  );
}

let places = 0;

/**
 * A place for the error of a key, an entry or a field, below it; empty without an error. The path is not shown, because
 * it is above. With the field that a person fills in, screen readers announce the error and link it to the field.
 * @param {Element | null} [field]
 */
export function problemPlace(field = null) {
  places += 1;
  const node = h('p', { class: 'problem-text', id: `problem-${places}`, role: field && 'alert', hidden: true });
  return {
    node,
    /** @param {Told | null} error */
    render(error) {
      node.hidden = !error;
      if (field) {
        setAttribute(field, 'aria-invalid', error ? 'true' : null);
        setAttribute(field, 'aria-describedby', error ? node.id : null);
      }
      const wanted = error ? [...words({ ...error, message: error.message, path: null })] : [];
      if (node.textContent === wanted.map((part) => (typeof part === 'string' ? part : part.textContent)).join(''))
        return;
      node.replaceChildren(...wanted);
      if (error) {
        node.dataset.testid = 'problem';
        node.dataset.code = error.code;
      } else delete node.dataset.testid;
    },
  };
}

/**
 * @param {Told} error
 * @returns {Generator<HTMLElement | string>}
 */
function* words({ code, message, path }) {
  if (path) yield h('bdi', { class: 'path' }, `${path}: `);
  yield sentence(message);
  if (code) yield h('span', { class: 'code' }, ` ${text.problem.code(code)}`);
}

/**
 * A hint about something that is missing, and where to get it.
 * @param {string} title
 * @param {Attributes<HTMLDivElement>} attributes
 * @param {...Child} words
 */
export function hint(title, attributes, ...words) {
  return h(
    'div',
    { class: 'hint', ...attributes },
    icon('info'),
    h('div', {}, h('strong', {}, title), h('p', {}, ...words)),
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
