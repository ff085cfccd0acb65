/** Simplified Chinese: the list of files. */

import { percent } from '../format.js';

/** @import * as en from '../en/files.js' */

/** @type {typeof en.files} */
export const files = {
  list: '数据集和文件',
  save: (name) => `保存 ${name}`,
  keyDetails: '密钥详细信息：仅读取，不复制',
  metadata: '元数据：按原样复制',
  clear: (content) => (content ? `未加密（${content}）：按原样复制` : '未加密：按原样复制'),
  ready: (repair) => (repair ? `就绪，已修复（${repair}）` : '就绪'),
  locked: '已锁定',
  waiting: '正在等待',
  underway: (done, total) => (done >= total ? '正在完成…' : `正在解密，${percent(done, total)}`),
  decrypted: '已解密',
  copied: '已复制',
  skipped: '此前已存在',
  failedWhy: (reason) => `失败：${reason}`,
  verified: { crc32: '已校验（CRC-32）', adler32: '已校验（Adler-32）', null: '未校验（没有校验和）' },
  savedAs: '另存为',
  expanded: '此文件展开后超过其原大小的 200 倍。请先检查内容，再决定是否信任它。',
};
