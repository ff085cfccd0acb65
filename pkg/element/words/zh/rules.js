/** Simplified Chinese: what the key check finds. The core’s sentence, with names and numbers, is folded below. */

import { customerKey } from './rules-customer-key.js';
import { KEY, mgdc, VAULT } from './rules-mgdc.js';

/** @import { CheckRules, RuleWords } from '../rules.js' */

/** @type {Record<string, RuleWords>} */
const defender = {
  D1: {
    demand: '密钥是 RSA 密钥。',
    pass: '密钥是 RSA 密钥。文章未提及 HSM。',
    fail: '密钥不是 RSA 密钥。只支持 RSA 密钥。',
    'not-visible': `无法确定密钥类型。${KEY}`,
    remedy: '请创建新的 RSA 密钥。',
  },
  D2: {
    demand: '允许的操作中有 wrapKey 和 unwrapKey。',
    pass: '允许 wrapKey 和 unwrapKey。',
    fail: '不允许 wrapKey 或 unwrapKey。',
    'not-visible': `无法确定允许的操作。${KEY}`,
    remedy: '请允许 wrapKey 和 unwrapKey 操作。',
  },
  D3: {
    demand: '密钥保管库启用了软删除和清除保护。',
    pass: '软删除和清除保护已启用。',
    fail: '软删除或清除保护未启用。',
    'not-visible': `无法确定恢复级别。${KEY}`,
    remedy: '请启用清除保护。启用后无法再将其关闭。',
  },
  D4: {
    demand: '密钥已启用且有效：如果密钥无法使用，租户会在一小时内被锁定。',
    pass: '密钥已启用，且永不过期。',
    warn: '密钥会过期。过期后，租户会在一小时内被锁定。',
    fail: '密钥已禁用、已过期或尚未生效。使用这样的密钥，租户会在一小时内被锁定。',
    'not-visible': `无法确定密钥是否已启用且有效。${KEY}`,
    remedy: '请启用密钥。如果密钥有到期日期，请更改该日期，或及时轮换密钥。',
  },
  D5: {
    demand: '需要输入密钥标识符；无论其中写的是哪个版本，都使用最新版本。',
    warn: '此地址的域不属于此处已知的 Key Vault 域。',
    fail: '这不是密钥标识符。',
    reminder: '请只输入密钥标识符，前后不要有其他字符。始终使用最新版本。',
    'not-visible': `无法确定密钥标识符。${KEY}`,
    remedy: '请复制密钥当前版本的密钥标识符。',
  },
  D6: {
    demand: '文章中没有关于密钥大小的规则。',
    reminder: '文章未规定密钥大小。',
    'not-visible': `无法确定密钥大小。${KEY}`,
  },
  D7: {
    demand: '有访问策略为 BYOK 应用授予 list、wrapKey 和 unwrapKey 权限。',
    warn: '密钥保管库中没有同时具有 list、wrapKey 和 unwrapKey 的访问策略。',
    reminder: 'BYOK 应用是否具有这些权限，请在门户中查看密钥保管库的访问策略或角色。',
    remedy: '请为 Microsoft Defender for Cloud Apps - BYOK 添加访问策略。',
  },
  D8: {
    demand: '应用 Microsoft Defender for Cloud Apps - BYOK 已在租户中注册并启用。',
    reminder: '没有文件显示此信息。请在 Microsoft Entra ID 中查找企业应用程序 6a12de16-95c8-4e42-a451-7dbbc34634cd。',
    remedy: '请使用 Microsoft Graph PowerShell 注册该应用。',
  },
  D9: {
    demand: '如果有防火墙，则其中没有虚拟网络，允许八个地址，并允许受信任的 Microsoft 服务绕过防火墙。',
    pass: '此处的密钥保管库没有防火墙阻止 Defender for Cloud Apps。',
    fail: '有一个密钥保管库的网络设置没有完全允许 Defender for Cloud Apps 访问。',
    reminder: `看不到密钥保管库的防火墙设置。${VAULT}`,
    'not-visible': `无法读取密钥保管库的防火墙设置。${VAULT}`,
    remedy: '请将这些地址添加到防火墙，允许受信任的服务，并移除虚拟网络。',
  },
};

const NO_FILE = '只有要上传的文件才会显示此信息。请添加 PFX 或 BYOK 文件。';

/** @type {Record<string, RuleWords>} */
const dataverse = {
  V0: {
    demand: '自 2023 年 6 月 2 日起，此功能不再对新客户开放，并且需要 1000 个以上的许可证。',
    reminder: '新客户使用客户管理的加密密钥，它不需要上传文件。',
    remedy: '请改用 Power Platform 的客户管理的加密密钥。',
  },
  V1: {
    demand: '按内容判断，文件是 PFX 或 BYOK 文件。',
    pass: '文件是 PFX 或 BYOK 文件。',
    warn: '文件不是 JSON，可能是 nCipher 的旧版程序包。自 2021 年 6 月 30 日起，Key Vault 不再接受它，而有关 Dataverse 的页面只提及 nCipher。',
    fail: '文件不是完好的 PFX 或 BYOK 文件。',
    'not-visible': NO_FILE,
    remedy: '请将密钥导出为 PFX，或使用 HSM 供应商的工具生成 BYOK 文件。',
  },
  V2: {
    demand: '密钥是 2048 位的 RSA 密钥。',
    pass: '密钥是 2048 位的 RSA 密钥。对于 BYOK 文件，这是估计结果。',
    fail: '密钥不是 2048 位的 RSA 密钥。对于 BYOK 文件，这是估计结果。',
    'not-visible': '无法确定密钥的类型和大小。请添加 PFX 或 BYOK 文件；如果文件有密码，请输入密码。',
    remedy: '请生成 2048 位的新 RSA 密钥。',
  },
  V3: {
    demand: 'PFX 文件受密码保护。',
    pass: '文件受密码保护。',
    warn: '文件的保护方式不是密码，或者无法读取文件。',
    fail: '文件没有完全受密码保护，或者密码为空。',
    'not-visible': '此规则针对 PFX 文件。',
    remedy: '请重新导出 PFX，并使用非空密码。',
  },
  V4: {
    demand: '私钥在 PFX 文件中。',
    pass: '私钥在文件中。',
    fail: '文件中没有私钥。',
    'not-visible': '看不到内容。请添加 PFX 文件并输入其密码。',
    remedy: '请将证书连同其私钥一起导出。',
  },
  V5: {
    demand: 'RSA-HSM 密钥需要提交支持请求，来自 nCipher HSM，并使用所显示的订阅 ID 生成。',
    warn: '密钥来自 HSM：需要提交支持请求，并且只提及 nCipher 的 HSM。看不到它是为哪个订阅生成的。',
    reminder: '此规则针对 HSM 的密钥，这类密钥以 BYOK 文件提供。',
    remedy: '请提交支持请求，并使用 Manage encryption keys、New key 中显示的订阅 ID 生成文件。',
  },
  V6: {
    demand: '新增的密钥必须激活；两次激活之间需间隔 24 小时，更改后 72 小时内无法锁定任何环境。',
    reminder: '没有文件显示此信息。',
    remedy: '请将这些时间纳入计划。',
  },
  V7: {
    demand: '保留文件和密码：解锁需要同一个密钥，已锁定的环境会在 28 天后删除。',
    reminder: '没有文件显示此信息。',
    remedy: '请将文件及其密码保存在安全的地方。',
  },
};

/** @type {CheckRules} */
export const rules = {
  rules: { ...mgdc, ...customerKey, ...defender, ...dataverse },
  verdicts: {
    fail: '违反了此规则。',
    warn: '并未禁止或无法确定，但存在风险。',
    'not-visible': '此处的文件未显示此信息。',
    reminder: '此处无法检查此项。请注意。',
    pass: '遵守了此规则。',
  },
  contradictions: {
    'M3 C3':
      'Data Connect 要求设置到期日期，而 Customer Key 禁止设置。只有 9999/12/31 能同时满足这两条规则；日期一旦设置，可以更改，但无法移除。',
    'M2 C2': 'Data Connect 要求正好 2048 位，而 Customer Key 最多接受 4096 位：更大的密钥只适用于后者。',
    'M1 C11': 'Customer Key 在生产环境中要求使用 RSA-HSM 密钥，而 Data Connect 的文章未提及该类型。',
  },
  refusals: {
    C8: '策略正好需要位于两个密钥保管库中的两个密钥。',
    C14: '策略需要名称，名称不能含有空格或不可见字符。',
    C15: '缺少密钥标识符或其版本。SharePoint 需要带版本的标识符。',
    description: '描述中含有换行符或其他控制字符。请将其写在一行中。',
    identity: '站点的地址中含有换行符或其他控制字符。请将其写在一行中。',
  },
  messages: {
    ERR_CHECK_ANSWER: '这是 Key Vault 或某个工具返回的错误，不是密钥的描述。',
    ERR_CHECK_DAMAGED: '无法读取文件：文件被截断或已损坏，或者超过了此页面的限制。技术详细信息会说明是哪一种情况。',
    ERR_CHECK_DISAGREE: '有关同一个密钥的两个文件互相矛盾。它们可能不是同一天的文件。',
    ERR_CHECK_IDENTIFIER: '这不是密钥标识符。',
    ERR_CHECK_LIMIT: '并未检查所有密钥。这是此页面的限制。请一次检查较少的密钥。',
    ERR_CHECK_LIST: '这是一个列表，缺少规则所需的信息。请导出单个条目。',
    ERR_CHECK_OTHER_KIND: '这是机密、证书、备份或已删除的密钥。只能检查密钥的描述。',
    ERR_CHECK_TOO_BIG: '文件超过了此处的读取上限。这是此页面的限制，文件本身没有问题。请只在其中保留密钥。',
    ERR_CHECK_UNKNOWN: '这不是密钥或密钥保管库的描述，也不是密钥文件。',
    'byok-problems': '此 BYOK 文件有问题。技术详细信息会说明是什么问题。',
    'date-without-zone': '有一个日期未注明时区，已按 UTC 读取。',
    identifier: '此密钥标识符有不寻常之处。技术详细信息会说明是什么。',
    'key-exchange-key': '此密钥被视为 BYOK 文件的密钥交换密钥（KEK），而不是供服务使用的密钥。',
    'key-exchange-key-unfit':
      '密钥交换密钥（KEK）不匹配。它必须是 2048、3072 或 4096 位的 RSA-HSM 密钥，只允许 import 操作，未过期，' +
      '并且是文件指明的密钥。',
    'operations-cut': 'PowerShell 截断了操作列表。加上 | ConvertTo-Json 即可查看全部操作。',
    'private-key': '添加了私钥。私钥只为检查而读取，随后已被覆盖。除上传到 Dataverse 外，有密钥的描述就足够了。',
    'size-differs': '所写的密钥大小与模数不一致，以模数为准。',
    unreadable: '无法确定某个日期或模数。请将密钥导出为 JSON。',
  },
};
