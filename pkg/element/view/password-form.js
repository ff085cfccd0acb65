/** The field for a key's password. It takes the focus when the password is all that is asked. */

import { lockedVersions } from '../state/locked.js';
import { text } from '../words/text.js';
import { h, setAttribute, setText } from './dom.js';

/**
 * @import { KeyEntry } from '../state/key-ring.js'
 * @import { Session } from '../state/session.js'
 */

/** Fields that a person types into or chooses from. */
const TYPING = 'input:not([type=file], [type=checkbox], [type=radio]), textarea, select, [contenteditable]';

/**
 * @param {Session} session
 * @param {KeyEntry} entry
 */
export function passwordForm(session, entry) {
  let wasAsked = false;
  // Without a name or an id, under which a password manager could store the password.
  const field = h('input', { type: 'password', autocomplete: 'off', 'data-testid': 'password', spellcheck: 'false' });
  const show = h(
    'button',
    {
      type: 'button',
      'data-testid': 'show-password',
      'aria-pressed': 'false',
      'aria-label': text.key.showPassword,
      onclick: () => reveal(field.type === 'password'),
    },
    text.key.show,
  );
  const node = h(
    'form',
    {
      class: 'password',
      hidden: true,
      onsubmit: (event) => {
        event.preventDefault();
        submit();
      },
    },
    h('label', {}, h('span', {}, text.key.password), field),
    show,
    h('button', { type: 'submit', class: 'primary' }, text.key.unlock),
    h('p', { class: 'muted' }, text.key.passwordHint),
  );
  return {
    node,
    field,
    render() {
      const isAsked = entry.state === 'password';
      node.hidden = !isAsked;
      // The row gets its place in the page after it was rendered.
      if (isAsked && !wasAsked) queueMicrotask(takeFocus);
      if (!isAsked) reveal(false);
      wasAsked = isAsked;
    },
  };

  /** @param {boolean} on */
  function reveal(on) {
    field.type = on ? 'text' : 'password';
    setAttribute(show, 'aria-pressed', String(on));
    setText(show, text.key.show);
  }

  async function submit() {
    const password = field.value;
    if (password === '' || entry.state !== 'password') return;
    field.value = '';
    await session.enterPassword(entry, password);
    if (entry.state === 'password') field.focus();
  }

  function takeFocus() {
    const { drop } = session;
    const isDone = drop !== null && drop.keyDetails.length > 0 && lockedVersions(drop).length === 0;
    const isOnly = session.keys.entries.filter(({ state }) => state === 'password').length === 1;
    if (isOnly && !isDone && field.isConnected && !isBusyElsewhere(field)) field.focus();
  }
}

/**
 * Whether the person types somewhere, or is in another part of the host's page.
 * @param {Element} field
 */
function isBusyElsewhere(field) {
  const root = /** @type {ShadowRoot} */ (field.getRootNode());
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  if (!active || active === document.body || active === root.host) return false;
  return !root.contains(active) || active.matches(TYPING);
}
