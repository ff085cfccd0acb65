/** The menu with the formats that data can be converted to on the way: each into a folder or into a ZIP. */

import { text } from '../words/text.js';
import { h, icon } from './dom.js';
import { popover } from './popover.js';

/** @import { Conversion } from '../state/shown-run.js' */

/** @typedef {'csv' | 'parquet'} Format */

/** @type {Format[]} */
const FORMATS = ['csv', 'parquet'];

/** @param {(way: 'folder' | 'zip', conversion: Conversion) => void} start */
export function convertMenu(start) {
  const button = h(
    'button',
    { type: 'button', 'data-testid': 'convert', title: text.ways.convertHint },
    text.ways.convert,
    icon('unfold'),
  );
  /** @type {HTMLButtonElement[]} */
  const folders = [];
  const flatten = h('input', { type: 'checkbox', 'data-testid': 'convert-flatten', 'data-kept': 'flatten' });
  const notResumed = h('p', { class: 'muted', 'data-testid': 'convert-not-resumed' }, text.ways.notResumed);
  const { panel, close } = popover(
    button,
    text.ways.convertTitle,
    h('h3', {}, text.ways.convertTitle),
    ...FORMATS.map(part),
    notResumed,
  );
  return {
    button,
    panel,
    /** @param {{ usable: boolean, obstacle: string | null, resume: boolean }} state */
    render({ usable, obstacle, resume }) {
      notResumed.hidden = !resume || obstacle !== null;
      button.disabled = !usable;
      for (const one of panel.querySelectorAll('button')) one.disabled = !usable;
      for (const folder of folders) folder.hidden = obstacle !== null;
    },
  };

  /** @param {Format} format */
  function part(format) {
    const { title, about } = text.ways.formats[format];
    const folder = way('folder', format, text.ways.folderShort);
    folders.push(folder);
    return h(
      'div',
      { class: 'option' },
      h('p', {}, h('strong', {}, title)),
      h('p', { class: 'muted' }, about),
      format === 'csv' && h('label', { class: 'check' }, flatten, text.ways.flatten),
      h('div', { class: 'buttons' }, folder, way('zip', format, text.ways.zipShort)),
    );
  }

  /**
   * For spreadsheets: Excel knows UTF-8 by the byte order mark, and opens a million rows at most.
   * @param {Format} format
   * @returns {Conversion}
   */
  function conversion(format) {
    return format === 'csv' ? { to: 'csv', bom: true, splitRows: true, flatten: flatten.checked } : { to: 'parquet' };
  }

  /**
   * @param {'folder' | 'zip'} name
   * @param {Format} format
   * @param {string} words
   */
  function way(name, format, words) {
    return h(
      'button',
      {
        type: 'button',
        'data-testid': `convert-${format}-${name}`,
        'aria-label': text.ways.formats[format][name],
        onclick: () => {
          start(name, conversion(format));
          close();
        },
      },
      icon(name === 'folder' ? 'folder' : 'drop'),
      words,
    );
  }
}
