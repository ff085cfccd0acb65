/** Simplified Chinese: how a run ended, and what a screen reader is told. */

import { bytes, number, percent } from '../format.js';
import { sentence } from '../sentence.js';
import { count, files } from './counts.js';
import { keyStep, key as keyWords } from './keys.js';
import { reportWords } from './report.js';

/**
 * @import * as en from '../en/result.js'
 * @import { Found } from '../shapes.js'
 */

/** @type {typeof en.summary} */
export const summary = {
  heading({ decrypted, copied, failed, skipped, salvaged, inVain }) {
    if (inVain && salvaged > 0) return '没有文件能完整解密';
    if (inVain) return copied > 0 ? `无法解密任何内容。已复制 ${files(copied)}` : '无法解密任何内容';
    if (failed > 0) return `已完成，但有 ${files(failed)}失败`;
    if (skipped > 0 && skipped === decrypted + copied)
      return skipped === 1 ? '无需处理：该文件此前已存在' : `无需处理：全部 ${files(skipped)}此前已存在`;
    return decrypted > 0 ? `已完成：已解密 ${files(decrypted)}` : `已完成：已按原样保存 ${files(copied)}`;
  },
  rest({ decrypted, copied, failed, skipped, warned, inVain }) {
    const carry = warned.length > 0 && summary.warned(warned.length);
    if (inVain) return [`失败 ${number(failed)} 个`, carry].filter(Boolean).join('，');
    if (failed === 0 && skipped === decrypted + copied) return carry || '';
    const parts = [
      failed > 0 && `已解密 ${number(decrypted)} 个`,
      (failed > 0 || decrypted > 0) && `已复制 ${number(copied)} 个`,
      skipped > 0 && `其中 ${number(skipped)} 个此前已存在`,
      carry,
    ];
    return parts.filter(Boolean).join('，');
  },
  cancelled: '已取消',
  cancelledZip: '未写入任何文件。',
  cancelledFolder: (n) =>
    n === 0 ? '未写入任何文件。' : `${files(n)}已完成，位于该文件夹中。没有留下只写了一半的文件。`,
  notResumable: '由于“继续上次运行”未启用，再次运行到此文件夹会以其他名称重新保存这些文件。该设置位于选项中。',
  resumable: '若要继续，请保持“继续上次运行”为启用状态，并再次选择同一个文件夹。',
  unsure: (names) => `请检查下载内容：${names.join('、')}`,
  unsureWhy:
    '此页面是另一个页面的一部分，浏览器不会说明它在其中能否下载。如果下载内容中没有该文件，请在单独的标签页中打开此页面，或请门户的管理者允许下载（sandbox="allow-downloads"）。',
  given: '已交给门户。',
  givenAs: (name) => `已交给门户，名称为 ${name}。`,
  cancelledGiven: (n) => (n === 0 ? '没有完成任何文件。' : `在此之前，${files(n)}已交给门户。`),
  stopped: '已停止',
  decrypted: '已解密',
  copied: '已复制',
  failed: '失败',
  skipped: '其中此前已存在',
  written: '已写入',
  verified: '已用校验和校验',
  ofDecrypted: (verified, decrypted) => `${number(verified)} / ${number(decrypted)}`,
  savedZip: (name) => `已保存为 ${name}。`,
  savedFolder: (name) => `已保存到文件夹 ${name}。`,
  renamed: (n) => `${files(n)}因原名称已被占用，已用其他名称保存。`,
  unverified: '“未校验”表示文件没有校验和。解密过程没有出现问题，但不能排除损坏的可能。',
  outcomes: ({ decrypted, copied, failed }) =>
    [
      decrypted > 0 && `已解密 ${number(decrypted)} 个`,
      copied > 0 && `已复制 ${number(copied)} 个`,
      failed > 0 && `失败 ${number(failed)} 个`,
    ]
      .filter(Boolean)
      .join('，'),
  byDataset: '按数据集',
  noFolder: '不在任何文件夹中',
  moreDatasets: (n) => `另有 ${count(n, '数据集')}。`,
  again: (n) => `重试 ${files(n)}`,
  which: '涉及的文件',
  preview: '查看文件',
  startOver: '重新开始',
  salvaged: (n) => `已保存 ${count(n, '失败文件')}的可读部分。保存的文件以 .partial 结尾，其中的任何内容均未校验。`,
  failures: '失败项及原因',
  warned: (n) => `${files(n)}有警告`,
  several: (n) => `${files(n)}：`,
  more: (n) => `另有 ${files(n)}：请参阅下面的列表。`,
  number,
  bytes,
};

/** @type {typeof en.report} */
export const report = {
  title: '报告',
  open: '报告',
  copy: '复制为 Markdown',
  print: '打印',
  save: { html: '保存为 HTML', markdown: '保存为 Markdown', json: '保存为 JSON' },
  noHashes: '此报告不含文件的 SHA-256。如果在保存之前在选项中启用“将报告与数据一起保存”，就会计算这些值。',
  copied: '已复制。',
  copyFailed: '剪贴板不可用。请改为保存报告。',
  more: (n) => `另有 ${number(n)} 行。保存的报告包含所有行。`,
  page: reportWords,
};

/**
 * What is wrong with the keys, or asked for.
 * @param {Found} found
 */
const keyNews = ({ asked, unmatched }) => [
  ...asked.map((name) => `${name} 需要密码。`),
  ...(unmatched.length > 0 ? [keyWords.noMatch(unmatched)] : []),
];

/** @type {typeof en.say} */
export const say = {
  found(found) {
    const { totals, usable } = found;
    const news = keyNews(found);
    if (!totals)
      return [usable > 0 && `已添加 ${count(usable, '私钥')}。${keyStep.noDrop}`, ...news].filter(Boolean).join('');
    const states = [
      `${number(totals.encrypted)} 个已加密`,
      totals.locked > 0 && `${number(totals.locked)} 个已锁定`,
      totals.damaged > 0 && `${number(totals.damaged)} 个已损坏`,
    ];
    const told = `找到 ${files(totals.files)}，其中 ${states.filter(Boolean).join('，')}；${count(usable, '私钥')}。`;
    return [told, ...news].join('');
  },
  started: '已开始解密。',
  progress: (share) => `已完成 ${percent(share, 1)}。`,
  finished({ figures, error, way, name, names, fate }) {
    if (error) return `${summary.stopped}：${sentence(error.message)}`;
    if (!figures) return summary.cancelled;
    if (fate === 'unsure') return `${summary.unsure(names)}。${summary.unsureWhy}`;
    if (way === 'file' && fate === 'given') return name ? summary.givenAs(name) : summary.given;
    if (way === 'file' && figures.failed === 0) return summary.savedZip(name);
    const rest = summary.rest(figures);
    return `${summary.heading(figures)}。${rest && `${rest}。`}`;
  },
};
