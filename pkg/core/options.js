/** What the core would pass over in silence: a name that it does not know is told to the caller instead. */

export const COMPRESSIONS = ['auto', 'gzip', 'zlib', 'deflate', 'none'];
const ALGORITHMS = ['RSA-OAEP', 'RSA-OAEP-256', 'RSA-OAEP-256-MGF1-SHA1', 'RSA1_5'];

export const checkCompression = (name) => check('compression', name, COMPRESSIONS);

/** Nothing given means that all are tried. */
export const checkAlgorithm = (name) => name == null || check('algorithm', name, ALGORITHMS);

function check(option, name, known) {
  if (!known.includes(name)) throw new TypeError(`${option}: expected one of ${known.join(', ')}`);
}
