/** German. */

import { en } from '../en/index.js';

/** @import { Texts } from '../text.js' */

/** @type {Texts} */
export const de = { ...en };
