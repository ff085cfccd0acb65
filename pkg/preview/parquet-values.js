/** Values and types of Parquet columns, as the rows of a preview have them. */

import { defineKey } from '../rows/columns.js';
import { parseJson } from '../rows/json-rows.js';

/**
 * @import { FileMetaData, SchemaElement, SchemaTree } from 'hyparquet'
 * @import { ColumnType } from '../rows/columns.js'
 * @import { Value } from '../rows/json-rows.js'
 */

/** Times as ISO 8601 text with all their digits: a Date has no more than milliseconds. */
export const PARSERS = {
  timestampFromMilliseconds: (/** @type {bigint} */ count) => isoTime(BigInt(count), 3),
  timestampFromMicroseconds: (/** @type {bigint} */ count) => isoTime(count, 6),
  timestampFromNanoseconds: (/** @type {bigint} */ count) => isoTime(count, 9),
  dateFromDays: (/** @type {number | undefined} */ days) =>
    days == null ? days : isoTime(BigInt(days) * 86_400n, 0)?.slice(0, -'T00:00:00Z'.length),
  jsonFromBytes: (/** @type {Uint8Array | undefined} */ bytes) => bytes && parseJson(new TextDecoder().decode(bytes)),
};

/**
 * @param {bigint | null | undefined} count
 * @param {number} digits of the fraction of a second
 */
function isoTime(count, digits) {
  if (count == null) return count;
  const unit = 10n ** BigInt(digits);
  const fraction = ((count % unit) + unit) % unit;
  const time = new Date(Number((count - fraction) / unit) * 1000);
  if (Number.isNaN(time.getTime())) return String(count); // beyond the year 275,760
  const shown = fraction === 0n ? '' : `.${String(fraction).padStart(digits, '0')}`;
  return time.toISOString().replace(/\.000Z$/, `${shown}Z`);
}

/**
 * The metadata with flat decimals as plain numbers or bytes, because hyparquet makes doubles of them.
 * @param {FileMetaData} metadata
 * @returns {FileMetaData}
 */
export function withoutDecimals(metadata) {
  const schema = metadata.schema.map((element) =>
    isDecimal(element) ? { ...element, converted_type: undefined, logical_type: undefined } : element,
  );
  return { ...metadata, schema };
}

/**
 * @param {ArrayLike<unknown>} values
 * @param {SchemaElement} element
 * @param {number} count
 * @returns {Value[]}
 */
export function valuesOf(values, element, count) {
  const isLocal = element.logical_type?.type === 'TIMESTAMP' && element.logical_type.isAdjustedToUTC === false;
  return Array.from({ length: count }, (_, index) => {
    const value = values[index];
    if (isDecimal(element) && value != null) return decimal(value, element.scale ?? 0);
    // A time without a zone.
    if (isLocal && typeof value === 'string') return value.replace(/Z$/, '');
    return plain(value);
  });
}

/**
 * @param {{ element: SchemaElement, children: readonly SchemaTree[] }} node
 */
export function isFlat({ element, children }) {
  return children.length === 0 && element.repetition_type !== 'REPEATED';
}

/**
 * @param {SchemaTree} node
 * @returns {ColumnType}
 */
export function columnType(node) {
  const { type, converted_type: converted, logical_type: logical, repetition_type: repetition } = node.element;
  if (repetition === 'REPEATED' || converted === 'LIST' || logical?.type === 'LIST') return 'array';
  if (node.children.length > 0) return 'object';
  if (isDecimal(node.element) || type === 'FLOAT' || type === 'DOUBLE' || logical?.type === 'FLOAT16') return 'number';
  if (converted === 'DATE' || logical?.type === 'DATE') return 'date';
  // A time without a zone is no point in time.
  if (logical?.type === 'TIMESTAMP') return logical.isAdjustedToUTC ? 'timestamp' : 'text';
  if (type === 'INT96' || String(converted).startsWith('TIMESTAMP')) return 'timestamp';
  if (converted === 'JSON' || logical?.type === 'JSON') return 'mixed';
  if (type === 'BOOLEAN') return 'boolean';
  return type === 'INT32' || type === 'INT64' ? 'integer' : 'text';
}

/** @param {SchemaElement} element */
function isDecimal({ converted_type: converted, logical_type: logical }) {
  return converted === 'DECIMAL' || logical?.type === 'DECIMAL';
}

/**
 * @param {unknown} value the digits without the point, as a number or as big-endian bytes
 * @param {number} scale
 * @returns {Value}
 */
function decimal(value, scale) {
  const whole = value instanceof Uint8Array ? signed(value) : BigInt(/** @type {number | bigint} */ (value));
  const digits = String(whole < 0n ? -whole : whole).padStart(scale + 1, '0');
  const point = digits.length - scale;
  const text = scale > 0 ? `${digits.slice(0, point)}.${digits.slice(point)}` : digits;
  return /** @type {Value[]} */ (parseJson(`[${whole < 0n ? '-' : ''}${text}]`))[0];
}

/** @param {Uint8Array} bytes */
function signed(bytes) {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return BigInt.asIntN(8 * bytes.length, value);
}

/**
 * A value as JSON rows have it: whole numbers as numbers up to 2^53, bytes as text where they are, else in hex.
 * @param {unknown} value
 * @returns {Value}
 */
function plain(value) {
  if (value === undefined || value === null) return null;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (value instanceof Uint8Array) return bytesText(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    /** @type {{ [name: string]: Value }} */
    const object = {};
    for (const [name, each] of Object.entries(value)) defineKey(object, name, plain(each));
    return object;
  }
  return /** @type {Value} */ (value);
}

/** @param {Uint8Array} bytes */
function bytesText(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  }
}
