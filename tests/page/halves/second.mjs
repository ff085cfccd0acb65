/** Half of the files of tests/page: see half.mjs. */

import { half } from './half.mjs';

await half(1);
