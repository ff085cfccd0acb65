/** The help, and what the page can and cannot do with the data. */

import { text } from '../words/text.js';
import { h, icon } from './dom.js';

/** @param {() => boolean} isSealed whether the page has closed its own network */
export function helpDialog(isSealed) {
  const words = text.help;
  const security = h('h3', { tabindex: '-1', 'data-testid': 'security' }, words.security);
  const sealed = h('ul', {}, ...words.sealedList.map(item));
  const close = h(
    'button',
    {
      type: 'button',
      class: 'quiet square',
      'aria-label': words.close,
      title: words.close,
      onclick: shut,
    },
    icon('cross'),
  );
  const body = h(
    'div',
    { class: 'help-body', tabindex: '0', role: 'region', 'aria-labelledby': 'help-title' },
    h('h3', {}, words.use),
    h('ul', {}, ...words.useList.map(item)),
    h('h3', {}, words.paste),
    h('ul', {}, ...words.pasteList.map(item)),
    h('h3', {}, words.verified),
    h('p', {}, words.verifiedText),
    security,
    sealed,
    h('ul', {}, ...words.dataList.map(item)),
    h('h3', {}, words.source),
    h('p', {}, words.sourceText),
  );
  const node = h(
    'dialog',
    {
      class: 'help',
      'aria-labelledby': 'help-title',
      'data-testid': 'help-dialog',
      // A click beside the box, on what the browser puts behind it, closes it.
      onclick: (event) => {
        if (event.target === event.currentTarget) shut();
      },
    },
    h('div', { class: 'help-head' }, h('h2', { id: 'help-title' }, words.title), close),
    body,
  );

  return {
    node,
    /** @param {'security'} [part] what to show first */
    open(part) {
      sealed.hidden = !isSealed();
      if (!node.open) node.showModal();
      body.scrollTop = 0;
      if (part === 'security') {
        security.scrollIntoView({ block: 'start' });
        security.focus({ preventScroll: true });
      }
    },
  };

  function shut() {
    node.close();
  }
}

/** @param {string} words */
function item(words) {
  return h('li', {}, words);
}
