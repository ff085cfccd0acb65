/**
 * mgdc-decrypt/check: what can be tried and checked with the public half of a key, before the first delivery.
 *
 * It has a WebAssembly module of its own, `wasm-check/mgdc_check_bg.wasm`, which is fetched when it is first needed. As
 * in the whole package, nothing is sent anywhere.
 */

import type { Algorithm, Bytes, DropItem } from './index.js';

/**
 * Loads the module. Optional: whatever needs it does it. Call it to load from elsewhere, to try again after
 * `ERR_WASM_LOAD`, or before the page closes its network.
 */
export function init(source?: URL | string | BufferSource | WebAssembly.Module): Promise<void>;

/**
 * Makes a rehearsal: a small drop of invented rows, encrypted to `key` as a delivery would be. Two datasets are
 * encrypted and one is in clear, as in a drop with a dataset that is not eligible; `rehearsal` is in the name of
 * everything that is delivered. Decrypt it as you would decrypt a delivery: with `openDrop`, on the page, or on the
 * command line. Nothing else here encrypts.
 *
 * `key` is the public half of an RSA key of 2048 bits or more: a public key or a certificate (PEM or DER), a JWK, or
 * the JSON of the key as Key Vault's REST API, `az keyvault key show` or `Get-AzKeyVaultKey | ConvertTo-Json` give it.
 * Of a private key without a password only the public numbers are used. The key details name the version that the JSON
 * gives; where there is none, they name `00000000000000000000000000000000`, which no vault has.
 *
 * `algorithm`: what the file key is wrapped with, `'RSA-OAEP'` by default.
 *
 * @throws ERR_PUBLIC_KEY_MISSING, ERR_PUBLIC_KEY_INVALID, ERR_PUBLIC_KEY_NOT_RSA, ERR_PUBLIC_KEY_SIZE, ERR_WASM_LOAD
 */
export function rehearse(key: Bytes | Blob, options?: { algorithm?: Algorithm }): Promise<DropItem[]>;
