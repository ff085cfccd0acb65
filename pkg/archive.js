/**
 * The reader of ZIP archives: see archive.d.ts. `openDrop` loads this when what was added may be one. It imports no
 * module with a state of its own, so that it can be one script: the bindings are handed to it.
 */

export { openZip } from './archive/open-zip.js';
export { placesOf } from './archive/places.js';
export { endsLikeZip } from './archive/zip-end.js';
