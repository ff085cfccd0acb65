/**
 * The attempts, as one module that both pages load: the sealed copy of the page and a bare one. A way out is
 * `[name, run]`, or `[name, run, 'own']` where it leads to the page's own host; `run(to)` tries it. Node imports this
 * module for the names alone.
 */

import { elements } from './elements.js';
import { frames } from './frames.js';
import { hints } from './hints.js';
import { navigation } from './navigation.js';
import { ownHost } from './own-host.js';
import { Absent } from './parts.js';
import { requests } from './requests.js';
import { styles } from './styles.js';
import { peer, webrtc } from './webrtc.js';
import { workers } from './workers.js';

export const groups = {
  Navigation: navigation,
  WebRTC: webrtc,
  'Frames and windows': frames,
  Requests: requests,
  Elements: elements,
  Styles: styles,
  'Hints to the browser': hints,
  Workers: workers,
  'To the page’s own host': ownHost,
};

/** Tries one way. What becomes of it is seen outside; this only tells an interface that the browser does not have. */
globalThis.attempt = async (group, index, to) => {
  const [, run] = groups[group][index];
  try {
    await Promise.race([run(to), new Promise((resolve) => setTimeout(resolve, 500))]);
    return 'tried';
  } catch (error) {
    return error instanceof Absent ? 'absent' : `tried: ${error}`;
  }
};

globalThis.peer = peer;
globalThis.attemptsReady = true;
