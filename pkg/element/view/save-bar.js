/** The bar at the bottom: the ways to save, the progress, and the cancel button. */

import { outputPaths } from '../../index.js';
import { fileDestination, folderDestination, folderObstacle, heldIn, zipDestination } from '../save/save.js';
import { text } from '../words/text.js';
import { h, icon, setAttribute, setText } from './dom.js';
import { progressPart } from './progress.js';

/**
 * @import { DropFile } from '../../index.js'
 * @import { Destination } from '../save/save.js'
 * @import { Session } from '../state/session.js'
 * @import { Totals } from '../words/shapes.js'
 */

/** From this size on, the person is warned that the ZIP is built in memory. */
const LARGE = 512 * 1024 * 1024;

/** @param {Session} session */
export function saveBar(session) {
  let picking = false;
  /** @type {string | null} */
  let obstacle = folderObstacle();

  const folder = h(
    'button',
    {
      type: 'button',
      'data-testid': 'decrypt-folder',
      'aria-describedby': 'folder-note',
      onclick: () => start('folder'),
    },
    icon('folder'),
    text.ways.folder,
  );
  const zip = h(
    'button',
    { type: 'button', 'data-testid': 'decrypt-zip', onclick: () => start('zip') },
    icon('drop'),
    text.ways.zip,
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
  const zipNote = h('p', { class: 'muted', hidden: true });
  const progress = progressPart(session);
  const ways = h('div', { class: 'ways' }, state, progress.node, h('div', { class: 'buttons' }, folder, zip, cancel));
  const node = h(
    'section',
    { class: 'actions', 'aria-label': text.ways.title, hidden: true },
    ways,
    resumePart,
    folderNote,
    zipNote,
  );

  /** @param {ResizeObserverEntry[]} entries */
  const measure = ([{ borderBoxSize }]) =>
    node.parentElement?.style.setProperty('--bar-height', `${borderBoxSize[0].blockSize}px`);
  new ResizeObserver(measure).observe(node);

  return { node, render, progress: progress.progress, save };

  function render() {
    const { phase, totals, current } = session;
    const running = phase === 'running';
    // If nothing can be delivered, the rows already say why.
    const usable = phase === 'ready' && totals.deliverable > 0;
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
    setText(folderNote, obstacle ?? (resume.checked ? text.ways.folderHintResume : text.ways.folderHint));
    folderNote.classList.toggle('advice', !obstacle && !resume.checked); // not on small screens
    folderNote.hidden = running;
    resumePart.hidden = running || Boolean(obstacle);
    resumeNote.hidden = !resume.checked;
    const words = held(totals.bytes ?? 0);
    zipNote.hidden = running || words === '';
    setText(zipNote, words);
    progress.render();
  }

  /** @param {'folder' | 'zip'} way */
  async function start(way) {
    const name = text.ways.zipName(session.folder);
    await pick(
      () =>
        way === 'folder'
          ? folderDestination({ resume: resume.checked })
          : zipDestination(name, session.totals.bytes ?? 0),
      (destination) => session.decrypt(destination, way, chosen(session)),
    );
  }

  /**
   * Saves one file by itself.
   * @param {DropFile} file
   */
  async function save({ path, size, role }) {
    const [{ path: output }] = outputPaths([{ path, decompressed: role === 'encrypted' }]);
    await pick(
      () => fileDestination(output.slice(output.lastIndexOf('/') + 1), size),
      (destination) => session.decrypt(destination, 'file', [path]),
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
 * The paths that are chosen; undefined if that is all.
 * @param {Session} session
 */
function chosen({ choice, files }) {
  return choice.isAll ? undefined : choice.of(files).map(({ path }) => path);
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
