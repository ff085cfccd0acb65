/** Simplified Chinese: the rules of Customer Key. */

import { KEY, VAULT } from './rules-mgdc.js';

/** @import { RuleWords } from '../rules.js' */

const LEVEL = `无法确定恢复级别。${KEY}`;
const PLACES = `看不到两个密钥保管库的订阅和区域。${VAULT}`;

/** @type {Record<string, RuleWords>} */
export const customerKey = {
  C1: {
    demand: '密钥是 RSA 或 RSA-HSM 密钥。',
    pass: '密钥是 RSA 或 RSA-HSM 密钥。',
    fail: '密钥不是 RSA 密钥。只接受 RSA 密钥。',
    'not-visible': `无法确定密钥类型。${KEY}`,
    remedy: '请创建 RSA-HSM 密钥：其他类型的密钥无法包装密钥。',
  },
  C2: {
    demand: '密钥最多为 4096 位。',
    pass: '密钥不超过 4096 位。',
    fail: '密钥超过 4096 位。',
    'not-visible': `无法确定 RSA 密钥的大小。${KEY}`,
    remedy: '请创建 2048、3072 或 4096 位的密钥。',
  },
  C3: {
    demand: '密钥没有到期日期，或到期日期为 9999/12/31。',
    pass: '未设置到期日期，或到期日期为 9999/12/31。如果有 Azure Policy 要求设置到期日期，则可能需要豁免。',
    fail: '到期日期不是 9999/12/31。Microsoft 的验证会拒绝该密钥。',
    'not-visible': `无法确定到期日期。${KEY}`,
    remedy:
      '请将到期日期改为 9999/12/31：日期一旦设置便无法移除。Azure Policy（“Key Vault keys should have an expiration date”，' +
      '或有关最长有效期的策略）与此规则冲突，可能需要豁免。',
  },
  C4: {
    demand: '密钥已启用，且激活日期已过。',
    pass: '密钥已启用。',
    fail: '密钥已禁用、已过期或尚未生效。使用它的操作会失败。',
    'not-visible': `无法确定密钥是否已启用且有效。${KEY}`,
    remedy: '请启用密钥，或为其设置目前有效的日期：如果密钥无法使用，服务会失败。',
  },
  C5: {
    demand: '允许的操作中有 wrapKey 和 unwrapKey。',
    pass: '允许 wrapKey 和 unwrapKey。',
    fail: '不允许 wrapKey 或 unwrapKey。',
    'not-visible': `无法确定允许的操作。${KEY}`,
    remedy: '请允许 wrapKey 和 unwrapKey 操作。',
  },
  C6: {
    demand: '恢复级别正好是 Recoverable+ProtectedSubscription。',
    pass: '恢复级别是 Recoverable+ProtectedSubscription。',
    warn: '恢复级别不同。托管 HSM 中的密钥是否需要该级别，Microsoft 的文章未作说明。',
    fail: '恢复级别不同。',
    'not-visible': LEVEL,
    remedy: '请为强制保留期注册订阅，启用软删除和清除保护，并使用 90 天的保留期。',
  },
  C7: {
    demand: '软删除和清除保护已启用。',
    pass: '软删除和清除保护已启用。',
    fail: '软删除或清除保护未启用。',
    'not-visible': LEVEL,
    remedy: '请启用清除保护。启用后无法再将其关闭。',
  },
  C8: {
    demand: '一个策略有两个密钥，分别位于两个密钥保管库中。',
    pass: '两个密钥分别位于两个密钥保管库中。',
    fail: '两个密钥位于同一个密钥保管库中。',
    'not-visible': '请只添加一个策略的两个密钥，并包括其密钥标识符。',
    remedy: '请使用另一个订阅中另一个密钥保管库的密钥作为第二个密钥。',
  },
  C9: {
    demand: '两个密钥不同（这是我们自己根据常识制定的规则）。',
    pass: '两个密钥不同。',
    warn: '两个密钥是同一个密钥：它们的模数相同。',
    'not-visible': '带有模数的两个密钥会显示此信息。在 JSON 中，模数名为 n。',
    remedy: '请在每个密钥保管库中各生成一个密钥。',
  },
  C10: {
    demand: '密钥保管库位于两个订阅和两个区域中；如果可能，这两个区域不是配对区域。',
    pass: '密钥保管库位于两个订阅和两个区域中，且不是配对区域。',
    warn: '密钥保管库位于同一个区域或两个配对区域中。',
    fail: '两者位于同一个订阅中。',
    reminder: PLACES,
    'not-visible': PLACES,
    remedy: '请改用另一个订阅和另一个区域中的密钥保管库。',
  },
  C11: {
    demand: '在生产环境中，密钥受 HSM 保护，位于高级 SKU 的密钥保管库或托管 HSM 中。',
    pass: '密钥受 HSM 保护。',
    warn: '密钥受软件保护，或者密钥保管库为标准 SKU。',
    reminder: `密钥类型会显示密钥是否在 HSM 中。${KEY}`,
    'not-visible': `无法确定密钥的位置。${KEY}`,
    remedy: '请在高级密钥保管库中创建 RSA-HSM 密钥。',
  },
  C12: {
    demand:
      '服务主体具有 get、wrapKey 和 unwrapKey：即 Key Vault Crypto Service Encryption User 角色，在 HSM 中则为 Managed HSM Crypto ' +
      'Service Encryption User。',
    warn: '密钥保管库中没有同时具有 get、wrapKey 和 unwrapKey 的访问策略。',
    reminder: '服务是否具有这些权限，请查看密钥保管库的角色或访问策略。',
    remedy:
      '请将该角色分配给服务：Exchange 00000002-0000-0ff1-ce00-000000000000，SharePoint 00000003-0000-0ff1-ce00-000000000000，' +
      '多工作负载 c066d759-24ae-40e7-a56f-027002b5d3e4。',
  },
  C13: {
    demand: '密钥的管理员可以创建、导入、列出、获取、备份和还原，但不能删除。',
    reminder: '此处无法完全看到由谁管理密钥。请在门户中检查角色和访问策略，尤其是删除权限。',
    remedy: '请为管理员授予这些权限，不要向任何人授予删除权限。',
  },
  C14: {
    demand: '策略的名称不含空格；描述可以含空格。',
    pass: '名称不含空格。',
    fail: '名称为空，或含有空格或不可见字符。',
    'not-visible': '未填写名称。',
    remedy: '请填写不含空格的名称，例如 USA_mailboxes。',
  },
  C15: {
    demand: 'Exchange 和多工作负载使用两个密钥标识符；SharePoint 使用两个密钥的密钥保管库、密钥和版本。',
    pass: '两个密钥的标识符和版本均已知。请在上面选择一种策略以获取其命令。',
    fail: '其中一个地址不是密钥标识符。',
    reminder: '有一个密钥的版本未知。Exchange 和多工作负载不需要版本，SharePoint 需要。',
    'not-visible': '策略的命令需要位于两个密钥保管库中的两个密钥。',
    remedy: '请提供两个密钥的标识符；用于 SharePoint 时，请包括版本。',
  },
  C16: {
    demand: '每个策略和每项服务都有自己的一对密钥保管库；两个托管 HSM 可供所有工作负载使用。',
    reminder: '看不到哪些策略使用密钥保管库。每个策略都需要自己的一对密钥保管库；Exchange 最多有 50 个邮箱策略。',
    remedy: '请为其他策略使用其他密钥保管库。',
  },
  C17: {
    demand: '每次更改后都保留每个密钥的备份，备份文件以 .backup 结尾；Key Vault 之外的密钥不能代替备份。',
    reminder: '没有文件显示此信息。备份只能还原到同一个订阅中。',
    remedy: '请立即备份密钥，并脱机保留一份副本。',
  },
  C18: {
    demand: '两个订阅均为付费订阅，并已为强制保留期注册。',
    pass: '恢复级别显示订阅已注册。',
    warn: '恢复级别未显示注册情况。对于托管 HSM，请使用 Get-AzProviderFeature 查询。',
    fail: '恢复级别显示订阅未注册。',
    'not-visible': LEVEL,
    remedy:
      '请注册功能 mandatoryRetentionPeriodEnabled，并请 Microsoft 完成注册。免费、试用、赞助、MSDN 和旧版支持订阅不符合条件。',
  },
  C19: {
    demand: '轮换密钥后会刷新策略；Exchange 最多需要 48 小时，SharePoint 一次只能轮换一个密钥。',
    reminder: '没有文件显示此信息。在所有内容都用新版本包装之前，旧版本必须保持启用状态。',
    remedy: '轮换后，请刷新策略。',
  },
};
