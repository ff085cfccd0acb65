/** The step “Review”: the datasets, their files, and a look at one of them. */

import { h, isVisible, setAttribute } from './dom.js';
import { fileList } from './file-list.js';
import { previewPane } from './preview.js';

/**
 * @import { DropFile } from '../../index.js'
 * @import { Session } from '../state/session.js'
 */

/**
 * `save(file)` is called by a row's button.
 * @param {Session} session
 * @param {(file: DropFile) => void} save
 */
export function review(session, save) {
  const { preview: state } = session;
  const files = fileList(session, { save, open, isOpen: ({ path }) => path === state.file?.path });
  const pane = previewPane(session, (file) => files.focusRow(file));
  const panes = h('div', { class: 'panes' }, files.node, pane.node);
  const node = h('div', { class: 'review', hidden: true }, files.head, files.bar, panes);
  return {
    node,
    render() {
      node.hidden = session.files.length === 0;
      files.render();
      preview();
    },
    preview,
    /** @param {string[]} paths */
    progress(paths) {
      files.progress(paths);
    },
  };

  /** Call it when the preview has changed. */
  function preview() {
    setAttribute(panes, 'data-open', state.file ? '' : null);
    pane.render();
    files.refresh();
  }

  /** @param {DropFile} file */
  function open(file) {
    state.open(file);
    // On a small screen the preview takes the place of the list, and gets the focus.
    if (isVisible(files.node)) return;
    pane.focus();
    // Above it is half a screen on a telephone, and the bar covers the rest.
    pane.node.scrollIntoView({ block: 'start' });
  }
}
