/** The empty page, beside the place where things are added: three steps, what a delivery looks like, other ways in. */

import { text } from '../words/text.js';
import { h, icon } from './dom.js';
import { drawing } from './drawings.js';
import { breakable } from './names.js';

/** @import { DrawingName } from './drawings.js' */
/** @import { Child } from './dom.js' */

/** The files of a delivery, as Data Connect writes them. */
const KEY_DETAILS = 'encryptionKeyDetails.json';

/**
 * @typedef {object} WelcomeActions
 * @property {() => void} check leads to the side “Check a key”
 * @property {() => void} rehearse
 */

/** @param {WelcomeActions} actions */
export function welcome(actions) {
  const words = text.welcome;
  const other = h(
    'section',
    { class: 'other', hidden: true },
    h('h3', {}, words.other),
    h(
      'div',
      { class: 'other-ways' },
      otherWay('welcome-check', words.check, words.checkHint, actions.check),
      otherWay('welcome-rehearse', words.rehearse, words.rehearseHint, actions.rehearse),
    ),
  );
  const copy = h('p', { class: 'copy', hidden: true });
  const node = h(
    'div',
    { class: 'welcome', part: 'welcome' },
    h(
      'section',
      { class: 'steps' },
      h('h3', {}, words.steps),
      h(
        'ol',
        {},
        step('get', words.stepGet, words.stepGetHint),
        step('key', words.stepKey, words.stepKeyHint),
        step('save', words.stepSave, words.stepSaveHint),
      ),
    ),
    h('section', { class: 'tree' }, h('h3', {}, words.tree), tree()),
    // Before what comes only when the check is loaded, so that nothing moves.
    copy,
    other,
  );
  /** @type {string | null} */
  let offered = null;

  return {
    node,
    /** @param {{ isShown: boolean, hasChecker: boolean, offlineCopy: string | null }} now */
    render({ isShown, hasChecker, offlineCopy }) {
      node.hidden = !isShown;
      other.hidden = !hasChecker;
      copy.hidden = offlineCopy === null;
      if (offlineCopy === offered) return;
      offered = offlineCopy;
      copy.replaceChildren(...(offlineCopy ? [copyLink(offlineCopy)] : []));
    },
  };
}

/** The address comes from the host's page, and nothing is added to it. @param {string} address */
function copyLink(address) {
  return h('a', { class: 'offline-copy', download: true, href: address }, icon('down'), text.welcome.offlineCopy);
}

/**
 * @param {DrawingName} picture
 * @param {string} title
 * @param {string} hint
 */
function step(picture, title, hint) {
  return h('li', { class: 'step-row' }, drawing(picture), h('div', {}, h('strong', {}, title), h('p', {}, hint)));
}

/**
 * @param {string} id
 * @param {string} title
 * @param {string} hint
 * @param {() => void} onclick
 */
function otherWay(id, title, hint, onclick) {
  return h(
    'div',
    { class: 'other-way' },
    h('button', { type: 'button', 'data-testid': id, onclick }, title),
    h('p', { class: 'muted' }, hint),
  );
}

/** The folders of a delivery. */
function tree() {
  const { welcome: words } = text;
  const marked = leaf('key', KEY_DETAILS, words.treeKey);
  marked.classList.add('marked');
  return h(
    'ul',
    { class: 'tree-list', role: 'list' },
    branch(
      h('span', { class: 'tree-name' }, words.treeFolder),
      branch(path('metadata'), branch(path('MoreMetadata'), branch(path('EncryptedDatasets'), marked))),
      branch(path('BasicDataSet_v0.Message_v1'), leaf('lock', 'part-00000.json', words.treeData)),
    ),
  );
}

/**
 * @param {HTMLElement} name
 * @param {...HTMLElement} children
 */
function branch(name, ...children) {
  return h('li', {}, h('div', { class: 'tree-row' }, icon('folder'), name), h('ul', { role: 'list' }, ...children));
}

/**
 * @param {'key' | 'lock'} mark
 * @param {string} name
 * @param {Child} words
 */
function leaf(mark, name, words) {
  return h(
    'li',
    {},
    h('div', { class: 'tree-row' }, icon(mark), path(name), h('span', { class: 'tree-words' }, words)),
  );
}

/** @param {string} name */
function path(name) {
  return h('bdi', { class: 'tree-name', dir: 'ltr' }, ...breakable(name));
}
