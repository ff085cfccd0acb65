/**
 * Simplified Chinese: one plain sentence or two for each code of an error: what happened, and what to do. Each must be
 * true for every case of its code. The core's own message, with paths, sizes and versions, is folded below.
 */

/** @import * as en from '../en/errors.js' */

const REPORT = '此程序出现问题。请报告此问题，并附上下面的技术详细信息。';

/** @type {typeof en.errors} */
export const errors = {
  ERR_WASM_LOAD: '解密模块未加载。请重新加载页面，或尝试使用其他浏览器。',
  ERR_KEY_DETAILS_MISSING:
    '缺少文件 encryptionKeyDetails.json。它位于交付内容的 metadata/MoreMetadata/EncryptedDatasets 中。请添加该文件。',
  ERR_KEY_DETAILS_JSON: '无法读取此 encryptionKeyDetails.json。请重新下载。',
  ERR_KEY_DETAILS_FIELD:
    '此 encryptionKeyDetails.json 中缺少某些内容或内容有误。请检查它是否属于此交付内容，或重新下载。',
  ERR_KEY_DETAILS_BASE64: '此 encryptionKeyDetails.json 中有一个值已损坏。请重新下载。',
  ERR_KEY_DETAILS_LIMIT:
    '密钥详细信息的数量超过了此页面的读取上限。这些信息本身可能没有问题。请仅保留你的文件所需的条目。',
  ERR_IV_LENGTH:
    'encryptionKeyDetails.json 中有一个初始值（IV）无法使用：其长度有误，或缺少能解开它的密钥。技术详细信息会说明是哪一种情况。',
  ERR_PRIVATE_KEY_INVALID: '无法从中读取私钥。它已损坏，或者是其他内容。请重新导出密钥。',
  ERR_PRIVATE_KEY_MISSING:
    '其中没有可读取的私钥。证书或公钥不能用于解密：请添加私钥。如果密钥是在 Key Vault 中创建的，请让 Key Vault 解锁交付内容。',
  ERR_PRIVATE_KEY_NOT_RSA: '这不是 RSA 密钥，而 Data Connect 仅使用 RSA 密钥。请添加以租户 ID 命名的 RSA 密钥。',
  ERR_PRIVATE_KEY_TOO_SMALL: '此 RSA 密钥不足 2,048 位，因此不是 Data Connect 所用的密钥。请添加正确的密钥。',
  ERR_PRIVATE_KEY_ENCRYPTED: '此密钥有密码。请输入密码。',
  ERR_PRIVATE_KEY_PASSWORD: '密码错误。请检查大小写。',
  ERR_PRIVATE_KEY_COST: '检查此密钥的密码所需的时间或内存超出了此页面允许的范围。请使用常规设置重新导出密钥。',
  ERR_PRIVATE_KEY_UNSUPPORTED: '此处无法打开这种密钥。技术详细信息会说明应改为怎么做。',
  ERR_PUBLIC_KEY_MISSING: '无法从中读取公钥。技术详细信息会说明应改为添加什么。',
  ERR_PUBLIC_KEY_INVALID: '无法从中读取公钥。它已损坏，或者是其他内容。请重新导出密钥。',
  ERR_PUBLIC_KEY_NOT_RSA: '这不是 RSA 密钥，而 Data Connect 仅使用 RSA 密钥。请添加以租户 ID 命名的 RSA 密钥。',
  ERR_PUBLIC_KEY_SIZE: '此 RSA 密钥的大小无法使用。Data Connect 接受 2,048 位的密钥。',
  ERR_FILE_KEY_UNWRAP: '此处的密钥均不匹配。请添加交付内容所需版本的私钥。',
  ERR_FILE_KEY_LENGTH:
    '解包得到的内容不是文件密钥：其长度有误。请检查密钥详细信息与密钥（或 Key Vault 的响应）是否属于此交付内容。',
  ERR_FILE_KEY_MISSING: '已锁定。请添加私钥，或让 Key Vault 解锁交付内容。',
  ERR_VAULT_ANSWER: '此响应在此处无法解开任何内容。请复制命令输出的全部内容，并检查该命令是否就是此页面显示的命令。',
  ERR_CALLBACK: '未能为你解包密钥。',
  ERR_CONVERTED: '此文件在传输途中被更改：某个程序将其当作文本处理，导致字节丢失。请以二进制文件形式重新下载。',
  ERR_CIPHERTEXT_LENGTH: '此文件在传输途中被截断或更改。请重新下载。',
  ERR_PADDING:
    '无法打开此文件。它需要其他密钥，或者已被截断、更改或损坏。技术详细信息会说明观察到的情况。请重新下载，或添加正确的密钥。',
  ERR_UNRECOGNIZED:
    '从此文件得到的内容没有意义，因此未保存任何内容。它需要其他密钥或初始值（IV），或者已损坏，或者格式未知。请重新下载此文件及其 encryptionKeyDetails.json。',
  ERR_COMPRESSED_DATA: '此文件内部已损坏。请重新下载。',
  ERR_CHECKSUM: '此文件已损坏：其校验和或长度有误。请重新下载。',
  ERR_TRAILING_DATA: '此文件末尾已损坏，或末尾添加了内容。请重新下载。',
  ERR_OUTPUT_LIMIT: '此文件展开后超过了设定的限制，因此未保存。',
  ERR_FINISHED: REPORT,
  ERR_ARCHIVE:
    '此处无法解压缩此项：它已损坏、有密码，或其类型不受支持。请使用其他程序解压缩，或重新下载。然后添加文件夹。',
  ERR_NOTHING_ENCRYPTED: '此交付内容中没有任何加密内容。请检查文件夹是否正确。',
  ERR_LITTER: '未包括：此文件由系统或某个程序生成，不是交付内容的一部分。',
  ERR_PRIVATE_KEY_IN_DROP: '未包括：这是私钥，私钥绝不会与数据一起保存。',
  ERR_SECRET_IN_DROP: '未包括：此文件曾用作密码或响应。',
  ERR_LINK_OUTSIDE: '未包括：此链接指向交付内容之外。如果目标文件属于交付内容，请将其复制到交付内容中。',
  ERR_LINK_LOOP: '未包括：此链接指回其自身所在的文件夹。',
  ERR_NOT_A_FILE: '未包括：这不是文件。',
  ERR_ROW_INVALID: '此文件中有一行的格式不符合预期。请按原样保存文件，然后查看该位置。',
  ERR_ROW_LIMIT: '此文件中有一行过长，无法在此处读取。请按原样保存文件，然后使用其他程序。',
  ERR_READ: '无法读取此项。它已被更改、移动或删除，或者你无权读取。请重新添加。',
  ERR_WRITE: '无法将此项保存到该位置。请重新保存到其他位置。',
  ERR_NO_SPACE: '空间不足。请释放一些空间或选择其他位置，然后重新保存。',
  ERR_UNSAFE_NAME: '无法在该位置保存使用此名称或路径的文件。请为其指定更短或更简单的名称。',
  ERR_ABORTED: '在完成之前已取消。',
  ERR_USAGE: '显示此页面的网站以错误的方式调用了它。请告知网站所有者。',
  ERR_INTERNAL: REPORT,
};

/** @type {typeof en.technical} */
export const technical = {
  title: '技术详细信息',
};
