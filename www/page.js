/** Starts the page: loads the module, closes the network, and only then lets the element read what was added. */

import { init as initCheck } from '../pkg/check.js';
import { keyChecker, loadLanguages as loadCheckLanguages } from '../pkg/check-element.js';
import { loadLanguages } from '../pkg/element.js';
import { init as initSalvage } from '../pkg/salvage.js';
import { init, prepare, version } from '../pkg/slim.js';

const element = /** @type {HTMLElementTagNameMap['mgdc-decrypt']} */ (document.querySelector('mgdc-decrypt'));

start();

async function start() {
  try {
    // Both, for there is no connection left afterwards. Without the check, deliveries are decrypted all the same.
    const check = initCheck().then(
      () => true,
      () => false,
    );
    const decrypt = init();
    loadLater();
    await decrypt;
    if (await check) element.checker = keyChecker();
  } catch (error) {
    element.showProblem(/** @type {Error} */ (error), start);
    return;
  }
  seal();
  element.sealed = true;
  element.removeAttribute('hold');
  at('#version').textContent = version();
  prepare(); // after the seal, which its workers inherit
}

// What only some drops and runs need, asked for behind the modules and before the network is closed. Nobody waits for
// it: whoever needs it asks again, and tells if it cannot be loaded.
function loadLater() {
  const asked = [import('../pkg/archive.js'), import('../pkg/convert.js'), import('../pkg/preview.js'), initSalvage()];
  Promise.allSettled([...asked, loadLanguages(), loadCheckLanguages()]);
}

// Adds a second policy to the one in index.html. Both apply, so this can only forbid more. Workers that are started
// from blob URLs after this inherit it.
function seal() {
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = "connect-src 'none'";
  document.head.append(policy);
}

// Any fixed date: a later run skips only files whose date has not changed.
const SAMPLE_DATE = Date.UTC(2024, 5, 1);

// Imported as a module, because by now the page's policy forbids fetch().
element.sample = async () => {
  const { files } = await import('./sample.js');
  return files.map(({ path, base64 }) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    return { path, blob: new File([bytes], path.slice(path.lastIndexOf('/') + 1), { lastModified: SAMPLE_DATE }) };
  });
};

/**
 * An element of index.html.
 * @param {string} selector
 */
function at(selector) {
  return /** @type {HTMLElement} */ (document.querySelector(selector));
}
