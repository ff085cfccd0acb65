/** A strip of segments, one for each status: told apart by colour and by pattern. */

import { STATUSES } from '../state/status.js';
import { h, setAttribute } from './dom.js';

/** @import { Counts } from '../state/overview.js' */

/** The words beside it say the same, so it is hidden from assistive technology. */
export function statusStrip() {
  const segments = STATUSES.map((status) => h('span', { class: 'segment', 'data-status': status }));
  const node = h('span', { class: 'strip', 'aria-hidden': 'true' }, ...segments);
  return {
    node,
    /** @param {Readonly<Counts>} amounts */
    render(amounts) {
      for (const [index, status] of STATUSES.entries()) {
        const segment = segments[index];
        setAttribute(segment, 'hidden', amounts[status] > 0 ? null : '');
        const grow = String(amounts[status]);
        if (segment.style.flexGrow !== grow) segment.style.flexGrow = grow;
      }
    },
  };
}
