/**
 * The step “Key”. While something is locked: two cards, for a key file and for Key Vault. When everything is unlocked:
 * one line, which unfolds. When the key details are missing: where they are.
 */

import { lockedVersions } from '../state/locked.js';
import { printable } from '../words/format.js';
import { text } from '../words/text.js';
import { detailsList } from './details-list.js';
import { fileButton, h, icon, setAttribute, setText } from './dom.js';
import { keyList } from './key-list.js';
import { missingDetails } from './missing-details.js';
import { isPacked, MISSING } from './problem.js';
import { vaultPart } from './vault.js';

/**
 * @import { Session } from '../state/session.js'
 * @import { Offer } from './key-list.js'
 */

/** @typedef {'hidden' | 'missing' | 'needed' | 'unlocked' | 'keys'} Need */

/**
 * @param {Session} session
 * @param {() => Offer | null} offer
 */
export function keyStep(session, offer) {
  let unfolded = false;
  const keys = keyList(session, offer);
  const details = detailsList(session);
  const vault = vaultPart(session);
  const missing = missingDetails(session);

  const title = h('h2', {}, text.keyStep.title);
  const fold = h('button', {
    type: 'button',
    class: 'keys-fold',
    'data-testid': 'keys-fold',
    'aria-controls': 'keys-body',
    onclick: () => {
      unfolded = !unfolded;
      render();
    },
  });
  const foldWords = h('span', {});
  fold.append(icon('open'), foldWords, icon('unfold'));
  const folded = h('h2', { class: 'keys-fold-title' }, fold);
  const words = h('p', { class: 'key-need', 'data-testid': 'key-need', dir: 'auto' });
  const choose = fileButton(text.keyStep.choose, 'key', 'add-key', (items) => session.add(items));
  const fileTitle = h('h3', {}, text.keyStep.fileTitle);
  const fileText = h('p', { class: 'muted' }, text.keyStep.fileText);
  const fileCard = h(
    'section',
    { class: 'way', 'aria-label': text.keyStep.fileTitle },
    fileTitle,
    fileText,
    keys.node,
    choose.node,
  );
  const left = h('div', { class: 'key-left' }, fileCard, details.node);
  const cards = h('div', { class: 'key-ways' }, left, vault.node);
  const body = h('div', { class: 'keys-body', id: 'keys-body' }, missing.node, cards);
  const node = h(
    'section',
    { class: 'card found', part: 'keys', 'data-testid': 'keys', hidden: true },
    title,
    folded,
    words,
    body,
  );
  return { node, render };

  function render() {
    const need = needOf(session);
    setAttribute(node, 'data-need', need);
    node.hidden = need === 'hidden';
    if (node.hidden) {
      unfolded = false;
      missing.render(false);
      return;
    }
    const isOpen = need !== 'unlocked' || unfolded;
    title.hidden = need === 'unlocked';
    folded.hidden = need !== 'unlocked';
    setAttribute(fold, 'aria-expanded', String(isOpen));
    if (need === 'unlocked') setText(foldWords, unlockedWords(session));
    body.hidden = !isOpen;
    setText(words, sentenceFor(need, session));
    words.hidden = words.textContent === '';
    const needed = need === 'needed';
    cards.classList.toggle('plain', !needed);
    fileTitle.hidden = fileText.hidden = !needed;
    choose.node.hidden = need === 'missing';
    choose.setWords(needed ? text.keyStep.choose : text.keyStep.another);
    cards.hidden = need === 'missing' && session.keys.entries.length === 0;
    missing.render(need === 'missing');
    keys.render();
    vault.render();
    details.render();
  }
}

/**
 * What the step has to show.
 * @param {Session} session
 * @returns {Need}
 */
export function needOf(session) {
  const { phase, drop, keys, totals } = session;
  if (phase === 'empty') return 'hidden';
  const entries = drop?.keyDetails.filter(({ kind }) => kind === 'file') ?? [];
  if (entries.some(({ unlocked }) => !unlocked)) return 'needed';
  if (entries.length > 0) return 'unlocked';
  if (drop && totals.encrypted > 0 && !isPacked(session) && drop.problems.some(({ code }) => code === MISSING))
    return 'missing';
  return keys.entries.length > 0 ? 'keys' : 'hidden';
}

/**
 * @param {Need} need
 * @param {Session} session
 */
function sentenceFor(need, { drop }) {
  if (need !== 'needed' || !drop) return '';
  const versions = lockedVersions(drop);
  const some = drop.keyDetails.some(({ unlocked }) => unlocked);
  return some
    ? text.keyStep.partly(versions.length)
    : text.keyStep.needed(versions.map((one) => one && printable(one)));
}

/** @param {Session} session */
function unlockedWords({ keys, drop }) {
  const opening = keys.entries.filter(({ opened }) => (opened?.length ?? 0) > 0);
  const byKey = new Set(opening.flatMap(({ opened }) => opened ?? []));
  const entries = drop?.keyDetails ?? [];
  const answered = entries.filter(({ kind, unlocked }, index) => kind === 'file' && unlocked && !byKey.has(index));
  return text.keyStep.unlocked(opening.length, answered.length);
}
