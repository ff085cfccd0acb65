/** The private keys: what each one is, what it opened, and the field for its password. */

import { lockedVersions } from '../state/locked.js';
import { printable } from '../words/format.js';
import { text } from '../words/text.js';
import { h, icon, keyed, setAttribute, setIcon, setText } from './dom.js';
import { breakable } from './names.js';
import { passwordForm } from './password-form.js';
import { problemPlace } from './problem.js';

/**
 * @import { KeyDetailsState } from '../../index.js'
 * @import { KeyEntry } from '../state/key-ring.js'
 * @import { AddedItem } from '../state/items.js'
 * @import { Session } from '../state/session.js'
 */

/** @typedef {{ words: string, check(items: AddedItem[]): void }} Offer */

/** Versions that are named one by one. */
const MOST_VERSIONS = 10;

/**
 * `offer()`: the way to the key check, where the element has one.
 * @param {Session} session
 * @param {() => Offer | null} offer
 */
export function keyList(session, offer) {
  const node = h('ul', { class: 'entries' });
  let number = 0;
  /** @type {WeakMap<KeyEntry, number>} */
  const ids = new WeakMap();
  /** @param {KeyEntry} entry */
  const idOf = (entry) => {
    if (!ids.has(entry)) ids.set(entry, (number += 1));
    return ids.get(entry);
  };
  const show = keyed(node, idOf, (entry) => keyRow(session, entry, offer));

  return {
    node,
    render() {
      const { entries } = session.keys;
      show(entries);
      node.hidden = entries.length === 0;
    },
  };
}

/**
 * @param {Session} session
 * @param {KeyEntry} entry
 * @param {() => Offer | null} offer
 */
function keyRow(session, entry, offer) {
  const mark = icon('key');
  const name = h('bdi', { class: 'name', title: printable(entry.name) }, ...breakable(printable(entry.name)));
  const words = h('div', { class: 'state' });
  const asFile = h(
    'button',
    { type: 'button', class: 'link', hidden: true, onclick: () => session.treatAsFile(entry) },
    text.key.treatAsFile,
  );
  const check = h('button', {
    type: 'button',
    class: 'link',
    'data-testid': 'check-this-key',
    hidden: true,
    onclick: () => offer()?.check([entry.item]),
  });
  const password = passwordForm(session, entry);
  const problem = problemPlace(password.field);
  const remove = h(
    'button',
    {
      type: 'button',
      class: 'quiet square',
      'aria-label': text.key.remove(printable(entry.name)),
      title: text.key.remove(printable(entry.name)),
      onclick: removeKey,
    },
    icon('cross'),
  );
  const node = h(
    'li',
    { class: 'entry', 'data-testid': 'key-row' },
    mark,
    h('div', { class: 'entry-text' }, name, words, problem.node, password.node, check, asFile),
    remove,
  );

  return {
    node,
    render() {
      const { state } = entry;
      const error = errorOf(session, entry);
      setAttribute(node, 'data-state', state);
      setAttribute(node, 'data-code', error?.code);
      setAttribute(node, 'data-tone', tone(entry, error !== null));
      setIcon(mark, error && state !== 'password' ? 'warning' : 'key');
      setText(words, describe(session, entry));
      // A missing password is not an error; a wrong one is.
      problem.render(state === 'password' && !entry.tried ? null : error, mismatch(session, error));
      asFile.hidden = state !== 'failed';
      const way = offer();
      check.hidden = way === null || error?.code !== 'ERR_PRIVATE_KEY_MISSING';
      if (way) setText(check, way.words);
      password.render();
      remove.disabled = session.phase === 'running';
    },
  };

  function removeKey() {
    const row = node.nextElementSibling ?? node.previousElementSibling;
    /** @type {HTMLButtonElement | null | undefined} */
    const next = row?.querySelector('button.square');
    session.removeKey(entry);
    next?.focus();
  }
}

/**
 * The error that is shown: none for a key that fits nothing when nothing is locked any more.
 * @param {Session} session
 * @param {KeyEntry} entry
 */
function errorOf({ drop }, { error, state }) {
  return state === 'ready' && drop && drop.keyDetails.length > 0 && allOpen(drop.keyDetails) ? null : error;
}

/**
 * The sentence for a key that does not match, with the versions that are needed.
 * @param {Session} session
 * @param {KeyEntry['error']} error
 */
function mismatch({ drop }, error) {
  if (!drop || error?.code !== 'ERR_FILE_KEY_UNWRAP') return undefined;
  return text.key.noMatch(lockedVersions(drop).map((version) => version && printable(version)));
}

/**
 * @param {KeyEntry} entry
 * @param {boolean} isBad
 */
function tone({ state, opened }, isBad) {
  if (state === 'password') return 'warn';
  if (isBad) return 'bad';
  return opened && opened.length > 0 ? 'good' : 'calm';
}

/**
 * @param {Session} session
 * @param {KeyEntry} entry
 */
function describe({ drop, totals }, { state, key, opened }) {
  if (state === 'reading') return text.key.reading;
  if (state === 'failed') return text.key.failed;
  if (state === 'password' || !key) return text.key.needsPassword;
  const entries = drop?.keyDetails ?? [];
  const parts = [text.key.bits(key.bits)];
  if (key.versions.length > 1) parts.push(text.key.several(key.versions.length));
  // If the key fits nothing, the version that it carries helps to find out why.
  const own = key.versions.filter((version) => version !== null);
  if (own.length > 0 && !opened?.length) parts.push(text.key.carries(own.map(printable)));
  if (opened === null) parts.push(waiting(drop, totals));
  else if (opened.length === 0)
    parts.push(...(allOpen(entries) ? [text.key.notNeeded] : [])); // else the error says it
  else {
    const named = new Set(opened.map((index) => entries[index]?.publicKeyVersion ?? null));
    const versions = [...named].filter((version) => version !== null);
    const isTold = versions.length === named.size && versions.length <= MOST_VERSIONS;
    parts.push(isTold ? text.key.versions(versions.map(printable)) : text.key.opened(opened.length));
  }
  return parts.join(' · ');
}

/**
 * What a key that was not tried yet waits for.
 * @param {Session['drop']} drop
 * @param {Session['totals']} totals
 */
function waiting(drop, totals) {
  if (!drop) return text.key.waiting;
  return totals.encrypted === 0 ? text.key.nothingEncrypted : text.key.waitingForDetails;
}

/** @param {readonly KeyDetailsState[]} entries */
function allOpen(entries) {
  return entries.every(({ kind, unlocked }) => kind !== 'file' || unlocked);
}
