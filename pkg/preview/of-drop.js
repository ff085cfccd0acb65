/** What DataDrop.preview loads. It imports no module with a state of its own, so that it can be one script. */

export { previewKey } from './file-key.js';
export { previewFile } from './preview-file.js';
