/** The progress of the whole run: one bar, and its meaning in words. */

import { text } from '../words/text.js';
import { h, setAttribute, setText } from './dom.js';

/**
 * @import { Progress } from '../../index.js'
 * @import { Session } from '../state/session.js'
 */

/** @param {Session} session */
export function progressPart(session) {
  const words = h('span', { class: 'progress-words' });
  const percent = h('span', { class: 'progress-percent' });
  const bar = h('progress', { 'data-testid': 'overall-progress', 'aria-label': text.progress.label });
  const node = h('div', { class: 'progress', hidden: true }, h('div', { class: 'progress-line' }, percent, words), bar);
  return { node, render, progress };

  function render() {
    node.hidden = !session.current;
    progress();
  }

  // After the run the hidden bar keeps its last value, so that a script can see how the run ended.
  function progress() {
    const run = session.current;
    if (!run) return;
    const now = run.progress;
    if (!now) {
      setAttribute(bar, 'value', null); // makes the bar indeterminate
      setText(percent, run.cancelling ? text.progress.cancelling : text.progress.starting);
      setText(words, '');
      return;
    }
    setAttribute(bar, 'max', Math.max(now.bytesTotal, 1));
    setAttribute(bar, 'value', now.bytesTotal > 0 ? now.bytesRead : 1);
    setText(percent, text.progress.percent(now));
    setText(words, run.cancelling ? text.progress.cancelling : describe(now));
  }
}

/** @param {Progress} progress */
function describe(progress) {
  if (progress.bytesRead >= progress.bytesTotal) return text.progress.finishing;
  const parts = [text.progress.amount(progress), text.progress.files(progress)];
  if (progress.rate > 0) parts.push(text.progress.rate(progress.rate));
  if (progress.secondsLeft !== null) parts.push(text.progress.left(progress.secondsLeft));
  // On a small screen it takes two lines, and breaks after a part.
  return parts.map((part) => part.replaceAll(' ', '\u00a0')).join('\u00a0· ');
}
