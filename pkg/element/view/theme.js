/** The colours of an element: those of the page around it, unless its attribute `theme` says otherwise. */

/**
 * Which colours are shown. `light-dark()` in the styles chooses by the same `color-scheme`.
 * @param {Element} element
 * @returns {'light' | 'dark'}
 */
export function themeOf(element) {
  const schemes = (getComputedStyle(element).colorScheme ?? '').split(' ');
  if (!schemes.includes('dark')) return 'light';
  return schemes.includes('light') && !dark()?.matches ? 'light' : 'dark';
}

/**
 * Calls `changed` when the system's colours change.
 * @param {() => void} changed
 * @param {AbortSignal} signal
 */
export function watchTheme(changed, signal) {
  dark()?.addEventListener('change', changed, { signal });
}

// jsdom has none.
function dark() {
  return globalThis.matchMedia?.('(prefers-color-scheme: dark)');
}
