/**
 * Starts the page that is one file: unpacks its script and its modules, which lie in the document, and runs the script.
 * The page's policy allows this script and that one, by their hashes, and no other.
 */

import { decompress } from 'lzma1';

/** @typedef {{ createPolicy(name: string, rules: object): { createScript(code: string): string } }} TrustedTypes */

const packed = /** @type {HTMLElement} */ (document.querySelector('#packed'));
const bytes = decompress(Uint8Array.from(atob(packed.textContent ?? ''), (char) => char.charCodeAt(0)));
packed.remove();
let end = 0;
const [code, decrypt, check] = ['script', 'decrypt', 'check'].map((name) => {
  const start = end;
  end += Number(packed.dataset[name]);
  return /** @type {Uint8Array} */ (bytes).subarray(start, end);
});

const text = new TextDecoder().decode(code);
const { trustedTypes } = /** @type {{ trustedTypes?: TrustedTypes }} */ (globalThis);
const policy = trustedTypes?.createPolicy('mgdc-decrypt-start', { createScript: (/** @type {string} */ own) => own });
const script = Object.assign(document.createElement('script'), { id: 'page', modules: { decrypt, check } });
script.textContent = policy ? policy.createScript(text) : text;
document.head.append(script);
