/** The styles of the element. Hosts can set the custom properties of tokens.js; everything else is private. */

import { BAR } from './bar.js';
import { BASE } from './base.js';
import { CARDS } from './cards.js';
import { CONTROLS } from './controls.js';
import { INTAKE } from './intake.js';
import { KEYS } from './keys.js';
import { MODES } from './modes.js';
import { OVER } from './over.js';
import { PREVIEW } from './preview.js';
import { PRINT } from './print.js';
import { RAIL } from './rail.js';
import { RESULT } from './result.js';
import { REVIEW } from './review.js';
import { ROWS } from './rows.js';
import { SAVE } from './save.js';
import { OLDER_TOKENS, TOKENS } from './tokens.js';
import { WELCOME } from './welcome.js';

/** @type {CSSStyleSheet | null} */
let sheet = null;

/** One style sheet for all elements of the page. It is constructed, so `style-src` need not allow inline styles. */
export function styles() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(
      [
        TOKENS,
        OLDER_TOKENS,
        BASE,
        CONTROLS,
        BAR,
        RAIL,
        INTAKE,
        WELCOME,
        CARDS,
        KEYS,
        ROWS,
        REVIEW,
        PREVIEW,
        RESULT,
        SAVE,
        OVER,
        MODES,
        PRINT,
      ].join(''),
    );
  }
  return sheet;
}
