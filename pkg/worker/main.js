/** The worker's script, but for runs that convert: see convert/worker.js. */

import { serve } from './worker.js';

serve();
