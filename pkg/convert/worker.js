/** The worker of runs that convert: the same as worker/main.js, and the conversion. */

import { serve } from '../worker/worker.js';
import { ConvertingWriter } from './converting-writer.js';
import { convertWhole } from './whole.js';

serve({
  convert: { writer: (writer, job) => new ConvertingWriter(writer, job), whole: convertWhole },
});
