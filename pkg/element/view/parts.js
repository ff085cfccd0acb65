/** All parts of the element, and their order on the page. */

import { text } from '../words/text.js';
import { deliverySide } from './delivery-side.js';
import { h, icon } from './dom.js';
import { helpDialog } from './help-dialog.js';
import { intake } from './intake.js';
import { problemList } from './problem.js';
import { rail } from './rail.js';
import { spillNotes } from './spill-notes.js';
import { topBar } from './top-bar.js';
import { undoPart } from './undo.js';
import { welcome } from './welcome.js';

/**
 * @import { Session } from '../state/session.js'
 * @import { IntakeActions } from './intake.js'
 * @import { Offer } from './key-list.js'
 * @import { Theme } from './top-bar.js'
 */

/**
 * What the parts ask of the element.
 *
 * @typedef {object} PartActions
 * @property {IntakeActions} intake
 * @property {(isRehearsing: boolean) => void} check leads to the side “Check a key”
 * @property {() => Offer | null} offer the way of a key there
 * @property {() => void} undo brings back what was cleared
 * @property {() => void} render
 * @property {(theme: Theme) => void} theme
 * @property {(language: string) => void} language
 * @property {() => boolean} isSealed whether the page has closed its own network
 */
/** @typedef {ReturnType<typeof makeParts>} Parts */

/**
 * The parts show the session and keep nothing of it, so they can be made anew at any time. `standalone`: whether the
 * element is the whole page; `language`: the one in use.
 * @param {Session} session
 * @param {{ standalone: boolean, language: string }} page
 * @param {PartActions} actions
 */
export function makeParts(session, { standalone, language }, actions) {
  const help = helpDialog(actions.isSealed);
  const bar = standalone
    ? topBar({ help: help.open, theme: actions.theme, language: actions.language, skip: () => main.focus() }, language)
    : null;
  const into = intake(session, actions.intake);
  const first = welcome({ check: () => actions.check(false), rehearse: () => actions.check(true) });
  const steps = rail(session);
  const undo = undoPart(actions.undo);
  const insecure = h(
    'p',
    { class: 'hint', 'data-testid': 'insecure' },
    icon('warning'),
    h('span', {}, text.page.insecure),
  );
  const problems = problemList(session);
  const spilled = spillNotes(actions.render);
  const decrypting = h('div', { class: 'side' }, spilled.node);
  /** @type {ReturnType<typeof deliverySide> | null} */
  let side = null;
  const start = h('div', { class: 'start' }, into.node, first.node);
  /** @type {HTMLElement} */
  const main = h(
    'div',
    { class: 'main', role: standalone ? 'main' : null, tabindex: standalone ? '-1' : null },
    insecure,
    steps.node,
    problems.node,
    h('slot', { name: 'intro' }),
    start,
    decrypting,
    undo.node,
    h('slot', { name: 'footer' }),
  );
  const nodes = bar ? [bar.node, main, into.overlay, help.node] : [main, into.overlay];
  return {
    ...{ bar, help, into, first, steps, undo, insecure, problems, spilled, decrypting, main, nodes },
    /** Made when it is first asked for: the empty page is there sooner without it. */
    get delivery() {
      if (side) return side;
      side = deliverySide(session, actions);
      spilled.node.before(side.key.node, side.result.node);
      spilled.node.after(side.review.node, side.save.node);
      return side;
    },
    get hasDelivery() {
      return side !== null;
    },
  };
}
