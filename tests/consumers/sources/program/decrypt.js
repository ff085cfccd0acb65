/** What every consumer runs: the README's smallest example, and what has to work in the turn of the import. */

import { blobSink, DecryptionStream, FileKey, openDrop, PrivateKey, parseKeyDetails, version } from 'mgdc-decrypt';
import { files } from './sample.js';

/** @param {string} base64 */
const bytesOf = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
const pems = files.filter(({ path }) => path.endsWith('.pem')).map(({ base64 }) => atob(base64));
const [json] = files.filter(({ path }) => path.endsWith('KeyDetails.json')).map(({ base64 }) => atob(base64));

/** Without any `await`. */
export function atOnce() {
  return [version(), parseKeyDetails(json).length, PrivateKey.import(pems[0]).bits].join(' ');
}

/** The bytes of each output. */
export async function decryptSample() {
  const drop = await openDrop(files.map(({ path, base64 }) => ({ path, blob: new Blob([bytesOf(base64)]) })));
  for (const pem of pems) await drop.unlock(PrivateKey.import(pem));
  const sink = blobSink();
  const report = await drop.decrypt(sink);
  const failed = report.files.filter(({ outcome }) => outcome === 'failed').map(({ message }) => message);
  if (failed.length > 0) throw new Error(failed.join('; '));
  const sizes = [...sink.blobs].map(([path, { size }]) => `${path} ${size}`).sort();
  return `${report.decrypted} decrypted: ${sizes.join(', ')}`;
}

/** One file as a stream, without workers. */
export async function streamSample() {
  const [entry] = parseKeyDetails(json);
  const found = [];
  for (const pem of pems) {
    try {
      found.push(FileKey.unwrap(entry, PrivateKey.import(pem)));
    } catch {} // the other key's
  }
  const [{ base64 }] = files.filter(({ path }) => path.includes('Message_v0/2024-05-01'));
  const stream = new Blob([bytesOf(base64)]).stream().pipeThrough(new DecryptionStream(found[0]));
  const { size } = await new Response(stream).blob();
  return `${size} streamed`;
}

export async function all() {
  return `${atOnce()} | ${await decryptSample()}`;
}
