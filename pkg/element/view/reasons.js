/** Why files failed, or have a warning: each reason once, even if many files share it. */

import { grouped } from '../../core/grouped.js';
import { wantsKey } from '../state/file-state.js';
import { printable } from '../words/format.js';
import { plainly, technically } from '../words/plain.js';
import { sentence, text } from '../words/text.js';
import { h } from './dom.js';
import { breakable } from './names.js';

/**
 * @import { FileResult } from '../../index.js'
 * @import { Told } from '../words/plain.js'
 * @import { Child } from './dom.js'
 */

/** @typedef {Told & { path: string, message: string, remedy?: string }} Reason */

const MOST_REASONS = 100;
/** Files of a reason that are named. */
const MOST_FILES = 50;

/**
 * `lacking`: the key versions that are missing, in words.
 * @param {FileResult[]} failures
 * @param {string} lacking
 * @param {...Child} more
 */
export function failureList(failures, lacking, ...more) {
  const reasons = failures.map(({ path, code, message }) => ({
    path,
    message: message ?? '',
    code: code ?? null,
    remedy: wantsKey({ code }) ? lacking : '',
  }));
  return reasonList('failures', text.summary.failures, reasons, ...more);
}

/** @param {FileResult[]} warned */
export function warningList(warned) {
  const reasons = warned.flatMap(({ path, warnings }) => warnings.map((message) => ({ path, message, code: null })));
  return reasonList('warnings', text.summary.warned(warned.length), reasons);
}

/**
 * @param {string} name
 * @param {string} title
 * @param {Reason[]} reasons
 * @param {...Child} children
 */
function reasonList(name, title, reasons, ...children) {
  const groups = [...grouped(reasons, (reason) => `${reason.code} ${plainly(reason)}`).values()];
  const shown = groups.slice(0, MOST_REASONS);
  const rest = reasons.length - shown.reduce((sum, { length }) => sum + length, 0);
  return h(
    'div',
    { class: `reasons ${name}`, 'data-testid': name },
    h('h3', {}, title),
    h('ul', {}, ...shown.map(group)),
    rest > 0 && h('p', {}, text.summary.more(rest)),
    ...children,
  );
}

/** @param {Reason[]} reasons */
function group(reasons) {
  const [reason] = reasons;
  const isMany = reasons.length > 1;
  const who = isMany
    ? h('strong', {}, text.summary.several(reasons.length))
    : h('bdi', { class: 'path' }, ...breakable(printable(reason.path)));
  return h(
    'li',
    {},
    who,
    h('span', { dir: 'auto' }, plainly(reason)),
    reason.remedy && h('span', { dir: 'auto' }, reason.remedy),
    (isMany || reason.code) && details(reasons),
  );
}

/** @param {Reason[]} reasons */
function details(reasons) {
  const [{ code }] = reasons;
  const rest = reasons.length - MOST_FILES;
  return h(
    'details',
    { class: 'technical' },
    h('summary', {}, reasons.length > 1 ? text.summary.which : text.technical.title),
    h('ul', {}, ...reasons.slice(0, MOST_FILES).map((reason) => line(reason, reasons.length > 1))),
    rest > 0 && h('p', {}, text.summary.more(rest)),
    code && h('p', { class: 'code', dir: 'ltr' }, code),
  );
}

/**
 * @param {Reason} reason
 * @param {boolean} isNamed
 */
function line(reason, isNamed) {
  const exact = technically(reason);
  return h(
    'li',
    {},
    isNamed && h('bdi', { class: 'path' }, ...breakable(printable(reason.path))),
    exact && h('span', { lang: 'en', dir: 'ltr' }, sentence(exact)),
  );
}
