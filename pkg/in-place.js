/** mgdc-decrypt/in-place: see in-place.d.ts. */

import { setInPlace } from './core/worker-thread.js';
import { serveInPlace } from './worker/in-place.js';

setInPlace(serveInPlace);
