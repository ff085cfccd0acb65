/** German. */

import * as delivery from './delivery.js';
import * as errorWords from './errors.js';
import * as fileWords from './files.js';
import * as help from './help.js';
import * as keys from './keys.js';
import * as preview from './preview.js';
import * as result from './result.js';
import * as review from './review.js';
import * as save from './save.js';
import * as shell from './shell.js';

/** @import { Texts } from '../text.js' */

/** @type {Texts} */
export const de = {
  ...shell,
  ...help,
  ...delivery,
  ...keys,
  ...fileWords,
  ...review,
  ...preview,
  ...save,
  ...result,
  ...errorWords,
};
