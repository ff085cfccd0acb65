/** The portal's page: the element, and the callback that asks the portal's own back end. */

import './pkg/element.js';

// Key Vault answers within seconds. The person sees a sentence and *Try again*, and no wheel that turns for ever.
const PATIENCE_MS = Number(new URLSearchParams(location.search).get('patience') ?? 20_000);

document.querySelector('mgdc-decrypt').unwrap = async (wrappedKey, { algorithm, publicKeyVersion, signal }) => {
  const response = await fetch(`unwrap/${publicKeyVersion}?algorithm=${algorithm ?? 'RSA-OAEP'}`, {
    method: 'POST',
    body: wrappedKey,
    // `signal` ends it when the person clears the page or leaves it.
    signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
};
