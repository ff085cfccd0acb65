/** What is seen while files are dragged over the window, wherever the page is scrolled to. */

import { text } from '../words/text.js';
import { h, setText } from './dom.js';
import { drawing } from './drawings.js';

/** Browsers send `dragover` at least every 350 ms. If none comes, the drag is over although nobody said so. */
const SILENCE_MS = 1500;

/**
 * `take` gets what was let go, inside its event; `isChecking`: whether it goes to the side “Check a key”.
 * @param {(transfer: DataTransfer) => void} take
 * @param {() => boolean} isChecking
 */
export function dragOverlay(take, isChecking) {
  const title = h('p', { class: 'overlay-title' });
  const hint = h('p', {});
  // In the top layer it covers the whole window, also where a portal has put the element into a corner.
  const node = h(
    'div',
    { class: 'overlay', popover: 'manual', 'data-testid': 'drag-overlay', 'aria-hidden': 'true' },
    h('div', { class: 'overlay-words' }, drawing('whole'), title, hint),
  );
  /** How many elements the drag has entered and not left. */
  let depth = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let silence;

  return { node, connect };

  /** @param {boolean} on */
  function show(on) {
    clearTimeout(silence);
    if (on) silence = setTimeout(() => show(false), SILENCE_MS);
    else depth = 0;
    if (on === node.matches(':popover-open')) return;
    setText(title, isChecking() ? text.overlay.check : text.overlay.title);
    setText(hint, isChecking() ? text.overlay.checkHint : text.overlay.hint);
    if (on) node.showPopover();
    else node.hidePopover();
  }

  /**
   * Listens on the whole page until the signal ends.
   * @param {AbortSignal} signal
   */
  function connect(signal) {
    /** What is dragged, if it is files and no other listener handles them. @param {DragEvent} event */
    const filesOf = ({ defaultPrevented, dataTransfer }) =>
      !defaultPrevented && dataTransfer?.types.includes('Files') ? dataTransfer : null;
    /**
     * @template {keyof DocumentEventMap} Name
     * @param {Name} name
     * @param {(event: DocumentEventMap[Name]) => void} listener
     */
    const listen = (name, listener) => document.addEventListener(name, listener, { signal });
    listen('dragenter', (event) => {
      if (!filesOf(event)) return;
      event.preventDefault();
      depth += 1;
      show(true);
    });
    listen('dragover', (event) => {
      const transfer = filesOf(event);
      if (!transfer) return;
      event.preventDefault();
      transfer.dropEffect = 'copy';
      show(true);
    });
    listen('dragleave', () => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) show(false);
    });
    listen('drop', (event) => {
      const transfer = filesOf(event);
      show(false);
      if (!transfer) return;
      event.preventDefault();
      take(transfer);
    });
    signal.addEventListener('abort', () => node.isConnected && show(false));
  }
}
