/** The portal's page: see server.mjs. */

import 'mgdc-decrypt/element';

// Called once for each wrapped key. The element shows the message of what is thrown, with a button to try again.
document.querySelector('mgdc-decrypt').unwrap = async (wrappedKey, { publicKeyVersion, algorithm, signal }) => {
  const response = await fetch(`unwrap/${publicKeyVersion}?algorithm=${algorithm ?? 'RSA-OAEP'}`, {
    method: 'POST',
    body: wrappedKey,
    signal: AbortSignal.any([signal, AbortSignal.timeout(20_000)]),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text; // Key Vault's answer, unchanged
};
