/** Simplified Chinese: the rules of Data Connect, and those that several services have. */

/** @import { RuleWords } from '../rules.js' */

/** Where it is to be seen. */
export const KEY = '密钥的 JSON 会显示此信息（az keyvault key show 或 Get-AzKeyVaultKey）。';
export const VAULT = '密钥保管库的 JSON 会显示此信息（az keyvault show 或 Get-AzKeyVault）。';

/** @type {Record<string, RuleWords>} */
export const mgdc = {
  M1: {
    demand: '密钥是 RSA 密钥；文章未提及 RSA-HSM。',
    pass: '密钥是 RSA 密钥。',
    warn: '密钥是 RSA-HSM 密钥。文章只说 RSA 密钥，未提及 RSA-HSM。',
    fail: '密钥不是 RSA 密钥。',
    'not-visible': `无法确定密钥类型。${KEY}`,
    remedy: '请生成一个以租户 ID 命名的新 RSA 密钥。',
  },
  M2: {
    demand: '密钥正好为 2048 位。',
    pass: '密钥为 2048 位。',
    fail: '密钥不是 2048 位的 RSA 密钥。',
    'not-visible': `无法确定密钥大小。${KEY}`,
    remedy: '请生成一个 2048 位的新 RSA 密钥：密钥的大小无法更改。',
  },
  M3: {
    demand: '密钥设置了到期日期。',
    pass: '已设置到期日期。',
    fail: '未设置到期日期。',
    'not-visible': `无法确定到期日期。${KEY}`,
    remedy: '请设置到期日期。以后可以更改日期，但无法再将其移除。',
  },
  M4: {
    demand: '密钥已启用，激活日期已过，且未过期。',
    pass: '密钥已启用，目前有效。',
    fail: '密钥已禁用、已过期或尚未生效。不会再用它加密新数据。只要密钥处于启用状态，以前的交付内容仍可解锁。',
    'not-visible': `无法确定密钥是否已启用且有效。${KEY}`,
    remedy: '请启用密钥，或为其设置目前有效的日期。只要密钥处于启用状态，到期后仍可读取以前的交付内容。',
  },
  M5: {
    demand: '密钥以 Microsoft Entra 租户 ID（GUID）命名。',
    pass: '密钥的名称是 GUID。如果填写了租户 ID，会将名称与其比较。',
    fail: '密钥的名称不是租户 ID。',
    'not-visible': `无法确定密钥是否以租户 ID 命名。${KEY}`,
    remedy: '请生成一个以租户 ID 为名称的密钥：密钥无法重命名。',
  },
  M6: {
    demand: '每个租户 ID 只有一个密钥。',
    pass: '在此处的密钥中，没有同一名称出现在两个密钥保管库中的情况，也没有一个密钥有两个名称的情况。',
    warn: '有两个密钥在两个密钥保管库中使用同一名称，或者有一个密钥使用两个名称。',
    'not-visible': '请一并添加该租户的所有密钥，以便进行比较。',
    remedy: '请保留一个以租户 ID 命名的密钥，并禁用其他密钥。',
  },
  M7: {
    demand: '所有者可以用密钥解密，这样才能解锁交付内容。',
    pass: '可以用此密钥解锁交付内容。',
    warn: '允许的操作中既没有 decrypt，也没有 unwrapKey。',
    'not-visible': `无法确定允许的操作。${KEY}`,
    remedy: '请允许 decrypt 和 unwrapKey 操作。',
  },
  M8: {
    demand: '交付内容注明能将其解锁的密钥版本。',
    pass: '交付内容注明的每个版本都在此处。',
    fail: '交付内容需要的版本不在此处的密钥中。',
    'not-visible': '需要交付内容和带版本的密钥：encryptionKeyDetails.json 会显示交付内容需要哪个版本。',
    remedy: '请使用交付内容注明的密钥版本将其解锁。',
  },
  M9: {
    demand: '建议：防止密钥被清除。文章中没有相关规则。',
    pass: '清除保护已启用。',
    reminder: '恢复级别未显示清除保护。',
    'not-visible': `无法确定恢复级别。${KEY}`,
    remedy: '请启用清除保护：密钥被清除后，它的交付内容将永远无法解锁。',
  },
  M10: {
    demand: '密钥保管库的权限模型是 RBAC，应用的服务主体具有 Key Vault Crypto User 角色。',
    warn: '密钥保管库使用访问策略，或未显示它使用 RBAC。',
    reminder: '没有文件显示应用的服务主体是否具有该角色。请在门户的“访问控制（IAM）”下查看。',
    'not-visible': `看不到权限模型。${VAULT}`,
    remedy: '请将 Key Vault Crypto User 角色分配给 Data Connect 应用程序的服务主体。',
  },
  M11: {
    demand: '密钥保管库的公用网络访问已启用；Data Connect 不属于受信任的服务。',
    pass: '公用网络访问已启用，也没有防火墙阻止访问。',
    warn: '由网络安全外围决定谁能访问密钥保管库。',
    fail: '公用网络访问已禁用，或者密钥保管库的防火墙拒绝未列出的地址。Data Connect 的地址未知。',
    reminder: `看不到密钥保管库的网络设置。${VAULT}`,
    'not-visible': `无法读取密钥保管库的防火墙设置。${VAULT}`,
    remedy: '请在密钥保管库的“网络”选项卡上启用公共访问。',
  },
  M12: {
    demand: '应用已获准使用加密，数据集符合条件（Viva Insights 不符合），且未使用 PAM 和 Managed Data Flows。',
    reminder: '没有文件显示此信息：如果应用未获准使用加密，或者数据集不符合条件，数据会以未加密的形式送达。',
    remedy: '请在应用及其审批中检查此项，否则数据会以未加密的形式送达。',
  },
};
