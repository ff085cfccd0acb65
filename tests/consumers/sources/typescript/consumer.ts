import { blobSink, FileKey, MgdcDecryptError, openDrop, PrivateKey, parseKeyDetails, zipSink } from 'mgdc-decrypt';
import { checkKey } from 'mgdc-decrypt/check';
import type { MgdcDecryptElement } from 'mgdc-decrypt/element';
import { preview } from 'mgdc-decrypt/preview';
import { init, openDrop as openSlim } from 'mgdc-decrypt/slim';

export async function portal(files: FileList, pem: string, json: string): Promise<Blob> {
  const drop = await openDrop(files);
  await drop.unlock(PrivateKey.import(pem));
  const sink = blobSink({ limit: 2 ** 30 });
  await drop.decrypt(sink);
  for (const [path, blob] of sink.blobs) console.log(path, blob.size);
  const [details] = parseKeyDetails(json);
  if (!details) throw new MgdcDecryptError('ERR_USAGE', 'no entry');
  const key = FileKey.unwrap(details, PrivateKey.import(pem));
  console.log((await preview(json, key)).rows, (await checkKey([...files])).findings.length);
  const chunks: BlobPart[] = [];
  await drop.decrypt(zipSink(new WritableStream({ write: (chunk) => void chunks.push(chunk) })));
  return new Blob(chunks);
}

export async function slim(files: FileList, element: MgdcDecryptElement): Promise<void> {
  await init('/mgdc_decrypt_bg.wasm');
  element.add(files);
  (await openSlim(files)).dispose();
}
