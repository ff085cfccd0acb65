/** What a row shows about its file, in words and as an icon: never by colour alone. */

import { isDelivered } from '../../drop/left-out.js';
import { bytes, printable } from '../words/format.js';
import { plainly } from '../words/plain.js';
import { sentence, text } from '../words/text.js';

/**
 * @import { DropFile, FileResult } from '../../index.js'
 * @import { IconName } from '../view/dom.js'
 * @import { Session } from './session.js'
 */

/**
 * `progress` is `[done, total]` while the file is being processed; `saves`: whether it can be saved by itself.
 *
 * @typedef {object} FileState
 * @property {IconName} icon
 * @property {'good' | 'warn' | 'bad' | 'calm' | 'busy'} tone
 * @property {string} words
 * @property {string} note
 * @property {string | null} code
 * @property {string | null} outcome
 * @property {[done: number, total: number] | null} progress
 * @property {boolean} saves
 * @property {string} warning
 * @property {string | null} detail the exact message of an error
 */
/**
 * Parts of a FileState; the others get their defaults. @typedef {Pick<FileState, 'icon' | 'tone' | 'words' |
 * 'saves'> & Partial<FileState>} Some
 */

/**
 * The state of one DropFile.
 * @param {DropFile} file
 * @param {Session} session
 * @returns {FileState}
 */
export function fileState(file, session) {
  const result = session.results.finished.get(file.path);
  const state = result
    ? settled(file, result)
    : session.current?.includes(file.path)
      ? running(file, session)
      : resting(file, session);
  const grew = session.results.expanded.has(file.path) ? text.files.expanded : '';
  const warning = join(grew, ...warningsOf(file, session).map(sentence));
  return { note: '', code: null, outcome: null, progress: null, detail: null, ...state, warning };
}

/**
 * The warnings of its result, or, before there is one, those from examining the file.
 * @param {DropFile} file
 * @param {Session} session
 */
export function warningsOf({ path, warnings }, { results }) {
  return results.finished.get(path)?.warnings ?? warnings;
}

/**
 * Whether the person should look at the file. As cheap as `isFailing`.
 * @param {DropFile} file
 * @param {Session} session
 */
export function isProblem(file, session) {
  return isFailing(file, session) || warningsOf(file, session).length > 0;
}

/**
 * Whether a file that cannot be opened only lacks its key: nothing indicates that the file itself is damaged.
 * @param {{ readonly code?: string } | null} error
 */
export function wantsKey(error) {
  return !error || /^ERR_(KEY_DETAILS|IV_LENGTH|FILE_KEY|VAULT_ANSWER|CALLBACK)/.test(error.code ?? '');
}

/**
 * Whether a file only lacks its key; damaged key details are shown where they are.
 * @param {{ readonly code?: string } | null} error
 */
function isLocked(error) {
  return wantsKey(error) && !/^ERR_KEY_DETAILS_(?!MISSING)/.test(error?.code ?? '');
}

/**
 * Whether a file has failed, or would fail now. This must be cheap: it is called for every file at every change.
 * @param {DropFile} file
 * @param {Session} session
 */
export function isFailing(file, { results, totals }) {
  const { path, role, keyDetails, error, examined } = file;
  if (!isDelivered(file)) return false;
  const result = results.finished.get(path);
  if (result) return result.outcome === 'failed';
  return error !== null || (role === 'encrypted' && keyDetails === null && (examined || totals.ready === 0));
}

/**
 * @param {DropFile} file
 * @param {FileResult} result
 * @returns {Some}
 */
function settled(file, result) {
  const { outcome, code, message, verified, output } = result;
  if (outcome === 'failed') {
    const error = { code: code ?? null, message: message ?? '' };
    const common = { code: error.code, outcome, saves: file.keyDetails !== null, detail: sentence(error.message) };
    if (code && isLocked({ code })) return { icon: 'lock', tone: 'warn', words: text.files.locked, ...common };
    return { icon: 'cross', tone: 'bad', words: text.files.failedWhy(plainly(error)), ...common };
  }
  const decrypted = outcome === 'decrypted';
  const parts = [decrypted ? text.files.decrypted : text.files.copied, bytes(result.bytes)];
  if (decrypted || verified) parts.push(text.files.verified[verified ?? 'null']);
  if (result.skipped) parts.push(text.files.skipped);
  const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1);
  const name = output?.startsWith(folder) ? output.slice(folder.length) : output;
  const renamed = name !== null && output !== file.path ? `${text.files.savedAs} ${printable(name)}` : '';
  return {
    // A copy with a warning keeps its warning icon instead of looking like a success.
    ...(decrypted || file.warnings.length === 0
      ? { icon: decrypted ? 'check' : 'arrow', tone: 'good' }
      : { icon: 'warning', tone: 'warn' }),
    words: parts.join(' · '),
    note: renamed,
    outcome,
    saves: true,
  };
}

/**
 * @param {DropFile} file
 * @param {Session} session
 * @returns {Some}
 */
function running(file, session) {
  const progress = session.results.underway.get(file.path);
  if (!progress)
    return {
      ...resting(file, session),
      ...(deliverable(file, session) ? { icon: 'clock', words: text.files.waiting } : {}),
    };
  const { bytesRead, bytesTotal } = progress;
  return {
    icon: 'clock',
    tone: 'busy',
    words: text.files.underway(bytesRead, bytesTotal),
    progress: [bytesRead, bytesTotal],
    saves: true,
  };
}

/**
 * @param {DropFile} file
 * @param {Session} session
 * @returns {Some}
 */
function resting(file, session) {
  const { role, content } = file;
  // An error in a vault answer is shown below the answer field.
  const error = file.error?.code === 'ERR_VAULT_ANSWER' ? null : file.error;
  if (error) {
    // A missing key is not a failure yet.
    /** @type {Pick<FileState, 'icon' | 'tone'>} */
    const tone = wantsKey(error) ? { icon: 'lock', tone: 'warn' } : { icon: 'warning', tone: 'bad' };
    const outcome = error.code === 'ERR_FILE_KEY_MISSING' ? null : 'failed';
    // What opens nothing is shown at the key, and not once more at the document that names it.
    if (role === 'key-details' && isLocked(error))
      return { icon: 'key', tone: 'calm', words: text.files.keyDetails, code: error.code, outcome, saves: false };
    return {
      ...tone,
      words: isLocked(error) ? text.files.locked : plainly(error),
      code: error.code,
      outcome,
      saves: false,
      detail: sentence(error.message),
    };
  }
  if (file.leftOut) {
    const { code, message } = file.leftOut;
    const [words, detail] = [plainly(file.leftOut), sentence(message)];
    return { icon: 'file', tone: 'calm', words, detail, code, saves: false };
  }
  if (role === 'key-details') return { icon: 'key', tone: 'calm', words: text.files.keyDetails, saves: false };
  if (role === 'metadata') return { icon: 'file', tone: 'calm', words: text.files.metadata, saves: true };
  if (role === 'clear') {
    /** @type {Pick<FileState, 'icon' | 'tone'>} */
    const tone = file.warnings.length > 0 ? { icon: 'warning', tone: 'warn' } : { icon: 'file', tone: 'calm' };
    return { ...tone, words: text.files.clear(content), saves: true };
  }
  if (!isOpen(file, session)) return { icon: 'lock', tone: 'warn', words: text.files.locked, saves: false };
  return { icon: 'open', tone: 'calm', words: text.files.ready(file.repair), saves: true };
}

/**
 * @param {DropFile} file
 * @param {Session} session
 */
function deliverable(file, session) {
  return isDelivered(file) && !file.error && (file.role !== 'encrypted' || isOpen(file, session));
}

/**
 * A file that was not examined is assumed to open if any file does.
 * @param {DropFile} file
 * @param {Session} session
 */
function isOpen({ keyDetails, examined }, { totals }) {
  return examined ? keyDetails !== null : totals.ready > 0;
}

/** @param {...string} parts */
function join(...parts) {
  return parts.filter(Boolean).join(' ');
}
