/**
 * Errors in words for people: a plain sentence by the error's code, and the core's message, which is English and exact,
 * as its technical details.
 */

import { sentence } from './sentence.js';
import { text } from './text.js';

/** @import { ErrorCode } from '../../index.js' */

/**
 * The parts of an error that are shown; the host's have no code. @typedef {{ code?: ErrorCode | null,
 * path?: string | null, message: string }} Told
 */

/** Messages that the page wrote by itself, in its own language. Reports keep only the message of an error. */
const own = new Set();

/**
 * Marks a message of the page's own: it is shown as it is.
 * @param {string} message
 */
export function ownWords(message) {
  own.add(message);
  return message;
}

/**
 * What happened and what to do, in plain words.
 * @param {Told} error
 */
export function plainly(error) {
  const { code, message } = error;
  return sentence(isOwn(error) || !code ? message : (text.errors[code] ?? message));
}

/**
 * The exact message where the plain sentence is not the message itself; `null` where there is no more to say.
 * @param {Told} error
 */
export function technically(error) {
  return isOwn(error) || !error.code ? null : sentence(error.message);
}

/**
 * A message of the host's callback is made for people, too, and says more than any sentence of ours.
 * @param {Told} error
 */
function isOwn({ code, message }) {
  return code === 'ERR_CALLBACK' || own.has(message);
}
