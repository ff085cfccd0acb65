/** Simplified Chinese: adding a delivery, and what was found in it. */

import { number } from '../format.js';
import { files } from './counts.js';

/** @import * as en from '../en/delivery.js' */

/** @type {typeof en.intake} */
export const intake = {
  folderNote: '浏览器可能会将此操作称为“上传”。实际上不会上传任何内容：文件只在这台计算机上读取。',
  unreadable: '浏览器无法读取此项：请检查你是否有权读取它，然后重新添加；此处缺少它的内容。',
  pasted:
    '粘贴的内容不是私钥，不是密钥详细信息，也不是能在此处解开任何内容的 Key Vault 响应，因此未使用；请检查是否已复制全部内容。',
  waiting: '你添加的内容将在本次运行结束后读取。',
  sampleNote: '这是示例数据和示例密钥。其中的所有内容都是虚构的，该密钥不保护任何内容。',
};

/** @type {typeof en.found} */
export const found = {
  reading: (n) => (n > 0 ? `正在检查 ${files(n)}…` : '正在检查…'),
  asking: '正在等待 Key Vault…',
  trying: ({ done, total }) => `正在用密钥尝试密钥详细信息条目（${number(done)}/${number(total)}）…`,
};

/** @type {typeof en.problem} */
export const problem = {
  retry: '重试',
  dismiss: '关闭',
};
