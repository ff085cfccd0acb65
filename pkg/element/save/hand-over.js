/** Gives what is finished out of the page: to the host if it takes it, else to the browser's downloads. */

/**
 * What is known of it then: `saved`; `given`: the host has it; `unsure`: the browser may have refused the download.
 *
 * @typedef {'saved' | 'given' | 'unsure'} Fate
 */

/**
 * The event `mgdc-output` comes from the node `from`, and reaches the element and the page. A host that prevents its
 * default has taken the bytes.
 * @param {Blob} blob
 * @param {string} name
 * @param {Element} from
 * @returns {Fate}
 */
export function handOver(blob, name, from) {
  const offered = { detail: { name, blob }, bubbles: true, composed: true, cancelable: true };
  if (!from.dispatchEvent(new CustomEvent('mgdc-output', offered))) return 'given';
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser opens the blob only some time after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return mayRefuse() ? 'unsure' : 'saved';
}

/**
 * Whether a sandbox may forbid downloads, as it does without `allow-downloads`. The browser then says nothing to the
 * script, and a frame sees its own sandbox only if every page around it has the same origin.
 */
function mayRefuse() {
  if (globalThis.origin === 'null' && !document.URL.startsWith('file:')) return true;
  try {
    for (let view = /** @type {Window} */ (globalThis.window); view !== view.parent; view = view.parent) {
      const frame = /** @type {HTMLIFrameElement | null} */ (view.frameElement);
      if (!frame || (frame.hasAttribute('sandbox') && !frame.sandbox.contains('allow-downloads'))) return true;
    }
    return false;
  } catch {
    return true; // a page around this one has another origin
  }
}
