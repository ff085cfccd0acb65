/** The report as files among the output of a run. */

import { reportAs } from './report-as.js';

/** @import { FileResult, Report, Sink } from '../index.js' */

/** Names at the top of the output. No file of the drop gets one of them in a run that writes its report there. */
export const REPORT_NAMES = ['mgdc-decrypt-report.html', 'mgdc-decrypt-report.json', 'SHA256SUMS'];

/**
 * Writes the report, and a list of hashes, into the sink.
 * @param {Sink} sink
 * @param {Report} report
 */
export async function writeReport(sink, report) {
  const texts = [reportAs(report, 'html'), reportAs(report, 'json'), checksums(report.files)];
  for (const [index, path] of REPORT_NAMES.entries()) {
    const bytes = new TextEncoder().encode(texts[index]);
    const stream = await sink.open(path, { size: bytes.length, modified: new Date(report.ended) });
    const writer = stream.getWriter();
    writer.closed.catch(() => {}); // every write and close reports its own error
    try {
      await writer.write(bytes);
      await writer.close();
    } catch (error) {
      await writer.abort(error).catch(() => {});
      throw error;
    }
  }
}

/**
 * What `sha256sum -c` takes (manual of GNU coreutils, md5sum).
 * @param {readonly FileResult[]} files
 */
export function checksums(files) {
  return files
    .map(({ output, sha256 }) => (output === null || sha256 === undefined ? '' : line(output, sha256)))
    .join('');
}

/**
 * A name with a backslash or a line break is escaped, and a backslash before the hash says so.
 * @param {string} name
 * @param {string} sha256
 */
function line(name, sha256) {
  const escaped = name.replace(/[\\\n\r]/g, (character) => ({ '\n': '\\n', '\r': '\\r' })[character] ?? '\\\\');
  return `${escaped === name ? '' : '\\'}${sha256}  ${escaped}\n`;
}
