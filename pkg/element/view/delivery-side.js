/** What shows a delivery: the keys, the result of a run, the files, and the bar to save them. */

import { keyStep } from './key-step.js';
import { leadToFiles } from './lead.js';
import { resultPart } from './result.js';
import { review } from './review.js';
import { saveBar } from './save-bar.js';

/**
 * @import { Session } from '../state/session.js'
 * @import { PartActions } from './parts.js'
 */

/**
 * @param {Session} session
 * @param {PartActions} actions
 */
export function deliverySide(session, actions) {
  const save = saveBar(session);
  const files = review(session, save.save);
  const result = resultPart(session, {
    again: save.again,
    review: () => leadToFiles(files.node),
    startOver: actions.intake.clear,
  });
  const key = keyStep(session, actions.offer);
  return {
    ...{ key, result, review: files, save },
    render() {
      for (const part of [key, result, files, save]) part.render();
    },
  };
}
