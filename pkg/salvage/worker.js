/** The worker that salvages: the same as worker/main.js, and salvage, for which it gets the second module, too. */

import { serve } from '../worker/worker.js';
import { salvageInto, start } from './salvage-into.js';

serve({ salvage: { start, into: salvageInto } });
