/** Where things come in: the drop area, its two inputs, a drop anywhere on the page, a paste. */

import { fromFiles, fromText, fromTransfer } from '../state/collect.js';
import { text } from '../words/text.js';
import { h, icon, setText } from './dom.js';

/** `onsample` is called by the sample button. */
export function intake(session, onsample) {
  const title = h('h2', {}, text.intake.title);
  const files = input(text.intake.addFiles, 'file', { 'data-testid': 'add-files', multiple: true });
  const folder = input(text.intake.addFolder, 'folder', {
    'data-testid': 'add-folder',
    webkitdirectory: true,
    multiple: true,
  });
  const sample = h(
    'button',
    { type: 'button', class: 'link', 'data-testid': 'sample', hidden: true, onclick: onsample },
    text.intake.sample,
  );
  const clear = h(
    'button',
    { type: 'button', class: 'quiet', 'data-testid': 'clear', hidden: true, onclick: clearAll },
    text.intake.clear,
  );
  const hint = h('p', { class: 'intake-hint' }, text.intake.hint);
  const note = h('p', { class: 'muted' }, text.intake.folderNote);
  const waiting = h('p', { class: 'muted', hidden: true }, text.intake.waiting);
  const bar = h('progress', { class: 'reading', 'aria-label': text.found.reading(0), hidden: true });
  const sampleNote = h(
    'p',
    { class: 'sample-note', hidden: true, 'data-testid': 'sample-note' },
    icon('info'),
    text.intake.sampleNote,
  );
  const node = h(
    'section',
    { class: 'intake' },
    h('div', { class: 'intake-words' }, h('span', { class: 'hero' }, icon('drop')), h('div', {}, title, hint)),
    h('div', { class: 'buttons' }, files, folder, clear, sample),
    note,
    waiting,
    bar,
    sampleNote,
  );

  return {
    node,
    render({ hasSample }) {
      const empty = session.phase === 'empty';
      node.classList.toggle('compact', !empty);
      const reading = session.phase === 'reading';
      setText(title, empty ? text.intake.title : saysReading() ? session.doing : text.intake.titleMore);
      bar.hidden = !reading;
      hint.hidden = !empty;
      note.hidden = !empty;
      waiting.hidden = !session.waiting;
      clear.hidden = empty;
      clear.disabled = session.phase === 'running';
      sample.hidden = !empty || !hasSample;
      sampleNote.hidden = !session.sample;
    },
    connect,
  };

  function input(label, mark, attributes) {
    const field = h('input', { type: 'file', ...attributes, onchange: take });
    return h('label', { class: 'button' }, icon(mark), h('span', {}, label), field);
  }

  // As soon as there are files, the bar below says it.
  function saysReading() {
    return session.phase === 'reading' && session.files.length === 0;
  }

  function clearAll() {
    session.clear();
    files.querySelector('input').focus();
  }

  function take({ target }) {
    const items = fromFiles(target.files);
    target.value = ''; // the same file may come again after it was removed
    if (items.length > 0) session.add(items);
  }

  /** Listens on the whole page until the signal ends. */
  function connect(signal) {
    const carriesFiles = (event) => !event.defaultPrevented && event.dataTransfer?.types.includes('Files');
    const mark = (on) => node.classList.toggle('over', on);
    const listen = (name, listener) => document.addEventListener(name, listener, { signal });
    listen('dragover', (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      mark(true);
    });
    listen('dragleave', (event) => event.relatedTarget === null && mark(false));
    listen('drop', (event) => {
      mark(false);
      if (!carriesFiles(event)) return;
      event.preventDefault();
      const count = (files) => saysReading() && setText(title, text.found.reading(files));
      session.add(fromTransfer(event.dataTransfer, count));
    });
    listen('paste', (event) => {
      const into = event.composedPath()[0];
      if (event.defaultPrevented || into.matches?.('input, textarea, [contenteditable]')) return;
      const pasted = fromText(event.clipboardData.getData('text/plain'));
      const items = [...fromFiles(event.clipboardData.files), ...(pasted ? [pasted] : [])];
      if (items.length > 0) session.add(items);
    });
  }
}
