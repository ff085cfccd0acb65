/** German: the side “Check a key”. */

import { check as en } from '../en/check.js';

/** @type {typeof en} */
export const check = { ...en };
