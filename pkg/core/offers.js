/** Where the WebAssembly modules are taken from when nobody says so. Each public entry offers what it brings along. */

/** A module's bytes. @typedef {() => Uint8Array<ArrayBuffer>} Unpack */
/**
 * `embedded`: in a JavaScript module that is loaded already, so that functions that cannot wait work, too; `file`:
 * beside the package; `late`: in a JavaScript module that has to be loaded. Entries may be combined: the first of these
 * that is there is used.
 *
 * @typedef {object} Offer
 * @property {Unpack} [embedded]
 * @property {() => URL} [file]
 * @property {() => Promise<{ bytes: Unpack }>} [late]
 */

/** `decrypt`: the module of every entry; `check`: the one that checks keys and salvages. @type {{ decrypt: Offer, check: Offer }} */
export const offers = { decrypt: {}, check: {} };

/**
 * Called when an entry is imported, so it does no work.
 * @param {keyof typeof offers} name
 * @param {Offer} offer
 */
export function offer(name, offer) {
  Object.assign(offers[name], offer);
}
