/** The worker: see page.js. Files come in; the plaintext, or a sentence about what is wrong, goes out. */

import { decrypt, FileKey, PrivateKey, parseKeyDetails } from 'mgdc-decrypt';

self.onmessage = async ({ data: { keyDetails, privateKey, file } }) => {
  try {
    // The first entry. Where a drop has several key versions, `openDrop` finds the one that fits.
    const [details] = parseKeyDetails(await keyDetails.text());
    const fileKey = FileKey.unwrap(details, await PrivateKey.import(privateKey));
    const plaintext = await decrypt(file, fileKey);
    self.postMessage({ plaintext }, [plaintext.buffer]);
  } catch (error) {
    self.postMessage({ error: `${error.message} (${error.code ?? error.name})` });
  }
};
