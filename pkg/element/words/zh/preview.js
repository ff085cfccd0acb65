/** Simplified Chinese: the preview of a file. */

import { bytes, number } from '../format.js';
import { sentence } from '../sentence.js';
import { count } from './counts.js';

/** @import * as en from '../en/preview.js' */

/**
 * @param {boolean} isPart
 * @returns {string}
 */
const note = (isPart) =>
  `仅在内存中显示，未保存。未校验：${isPart ? '只读取了文件的开头' : '校验和在保存文件时检查'}。`;

/** @type {typeof en.preview} */
export const preview = {
  title: '预览',
  choose: '在列表中选择一个文件，即可在保存任何内容之前查看其内容。',
  back: '返回文件列表',
  reading: '正在读取文件的开头',
  note,
  obstacles: {
    locked: '此文件已锁定。添加能打开它的私钥后，即可在此处查看。',
    apart: '此文件没有预览，因为它不属于要保存的内容。',
  },
  rowsBefore: (n, reason) => `${reason}下面的 ${number(n)} 行位于该处之前。`,
  tabs: { table: '表', json: 'JSON', columns: '列' },
  row: '行',
  number,
  types: {
    integer: '整数',
    number: '数字',
    boolean: '布尔值',
    text: '文本',
    date: '日期',
    timestamp: '日期和时间',
    object: '对象',
    array: '列表',
    mixed: '多种类型',
    null: '没有值',
  },
  plain: { line: '行', offset: '位置', hex: '字节', text: '文本' },
  filled: (share) => `${share} 有值`,
  filledOf: (filled, rows, share) => `${number(filled)} 行，共 ${number(rows)} 行（${share}）`,
  unknown: '未知',
  fields: (n) => `{…} ${count(n, '字段')}`,
  items: (n) => `[…] ${number(n)} 项`,
  whole: (n) => `全部 ${count(n, '字符')}`,
  characters: (n) => count(n, '字符'),
  valueCut: (most) => `此处仅显示前 ${count(most, '字符')}。`,
  columnHeads: { name: '列', type: '类型', values: '有值的行', longest: '最长文本' },
  more: '再显示 100 行',
  empty: '此文件为空。',
  rowTooLong: '第一行过长，无法预览。',
  figures({ rows, rowsTotal, content, bytesRead, bytesTotal, stoppedBy, isAtEnd }) {
    const shown = `${number(rows)} 行${content === 'bytes' ? '（每行 16 字节）' : ''}`;
    if (isAtEnd) return `预览仅显示前 ${shown}。若要查看全部内容，请保存此文件。`;
    if (rowsTotal !== null) return rows === rowsTotal ? `全部 ${shown}` : `前 ${shown}，共 ${number(rowsTotal)} 行`;
    if (stoppedBy === null) return rows === 1 ? `仅 ${shown}` : `全部 ${shown}`;
    return `前 ${shown} · 已读取 ${bytes(bytesRead)}，共 ${bytes(bytesTotal)}`;
  },
  failed: (name, reason) => `${name} 的预览：${sentence(reason)}`,
  said: (name, rows) => `${name} 的预览：${number(rows)} 行。`,
};
