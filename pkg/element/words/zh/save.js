/** Simplified Chinese: the ways to save, and the progress of a run. */

import { bytes, duration, number, percent } from '../format.js';
import { count, files } from './counts.js';

/** @import * as en from '../en/save.js' */

/** @type {typeof en.ways} */
export const ways = {
  title: '保存',
  folder: '解密到文件夹',
  folderShort: '文件夹',
  zip: '解密到 ZIP',
  zipShort: 'ZIP',
  give: '解密并交给门户',
  giveHint: '解密后的文件会交给此页面所在的门户。',
  sinkFailed: (reason) => `此页面所在的门户没有说明文件应交到哪里（${reason}）；请询问该门户的管理者`,
  saveClear: '按原样保存未加密的文件',
  options: '保存选项',
  convert: 'CSV、Parquet',
  convertHint: '解密并转换为 CSV 或 Parquet',
  convertTitle: '解密并转换',
  formats: {
    csv: {
      title: 'CSV，用于电子表格',
      about: 'JSON 中的每一行会变为表格中的一行。其他文件按原样保存。',
      folder: '解密为 CSV 并保存到文件夹',
      zip: '解密为 CSV 并保存到 ZIP',
    },
    parquet: {
      title: 'Parquet，用于数据工具',
      about: '各列带有类型，适用于 Spark、DuckDB、pandas 等。其他文件按原样保存。',
      folder: '解密为 Parquet 并保存到文件夹',
      zip: '解密为 Parquet 并保存到 ZIP',
    },
  },
  flatten: '每个嵌套值各占一列',
  notResumed: '转换的内容无法继续上次运行：始终从头写入。请选择一个空文件夹。',
  report: '将报告与数据一起保存',
  reportHint: '形式为可供阅读和打印的网页、JSON 以及 SHA256SUMS。',
  salvage: '保存已损坏文件的可读部分',
  salvageHint: '此类文件以 .partial 结尾。它们计为失败，其中的任何内容均未校验。',
  cancel: '取消',
  cancelHint: '按 Esc 键也可取消',
  folderMissing: '保存到文件夹需要在计算机上使用 Chrome 或 Edge。此处请使用 ZIP。',
  folderInsecure: '保存到文件夹需要 https:// 地址。此处请使用 ZIP。',
  folderFrame: '此框架不允许打开文件夹。请在单独的标签页中打开此页面，或使用 ZIP。',
  folderRefused: '浏览器不允许写入该文件夹；请选择其他文件夹，或使用 ZIP。',
  folderHintShort: '文件夹必须为空或新建。',
  folderHint: '请选择空文件夹。浏览器不允许直接使用“下载”、“文档”或“桌面”文件夹；可以使用其中的文件夹。',
  folderHintResume: '若要开始：请选择空文件夹。若要继续：请再次选择同一个文件夹。',
  resume: '继续上次运行：跳过此文件夹中已解密的文件',
  resumeHint: '在文件夹中保留一个小列表（名称、大小、哈希）：.mgdc-decrypt.json。请在首次运行之前启用。',
  held: (size) =>
    `此浏览器会先在内存中生成 ZIP，然后再保存。大小为 ${bytes(size)} 时，这可能会失败；Chrome 或 Edge 可以直接写入磁盘。`,
  heldInStorage:
    '较大的结果会先以解密后的形式保存在这台计算机上浏览器的专用存储中。结果从该处下载，并在几分钟后删除。磁盘需要有容纳两份副本的空间。',
  heldShort: 'ZIP 会先以解密后的形式保存在浏览器的专用存储中。选项中有更多说明。',
  heldInMemoryShort: 'ZIP 在内存中生成，可能会失败。选项中有更多说明。',
  noRoomToSpill: (room, needed) =>
    `浏览器的专用存储中有 ${bytes(room)} 空间，而至少需要 ${bytes(needed)}；请释放一些磁盘空间，逐个保存文件，` +
    '或使用可直接写入磁盘的 Chrome 或 Edge。',
  spillFull: (written) =>
    `浏览器的专用存储在写入 ${bytes(written)} 后已满；请释放一些磁盘空间，逐个保存文件，` +
    '或使用可直接写入磁盘的 Chrome 或 Edge。',
  noStorage: (reason) => `无法写入浏览器的专用存储（${reason}）；请允许此页面存储数据，或使用 Chrome 或 Edge。`,
  chosen({ totals, bytes: size, clear }) {
    if (totals.files === 0) return '未选择任何内容';
    if (clear || totals.deliverable === 0) {
      if (totals.locked > 0) return `${files(totals.locked)}已锁定`;
      return totals.encrypted > 0 || totals.damaged > 0 ? '此处没有可解密的内容' : `${files(totals.files)}，均未加密`;
    }
    return size === null ? files(totals.deliverable) : `${files(totals.deliverable)} · ${bytes(size)}`;
  },
  notSaved({ totals, clear }) {
    if (clear) return `${files(totals.asIs)}未加密，可按原样保存。`;
    if (totals.deliverable === 0) return totals.damaged > 0 ? `${files(totals.damaged)}已损坏。` : '';
    const parts = [
      totals.locked > 0 && count(totals.locked, '已锁定的文件'),
      totals.damaged > 0 && count(totals.damaged, '已损坏的文件'),
    ].filter(Boolean);
    return parts.length > 0 ? `不包括 ${parts.join('和 ')}` : '';
  },
  shortFile: (found, expected) =>
    `保存的文件有 ${number(found)} 字节，而应有 ${number(expected)} 字节；请重新保存到其他位置。`,
  noRoom: '浏览器没有空间容纳结果；请保存到文件夹，或释放一些磁盘空间。',
  zipName: (folder) => `${folder ?? 'delivery'}-decrypted.zip`,
  clearName: (folder) => `${folder ?? 'delivery'}-clear-files.zip`,
  convertName: (folder, format) => `${folder ?? 'delivery'}-${format}.zip`,
  againName: (folder) => `${folder ?? 'delivery'}-decrypted-again.zip`,
};

/** @type {typeof en.progress} */
export const progress = {
  label: '所有文件的进度',
  starting: '正在开始…',
  cancelling: '正在取消…',
  finishing: '正在完成：浏览器正在关闭文件…',
  percent: (progress) => percent(progress.bytesRead, progress.bytesTotal),
  amount: ({ bytesRead, bytesTotal }) => `${bytes(bytesRead)}，共 ${bytes(bytesTotal)}`,
  files: ({ filesDone, filesTotal }) => `${number(filesDone)} 个，共 ${files(filesTotal)}`,
  rate: (rate) => `每秒 ${bytes(rate)}`,
  left: (seconds) => `剩余 ${duration(seconds)}`,
};

/** @type {typeof en.spilled} */
export const spilled = {
  note: (size) =>
    `解密后的副本（${bytes(size)}）位于浏览器的专用存储中，下载来自该处。` +
    '该副本将在几分钟后删除；如果关闭此页面，则在下次打开此页面时删除。',
  remove: '下载已完成：立即删除副本',
  busy: '浏览器仍在复制该副本。稍后会将其删除。',
};
