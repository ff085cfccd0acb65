/** Simplified Chinese: the bar at the top, the empty page, the steps, and what happens to everything at once. */

import { bytes, number, percent } from '../format.js';
import { count, files } from './counts.js';

/** @import * as en from '../en/shell.js' */

/** @type {typeof en.page} */
export const page = {
  title: '解密 Data Connect 交付内容',
  busy: (share) => `${percent(share, 1)} · 正在解密`,
  starting: '正在解密…',
  over({ error, figures }) {
    if (error) return '已停止';
    if (!figures) return '已取消';
    return figures.failed > 0 || figures.inVain ? '已完成，有失败项' : '已完成';
  },
  titleWith: (state, title) => `${state} – ${title}`,
  insecure:
    '此页面通过普通的 http:// 加载。它可以使用，但速度较慢，并且无法保存到文件夹：请使用 ZIP。服务器与你之间的任何人都可能更改过它的代码，因此使用 https:// 地址更好。',
};

/** @type {typeof en.bar} */
export const bar = {
  name: 'mgdc-decrypt',
  label: '页面',
  skip: '跳到交付内容',
  modes: '你想做什么？',
  decrypt: '解密交付内容',
  check: '检查密钥',
  offline: '脱机：此页面无法发送数据',
  offlineShort: '脱机',
  offlineHint: '此页面能对你的数据做什么，不能做什么',
  help: '帮助',
  dark: '使用深色',
  light: '使用浅色',
  language: '语言',
};

/** @type {typeof en.welcome} */
export const welcome = {
  title: '在浏览器中解密 Microsoft Graph Data Connect 交付内容。',
  stays: '你的文件和密钥绝不会离开这台计算机。',
  target: '将交付内容文件夹及其私钥拖到此处。',
  targetHintHere: '可一次全部拖入，也可逐个拖入，顺序不限。',
  targetHint: '可一次全部拖入，也可逐个拖入，顺序不限，此页面上的任何位置均可。',
  addFolder: '选择交付内容文件夹',
  addFiles: '选择文件或 ZIP',
  paste: '粘贴密钥',
  sample: '试用示例',
  picture: '文件夹和密钥变为表格。',
  steps: '工作原理',
  stepGet: '获取交付内容',
  stepGetHint: '复制 Data Connect 写入你的存储的整个文件夹：使用 Azure 门户、存储资源管理器或 azcopy。',
  stepKey: '获取其密钥',
  stepKeyHint: '私钥可以是文件（PEM、PFX、JWK、DER），也可以留在 Key Vault 中：你会得到要在那里运行的命令。',
  stepSave: '查看并保存',
  stepSaveHint: '选择所需内容。将其保存到文件夹或保存为 ZIP。',
  tree: '交付内容的结构',
  treeFolder: '你的交付内容',
  treeKey: '说明哪个密钥可解锁交付内容',
  treeData: '已加密的数据，每个数据集一个文件夹',
  other: '还没有交付内容？',
  check: '检查密钥',
  checkHint: '在首次交付之前，查看各服务是否会接受该密钥。',
  rehearse: '演练',
  rehearseHint: '为你的密钥生成一份小型虚构交付内容，然后将其解密。',
  offlineCopy: '下载此页面以供脱机使用',
};

/** @type {typeof en.paste} */
export const paste = {
  label: '私钥、密钥详细信息或 Key Vault 的响应',
  hint: '将文本粘贴到此处，或使用键盘粘贴到此页面上的任何位置：PEM 或 JWK 格式的密钥、encryptionKeyDetails.json、Key Vault 的响应。也可以粘贴复制的文件。',
  add: '添加',
  close: '关闭',
};

/** @type {typeof en.rail} */
export const rail = {
  label: '步骤',
  delivery: '交付内容',
  key: '密钥',
  review: '查看',
  save: '保存',
  done: '已完成',
  problem: '需要注意',
  needDelivery: '现在请添加交付内容：Data Connect 写入的文件夹。',
  needDetails: '现在请添加缺少的文件。',
  packed: '有一个压缩文件无法在此处打开。下面的列表说明了原因。',
  needPassword: (key) => `请输入 ${key} 的密码。`,
  needKey: '现在请添加私钥，或让 Key Vault 解锁交付内容。',
  wrongKey: '现在请添加正确的密钥，或让 Key Vault 解锁交付内容。',
  someLocked: (ready, locked) =>
    `${files(ready)}已解锁，${number(locked)} 个仍锁定。请添加其他密钥，或在不包括这些文件的情况下继续。`,
  unlocked: '全部已解锁。请选择所需内容并保存。',
  nothingEncrypted: '此处没有任何加密内容。不需要密钥。',
  nothingUsable: '此处没有可解密的内容。列表中说明了原因。',
  running: '正在解密并保存…',
  over: '已保存。你可以查看报告，或保存其他内容。',
  overFailed: '已结束，但并非全部成功。请在下面查看失败项。',
  cancelled: '已取消。你可以随时重新开始。',
};

/** @type {typeof en.line} */
export const line = {
  noDelivery: '尚无交付内容',
  keys: (n) => count(n, '密钥'),
  unnamed: '交付内容',
  sample: '示例交付内容',
  totals: ({ files: n, bytes: size }) => (size === null ? files(n) : `${files(n)} · ${bytes(size)}`),
  addFolder: '添加文件夹',
  addFiles: '添加文件',
  paste: '粘贴',
  arriving: (n) => (n > 0 ? `正在读取 ${files(n)}…` : '正在读取…'),
  clear: '全部清除',
};

/** @type {typeof en.overlay} */
export const overlay = {
  title: '松开即可添加',
  hint: '交付内容、其密钥，或两者：页面会自行区分。',
  check: '松开即可检查',
  checkHint: '密钥、证书或密钥保管库的描述。',
};

/** @type {typeof en.undo} */
export const undo = {
  cleared: '已全部清除。',
  restore: '撤消',
  said: '已全部清除。你可以在十秒内撤消此操作。',
  restored: '已全部恢复。',
  wiped: '已全部清除，密钥已擦除。',
};
