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
  const files = fileList(session, save);
  const node = h('div', { class: 'review' }, files.node);
  return {
    node,
    render() {
      files.render();
    },
    /** @param {string[]} paths */
    progress(paths) {
      files.progress(paths);
    },
  };
}
