/** Delivery, Key, Review, Save: where the person is, and the one thing that is needed now. */

import { printable } from '../words/format.js';
import { text } from '../words/text.js';
import { h, icon, setAttribute, setIcon, setText } from './dom.js';
import { isPacked, MISSING } from './problem.js';

/** @import { Session } from '../state/session.js' */

/** @typedef {'delivery' | 'key' | 'review' | 'save'} Step */
/** `step`: where something is needed; `isStuck`: something is in the way. @typedef {{ step: Step, words: string, isStuck?: boolean }} Need */

/** @type {readonly Step[]} */
const STEPS = ['delivery', 'key', 'review', 'save'];

/** @param {Session} session */
export function rail(session) {
  const steps = STEPS.map((step) => {
    const mark = icon('check');
    const told = h('span', { class: 'visually-hidden' });
    const node = h('li', { class: 'rail-step', 'data-step': step }, mark, h('span', {}, text.rail[step]), told);
    return { step, node, mark, told };
  });
  const need = h('p', { class: 'need', 'data-testid': 'need' });
  const node = h(
    'section',
    { class: 'rail', part: 'steps', 'aria-label': text.rail.label, hidden: true },
    h('ol', { role: 'list' }, ...steps.map((one) => one.node)),
    need,
  );

  return {
    node,
    /** @param {boolean} isShown */
    render(isShown) {
      node.hidden = !isShown || session.phase === 'empty';
      if (node.hidden) return;
      const { step: now, words, isStuck = false } = needed(session);
      const isOver = session.run?.outcome === 'done' && session.run.totals === session.totals;
      for (const { step, node: row, mark, told } of steps) {
        const isLocked = step === 'key' && session.totals.locked > 0;
        const state = stateOf(step, now, isStuck, isOver, isLocked);
        setAttribute(row, 'data-state', state);
        setAttribute(row, 'aria-current', step === now ? 'step' : null);
        setIcon(mark, state === 'done' ? 'check' : state === 'stuck' ? 'warning' : 'arrow');
        setText(told, state === 'done' ? `, ${text.rail.done}` : state === 'stuck' ? `, ${text.rail.problem}` : '');
      }
      setAttribute(need, 'data-stuck', isStuck ? '' : null);
      setText(need, words);
    },
  };
}

/**
 * `isLocked`: a key is missing, also after others or clear files were saved.
 * @param {Step} step
 * @param {Step} now
 * @param {boolean} isStuck
 * @param {boolean} isOver
 * @param {boolean} isLocked
 */
function stateOf(step, now, isStuck, isOver, isLocked) {
  if (step === now) return isStuck ? 'stuck' : isOver ? 'done' : 'now';
  return STEPS.indexOf(step) > STEPS.indexOf(now) ? 'later' : isLocked ? 'stuck' : 'done';
}

/**
 * What is needed now.
 * @param {Session} session
 * @returns {Need}
 */
export function needed(session) {
  const words = text.rail;
  const { phase, drop, totals, files, keys, run } = session;
  if (phase === 'running') return { step: 'save', words: words.running };
  if (phase === 'reading') return { step: drop && files.length > 0 ? 'key' : 'delivery', words: session.doing };
  if (run?.outcome && run.totals === totals) return afterRun(run);
  if (!drop) return { step: 'delivery', words: words.needDelivery };
  if (isPacked(session)) return { step: 'delivery', words: words.packed, isStuck: true };
  if (drop.problems.some(({ code }) => code === MISSING) && totals.encrypted > 0)
    return { step: 'delivery', words: words.needDetails, isStuck: true };
  if (totals.encrypted === 0) return { step: 'review', words: words.nothingEncrypted };
  const asked = keys.entries.find(({ state }) => state === 'password');
  if (totals.locked > 0 && asked)
    return { step: 'key', words: words.needPassword(printable(asked.name)), isStuck: asked.tried };
  if (totals.locked > 0 && totals.ready > 0)
    return { step: 'key', words: words.someLocked(totals.ready, totals.locked), isStuck: true };
  if (totals.locked > 0) {
    const isWrong = keys.entries.some(({ opened }) => opened?.length === 0);
    return { step: 'key', words: isWrong ? words.wrongKey : words.needKey, isStuck: isWrong };
  }
  if (totals.deliverable === 0) return { step: 'review', words: words.nothingUsable, isStuck: true };
  return { step: 'review', words: words.unlocked };
}

/**
 * @param {NonNullable<Session['run']>} run
 * @returns {Need}
 */
function afterRun({ outcome, figures, fate, names, way }) {
  const words = text.rail;
  if (outcome === 'cancelled') return { step: 'save', words: words.cancelled };
  const isWhole = outcome === 'done' && figures && figures.failed === 0 && !figures.inVain;
  if (isWhole && fate === 'unsure') return { step: 'save', words: text.summary.unsure(names), isStuck: true };
  if (isWhole && fate === 'given')
    return { step: 'save', words: way === 'host' ? text.summary.given : text.summary.givenAs(names.join(', ')) };
  return { step: 'save', words: isWhole ? words.over : words.overFailed, isStuck: !isWhole };
}
