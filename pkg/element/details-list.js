// The key details entries: version, place, and whether they are open; the way through Key Vault for those that are not.

import { h, icon, keyed, setAttribute, setIcon, setText } from './dom.js';
import { printable } from './format.js';
import { hint, MISSING, problemPlace, swap } from './problem.js';
import { text } from './text.js';
import { vaultPart } from './vault.js';

export function detailsList(session) {
  const list = h('ul', { class: 'entries' });
  const missing = h('div', {});
  const setMissing = swap(missing);
  const node = h('div', { class: 'part' }, h('h3', {}, text.found.detailsTitle), list, missing);
  const show = keyed(list, ({ entry }) => `${entry.path} ${entry.place} ${entry.wrappedKey}`, () => detailsRow(session));

  return {
    node,
    render() {
      const entries = session.drop?.keyDetails ?? [];
      const opens = entries.map(() => 0);
      for (const { keyDetails } of session.files) if (keyDetails !== null) opens[keyDetails] += 1;
      const isLocked = ({ kind, unlocked }) => kind === 'file' && !unlocked;
      const firstLocked = entries.findIndex(isLocked);
      show(entries.map((entry, index) => ({ entry, index, opens: opens[index], locked: isLocked(entry), first: index === firstLocked })));
      list.hidden = entries.length === 0;
      if (entries.length > 0 || !session.drop) setMissing('', () => null);
      else if (session.totals.encrypted === 0) setMissing('clear', () => h('p', { class: 'muted' }, text.found.nothingEncrypted));
      else if (session.drop.problems.some(({ code }) => code === MISSING)) setMissing('none', noDetails);
      else setMissing('', () => null);
      node.hidden = !session.drop;
    },
  };
}

function noDetails() {
  const place = h('code', {}, text.found.detailsPath);
  return hint(text.found.noDetailsTitle, { 'data-testid': 'problem', 'data-code': MISSING }, text.found.noDetails, place);
}

function detailsRow(session) {
  const mark = icon('lock');
  const name = h('span', { class: 'name' });
  const version = h('code', { class: 'version' });
  const words = h('div', { class: 'state' });
  const place = h('div', { class: 'state muted' });
  const problem = problemPlace();
  const vault = vaultPart(session);
  const node = h(
    'li',
    { class: 'entry', 'data-testid': 'details-row' },
    mark,
    h('div', { class: 'entry-text' }, h('div', {}, name, ' ', version), words, place, problem.node, vault.node),
  );

  return {
    node,
    render({ entry, index, opens, locked, first }) {
      setIcon(mark, entry.unlocked ? 'open' : 'lock');
      setAttribute(node, 'data-tone', entry.unlocked ? 'good' : locked ? 'warn' : 'calm');
      setAttribute(node, 'data-unlocked', String(entry.unlocked));
      setText(name, entry.publicKeyVersion ? text.details.version : text.details.noVersion);
      setText(version, printable(entry.publicKeyVersion ?? ''));
      setText(words, describe(entry, opens));
      setText(place, printable(`${entry.path} ${text.details.place} ${entry.place}`));
      problem.render(isNews(entry, session) ? entry.error : null);
      // Most keys were made in Key Vault: as long as there is no private key at all, its way is the likely one.
      vault.render({ entry, index, locked, expanded: first && session.keys.entries.length === 0 });
    },
  };
}

// That a private key does not fit is said beside the key, and what is wrong with an answer below the answer.
function isNews({ unlocked, error, wrappedKey }, { keys, answers }) {
  if (unlocked || !error || error.code === 'ERR_FILE_KEY_UNWRAP' || error.message === answers.errors.get(wrappedKey)) return false;
  return !keys.entries.some((entry) => entry.error?.message === error.message);
}

function describe({ kind, unlocked, algorithm, encoding }, opens) {
  if (kind === 'column') return text.details.column;
  if (!unlocked) return text.details.locked;
  const parts = [text.details.opened(algorithm), text.details.opens(opens)];
  if (encoding && encoding !== 'raw') parts.push(text.details.encoding(encoding));
  return parts.join(' · ');
}
