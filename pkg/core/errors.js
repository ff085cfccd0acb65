/** The error class, and how anything that was thrown becomes one. */

/** @import { ErrorCode, Report } from '../index.js' */

/**
 * Our code and sentence for what the browser or Node throws. @typedef {[code: ErrorCode, message: string]}
 * Kind
 */
/**
 * What a message can carry. @typedef {{ code: ErrorCode, message: string, path?: string, cause?: string }} PlainError
 */
/**
 * Like Error, except for what the class below sets on its prototype. `report`: see index.d.ts.
 *
 * @typedef {new (message?: string, options?: ErrorOptions) => Error & { readonly name: 'MgdcDecryptError',
 * report?: Report }} NamedError
 */

/** Every failure of this package. Callers may rely on `code`, not on the text. */
export class MgdcDecryptError extends /** @type {NamedError} */ (Error) {
  // On the prototype, as in the built-in errors: so the stack starts with it, and no instance carries a copy.
  static {
    Object.defineProperty(MgdcDecryptError.prototype, 'name', {
      value: 'MgdcDecryptError',
      writable: true,
      configurable: true,
    });
    Object.defineProperty(MgdcDecryptError.prototype, 'report', {
      value: undefined,
      writable: true,
      configurable: true,
    });
  }

  /**
   * @param {ErrorCode} code
   * @param {string} message
   * @param {{ path?: string, cause?: unknown }} [details]
   */
  constructor(code, message, { path, cause } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    if (path !== undefined) this.path = path;
  }
}

/**
 * Turns anything that was thrown into an `MgdcDecryptError`: `{ code, message, path?, cause? }`, as wasm throws it and
 * `toPlain` sends it; DOMExceptions of reading and cancelling; and everything else as ERR_INTERNAL.
 * @param {unknown} value
 */
export function toError(value) {
  if (value instanceof MgdcDecryptError) return value;
  if (isPlain(value)) return new MgdcDecryptError(value.code, String(value.message), value);
  const { name } = namesOf(value);
  const [code, message] = KNOWN[name] ?? ['ERR_INTERNAL', `something failed unexpectedly: ${describe(value)}`];
  return new MgdcDecryptError(code, message, { cause: value });
}

/**
 * The same for what a sink's target threw. Here NotFoundError is about the target, and AbortError does not mean that
 * the user cancelled.
 * @param {unknown} value
 * @param {string} [path]
 */
export function toWriteError(value, path) {
  if (value instanceof MgdcDecryptError) return value;
  if (isPlain(value)) return toError(value);
  const { name, code: systemCode } = namesOf(value);
  const [code, message] =
    KNOWN_OF_WRITING[name] ??
    KNOWN_OF_WRITING[systemCode] ??
    WRITE(`writing failed: ${describe(value)}; check the target and save again`);
  return new MgdcDecryptError(code, message, { path, cause: value });
}

/**
 * The error for an aborted signal, whose reason may be any value.
 * @param {unknown} reason
 * @param {string} [message]
 */
export function aborted(reason, message = 'cancelled') {
  return new MgdcDecryptError('ERR_ABORTED', message, { cause: reason });
}

/**
 * For a part of the package that is loaded only when it is needed.
 * @param {string} what
 * @returns {(cause: unknown) => never}
 */
export function notLoaded(what) {
  const message = `${what} could not be loaded: check that all files of mgdc-decrypt are served; try again`;
  return (cause) => {
    throw new MgdcDecryptError('ERR_WASM_LOAD', message, { cause });
  };
}

/**
 * A plain object for `postMessage`, which `toError` turns back into an error on the other side. Structured cloning of
 * the error itself would lose its class and code.
 * @param {unknown} error
 */
export function toPlain(error) {
  const { code, message, path, cause } = toError(error);
  /** @type {PlainError} */
  const plain = { code, message };
  if (path !== undefined) plain.path = path;
  if (cause !== undefined) plain.cause = describe(cause); // as text: the thrown value may not be cloneable
  return plain;
}

/**
 * Name and code of a thrown value.
 * @param {unknown} value
 */
function namesOf(value) {
  const { name, code } = /** @type {{ name?: unknown, code?: unknown }} */ (value ?? {});
  return { name: String(name), code: typeof code === 'string' ? code : '' };
}

/**
 * Whether a value is one of our errors in plain form. Node's errors have codes that look like ours
 * (ERR_INVALID_STATE), so an Error counts only if it comes from another copy of this module.
 * @param {unknown} value
 * @returns {value is { code: ErrorCode, message: unknown, path?: string, cause?: unknown }}
 */
function isPlain(value) {
  if (!namesOf(value).code.startsWith('ERR_')) return false;
  return !(value instanceof Error) || value.name === 'MgdcDecryptError';
}

/** @param {unknown} value */
function describe(value) {
  if (value instanceof Error) return value.message ? `${value.name}: ${value.message}` : value.name;
  try {
    return String(value);
  } catch {
    return typeof value; // an object without a prototype
  }
}

/** @type {Kind} */
const NO_SPACE = [
  'ERR_NO_SPACE',
  'there is no space left in the target; make room there or choose another, and save again',
];

/** @type {(reason: string) => Kind} */
const READ = (reason) => ['ERR_READ', `the file could not be read: ${reason}; add it again`];

// Names of DOMExceptions: https://webidl.spec.whatwg.org/#idl-DOMException-error-names
/** @type {Record<string, Kind>} */
const KNOWN = {
  AbortError: ['ERR_ABORTED', 'cancelled'],
  QuotaExceededError: NO_SPACE,
  NotReadableError: READ('it has changed since it was added, or the permission to read it was withdrawn'),
  NotFoundError: READ('it was moved or deleted after it was added'),
};

/** @type {(problem: string) => Kind} */
const WRITE = (problem) => ['ERR_WRITE', problem];

// What File System Access throws: https://fs.spec.whatwg.org/ and https://wicg.github.io/file-system-access/
/** @type {Record<string, Kind>} */
const KNOWN_OF_WRITING = {
  QuotaExceededError: NO_SPACE,
  ENOSPC: NO_SPACE, // Node's codes
  EDQUOT: NO_SPACE,
  NotAllowedError: WRITE('the browser may not write to the folder; choose it again and allow changes'),
  NoModificationAllowedError: WRITE('the file is locked by another program or tab; close it there and save again'),
  NotFoundError: WRITE('the folder was moved or deleted meanwhile; choose it again'),
  AbortError: WRITE(
    'the browser refused to finish the file, perhaps because its malware protection objects; save as ZIP',
  ),
  SecurityError: WRITE('the browser does not let this page write to folders; save as ZIP'),
  InvalidStateError: WRITE('the file was changed by another program meanwhile; save again'),
};
