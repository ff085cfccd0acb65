/** Simplified Chinese: the report of a run, as the page shows it. */

import { errors } from './errors.js';

/**
 * @import { ErrorCode } from '../../../index.js'
 * @import { reportWords as en } from '../../../report/words.js'
 */

const file = '文件';

/** @type {typeof en} */
export const reportWords = {
  title: 'mgdc-decrypt 报告',
  status: {
    complete: '本次运行已处理所有文件。',
    cancelled: '本次运行已取消。下面列出取消之前已完成的内容。',
    stopped: '本次运行提前结束。下面列出结束之前已完成的内容。',
  },
  stop: (status, reason, code) => `${status}${reason}（${code}）`,
  reason: (code, message) => errors[/** @type {ErrorCode} */ (code)] ?? message,
  note: '校验和正确表示文件完整，但并不表明文件由谁写入。SHA-256 是所写入文件的哈希值。',
  tables: {
    run: '运行',
    options: '选项',
    keys: '密钥',
    failed: '失败',
    warnings: '警告',
    leftOut: '未包括',
    written: '已写入',
    extras: '单个文件的更多信息',
  },
  columns: {
    keys: ['条目', '密钥版本', '密钥标识符', '填充', '文件数'],
    reasons: [file, '代码', '原因和处理方法'],
    warnings: [file, '警告'],
    written: [file, '写入为', '结果', '字节数', '校验和', 'SHA-256'],
    extras: [file, '项目', '详细信息'],
  },
  facts: {
    tool: '程序',
    started: '开始时间（UTC）',
    ended: '结束时间（UTC）',
    seconds: '秒数',
    source: '来源',
    files: '交付内容中的文件数',
    bytes: '所选文件的字节数',
    decrypted: '已解密',
    crc32: '已用 CRC-32 校验',
    adler32: '已用 Adler-32 校验',
    none: '已解密，没有校验和',
    copied: '已复制',
    skipped: '其中由之前的运行完成',
    failed: '失败',
    leftOut: '未包括',
    notChosen: '未选择',
    unfinished: '未完成',
    converted: '已转换',
    salvaged: '已保存可读部分',
    written: '写入的字节数',
  },
  revision: (tool, revision) => `${tool}，修订版 ${revision}`,
  outcomes: { decrypted: '已解密', copied: '已复制', failed: '失败' },
  earlier: (outcome) => `${outcome}，由之前的运行完成`,
  untold: '未注明',
  right: (checksum) => `${checksum}，正确`,
  unchecked: '未检查',
  noChecksum: '内容中没有',
  notComputed: '未计算',
  extras: { converted: '已转换', salvaged: '已保存可读部分' },
};
