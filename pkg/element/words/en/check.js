/** English: the side “Check a key”. Only mgdc-decrypt/check-element loads it. */

import { number } from '../format.js';
import { files as count } from './counts.js';

/** @import { Finding, ServiceReadiness } from '../../../check.js' */

export const check = {
  intake: {
    title: 'See whether a service accepts a key, before the first delivery.',
    rehearse: 'Rehearse with your own key, before the first delivery.',
    target: 'Drag the description of a key here.',
    rehearseHint:
      'Add the public half of the key: a certificate, a public key in PEM, or the JSON of az keyvault key show. ' +
      'You get a small invented delivery that only your key opens.',
    addFiles: 'Choose files',
    addFolder: 'Choose a folder',
    paste: 'Paste a description',
    line: 'Key check',
    titleMore: 'Add the vault, a second key or another description',
    hint:
      'The JSON of az keyvault key show, Get-AzKeyVaultKey or REST, the same for the vault, a PFX or PEM file, a ' +
      'BYOK file, a key’s address or encryptionKeyDetails.json. The private key is not needed. No vault is asked, ' +
      'and nothing leaves this page.',
  },
  ask: {
    title: 'What the check cannot read from a file',
    tenant: 'Tenant ID',
    tenantHint: 'Data Connect uses the key that is named after it.',
    services: 'Services',
    policy: 'Customer Key policy to make a command for',
    policies: {
      '': 'None',
      'multi-workload': 'Several workloads',
      exchange: 'Exchange',
      sharepoint: 'SharePoint and OneDrive',
    },
    policyName: 'Name of the policy',
    policyDescription: 'Description of the policy',
    identity: 'Address of the SharePoint admin site',
    address: 'Address of a key',
    addressHint: 'https://<vault>.vault.azure.net/keys/<key>/<version>',
    addAddress: 'Add',
  },
  added: {
    title: 'What was added',
    remove: (/** @type {string} */ name) => `Remove ${name}`,
    password: 'Password',
    open: 'Open',
    wrongSide: 'These files do not describe a key. If they are a delivery, you can decrypt them.',
    decryptInstead: 'Decrypt these files instead',
    leftOut: (/** @type {number} */ files) =>
      `${count(files)} ${files === 1 ? 'was' : 'were'} left out: a check reads at most ${number(200)}. ` +
      'A delivery belongs on the side “Decrypt a delivery”.',
  },
  result: {
    checking: 'Checking…',
    done: (/** @type {readonly ServiceReadiness[]} */ services) =>
      services.map(({ title, verdict }) => `${title}: ${check.standing[verdict]}.`).join(' '),
    again: 'Try again',
  },
  /** @type {Record<ServiceReadiness['verdict'], string>} */
  standing: { accepts: 'accepts it', refuses: 'refuses it', 'cannot-tell': 'not clear' },
  standingNote: {
    accepts: 'No rule that the files show is broken. See below what they do not show.',
    refuses: 'At least one rule is broken.',
    'cannot-tell': 'The files show too little.',
  },
  groups: {
    /** @type {Record<Finding['verdict'], string>} */
    titles: {
      fail: 'Broken',
      warn: 'Risks',
      'not-visible': 'Not visible in these files',
      reminder: 'To remember',
      pass: 'Kept',
    },
    /** @type {(title: string, n: number) => string} */
    count: (title, n) => `${title} (${number(n)})`,
    /** @param {string} key */
    about: (key) => `${key}: `,
    /** The address follows. @param {string} section */
    source: (section) => `Source: ${section}, `,
  },
  table: {
    title: 'Side by side',
    rule: 'Rule',
    all: 'Everything together',
    /** @type {Record<Finding['verdict'], string>} */
    cells: { fail: 'broken', warn: 'risk', 'not-visible': 'not visible', reminder: 'remember', pass: 'kept' },
  },
  contradictions: 'Rules that contradict each other',
  command: {
    title: 'Command for the policy',
    refused: 'No command was made, because a rule is broken:',
    validator: 'Microsoft’s own validator has the last word. Run it first:',
    checkList: 'No file shows these. Check them by hand first:',
    copy: 'Copy',
    copied: 'Copied',
    refusedCopy: 'The browser did not allow copying. Select the text and copy it.',
    shells: { az: 'Azure CLI', powershell: 'PowerShell' },
  },
  report: { print: 'Print', json: 'Save as JSON', markdown: 'Save as Markdown', name: 'key-readiness' },
  rehearse: {
    title: 'Rehearse before the first delivery',
    hint:
      'Make a small invented delivery that is encrypted to this key, and decrypt it the way you will decrypt the ' +
      'real one. Only the public half of the key is used.',
    button: 'Make a rehearsal',
    name: 'rehearsal.zip',
    saved: 'The rehearsal was saved as a ZIP. Unpack it, then decrypt it with your key or through your vault.',
  },
  offer: 'Check this key',
};
