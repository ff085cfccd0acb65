/** What is seen while files are dragged over the window, wherever the page is scrolled to. */

import { text } from '../words/text.js';
import { addresseeOf, isAlone, isForFileInput } from './addressee.js';
import { h, setText } from './dom.js';
import { drawing } from './drawings.js';

/** Browsers send `dragover` at least every 350 ms. If none comes, the drag is over although nobody said so. */
const SILENCE_MS = 1500;
const WINDOW = { left: 0, top: 0, right: Number.POSITIVE_INFINITY, bottom: Number.POSITIVE_INFINITY };

/**
 * `take` gets what was let go, inside its event; `isChecking`: whether it goes to the side “Check a key”.
 * @param {(transfer: DataTransfer) => void} take
 * @param {() => boolean} isChecking
 */
export function dragOverlay(take, isChecking) {
  const title = h('p', { class: 'overlay-title' });
  const hint = h('p', {});
  // In the top layer it covers the whole window, also where a portal has put the element into a corner. If there are
  // several elements, it covers the one that would take what is dragged.
  const node = h(
    'div',
    { class: 'overlay', part: 'overlay', popover: 'manual', 'data-testid': 'drag-overlay', 'aria-hidden': 'true' },
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
    if (on) silence = setTimeout(over, SILENCE_MS);
    if (on === node.matches(':popover-open')) return;
    setText(title, isChecking() ? text.overlay.check : text.overlay.title);
    setText(hint, isChecking() ? text.overlay.checkHint : text.overlay.hint);
    if (on) node.showPopover();
    else node.hidePopover();
  }

  function over() {
    depth = 0;
    show(false);
  }

  /** @param {Element} host */
  function cover(host) {
    const { left, top, right, bottom } = isAlone() ? WINDOW : host.getBoundingClientRect();
    const edges = [Math.max(0, left), Math.max(0, top), Math.min(innerWidth, right), Math.min(innerHeight, bottom)];
    Object.assign(node.style, {
      left: `${edges[0]}px`,
      top: `${edges[1]}px`,
      width: `${edges[2] - edges[0]}px`,
      height: `${edges[3] - edges[1]}px`,
    });
    show(true);
  }

  /**
   * Listens on the whole page until the signal ends.
   * @param {AbortSignal} signal
   */
  function connect(signal) {
    const { host } = /** @type {ShadowRoot} */ (node.getRootNode());
    /** What is dragged, if it is files and nothing else handles them. @param {DragEvent} event */
    const filesOf = (event) =>
      !event.defaultPrevented && event.dataTransfer?.types.includes('Files') && !isForFileInput(event)
        ? event.dataTransfer
        : null;
    /**
     * What is dragged, if it is for this element. Where it would be for none of several, nothing may be let go: the
     * browser would leave the page and open the file.
     * @param {DragEvent} event
     */
    const claim = (event) => {
      const transfer = filesOf(event);
      const addressee = transfer && addresseeOf(event);
      if (!transfer || (addressee && addressee !== host)) return null;
      event.preventDefault();
      if (addressee) return transfer;
      transfer.dropEffect = 'none';
      return null;
    };
    /**
     * @template {keyof DocumentEventMap} Name
     * @param {Name} name
     * @param {(event: DocumentEventMap[Name]) => void} listener
     */
    const listen = (name, listener) => document.addEventListener(name, listener, { signal });
    listen('dragenter', (event) => {
      depth += 1;
      if (claim(event)) cover(host);
      else show(false);
    });
    listen('dragover', (event) => {
      const transfer = claim(event);
      if (!transfer) return show(false);
      transfer.dropEffect = 'copy';
      cover(host);
    });
    listen('dragleave', () => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) show(false);
    });
    listen('drop', (event) => {
      const transfer = claim(event);
      over();
      if (transfer) take(transfer);
    });
    signal.addEventListener('abort', () => node.isConnected && over());
  }
}
