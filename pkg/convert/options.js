/** The options of a conversion. */

/**
 * @import { ConvertOptions } from '../index.js'
 * @import { ConvertJob } from '../worker/protocol.js'
 */

export const FORMATS = /** @type {const} */ (['csv', 'parquet']);

const SAMPLE_ROWS = 1000;
/** The lines that Excel opens, without the header. */
const EXCEL_ROWS = 1_048_576 - 1;

/**
 * What the worker needs to know. @throws a TypeError
 * @param {ConvertOptions['to'] | ConvertOptions} options
 * @returns {ConvertJob}
 */
export function convertJob(options) {
  const given = typeof options === 'string' ? { to: options } : options;
  const { to, bom = false, flatten = false, sampleRows = SAMPLE_ROWS, splitRows = false } = given;
  if (!FORMATS.includes(to)) throw new TypeError(`convert: expected one of ${FORMATS.join(', ')}`);
  if (to === 'parquet' && (bom || splitRows !== false)) throw new TypeError('convert: bom and splitRows are for CSV');
  const most = splitRows === true ? EXCEL_ROWS : splitRows === false ? Number.POSITIVE_INFINITY : splitRows;
  if (!isCount(sampleRows)) throw new TypeError('convert: sampleRows must be a whole number of at least 1');
  if (!isCount(most) && most !== Number.POSITIVE_INFINITY)
    throw new TypeError('convert: splitRows must be true or a whole number of at least 1');
  return { to, bom, flatten, sampleRows, splitRows: most, part: 0, plan: null };
}

/** @param {number} value */
function isCount(value) {
  return Number.isSafeInteger(value) && value >= 1;
}
