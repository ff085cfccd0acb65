/** Simplified Chinese: the step “Review”: datasets and their files, and what is chosen. */

import { bytes, number } from '../format.js';
import { count, files } from './counts.js';

/** @import * as en from '../en/review.js' */

/** @type {typeof en.review.status} */
const STATUS = {
  done: '已完成',
  ready: '就绪',
  clear: '未加密',
  locked: '已锁定',
  damaged: '已损坏',
  failed: '失败',
};

/** @type {typeof en.review} */
export const review = {
  title: '查看',
  summary: (totals, datasets) =>
    [datasets > 0 && count(datasets, '数据集'), files(totals.files), totals.bytes !== null && bytes(totals.bytes)]
      .filter(Boolean)
      .join(' · '),
  metadata: '元数据',
  apart: '不保存',
  apartState: (n) => `${files(n)} · 密钥详细信息，以及不属于数据的内容`,
  loose: '数据集文件夹之外的文件',
  outside: '其他文件',
  groupState: (n, states) => [files(n), ...states].join(' · '),
  state: (status, n, all) => (n === all ? STATUS[status] : `${number(n)} 个${STATUS[status]}`),
  status: STATUS,
  only: '仅选此项',
  choose: (name) => `选择 ${name}`,
  onlyThis: (name) => `仅选此项：${name}`,
  chooseAll: '全选',
  chosen(chosen, all, size) {
    const much = size === null ? '' : `，${bytes(size)}`;
    if (chosen === all) return all === 1 ? `已选择该文件${much}` : `已选择全部 ${files(all)}${much}`;
    return `已选择 ${number(chosen)} 个，共 ${files(all)}${chosen === 0 ? '' : much}`;
  },
  onlyShown: (n) => (n === 1 ? '仅选择显示的文件' : `仅选择显示的 ${files(n)}`),
  find: '查找文件',
  findHint: '路径的一部分',
  matching: (n, all) => `显示 ${number(n)} 个，共 ${files(all)}`,
  noMatch: (wanted) => `没有路径包含“${wanted}”。`,
  noneLeft: '没有处于此状态的文件。',
  sort: '排序方式',
  orders: { path: '名称', size: '大小，从大到小', status: '状态，有问题的在前' },
  filter: '显示',
  filters: {
    all: '全部',
    ready: '就绪',
    problem: '失败或已锁定',
    warned: '失败、已锁定或有警告',
    locked: '已锁定',
    clear: '未加密',
    done: '已完成',
  },
  filterCount: (words, n) => `${words}（${number(n)}）`,
  fold: '全部折叠',
  unfold: '全部展开',
  bar: {
    title: '各数据集的大小',
    segment: (name, size, share, n) => `${name}：${bytes(size)}（${share}），${files(n)}`,
    table: '以表格显示',
    others: (n) => `其他 ${count(n, '数据集')}`,
    dataset: '数据集',
    files: '文件',
    size: '大小',
  },
  bytes,
  number,
  notPrinted: (n) => `列表共有 ${number(n)} 个文件，过长，无法打印。运行报告会列出每个文件。`,
};
