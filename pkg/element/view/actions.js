/** The bar at the bottom: the ways to save, the progress, and the cancel button. */

import { isDelivered } from '../../drop/left-out.js';
import { outputPaths } from '../../index.js';
import { fileDestination, folderDestination, folderObstacle, heldIn, zipDestination } from '../save/save.js';
import { text } from '../words/text.js';
import { h, icon, setAttribute, setText } from './dom.js';
import { progressPart } from './progress.js';

/**
 * @import { DropFile } from '../../index.js'
 * @import { Destination } from '../save/save.js'
 * @import { Session } from '../state/session.js'
 * @import { Totals } from '../words/text.js'
 */

/** From this size on, the person is warned that the ZIP is built in memory. */
const LARGE = 512 * 1024 * 1024;

/** @param {Session} session */
export function actionBar(session) {
  let picking = false;
  /** @type {string | null} */
  let obstacle = folderObstacle();
  /** Files that are shown, while some are not. @type {readonly DropFile[]} */
  let shown = [];

  const folder = h(
    'button',
    {
      type: 'button',
      'data-testid': 'decrypt-folder',
      'aria-describedby': 'folder-note',
      onclick: () => start('folder'),
    },
    icon('folder'),
    h('span', {}, text.ways.folder),
  );
  const zip = h(
    'button',
    { type: 'button', 'data-testid': 'decrypt-zip', onclick: () => start('zip') },
    icon('drop'),
    h('span', {}, text.ways.zip),
  );
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
  const folderWords = words(folder);
  const zipWords = words(zip);
  const state = h('p', { class: 'ways-state' });
  const folderNote = h('p', { class: 'muted', id: 'folder-note' });
  const resume = h('input', {
    type: 'checkbox',
    'data-testid': 'resume',
    'aria-describedby': 'resume-note',
    onchange: render,
  });
  const resumeNote = h('p', { class: 'muted', id: 'resume-note' }, text.ways.resumeHint);
  const resumePart = h('div', {}, h('label', { class: 'check' }, resume, text.ways.resume), resumeNote);
  const onlyShown = h('input', { type: 'checkbox', 'data-testid': 'only-shown', onchange: render });
  const onlyWords = h('span', {});
  const onlyPart = h('label', { class: 'check', hidden: true }, onlyShown, onlyWords);
  const report = h('input', { type: 'checkbox', 'data-testid': 'report-in-output' });
  // Not in the bar, which would take too much of a small screen.
  const reportPart = h('label', { class: 'check', hidden: true }, report, text.ways.report);
  const { asDelivered, csv, parquet } = text.ways.conversions;
  const convert = h(
    'select',
    { 'data-testid': 'convert', 'aria-describedby': 'convert-note', onchange: render },
    h('option', { value: '' }, asDelivered),
    h('option', { value: 'csv' }, csv),
    h('option', { value: 'parquet' }, parquet),
  );
  const convertNote = h('p', { class: 'muted', id: 'convert-note' }, text.ways.convertHint);
  const convertPart = h('div', {}, h('label', { class: 'choice' }, text.ways.convert, convert), convertNote);
  const zipNote = h('p', { class: 'muted', hidden: true });
  const progress = progressPart(session);
  const ways = h('div', { class: 'ways' }, state, progress.node, h('div', { class: 'buttons' }, folder, zip, cancel));
  const node = h(
    'section',
    { class: 'actions', 'aria-label': text.ways.title, hidden: true },
    ways,
    onlyPart,
    convertPart,
    resumePart,
    folderNote,
    zipNote,
  );

  /** @param {ResizeObserverEntry[]} entries */
  const measure = ([{ borderBoxSize }]) =>
    node.parentElement?.style.setProperty('--bar-height', `${borderBoxSize[0].blockSize}px`);
  new ResizeObserver(measure).observe(node);

  return { node, reportPart, render, progress: progress.progress, save, narrow };

  function render() {
    const { phase, totals, current } = session;
    const running = phase === 'running';
    // If nothing can be delivered, the rows already say why.
    const usable = phase === 'ready' && totals.deliverable > 0;
    const only = chosen();
    reportPart.hidden = running || session.files.length === 0;
    onlyPart.hidden = running || shown.length === 0;
    setText(folderWords, only ? text.ways.some(text.ways.folder, only.length) : text.ways.folder);
    setText(zipWords, only ? text.ways.some(text.ways.zip, only.length) : text.ways.zip);
    node.hidden = session.files.length === 0;
    const hadFocus = node.contains(/** @type {ShadowRoot} */ (node.getRootNode()).activeElement);
    setAttribute(folder, 'disabled', usable && !obstacle ? null : '');
    setAttribute(zip, 'disabled', usable ? null : '');
    folder.classList.toggle('primary', !obstacle);
    zip.classList.toggle('primary', Boolean(obstacle));
    folder.hidden = running;
    zip.hidden = running;
    cancel.hidden = !running && !session.isTrying;
    // Not `disabled`, because the button would lose the focus.
    setAttribute(cancel, 'aria-disabled', current?.cancelling ? 'true' : null);
    // The button that was pressed is hidden now, so the focus moves to the cancel button.
    if (hadFocus && running && !current?.cancelling) cancel.focus();
    setText(state, phase === 'reading' ? session.doing : running ? '' : (outcome(session) ?? readiness(totals)));
    setText(folderNote, obstacle ?? (resumes() ? text.ways.folderHintResume : text.ways.folderHint));
    folderNote.classList.toggle('advice', !obstacle && !resumes()); // not on small screens
    folderNote.hidden = running;
    convertPart.hidden = running;
    convertNote.hidden = convert.value === '';
    // A run that converts cannot be resumed.
    resumePart.hidden = running || Boolean(obstacle) || convert.value !== '';
    resumeNote.hidden = !resume.checked;
    const advice = held(totals.bytes ?? 0);
    zipNote.hidden = running || advice === '';
    setText(zipNote, advice);
    progress.render();
  }

  /**
   * Offers to decrypt only the files that are shown; null if all are.
   * @param {readonly DropFile[] | null} files
   */
  function narrow(files) {
    shown = files?.filter(isDelivered) ?? [];
    if (shown.length === 0) onlyShown.checked = false;
    setText(onlyWords, text.ways.onlyShown(shown.length));
    render();
  }

  /** Paths of the files that are wanted, or null for all. */
  function chosen() {
    return onlyShown.checked ? shown.map(({ path }) => path) : null;
  }

  /** @param {'folder' | 'zip'} way */
  async function start(way) {
    const name = text.ways.zipName(session.folder);
    await pick(
      () =>
        way === 'folder' ? folderDestination({ resume: resumes() }) : zipDestination(name, session.totals.bytes ?? 0),
      (destination) => {
        if (convert.value !== '') destination.convert = /** @type {'csv' | 'parquet'} */ (convert.value);
        return session.decrypt(destination, way, { only: chosen() ?? undefined, report: report.checked });
      },
    );
  }

  function resumes() {
    return resume.checked && convert.value === '';
  }

  /**
   * Saves one file by itself.
   * @param {DropFile} file
   */
  async function save({ path, size, role }) {
    const [{ path: output }] = outputPaths([{ path, decompressed: role === 'encrypted' }]);
    await pick(
      () => fileDestination(output.slice(output.lastIndexOf('/') + 1), size),
      (destination) => session.decrypt(destination, 'file', { only: [path] }),
    );
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
 * The words of a button, beside its icon.
 * @param {HTMLElement} button
 */
function words(button) {
  return /** @type {HTMLElement} */ (button.lastElementChild);
}

/**
 * What the person should know before saving a ZIP of this size.
 * @param {number} size
 */
function held(size) {
  const place = heldIn(size);
  if (place === 'storage') return text.ways.heldInStorage;
  return place === 'memory' && size >= LARGE ? text.ways.held(size) : '';
}

/**
 * How the last run ended, because its summary may be out of view. Null once something has changed since.
 * @param {Session} session
 */
function outcome({ run, totals }) {
  return run?.outcome && run.totals === totals ? text.say.finished(run) : null;
}

/** @param {Totals} totals */
function readiness(totals) {
  if (totals.deliverable === 0)
    return totals.damaged > 0 && totals.locked === 0 ? text.ways.allDamaged : text.ways.nothing;
  if (totals.encrypted === 0 && totals.damaged === 0) return text.ways.allClear(totals.files);
  return totals.deliverable < totals.files ? text.ways.someReady(totals) : text.ways.allReady(totals.files);
}
