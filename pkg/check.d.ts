/**
 * mgdc-decrypt/check: what can be tried and checked with the public half of a key, before the first delivery.
 *
 * It has a second WebAssembly module, which is loaded when it is first needed: inside of a JavaScript module, or with
 * `mgdc-decrypt/slim` as the file `wasm-check/mgdc_check_bg.wasm`. As in the whole package, nothing is sent anywhere.
 *
 * @module mgdc-decrypt/check
 */

import type { Algorithm, Bytes, DropItem, ErrorCode } from './index.js';

/**
 * Loads the module. Optional: whatever needs it does it. Call it to load from elsewhere, to try again after
 * `ERR_WASM_LOAD`, or before the page closes its network.
 */
export function init(source?: URL | string | BufferSource | WebAssembly.Module): Promise<void>;

/**
 * Makes a rehearsal: a small drop of invented rows, encrypted to `key` as a delivery would be. Two datasets are
 * encrypted and one is in clear, as in a drop with a dataset that is not eligible; `rehearsal` is in the name of
 * everything that is delivered. Decrypt it as you would decrypt a delivery: with `openDrop`, on the page, or on the
 * command line. Nothing else here encrypts.
 *
 * `key` is the public half of an RSA key of 2048 bits or more: a public key or a certificate (PEM or DER), a JWK, or
 * the JSON of the key as Key Vault's REST API, `az keyvault key show` or `Get-AzKeyVaultKey | ConvertTo-Json` give it.
 * Of a private key without a password only the public numbers are used. The key details name the version that the JSON
 * gives; where there is none, they name `00000000000000000000000000000000`, which no vault has.
 *
 * `algorithm`: what the file key is wrapped with, `'RSA-OAEP'` by default.
 *
 * @throws ERR_PUBLIC_KEY_MISSING, ERR_PUBLIC_KEY_INVALID, ERR_PUBLIC_KEY_NOT_RSA, ERR_PUBLIC_KEY_SIZE, ERR_WASM_LOAD
 */
export function rehearse(key: Bytes | Blob, options?: { algorithm?: Algorithm }): Promise<DropItem[]>;

/** A service that takes a customer's key. */
export type Service = 'mgdc' | 'customer-key' | 'defender' | 'dataverse';

/**
 * `fail`: the rule is broken. `warn`: not forbidden, or not certain, but a risk. `not-visible`: what was given does not
 * show it. `reminder`: nothing to check here, or a note. `pass`: the rule is kept.
 */
export type Verdict = 'pass' | 'fail' | 'warn' | 'not-visible' | 'reminder';

/**
 * A file, a file with its password, a file that was not read because it is too big, or a key identifier
 * (`https://HOST/keys/NAME/VERSION`).
 */
export type CheckItem =
  | File
  | {
      /** Its name. */
      path: string;
      /** Its bytes. */
      blob: Blob | Uint8Array;
      /** What opens it. */
      password?: string;
    }
  | {
      /** Its name. */
      path: string;
      /** Its bytes. */
      size: number;
    }
  | string;

/** Options of `checkKey`. */
export interface CheckOptions {
  /** The moment at which to judge: a Date, milliseconds since 1970, or an ISO 8601 text. Default: this moment. */
  now?: Date | number | string;
  /** Whose rules to judge. Default: all services. */
  services?: Service[];
  /** The tenant's id: Data Connect's key is named after it. */
  tenantId?: string;
  /** Which policy of Customer Key a command is built for. */
  policy?: 'exchange' | 'multi-workload' | 'sharepoint';
  /** The name that the policy gets. */
  policyName?: string;
  /** The description that the policy gets. */
  policyDescription?: string;
  /** Address of the SharePoint admin site, for the policy `sharepoint`. */
  identity?: string;
}

/** What was read of one key. A missing member was not visible; `null` is visible and unset. Dates: seconds since 1970. */
export interface KeyFacts {
  /** What was read: the JSON of a key (`'key'`), a key file, a BYOK file, or a key identifier. */
  what: 'key' | 'file' | 'byok' | 'uri';
  /** A name for people: the key's name and its file. */
  label: string;
  /** The file name, or the identifier as it was given. */
  file: string;
  /** Key type, as written. */
  kty?: string;
  /** Bits of the modulus; of an EC key, of its curve. */
  bits?: number;
  /** Name of the key. */
  name?: string;
  /** Version of the key. */
  version?: string | null;
  /** Name of the vault or HSM. */
  vault?: string;
  /** Host of the vault or HSM. */
  host?: string;
  /** The key identifier. */
  kid?: string;
  /** Expiry. */
  expires?: number | null;
  /** Begin of validity. */
  notBefore?: number | null;
  /** Whether the key is enabled. */
  enabled?: boolean;
  /** Recovery level, as written. */
  recoveryLevel?: string;
  /** Permitted operations, as written. */
  keyOps?: string[];
  /** Whether the private key is there. */
  private?: boolean;
  /** Form of a key file. */
  form?: 'pfx' | 'pem';
  /** Whether a key file opened, with the given or an empty password. */
  opened?: boolean;
  /**
   * How a PFX file protects its key: by a password that is not empty, by an empty one, not at all; `'mac-only'`:
   * nothing is encrypted, and a MAC needs a password; `'half'`: the key is in clear, and something else is encrypted.
   */
  protection?: 'password' | 'empty' | 'none' | 'mac-only' | 'half';
  /** The size that is written differs from the modulus; a date without a zone was read as UTC. */
  warnings?: ('size-differs' | 'date-without-zone')[];
  /** Fact → the file and the member that it was read from. */
  from: Record<string, string>;
  [more: string]: unknown;
}

/** Stable codes of `KeyCheck.messages`: what a file is, where it says nothing of a key. */
export type CheckCode =
  | 'ERR_CHECK_ANSWER' // an error that Key Vault or a tool answered
  | 'ERR_CHECK_DAMAGED' // cut or damaged
  | 'ERR_CHECK_DISAGREE' // two documents about one key disagree
  | 'ERR_CHECK_IDENTIFIER' // not a key identifier
  | 'ERR_CHECK_LIMIT' // more keys than are judged: a limit of ours
  | 'ERR_CHECK_LIST' // a list, which lacks what the rules need
  | 'ERR_CHECK_OTHER_KIND' // a secret, a certificate, a backup, a deleted key
  | 'ERR_CHECK_TOO_BIG' // bigger than what is read: a limit of ours
  | 'ERR_CHECK_UNKNOWN'; // nothing that describes a key or a vault

/** Stable names of `KeyCheck.messages` that have no code: remarks about a key, or about its file. */
export type CheckRemark =
  | 'byok-problems' // something is wrong in a BYOK file
  | 'date-without-zone' // a date was read as UTC
  | 'identifier' // what is odd about a key identifier
  | 'key-exchange-key' // taken for the key exchange key of a BYOK file
  | 'key-exchange-key-unfit' // and it does not fit
  | 'operations-cut' // PowerShell cut the list
  | 'private-key' // a private key was given
  | 'size-differs' // from the modulus
  | 'unreadable'; // a date or a modulus

/** The verdict of one rule, about one key or about everything that was given together. */
export interface Finding {
  /** Whose rule it is. */
  service: Service;
  /** The rule's id, such as `M3`. */
  rule: string;
  /** Whether the rule is kept. */
  verdict: Verdict;
  /** What the service demands, in one sentence. */
  demand: string;
  /** What was found and where it was read, or which file would show it. */
  message: string;
  /** The document that states the rule: an `https:` address. */
  source: string;
  /** The document's title and section. */
  section: string;
  /** What to do. */
  remedy?: string;
  /** The command that does it, with the names that were read. */
  command?: {
    /** For the Azure CLI. */
    az?: string;
    /** For PowerShell. */
    powershell?: string;
  };
  /** The label of the key that it is about, and its position in `keys`. */
  key?: string;
  /** Its position in `KeyCheck.keys`. */
  keyIndex?: number;
}

/** Whether a service accepts the keys. */
export interface ServiceReadiness {
  /** The service. */
  service: Service;
  /** Its name for people. */
  title: string;
  /** `accepts`: no rule that can be seen is broken. `cannot-tell`: too little can be seen. */
  verdict: 'accepts' | 'refuses' | 'cannot-tell';
  /** The same for each key alone, in the order of `KeyCheck.keys`. */
  keys: ('accepts' | 'refuses' | 'cannot-tell')[];
  [more: string]: unknown;
}

/** What came of `checkKey`. */
export interface KeyCheck {
  /** What was read of each key. */
  keys: KeyFacts[];
  /** The verdict of every rule. */
  findings: Finding[];
  /** The verdict of every service. */
  services: ServiceReadiness[];
  /**
   * What no single rule says.
   */
  messages: {
    /** The file that it is about. */
    item?: string;
    /** Where the file says nothing of a key: why. An `ErrorCode` for a key file that does not open. */
    code?: CheckCode | ErrorCode;
    /** Where there is no code: what it is about. */
    remark?: CheckRemark;
    /** The message for a person. */
    text: string;
    /** The command that gives the right file. */
    say?: string;
  }[];
  /** What each document is. */
  sources: {
    /** A word for what it is. */
    kind: string;
    [more: string]: unknown;
  }[];
  /** Rules of two services that no key, or only special keys, can keep together. */
  contradictions: {
    /** Their ids. */
    rules: [string, string];
    /** Whose they are. */
    services: [Service, Service];
    /** What contradicts what. */
    message: string;
    /** The labels of the keys that it is about. */
    keys: string[];
  }[];
  /** The policy's command, ready to copy, where one was asked for and the keys keep the rules that can be seen. */
  command?: string;
  /** The command of Microsoft's own validator, which has the last word. */
  validator?: string;
  /** Why there is no command although one was asked for. */
  refused?: {
    /** The rule that is broken. */
    rule: string;
    /** What is wrong. */
    message: string;
  }[];
  /** What no file showed, to be checked by hand before the command is used. */
  checkList?: string[];
}

/**
 * Judges keys against the rules of the services, from what an administrator can export: the JSON of REST, `az`,
 * PowerShell and ARM for a key or a vault, PowerShell's text, PFX, PEM, DER, BYOK files, key details, key identifiers.
 * No vault is asked. One file that cannot be read gives a message; the others are judged all the same.
 *
 * @throws ERR_WASM_LOAD
 *
 * @example
 * ```js
 * import { checkKey } from 'mgdc-decrypt/check';
 *
 * const { services, findings } = await checkKey(keyFiles, { tenantId });
 * for (const { title, verdict } of services) console.log(title, verdict); // 'accepts', 'refuses' or 'cannot-tell'
 * for (const { rule, verdict, message } of findings) console.log(rule, verdict, message);
 * ```
 */
export function checkKey(items: Iterable<CheckItem>, options?: CheckOptions): Promise<KeyCheck>;

/** A check as a text to hand over: JSON, or Markdown. It names no secret. */
export function keyCheckAs(check: KeyCheck, form: 'json' | 'markdown'): string;
