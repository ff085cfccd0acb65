/** The key details entries: their version, their place, and what opened them. */

import { isLocked } from '../state/locked.js';
import { countOpened } from '../state/totals.js';
import { printable } from '../words/format.js';
import { text } from '../words/text.js';
import { h, icon, keyed, setAttribute, setIcon, setText } from './dom.js';
import { problemPlace } from './problem.js';

/**
 * @import { KeyDetailsState } from '../../index.js'
 * @import { KeyEntry } from '../state/key-ring.js'
 * @import { Session } from '../state/session.js'
 */

/**
 * One row: how many files the entry opens (`null`: not all files were examined), whether it is locked, and the private
 * key that opened it; `several`: whether there are several documents.
 *
 * @typedef {{ entry: KeyDetailsState, opens: number | null, locked: boolean, by: KeyEntry | undefined, several: boolean }} DetailsRow
 */

/** Maximum entries that are listed: making a hundred rows, and a command for each, took a browser 0.1 s. */
const MOST_ROWS = 50;

/** @param {Session} session */
export function detailsList(session) {
  const list = h('ul', { class: 'entries' });
  const more = h('p', { class: 'muted', 'data-testid': 'details-more', hidden: true });
  const lacking = h('p', { class: 'state', 'data-testid': 'versions-lacking', hidden: true });
  const node = h('div', { class: 'part' }, h('h3', {}, text.keyStep.versionsTitle), list, more, lacking);
  const show = keyed(
    list,
    /** @param {DetailsRow} row */
    ({ entry }) => `${entry.path} ${entry.place} ${entry.wrappedKey}`,
    () => detailsRow(session),
  );

  return {
    node,
    render() {
      const entries = session.drop?.keyDetails ?? [];
      const opens = countOpened(session.files, entries.length);
      const several = entries.some(({ path }) => path !== entries[0].path);
      const listed = entries.slice(0, MOST_ROWS);
      show(
        listed.map((entry, index) => ({
          entry,
          opens: opens[index],
          locked: isLocked(entry),
          by: keyOf(session, index),
          several,
        })),
      );
      list.hidden = entries.length === 0;
      more.hidden = entries.length === listed.length;
      setText(more, more.hidden ? '' : text.details.more(entries.length - listed.length));
      const some = entries.some(({ unlocked }) => unlocked);
      setText(lacking, some ? lackingWords(entries) : '');
      lacking.hidden = lacking.textContent === '';
      node.hidden = entries.length === 0;
    },
  };
}

/** @param {Session} session */
function detailsRow(session) {
  const mark = icon('lock');
  const name = h('span', { class: 'name' });
  const version = h('code', { class: 'version' });
  const words = h('div', { class: 'state' });
  const place = h('div', { class: 'state muted' });
  const problem = problemPlace();
  const node = h(
    'li',
    { class: 'entry', 'data-testid': 'details-row' },
    mark,
    h('div', { class: 'entry-text' }, h('div', {}, name, ' ', version), words, place, problem.node),
  );

  return {
    node,
    /** @param {DetailsRow} row */
    render({ entry, opens, locked, by, several }) {
      setIcon(mark, entry.unlocked ? 'open' : 'lock');
      setAttribute(node, 'data-tone', entry.unlocked ? 'good' : locked ? 'warn' : 'calm');
      setAttribute(node, 'data-unlocked', String(entry.unlocked));
      setText(name, entry.publicKeyVersion ? text.details.version : text.details.noVersion);
      setText(version, printable(entry.publicKeyVersion ?? ''));
      setText(words, describe(entry, opens, by));
      setText(place, printable(`${entry.path} ${text.details.place} ${entry.place}`));
      // With one document, the place says nothing.
      place.hidden = !several;
      problem.render(isNews(entry, session) ? entry.error : null);
    },
  };
}

/**
 * Whether the entry's error is not shown elsewhere already: beside a private key that does not fit, below a vault
 * answer, or at the top if it stops everything.
 * @param {KeyDetailsState} entry
 * @param {Session} session
 */
function isNews({ unlocked, error }, { keys, answers, problems }) {
  if (unlocked || !error || error.code === 'ERR_FILE_KEY_UNWRAP' || error.message === answers.problem) return false;
  return ![...keys.entries, ...problems.all].some((other) => other.error?.message === error.message);
}

/**
 * The private key that opened an entry; `undefined` if Key Vault did, or if the entry is locked.
 * @param {Session} session
 * @param {number} index
 */
function keyOf({ keys }, index) {
  return keys.entries.find(({ opened }) => opened?.includes(index));
}

/**
 * The key versions of the entries that are locked, in words; empty if none is.
 * @param {readonly KeyDetailsState[]} entries
 */
export function lackingWords(entries) {
  const locked = entries.filter(isLocked);
  return locked.length > 0 ? text.details.lacking(printable(versions(locked))) : '';
}

/**
 * The distinct key versions of entries, as text.
 * @param {KeyDetailsState[]} entries
 */
function versions(entries) {
  const distinct = new Set(entries.map(({ publicKeyVersion }) => publicKeyVersion ?? text.details.unnamed));
  return distinct.size > MOST_ROWS ? text.details.several(distinct.size) : [...distinct].join(', ');
}

/**
 * @param {KeyDetailsState} entry
 * @param {number | null} opens
 * @param {KeyEntry | undefined} by
 */
function describe({ kind, unlocked, algorithm, encoding }, opens, by) {
  if (kind === 'column') return text.details.column;
  if (!unlocked) return text.details.locked;
  const parts = [by ? text.details.opened(printable(by.name), algorithm) : text.details.answered(algorithm)];
  if (opens !== null) parts.push(text.details.opens(opens));
  if (encoding && encoding !== 'raw') parts.push(text.details.encoding(encoding));
  return parts.join(' · ');
}
