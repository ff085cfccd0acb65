/** Simplified Chinese: private keys, key details and the way through Key Vault. */

import { number } from '../format.js';
import { count, files } from './counts.js';

/**
 * @import * as en from '../en/keys.js'
 * @import { Opened } from '../shapes.js'
 */

/** @param {Opened} entry */
function openedOne({ version, algorithm, files: n }) {
  const what = version ? `密钥版本 ${version}` : '密钥详细信息条目';
  const which = algorithm ? `（该响应针对 ${algorithm}）` : '';
  return `已用 Key Vault 的响应解开${what}${which}${n === null ? '' : `：可打开 ${files(n)}`}。`;
}

/** The first characters of key versions: enough to compare, never last in a sentence. @param {string[]} versions */
const short = (versions) => versions.map((version) => (version.length > 8 ? `${version.slice(0, 8)}…` : version));

/** Versions that a sentence names one by one. */
const MOST_NAMED = 3;

/** @type {typeof en.keyStep} */
export const keyStep = {
  title: '密钥',
  needed(versions) {
    const named = short(versions.filter((version) => version !== null));
    if (named.length === 0 || named.length !== versions.length || named.length > MOST_NAMED)
      return versions.length > 1
        ? `此交付内容已锁定。它需要 ${number(versions.length)} 个私钥。`
        : '此交付内容已锁定。它需要对应的私钥。';
    return `此交付内容已锁定。需要版本为 ${named.join('、')} 的密钥。`;
  },
  partly: (n) => `此交付内容的一部分已解锁。仍缺少 ${count(n, '密钥版本')}。`,
  unlocked: (keys, answers) =>
    [keys > 0 && count(keys, '密钥'), answers > 0 && `${number(answers)} 个 Key Vault 响应`, '全部已解锁']
      .filter(Boolean)
      .join(' · '),
  noDrop: '密钥已就绪。现在请添加交付内容：Data Connect 交付的文件夹。',
  fileTitle: '我有密钥文件',
  fileText: '添加私钥：PEM、DER、PFX 或 JWK 文件。可在此处选择，将其拖到此页面上，或者复制其文本并粘贴。',
  choose: '选择密钥文件',
  another: '添加其他密钥',
  vaultTitle: '密钥在 Key Vault 中',
  versionsTitle: '此交付内容的密钥版本',
  missingTitle: '缺少一个文件：encryptionKeyDetails.json',
  missingText: '它注明已加密文件所用的密钥。它位于交付内容自己的文件夹中，位置如下：',
  missingChoose: '选择 encryptionKeyDetails.json',
  missingFolder: '或者将整个交付内容文件夹拖到此页面上。',
  missingPath: ['交付内容文件夹', 'metadata', 'MoreMetadata', 'EncryptedDatasets', 'encryptionKeyDetails.json'],
};

/** @type {typeof en.key} */
export const key = {
  reading: '正在读取…',
  bits: (bits) => `RSA，${bits} 位`,
  several: (n) => count(n, '密钥'),
  opened: (n) => `可解开此交付内容的 ${count(n, '已包装的密钥')}`,
  versions: (versions) => `可解开密钥版本 ${versions.join('、')}`,
  carries: (versions) => `版本 ${versions.join('、')}`,
  waiting: '正在等待交付内容',
  waitingForDetails: '正在等待 encryptionKeyDetails.json',
  nothingEncrypted: '不需要：此处没有任何加密内容',
  notNeeded: '不需要：全部已解锁',
  failed: '无法使用',
  needsPassword: '需要密码',
  noMatch(versions) {
    const named = short(versions.filter((version) => version !== null));
    if (named.length === 0 || named.length > MOST_NAMED) return '此密钥与此交付内容不匹配。';
    return `此密钥不匹配。需要版本为 ${named.join('、')} 的密钥。`;
  },
  cancelled: '尚未用此密钥尝试交付内容的全部已包装密钥，操作就已取消；若要重试，请移除此密钥，然后重新添加。',
  password: '此密钥的密码',
  show: '显示',
  showPassword: '显示密码',
  unlock: '解锁',
  passwordHint: '仅在此处使用一次，不会保留。',
  remove: (name) => `移除 ${name}`,
  treatAsFile: '不是密钥？将其作为数据文件处理。',
};

/** @type {typeof en.details} */
export const details = {
  version: '密钥版本',
  noVersion: '未注明密钥版本',
  unnamed: '未注明的版本',
  opened: (key, algorithm) => `已用 ${key} 解开（${algorithm}）`,
  answered: (algorithm) => `已用 Key Vault 的响应解开${algorithm ? `（${algorithm}）` : ''}`,
  lacking: (versions) => `仍没有密钥：${versions}`,
  encoding: (encoding) => `密钥以 ${encoding} 形式写入`,
  opens: (n) => `可打开 ${files(n)}`,
  locked: '已锁定',
  column: '用于解开行内的值，此页面不解密这些值',
  place: '中的',
  more: (n) => `另有 ${number(n)} 个条目未列出，使用方式相同。`,
  several: (n) => count(n, '密钥版本'),
};

/** @type {typeof en.vault} */
export const vault = {
  intro: '密钥保留在原处：由 Key Vault 为你解锁交付内容。',
  trouble: '命令不起作用？',
  permissionText:
    '你需要对该密钥拥有“decrypt”权限。如果只有“unwrapKey”权限，请在 PowerShell 中用 Unwrap 代替 Decrypt，或在 REST 中用 unwrapkey 代替 decrypt。',
  stepName: '指明是哪个密钥',
  stepRun: '运行此命令',
  stepRunAll: '运行这些命令',
  stepAnswer: '粘贴命令的输出',
  name: '密钥保管库或密钥标识符',
  key: '密钥名称（租户 ID）',
  advice({ vault, key, host, name, version, known, wanted }) {
    const told = [];
    if (vault !== '' && host === null)
      told.push(
        '这不是密钥保管库。请输入其名称（contoso）、其地址（contoso.vault.azure.net）或密钥的标识符（https://contoso.vault.azure.net/keys/…）。',
      );
    if (host !== null && !known)
      told.push(
        `${host} 不在任何已知的 Azure 云中。运行此命令之前，请检查它是否属于你，因为已包装的密钥会发送到该处。`,
      );
    if (key !== '' && name === null) told.push('密钥名称只能包含字母、数字和连字符。');
    if (version !== null && !wanted.some((one) => one === null || one === version))
      told.push(`此标识符的版本为 ${version}，此处没有文件需要该版本。如果是同一个密钥，则下面的版本才是正确的版本。`);
    return told.join('');
  },
  tool: '工具',
  tools: { az: 'Azure CLI', powershell: 'PowerShell', rest: 'REST (curl)' },
  signIn: (command) => `此密钥保管库位于单独的云中。请先在该云中登录：${command}`,
  token: (audience) => `请在 POSIX shell 中运行，并将 ${audience} 的访问令牌放入变量 TOKEN。`,
  algorithm: '填充',
  algorithmHint: '如果 Key Vault 提示填充或参数有问题，请选择下一种填充。',
  entry: (version) => `密钥版本 ${short([version])[0]}`,
  command: (version) => `用于密钥版本 ${version} 的命令`,
  copy: '复制',
  copyOf: (version) => `复制用于密钥版本 ${version} 的命令`,
  copied: '已复制',
  copyFailed: '剪贴板不可用。命令已选中：请使用键盘复制。',
  more: (n) => `另有 ${count(n, '已包装的密钥')}，将在以上密钥解开后显示在此处。`,
  answerHint: 'JSON 或仅其中的值。如果有多个，请依次粘贴。',
  open: '解锁',
  opened: (entries) => entries.map(openedOne).join(''),
  foreign: (identifier) => `密钥详细信息指定的密钥不在已知的 Key Vault 中，因此命令不使用该密钥：${identifier}`,
};
