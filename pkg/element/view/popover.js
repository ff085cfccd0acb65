/** A panel that a button opens beside it. */

import { h, setAttribute } from './dom.js';

/** @import { Child } from './dom.js' */

const GAP = 8;
let panels = 0;

/**
 * @param {HTMLButtonElement} button
 * @param {string} label
 * @param {...Child} children
 */
export function popover(button, label, ...children) {
  panels += 1;
  const panel = h(
    'div',
    { class: 'popover', role: 'group', 'aria-label': label, popover: 'auto', id: `panel-${panels}` },
    ...children,
  );
  setAttribute(button, 'aria-expanded', 'false');
  setAttribute(button, 'aria-controls', panel.id);
  button.popoverTargetElement = panel;
  panel.addEventListener('toggle', (event) => {
    const isOpen = /** @type {ToggleEvent} */ (event).newState === 'open';
    setAttribute(button, 'aria-expanded', String(isOpen));
    follow(isOpen);
  });
  return { panel, close };

  function close() {
    if (panel.matches(':popover-open')) panel.hidePopover();
  }

  /**
   * Keeps the panel at its button while the window changes its size: a telephone is turned, a page is zoomed.
   * @param {boolean} on
   */
  function follow(on) {
    if (on) {
      place();
      addEventListener('resize', place);
    } else removeEventListener('resize', place);
  }

  // Above the button, or below it where there is more room, and inside the window.
  function place() {
    if (!panel.isConnected) return follow(false); // the parts were made anew meanwhile
    const { left, right, top, bottom } = button.getBoundingClientRect();
    const { offsetWidth: width } = panel;
    const above = top > innerHeight - bottom;
    const start = getComputedStyle(button).direction === 'rtl' ? left : right - width;
    panel.style.left = `${Math.max(GAP, Math.min(start, innerWidth - width - GAP))}px`;
    panel.style.top = above ? 'auto' : `${bottom + GAP}px`;
    panel.style.bottom = above ? `${innerHeight - top + GAP}px` : 'auto';
    panel.style.maxHeight = `${(above ? top : innerHeight - bottom) - 2 * GAP}px`;
  }
}
