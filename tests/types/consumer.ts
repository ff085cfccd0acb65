/** Uses every public name as a portal would. Compiled, never run: `npx tsc --project tests/types`. */

import type {
  Algorithm,
  Bytes,
  Compression,
  Converted,
  ConvertOptions,
  Dataset,
  DecryptionSummary,
  DecryptOptions,
  DropDecryptOptions,
  DropFile,
  DropItem,
  ErrorCode,
  ExactNumber,
  FileProgress,
  FileResult,
  FileSelection,
  ImportOptions,
  KeyDetails,
  KeyDetailsState,
  OwnBytes,
  Preview,
  PreviewColumn,
  PreviewOptions,
  Progress,
  Report,
  ReportKey,
  ReportSource,
  Role,
  Sink,
  UnlockOptions,
  UnwrapCallback,
  Verified,
} from 'mgdc-decrypt';
import {
  blobSink,
  DataDrop,
  DecryptionStream,
  decrypt,
  directorySink,
  FileKey,
  init,
  MgdcDecryptError,
  openDrop,
  outputPaths,
  PrivateKey,
  parseKeyDetails,
  reportAs,
  version,
  zipSink,
} from 'mgdc-decrypt';
import { endsLikeZip } from 'mgdc-decrypt/archive';
import { checkKey, init as initCheck, keyCheckAs, rehearse } from 'mgdc-decrypt/check';
import { keyChecker, loadLanguages as loadCheckLanguages } from 'mgdc-decrypt/check-element';
import { FORMATS } from 'mgdc-decrypt/convert';
import { type HostSink, loadLanguages, type MgdcDecryptElement, type Output } from 'mgdc-decrypt/element';
import { preview } from 'mgdc-decrypt/preview';

declare const picked: FileList;
declare const folder: FileSystemDirectoryHandle;
declare const details: KeyDetails;

export async function load(module: WebAssembly.Module): Promise<string> {
  await init();
  for (const source of ['/wasm/x.wasm', new URL('https://example.com/x.wasm'), new Uint8Array(), module])
    await init(source);
  return version();
}

export async function oneFile(json: string, pem: ArrayBuffer, data: File, signal: AbortSignal): Promise<Blob> {
  const entries: KeyDetails[] = parseKeyDetails(json);
  const [first] = entries;
  if (!first) throw new Error('no entry');
  using privateKey: PrivateKey = PrivateKey.import(pem);
  using fileKey: FileKey = FileKey.unwrap(first, privateKey, { algorithm: 'RSA-OAEP-256' });
  const algorithm: Algorithm | null = fileKey.algorithm;
  console.log(
    algorithm,
    fileKey.encoding,
    privateKey.bits.toFixed(),
    privateKey.keyId?.length,
    privateKey.versions.map((one) => one?.length),
  );
  const options: DecryptOptions = { compression: 'auto', decompress: true, outputLimit: 2 ** 40, signal };
  const plaintext: OwnBytes = await decrypt(data, fileKey, options);
  const bytes: Uint8Array = plaintext;
  privateKey.dispose();
  fileKey.dispose();
  return new Blob([plaintext, bytes.slice()]);
}

export async function laterBlobs(blob: Blob): Promise<(string | null)[]> {
  const [entry]: KeyDetails[] = await parseKeyDetails(blob);
  const options: ImportOptions = { password: 'secret', name: 'key.pfx' };
  const key: PrivateKey = await PrivateKey.import(blob, options);
  const place: string | undefined = entry?.place;
  const kind: 'file' | 'column' | undefined = entry?.kind;
  console.log(place, kind, entry?.wrappedKey.length, entry?.iv.length);
  return [entry?.publicKeyVersion ?? null, entry?.keyIdentifier ?? null, ...key.versions];
}

export async function asStream(file: File, answer: Bytes, target: FileSystemFileHandle): Promise<Verified> {
  const decryption = new DecryptionStream(FileKey.fromVault(answer, details), { compression: 'gzip' });
  await file
    .stream()
    .pipeThrough(decryption)
    .pipeTo(await target.createWritable());
  const summary: DecryptionSummary = await decryption.summary;
  const compression: Exclude<Compression, 'auto'> = summary.compression;
  console.log(compression, summary.bytesIn + summary.bytesOut, summary.warnings.join());
  return summary.verified;
}

export async function response(data: Blob, fileKey: FileKey): Promise<string> {
  const streamed = new Response(data.stream()).body?.pipeThrough(new DecryptionStream(fileKey, { repair: 'base64' }));
  return new Response(streamed).text();
}

export async function wholeDrop(signal: AbortSignal): Promise<Report> {
  const items: DropItem[] = [{ path: 'a/b.json', blob: new Blob() }];
  await openDrop(picked, { signal });
  await openDrop(picked, { signal, maxKeyDetails: 20_000 });
  await openDrop([...picked, ...items]);
  const drop: DataDrop = await openDrop(items.values());
  drop.files.forEach(listFile);
  drop.keyDetails.forEach(listEntry);
  const problems: readonly MgdcDecryptError[] = drop.problems;
  console.log(problems.length);

  await drop.unlock(PrivateKey.import(''), { signal, onprogress: ({ done, total }) => console.log(done / total) });
  const opened: number[] = await drop.unlock(PrivateKey.import(''));
  const options: UnlockOptions = { algorithm: 'RSA1_5', signal, keyDetails: opened[0] ?? 0 };
  await drop.unlock('{"value":"…"}', options);
  await drop.unlock(unwrap, { signal });
  await drop.unlock((wrappedKey) => wrappedKey);

  const sinks: Sink[] = [directorySink(folder), zipSink(new WritableStream()), new OneFile()];
  const run: DropDecryptOptions = {
    concurrency: 4,
    files: new Set(['a/b.json']),
    sha256: true,
    onprogress,
    outputLimit: 1e12,
    decompress: false,
    resume: true,
    signal,
  };
  for (const sink of sinks) await drop.decrypt(sink, run);
  const report = await drop.decrypt(directorySink(folder));
  console.log(report.decrypted + report.copied + report.failed, report.skipped, report.bytesWritten);
  report.files.forEach(listResult);
  drop[Symbol.dispose]();
  drop.dispose();
  return report;
}

const unwrap: UnwrapCallback = async (wrappedKey, { publicKeyVersion, algorithm, signal }) => {
  const url = `/unwrap/${publicKeyVersion}?algorithm=${algorithm ?? 'any'}`;
  const answer = await fetch(url, { method: 'POST', body: wrappedKey, signal });
  return answer.text();
};

function listFile({ path, size, role, content, keyDetails, repair, warnings, error, leftOut }: DropFile): void {
  const roles: Record<Role, string> = {
    'key-details': 'key',
    metadata: 'as it is',
    clear: 'as it is',
    encrypted: 'decrypted',
    'private-key': 'key',
    litter: 'no',
    'left-out': 'no',
  };
  console.log(path, size.toFixed(), roles[role], content?.length, keyDetails?.toFixed(), error?.code, leftOut?.message);
  console.log(repair?.length, warnings.join('; '));
}

function listEntry({ path, unlocked, algorithm, encoding, error, publicKeyVersion }: KeyDetailsState): void {
  const known: Algorithm | null = algorithm;
  console.log(path, unlocked ? known : error?.message, encoding?.length, publicKeyVersion);
}

function onprogress({
  bytesRead,
  bytesTotal,
  bytesWritten,
  filesDone,
  filesTotal,
  rate,
  secondsLeft,
  changed,
}: Progress): void {
  console.log(bytesRead / bytesTotal, bytesWritten, filesDone / filesTotal, rate.toFixed(), secondsLeft?.toFixed());
  changed.forEach(({ path, bytesRead, bytesTotal, bytesWritten, result }: FileProgress) => {
    console.log(path, bytesRead, bytesTotal, bytesWritten, result?.outcome);
  });
}

function listResult({
  path,
  output,
  outcome,
  bytes,
  verified,
  sha256,
  skipped,
  code,
  message,
  warnings,
}: FileResult): void {
  const words: Record<FileResult['outcome'], string> = { decrypted: 'opened', copied: 'as it was', failed: 'no' };
  const check: Verified = verified;
  console.log(
    path,
    output?.length,
    words[outcome],
    bytes.toFixed(),
    check,
    sha256?.length,
    skipped === true,
    message?.length,
    warnings.join(),
  );
  if (code) console.log(advice(code));
}

export async function chosen(drop: DataDrop, sink: Sink): Promise<string> {
  const datasets: Dataset[] = drop.datasets;
  const files: FileSelection = { only: ['*.json'], datasets: new Set(datasets.map(({ name }) => name)) };
  try {
    const report = await drop.decrypt(sink, { files, report: true, source: 'October' });
    const source: ReportSource = report.source;
    const keys: ReportKey[] = report.keys;
    const { crc32, adler32, none } = report.checksums;
    const counts = [report.notChosen, report.unfinished, report.seconds, source.files, crc32 + adler32 + none];
    console.log(
      counts,
      keys[0]?.keyVersion ?? '',
      Object.keys(report.options),
      report.tool.revision ?? report.tool.version,
    );
    return reportAs(report, 'markdown');
  } catch (error) {
    const partial = error instanceof MgdcDecryptError ? error.report : undefined;
    return partial ? `${partial.status} ${partial.stop?.code} ${partial.started} ${partial.ended}` : '';
  }
}

/** What a portal took in place of downloads. */
const kept = new Map<string, Blob>();
/** Where a portal wants the files. */
export const sinkOf = (sink: Sink): HostSink => sink;
export type Kept = Output['blob'];

export function element(): MgdcDecryptElement {
  const node = document.createElement('mgdc-decrypt');
  node.sample = async () => [{ path: 'sample/a.json', blob: new Blob() }];
  node.unwrap = unwrap;
  node.texts = {
    welcome: { title: 'Open your delivery' },
    help: { pasteList: ['A key.'] },
    line: { keys: (n: number) => `${n} keys` },
    check: { offer: 'Test it' },
  };
  node.sink = () => blobSink();
  node.addEventListener('mgdc-output', (event) => {
    event.preventDefault();
    kept.set(event.detail.name, event.detail.blob);
  });
  node.add(picked);
  node.addEventListener('mgdc-report', ({ detail }) => detail.files.forEach(listResult));
  node.addEventListener('mgdc-error', ({ detail }) => node.showProblem(detail, () => node.clear()));
  return document.querySelector('mgdc-decrypt') ?? node;
}

/** A sink of a portal's own. */
class OneFile implements Sink {
  open(path: string, { size, modified }: { size: number | null; modified: Date | null }): WritableStream<Uint8Array> {
    console.log(path, size?.toFixed(), modified?.getTime());
    return new WritableStream<Uint8Array>({ write: (chunk) => console.log(chunk.length) });
  }
  async close(): Promise<void> {}
  abort(reason: unknown): void {
    console.log(reason);
  }
}

export async function rehearsed(key: Blob): Promise<DropItem[]> {
  const algorithm: Algorithm = 'RSA-OAEP-256';
  await initCheck(new URL('https://portal.example/mgdc_check_bg.wasm'));
  return [...(await rehearse(key)), ...(await rehearse('PEM', { algorithm }))];
}

export async function blobs(drop: DataDrop): Promise<Blob | undefined> {
  const sink = blobSink({ limit: 2 ** 30 });
  await drop.decrypt(sink);
  // @ts-expect-error: they are the sink's
  sink.blobs.clear();
  const whole: ReadonlyMap<string, Blob> = sink.blobs;
  const chunks: BlobPart[] = [];
  await drop.decrypt(zipSink(new WritableStream({ write: (chunk) => void chunks.push(chunk) })));
  return whole.get('a/b.json') ?? new Blob(chunks);
}

export function listNames(): string[] {
  return outputPaths([{ path: 'a.json.gz', decompressed: true }]).map(({ path, changed }) => changed ?? path);
}

export function explain(error: unknown): string {
  if (!(error instanceof MgdcDecryptError)) return 'a defect of ours';
  const name: 'MgdcDecryptError' = error.name;
  return `${name} ${error.path ?? ''} ${error.code} ${advice(error.code)} ${String(error.cause)}`;
}

/** Without `default`: a new code does not compile until somebody has thought of it. */
function advice(code: ErrorCode): string {
  switch (code) {
    case 'ERR_WASM_LOAD':
    case 'ERR_FINISHED':
    case 'ERR_USAGE':
    case 'ERR_INTERNAL':
      return 'tell us';
    case 'ERR_KEY_DETAILS_MISSING':
    case 'ERR_KEY_DETAILS_JSON':
    case 'ERR_KEY_DETAILS_FIELD':
    case 'ERR_KEY_DETAILS_BASE64':
    case 'ERR_KEY_DETAILS_LIMIT':
    case 'ERR_IV_LENGTH':
      return 'key details';
    case 'ERR_PRIVATE_KEY_INVALID':
    case 'ERR_PRIVATE_KEY_MISSING':
    case 'ERR_PRIVATE_KEY_NOT_RSA':
    case 'ERR_PRIVATE_KEY_TOO_SMALL':
    case 'ERR_PRIVATE_KEY_ENCRYPTED':
    case 'ERR_PRIVATE_KEY_PASSWORD':
    case 'ERR_PRIVATE_KEY_COST':
    case 'ERR_PRIVATE_KEY_UNSUPPORTED':
      return 'private key';
    case 'ERR_PUBLIC_KEY_MISSING':
    case 'ERR_PUBLIC_KEY_INVALID':
    case 'ERR_PUBLIC_KEY_NOT_RSA':
    case 'ERR_PUBLIC_KEY_SIZE':
      return 'public key';
    case 'ERR_FILE_KEY_UNWRAP':
    case 'ERR_FILE_KEY_LENGTH':
    case 'ERR_FILE_KEY_MISSING':
    case 'ERR_VAULT_ANSWER':
    case 'ERR_CALLBACK':
      return 'file key';
    case 'ERR_CONVERTED':
      return 'file';
    case 'ERR_CIPHERTEXT_LENGTH':
    case 'ERR_PADDING':
    case 'ERR_UNRECOGNIZED':
    case 'ERR_COMPRESSED_DATA':
    case 'ERR_CHECKSUM':
    case 'ERR_TRAILING_DATA':
    case 'ERR_OUTPUT_LIMIT':
      return 'file';
    case 'ERR_READ':
    case 'ERR_WRITE':
    case 'ERR_NO_SPACE':
    case 'ERR_UNSAFE_NAME':
      return 'disk';
    case 'ERR_ROW_INVALID':
    case 'ERR_ROW_LIMIT':
    case 'ERR_ARCHIVE':
    case 'ERR_NOTHING_ENCRYPTED':
    case 'ERR_LITTER':
    case 'ERR_LINK_OUTSIDE':
    case 'ERR_LINK_LOOP':
    case 'ERR_NOT_A_FILE':
    case 'ERR_PRIVATE_KEY_IN_DROP':
    case 'ERR_SECRET_IN_DROP':
      return 'what lies in the drop';
    case 'ERR_ABORTED':
      return 'nothing';
  }
}

export async function check(element: MgdcDecryptElement, file: File): Promise<string> {
  await Promise.all([loadLanguages(), loadCheckLanguages()]);
  element.checker = keyChecker();
  const result = await checkKey([file, 'https://HOST/keys/NAME'], { services: ['mgdc'], now: new Date() });
  for (const { rule, verdict, message, source, remedy, command, keyIndex } of result.findings)
    console.log(rule, verdict, message, source, remedy?.length, command?.az?.length, keyIndex?.toFixed());
  for (const { item, code, text, say } of result.messages) console.log(item, code === 'ERR_CHECK_LIST', text, say);
  for (const { title, verdict, keys } of result.services) console.log(title, verdict === 'accepts', keys.length);
  for (const { bits, expires } of result.keys) console.log(bits?.toFixed(), expires === null, expires?.toFixed());
  console.log((await rehearse(file, { algorithm: 'RSA-OAEP-256' })).length, result.command, result.checkList?.length);
  // @ts-expect-error
  await checkKey([file], { services: ['teams'] });
  return keyCheckAs(result, 'markdown');
}

export async function wrong(drop: DataDrop, fileKey: FileKey): Promise<void> {
  // @ts-expect-error: handles come from their own functions
  new FileKey();
  // @ts-expect-error
  new PrivateKey();
  // @ts-expect-error
  new DataDrop();
  // @ts-expect-error
  await decrypt(12, fileKey);
  // @ts-expect-error: a private key opens no file by itself
  await decrypt('', PrivateKey.import(''));
  // @ts-expect-error
  await decrypt('', fileKey, { compression: 'brotli' });
  // @ts-expect-error
  FileKey.unwrap(details, PrivateKey.import(''), { algorithm: 'RSA-OAEP-512' });
  // @ts-expect-error: what was read later is a promise
  const entries: KeyDetails[] = parseKeyDetails(new Blob());
  // @ts-expect-error
  drop.files.push(entries);
  // @ts-expect-error
  await drop.decrypt(new WritableStream());
  // @ts-expect-error
  await openDrop([new Blob()]);
  // @ts-expect-error
  const code: ErrorCode = 'ERR_OTHER';
  console.log(code);
}

export async function look(drop: DataDrop, data: Blob, key: FileKey | null, signal: AbortSignal): Promise<string[]> {
  const options: PreviewOptions = { rows: 10, bytes: 65_536, signal };
  const found: Preview = await drop.preview('set/part-00000.json', options);
  const alone: Preview = await preview(data, key, {
    ...options,
    path: 'part.csv',
    repair: 'base64',
    compression: 'none',
  });
  const never: null = alone.verified;
  const columns: PreviewColumn[] = found.columns.filter(({ type, fillRate }) => type !== 'null' && fillRate !== null);
  const exact = found.rows[0]?.amount as ExactNumber | bigint | number;
  const code: ErrorCode | undefined = found.error?.code;
  return [
    ...columns.map(({ name }) => name),
    String(exact),
    String(code),
    String(never),
    found.cut ?? '',
    ...found.notes,
  ];
}

export async function convert(drop: DataDrop, sink: Sink): Promise<Converted[]> {
  const options: ConvertOptions = { to: FORMATS[0], flatten: true, bom: true, sampleRows: 10, splitRows: true };
  const report: Report = await drop.decrypt(sink, { convert: options });
  await drop.decrypt(sink, { convert: 'parquet' });
  // @ts-expect-error there is no such format
  await drop.decrypt(sink, { convert: 'xlsx' });
  const parts = report.files.flatMap(({ converted }) => converted?.parts ?? []);
  console.log(parts.map(({ output, rows, bytes, sha256 }) => [output, rows, bytes, sha256]));
  return report.files.flatMap(({ converted }) => {
    const { to, rows, columns, neutralized = 0, lateColumns } = converted ?? {};
    console.log(to, rows, columns, neutralized, lateColumns?.rows, lateColumns?.names.join());
    return converted ? [converted] : [];
  });
}

export async function archives(data: Blob): Promise<void> {
  const isZip: boolean = await endsLikeZip(data);
  // @ts-expect-error: it reads a Blob
  await endsLikeZip('drop.zip');
  console.log(isZip);
}
