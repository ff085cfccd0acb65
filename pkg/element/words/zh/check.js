/** Simplified Chinese: the side “Check a key”. Only mgdc-decrypt/check-element loads it. */

import { number } from '../format.js';
import { files as count } from './counts.js';

/** @import * as en from '../en/check.js' */

/** @type {typeof en.check} */
export const check = {
  intake: {
    title: '在首次交付之前，查看服务是否接受密钥。',
    rehearse: '在首次交付之前，用你自己的密钥进行演练。',
    target: '将密钥的描述拖到此处。',
    rehearseHint:
      '添加密钥的公钥部分：证书、PEM 格式的公钥，或 az keyvault key show 的 JSON。你会得到一份只有你的密钥才能解锁的小型虚构交付内容。',
    addFiles: '选择文件',
    addFolder: '选择文件夹',
    paste: '粘贴描述',
    line: '密钥检查',
    titleMore: '添加密钥保管库、第二个密钥或其他描述',
    hint:
      'az keyvault key show、Get-AzKeyVaultKey 或 REST 的 JSON，密钥保管库的同类 JSON，PFX 或 PEM 文件，BYOK 文件，密钥的地址，或 ' +
      'encryptionKeyDetails.json。不需要私钥。不会查询任何密钥保管库，任何内容都不会离开此页面。',
  },
  ask: {
    title: '检查无法从文件中读取的信息',
    tenant: '租户 ID',
    tenantHint: 'Data Connect 使用以租户 ID 命名的密钥。',
    services: '服务',
    policy: '要为其生成命令的 Customer Key 策略',
    policies: {
      '': '无',
      'multi-workload': '多工作负载',
      exchange: 'Exchange',
      sharepoint: 'SharePoint 和 OneDrive',
    },
    policyName: '策略的名称',
    policyDescription: '策略的描述',
    identity: 'SharePoint 管理站点的地址',
    address: '密钥的地址',
    addressHint: 'https://<vault>.vault.azure.net/keys/<key>/<version>',
    addAddress: '添加',
  },
  added: {
    title: '已添加的内容',
    remove: (name) => `移除 ${name}`,
    password: '密码',
    open: '打开',
    wrongSide: '这些文件不描述密钥。如果它们是交付内容，可以将其解密。',
    decryptInstead: '改为解密这些文件',
    leftOut: (files) => `未包括 ${count(files)}：一次检查最多读取 ${count(200)}。交付内容应在“解密交付内容”一侧添加。`,
  },
  result: {
    checking: '正在检查…',
    done: (services) => services.map(({ title, verdict }) => `${title}：${check.standing[verdict]}。`).join(''),
    again: '重试',
  },
  standing: { accepts: '接受', refuses: '不接受', 'cannot-tell': '无法判断' },
  standingNote: {
    accepts: '就文件显示的内容而言，没有违反任何规则。文件未显示的内容见下文。',
    refuses: '至少违反了一条规则。',
    'cannot-tell': '文件显示的内容太少。',
  },
  groups: {
    titles: {
      fail: '违反的规则',
      warn: '风险',
      'not-visible': '在这些文件中看不到',
      reminder: '注意事项',
      pass: '遵守的规则',
    },
    count: (title, n) => `${title}（${number(n)}）`,
    about: (key) => `${key}：`,
    source: (section) => `来源：${section}，`,
  },
  table: {
    title: '并排比较',
    rule: '规则',
    all: '所有内容一起',
    cells: { fail: '违反', warn: '风险', 'not-visible': '看不到', reminder: '需注意', pass: '遵守' },
  },
  contradictions: '互相矛盾的规则',
  command: {
    title: '用于策略的命令',
    refused: '由于违反了规则，未生成命令：',
    validator: '以 Microsoft 自己的验证程序为准。请先运行它：',
    checkList: '没有文件显示以下内容。请先手动检查：',
    copy: '复制',
    copied: '已复制',
    refusedCopy: '浏览器不允许复制。请选择文本并复制。',
    shells: { az: 'Azure CLI', powershell: 'PowerShell' },
  },
  report: { print: '打印', json: '保存为 JSON', markdown: '保存为 Markdown', name: 'key-readiness' },
  rehearse: {
    title: '在首次交付之前进行演练',
    hint: '生成一份用此密钥加密的小型虚构交付内容，并按照将来解密真实交付内容的方式将其解密。只使用密钥的公钥部分。',
    button: '生成演练',
    name: 'rehearsal.zip',
    saved: '演练已保存为 ZIP。请解压缩，然后用你的密钥或通过你的密钥保管库将其解密。',
  },
  offer: '检查此密钥',
};
