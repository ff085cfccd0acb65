/** The step “Key”: the private keys, the key details, and the way through Key Vault. */

import { text } from '../words/text.js';
import { detailsList } from './details-list.js';
import { h } from './dom.js';
import { keyList } from './key-list.js';

/**
 * @import { Session } from '../state/session.js'
 * @import { Offer } from './key-list.js'
 */

/**
 * @param {Session} session
 * @param {() => Offer | null} offer
 */
export function keyStep(session, offer) {
  const keys = keyList(session, offer);
  const details = detailsList(session);
  const node = h(
    'section',
    { class: 'card found', hidden: true },
    h('h2', {}, text.found.title),
    keys.node,
    details.node,
  );
  return {
    node,
    render() {
      node.hidden = session.phase === 'empty' || (session.keys.entries.length === 0 && !session.drop);
      keys.render();
      details.render();
    },
  };
}
