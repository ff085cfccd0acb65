/** The names of contenders that the tables compare with each other. */

export const OURS = 'mgdc-decrypt';
/** From another checkout: OTHER=… */
export const BEFORE = 'mgdc-decrypt, before';
export const TO_ZIP = 'mgdc-decrypt, to a ZIP';
export const BEFORE_TO_ZIP = 'mgdc-decrypt, to a ZIP, before';
/** Reads the drop from a ZIP archive. */
export const FROM_ZIP = 'mgdc-decrypt, from a ZIP';
export const NAIVE = 'naive JS';

/**
 * How fast the place makes small files at all: one at a time, `atOnce` at a time (as many as are in a batch of ours),
 * and in a browser with sync handles in a worker.
 */
export const BARE = {
  atOnce: 32,
  one: 'bare loop, 1 at a time',
  many: 'bare loop, 32 at a time',
  sync: 'bare loop, sync handles in a worker',
};
