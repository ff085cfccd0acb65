/** What the portal gives to the element, the same in every recipe. `show` gets a line for each finished run. */

import { blobSink } from 'mgdc-decrypt';

export function portal(show) {
  let sink;
  return {
    texts: { welcome: { title: 'Open a delivery to Contoso' } },

    // Called once for each wrapped key: see ../portal.
    async unwrap(wrappedKey, { publicKeyVersion, signal }) {
      const response = await fetch(`unwrap/${publicKeyVersion}`, { method: 'POST', body: wrappedKey, signal });
      if (!response.ok) throw new Error(await response.text()); // the message that the person sees
      return response.text();
    },

    // Only for a portal that wants the files. Without it, the person saves them.
    sink() {
      sink = blobSink();
      return sink;
    },

    report({ decrypted, copied, failed }) {
      show(`${decrypted} decrypted, ${copied} copied, ${failed} failed: the portal has ${sink.blobs.size} files`);
    },
  };
}
