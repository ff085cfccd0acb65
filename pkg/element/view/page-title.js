/** The title of the browser's tab: how far the run is, and how it ended. */

import { text } from '../words/text.js';

/** @import { Session } from '../state/session.js' */

export class PageTitle {
  /** The page's own title. @type {string | null} */
  #own = null;

  /** @param {Session} session */
  show(session) {
    this.#own ??= document.title;
    const title = text.page.title;
    const state = stateOf(session);
    const wanted = state === null ? title : text.page.titleWith(state, title);
    if (document.title !== wanted) document.title = wanted;
  }

  /** Gives the page its own title back. */
  restore() {
    if (this.#own !== null) document.title = this.#own;
    this.#own = null;
  }
}

/** @param {Session} session */
function stateOf({ current, run, totals, phase }) {
  if (current) {
    const { progress } = current;
    if (!progress || progress.bytesTotal === 0) return text.page.starting;
    return text.page.busy(progress.bytesRead / progress.bytesTotal);
  }
  // Until something else is done with the page.
  return phase === 'ready' && run?.outcome && run.fate !== 'unsure' && run.totals === totals
    ? text.page.over(run)
    : null;
}
