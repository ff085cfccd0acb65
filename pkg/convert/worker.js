/** The worker of runs that convert: the same as worker/main.js, and the conversion. */

import { serve } from '../worker/worker.js';
import { Conversion } from './conversion.js';
import { ConvertingWriter } from './converting-writer.js';

serve({
  convert: {
    writer: (writer, job) => new ConvertingWriter(writer, job),
    conversion: (job) => new Conversion(job),
  },
});
