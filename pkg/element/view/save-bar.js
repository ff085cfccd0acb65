/** The bar at the bottom: what is chosen and how big it is, the ways to save it, the progress, and the cancel button. */

import { outputPaths } from '../../api.js';
import {
  fileDestination,
  folderDestination,
  folderObstacle,
  heldIn,
  hostDestination,
  zipDestination,
} from '../save/save.js';
import { planOf } from '../state/plan.js';
import { sizeOf } from '../state/totals.js';
import { text } from '../words/text.js';
import { convertMenu } from './convert-menu.js';
import { h, icon, setAttribute, setText } from './dom.js';
import { progressPart } from './progress.js';
import { saveOptions } from './save-options.js';

/**
 * @import { DropFile } from '../../index.js'
 * @import { Destination } from '../save/save.js'
 * @import { Plan } from '../state/plan.js'
 * @import { Session } from '../state/session.js'
 * @import { Conversion, ShownRun, Way } from '../state/shown-run.js'
 */

/** From this size on, the person is warned that the ZIP is built in memory. */
const LARGE = 512 * 1024 * 1024;

/** @param {Session} session */
export function saveBar(session) {
  let picking = false;
  /** @type {string | null} */
  let obstacle = folderObstacle();
  /** The run that ended last, and what was chosen then. @type {{ run: ShownRun | null, files: number }} */
  let ended = { run: null, files: 0 };

  const folder = wayButton('decrypt-folder', 'folder', text.ways.folder, text.ways.folderShort, () => start('folder'));
  const zip = wayButton('decrypt-zip', 'drop', text.ways.zip, text.ways.zipShort, () => start('zip'));
  const clear = h(
    'button',
    { type: 'button', 'data-testid': 'save-clear', hidden: true, onclick: () => start(session.sink ? 'host' : 'zip') },
    text.ways.saveClear,
  );
  const give = h(
    'button',
    { type: 'button', 'data-testid': 'decrypt-host', 'aria-describedby': 'ways-rest', onclick: () => start('host') },
    icon('arrow'),
    text.ways.give,
  );
  const convert = convertMenu(start);
  const options = saveOptions(() => render());
  const cancel = h(
    'button',
    {
      type: 'button',
      'data-testid': 'cancel',
      title: text.ways.cancelHint,
      hidden: true,
      onclick: () => session.cancel(),
    },
    icon('cross'),
    text.ways.cancel,
  );
  const state = h('p', { class: 'ways-state', dir: 'auto' });
  const rest = h('p', { class: 'ways-rest', id: 'ways-rest', dir: 'auto' });
  const words = h('div', { class: 'ways-words' }, state, rest);
  const progress = progressPart(session);
  const node = h(
    'section',
    { class: 'actions', part: 'save', 'aria-label': text.ways.title, hidden: true },
    h(
      'div',
      { class: 'ways' },
      words,
      progress.node,
      h('div', { class: 'buttons' }, clear, give, folder, zip, convert.button, options.button, cancel),
    ),
    options.panel,
    convert.panel,
  );

  /** @param {ResizeObserverEntry[]} entries */
  const measure = ([{ borderBoxSize }]) =>
    node.parentElement?.style.setProperty('--bar-height', `${borderBoxSize[0].blockSize}px`);
  if (globalThis.ResizeObserver) new ResizeObserver(measure).observe(node); // jsdom has none

  return { node, render, progress: progress.progress, save, again };

  function render() {
    const { phase, current } = session;
    const running = phase === 'running';
    node.hidden = session.files.length === 0;
    if (node.hidden) return;
    const plan = planOf(session, options.chosen.salvage);
    // If nothing can be decrypted, the rows already say why.
    const usable = phase === 'ready' && plan.usable;
    const result = outcome(session, plan);
    const hadFocus = node.contains(/** @type {ShadowRoot} */ (node.getRootNode()).activeElement);
    setAttribute(folder, 'disabled', usable ? null : '');
    setAttribute(zip, 'disabled', usable ? null : '');
    // After a run, saving again is not the next thing to do.
    folder.classList.toggle('primary', usable && !result);
    zip.classList.toggle('primary', usable && !result && obstacle !== null);
    setAttribute(give, 'disabled', usable ? null : '');
    give.classList.toggle('primary', usable && !result);
    const isGiven = session.sink !== null;
    give.hidden = running || plan.clear || !isGiven;
    folder.hidden = running || plan.clear || obstacle !== null || isGiven;
    zip.hidden = convert.button.hidden = running || plan.clear || isGiven;
    options.button.hidden = running;
    clear.hidden = running || !plan.clear;
    setAttribute(clear, 'disabled', phase === 'ready' ? null : '');
    convert.render({ usable, obstacle, resume: options.resume });
    cancel.hidden = !running && !session.isTrying;
    // Not `disabled`, because the button would lose the focus.
    setAttribute(cancel, 'aria-disabled', current?.cancelling ? 'true' : null);
    // The button that was pressed is hidden now, so the focus moves to the cancel button.
    if (hadFocus && running && !current?.cancelling) cancel.focus();
    const held = isGiven ? { short: text.ways.giveHint, long: '' } : heldWords(plan.bytes ?? 0);
    words.hidden = running;
    if (phase === 'reading') say(session.doing, '');
    else if (result) say(...result);
    else
      say(
        text.ways.chosen(plan),
        text.ways.notSaved(plan) || (usable ? held.short || (obstacle ?? text.ways.folderHintShort) : ''),
      );
    options.render({ obstacle: isGiven ? text.ways.giveHint : obstacle, held: held.long });
    progress.render();
  }

  /**
   * @param {string} sentence
   * @param {string} more
   */
  function say(sentence, more) {
    setText(state, sentence);
    setText(rest, more);
    rest.hidden = more === '';
    setAttribute(rest, 'title', more);
  }

  /**
   * How the last run ended, because its summary may be out of view. Null once something has changed since.
   * @param {Session} session
   * @param {Plan} plan
   * @returns {[sentence: string, more: string] | null}
   */
  function outcome({ run, totals }, plan) {
    if (!run?.outcome) return null;
    if (ended.run !== run) ended = { run, files: plan.totals.files };
    if (run.totals !== totals || ended.files !== plan.totals.files) return null;
    const { figures } = run;
    if (run.error || !figures) return [text.say.finished(run), ''];
    if (run.fate === 'unsure') return [text.summary.unsure(run.names), text.summary.unsureWhy];
    return [text.summary.heading(figures), text.summary.rest(figures)];
  }

  /**
   * @param {'folder' | 'zip' | 'host'} way
   * @param {Conversion} [conversion]
   */
  async function start(way, conversion) {
    const plan = planOf(session, options.chosen.salvage);
    const name = plan.clear
      ? text.ways.clearName(session.folder)
      : conversion
        ? text.ways.convertName(session.folder, conversion.to)
        : text.ways.zipName(session.folder);
    const chosen = { ...options.chosen, ...(conversion && { convert: conversion }) };
    await pick(
      () =>
        toHost() ??
        (way === 'folder'
          ? folderDestination({ resume: options.resume && !conversion })
          : zipDestination(name, plan.bytes ?? 0, node)),
      (destination) => session.decrypt(destination, way, plan.only, chosen),
    );
  }

  /**
   * Tries files of a run again: into the same folder, or into another ZIP with only these.
   * @param {ShownRun} run
   * @param {string[]} paths
   */
  async function again(run, paths) {
    const wanted = new Set(paths);
    const size = session.files.reduce((sum, file) => sum + (wanted.has(file.path) ? sizeOf(file) : 0), 0);
    /** @type {Way} */
    const way = run.way === 'file' ? 'zip' : run.way;
    await pick(
      async () => toHost() ?? run.placeAgain ?? zipDestination(text.ways.againName(session.folder), size, node),
      (destination) => session.decrypt(destination, way, paths, { ...run.options, again: true }),
    );
  }

  /**
   * Saves one file by itself.
   * @param {DropFile} file
   */
  async function save({ path, size, role }) {
    const [{ path: output }] = outputPaths([{ path, decompressed: role === 'encrypted' }]);
    await pick(
      () => toHost() ?? fileDestination(output.slice(output.lastIndexOf('/') + 1), size, node),
      (destination) => session.decrypt(destination, 'file', [path]),
    );
  }

  /** Where the host wants everything, if it does. */
  function toHost() {
    return session.sink && hostDestination(session.sink);
  }

  /**
   * The browser opens a picker only during a click, so nothing may be awaited before `choose`.
   * @param {() => Promise<Destination | null>} choose
   * @param {(destination: Destination) => Promise<void>} use
   */
  async function pick(choose, use) {
    if (picking || session.phase !== 'ready') return;
    picking = true;
    let destination = null;
    try {
      destination = await choose();
    } catch (error) {
      if (/** @type {Error} */ (error).name === 'SecurityError') obstacle = text.ways.folderFrame;
      else session.showProblem(error);
    } finally {
      picking = false;
      render();
    }
    if (destination) await use(destination);
  }
}

/**
 * A button with long and short words: the styles choose by the width of the bar.
 * @param {string} testId
 * @param {'folder' | 'drop'} mark
 * @param {string} words
 * @param {string} short
 * @param {() => void} onclick
 */
function wayButton(testId, mark, words, short, onclick) {
  return h(
    'button',
    { type: 'button', 'data-testid': testId, 'aria-label': words, 'aria-describedby': 'ways-rest', onclick },
    icon(mark),
    h('span', { class: 'long' }, words),
    h('span', { class: 'short' }, short),
  );
}

/**
 * What the person should know before saving a ZIP of this size.
 * @param {number} size
 */
function heldWords(size) {
  const place = heldIn(size);
  if (place === 'storage') return { short: text.ways.heldShort, long: text.ways.heldInStorage };
  const long = place === 'memory' && size >= LARGE ? text.ways.held(size) : '';
  return { short: long && text.ways.heldInMemoryShort, long };
}
