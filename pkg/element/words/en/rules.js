/**
 * English: what the key check finds. The core's sentences are English, and are shown as they are, except where they say
 * “drop”: on the page it is a delivery.
 */

/** @import { RuleWords } from '../rules.js' */

/** @type {Record<string, Partial<RuleWords>>} */
export const rules = {
  M4: {
    remedy:
      'Enable the key, or give it dates that hold now. Old deliveries stay readable after expiry as long as the key is ' +
      'enabled.',
    fail:
      'The key is disabled, expired or not valid yet. Nothing new is encrypted to it. Old deliveries still open while ' +
      'the key is enabled.',
  },
  M7: {
    demand: 'The owner can decrypt or unwrap with the key, so that deliveries can be opened.',
    pass: 'A delivery can be opened with this key.',
  },
  M8: {
    demand: 'A delivery names the version of the key that opens it.',
    pass: 'Every version that the delivery names is here.',
    fail: 'The delivery needs a version that none of the keys here has.',
    'not-visible':
      'This needs a delivery, and a key with its version: encryptionKeyDetails.json shows the version that the delivery ' +
      'needs.',
    remedy: 'Open the delivery with the version of the key that it names.',
  },
  M9: { remedy: 'Switch purge protection on: if the key is purged, its deliveries stay closed for ever.' },
};
