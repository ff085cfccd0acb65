/** The step “Review”: the datasets, their files, and a look at one of them. */

import { h } from './dom.js';
import { fileList } from './file-list.js';

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
  const files = fileList(session, { save, open: () => {}, isOpen: () => false });
  const panes = h('div', { class: 'panes' }, files.node);
  const node = h('div', { class: 'review', hidden: true }, files.head, files.bar, panes);
  return {
    node,
    render() {
      node.hidden = session.files.length === 0;
      files.render();
    },
    /** @param {string[]} paths */
    progress(paths) {
      files.progress(paths);
    },
  };
}
