/** The worker's script, but for runs that convert, and for salvage: see convert/worker.js and salvage/worker.js. */

import { serve } from './worker.js';

serve();
