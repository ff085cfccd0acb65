/**
 * mgdc-decrypt/check-element: the side “Check a key” of `<mgdc-decrypt>`. A page that wants it sets
 * `element.checker = keyChecker()`; an element without one has no such side, and loads nothing of this.
 */

import { CheckSession } from './element/check/check-session.js';
import { checkStyles } from './element/check/check-styles.js';
import { checkView } from './element/check/check-view.js';
import { checkVoice, isLoaded, loadCheckWords, words } from './element/check/check-words.js';

/** @import { KeyChecker } from './element/view/modes.js' */

export { loadLanguages } from './element/check/check-words.js';

/** @returns {KeyChecker} */
export function keyChecker() {
  const session = new CheckSession();
  /** @type {Parameters<KeyChecker['connect']>[0] | null} */
  let host = null;
  const build = () => checkView(session, (items) => host?.decrypt(items));
  let speak = checkVoice('en', 'en');
  let view = build();
  session.addEventListener('change', () => {
    host?.changed();
    const { result } = session;
    if (result && !session.isChecking) host?.say(() => words.result.done(result.services));
  });
  return {
    get intake() {
      return words.intake;
    },
    get offer() {
      return words.offer;
    },
    get node() {
      return view.node;
    },
    get styles() {
      return checkStyles();
    },
    get isEmpty() {
      return session.added.length === 0;
    },
    get isBusy() {
      return session.isChecking;
    },
    isLoaded,
    load: loadCheckWords,
    translate({ language, tag }, own) {
      speak = checkVoice(language, tag, own);
      speak();
      view = build();
    },
    speak: () => speak(),
    connect(to) {
      host = to;
    },
    add: (items) => session.add(items),
    clear: () => session.clear(),
    setAside: () => session.setAside(),
    render: () => view.render(),
  };
}
