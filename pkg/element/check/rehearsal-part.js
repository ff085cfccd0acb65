/** A rehearsal for a key that was added: a ZIP with a small invented delivery. */

import { zipSink } from '../../api.js';
import { rehearse } from '../../check.js';
import { BlobWriter } from '../save/blob-writer.js';
import { handOver } from '../save/hand-over.js';
import { h, setText } from '../view/dom.js';
import { explained } from '../view/problem.js';
import { text } from '../words/text.js';
import { words } from './check-words.js';

/**
 * @import { DropItem } from '../../index.js'
 * @import { CheckSession } from './check-session.js'
 */

/** @param {CheckSession} session */
export function rehearsalPart(session) {
  const said = h('div', { role: 'status', 'data-testid': 'rehearsal-said' });
  const start = h('button', { type: 'button', 'data-testid': 'rehearse', onclick: make }, words.rehearse.button);
  const node = h(
    'section',
    { class: 'card', hidden: true },
    h('h2', {}, words.rehearse.title),
    h('p', { class: 'muted' }, words.rehearse.hint),
    h('div', { class: 'buttons' }, start),
    said,
  );

  return {
    node,
    render() {
      node.hidden = sources().length === 0;
      if (node.hidden) setText(said, '');
    },
  };

  /** Blobs of what describes a key; one of them shows its public half. */
  function sources() {
    return session.result?.keys.length
      ? session.added.flatMap(({ item }) => (typeof item !== 'string' && 'blob' in item ? [item.blob] : []))
      : [];
  }

  async function make() {
    start.setAttribute('aria-disabled', 'true');
    /** @type {unknown} */
    let failure = null;
    for (const blob of sources()) {
      try {
        const fate = await save(await rehearse(blob), node);
        setText(said, fate === 'unsure' ? text.summary.unsure([words.rehearse.name]) : words.rehearse.saved);
        start.removeAttribute('aria-disabled');
        return;
      } catch (error) {
        failure ??= error;
      }
    }
    start.removeAttribute('aria-disabled');
    said.replaceChildren(...(failure instanceof Error ? explained(failure) : []));
  }
}

/**
 * @param {DropItem[]} items
 * @param {Element} from
 */
async function save(items, from) {
  const writer = new BlobWriter();
  const sink = zipSink(new WritableStream({ write: (/** @type {Uint8Array} */ chunk) => writer.write(chunk) }));
  for (const { path, blob } of items) {
    const stream = /** @type {Blob} */ (blob).stream();
    await stream.pipeTo(await sink.open(path, { size: blob.size }));
  }
  await sink.close();
  return handOver(await writer.blob('application/zip'), words.rehearse.name, from);
}
