/** German: the side “Check a key”. Only mgdc-decrypt/check-element loads it. */

import { number } from '../format.js';
import { files as count } from './counts.js';

/** @import { Finding, ServiceReadiness } from '../../../check.js' */
/** @import { check as en } from '../en/check.js' */

/** @type {typeof en} */
export const check = {
  intake: {
    title: 'Sehen Sie vor der ersten Lieferung, ob ein Dienst einen Schlüssel annimmt.',
    rehearse: 'Machen Sie vor der ersten Lieferung einen Probelauf mit Ihrem eigenen Schlüssel.',
    target: 'Ziehen Sie die Beschreibung eines Schlüssels hierher.',
    rehearseHint:
      'Fügen Sie den öffentlichen Teil des Schlüssels hinzu: ein Zertifikat, einen öffentlichen Schlüssel als PEM ' +
      'oder das JSON von az keyvault key show. Sie bekommen eine kleine erfundene Lieferung, die nur Ihr Schlüssel ' +
      'öffnet.',
    addFiles: 'Dateien auswählen',
    addFolder: 'Ordner auswählen',
    paste: 'Beschreibung einfügen',
    line: 'Schlüsselprüfung',
    titleMore: 'Den Tresor, einen zweiten Schlüssel oder eine weitere Beschreibung hinzufügen',
    hint:
      'Das JSON von az keyvault key show, Get-AzKeyVaultKey oder REST, dasselbe für den Tresor, eine PFX- oder ' +
      'PEM-Datei, eine BYOK-Datei, die Adresse eines Schlüssels oder encryptionKeyDetails.json. Der private ' +
      'Schlüssel ist nicht nötig. Es wird kein Tresor abgefragt, und nichts verlässt diese Seite.',
  },
  ask: {
    title: 'Was die Prüfung nicht aus einer Datei lesen kann',
    tenant: 'Mandanten-ID',
    tenantHint: 'Data Connect verwendet den Schlüssel, der nach ihr benannt ist.',
    services: 'Dienste',
    policy: 'Befehl für diese Customer-Key-Richtlinie',
    policies: {
      '': 'Keine',
      'multi-workload': 'Mehrere Workloads',
      exchange: 'Exchange',
      sharepoint: 'SharePoint und OneDrive',
    },
    policyName: 'Name der Richtlinie',
    policyDescription: 'Beschreibung der Richtlinie',
    identity: 'Adresse der SharePoint-Verwaltungswebsite',
    address: 'Schlüsseladresse',
    addressHint: 'https://<Tresor>.vault.azure.net/keys/<Schlüssel>/<Version>',
    addAddress: 'Hinzufügen',
  },
  added: {
    title: 'Was hinzugefügt wurde',
    remove: (/** @type {string} */ name) => `${name} entfernen`,
    password: 'Kennwort',
    open: 'Öffnen',
    wrongSide:
      'Diese Dateien beschreiben keinen Schlüssel. Wenn sie eine Lieferung sind, können Sie sie entschlüsseln.',
    decryptInstead: 'Diese Dateien stattdessen entschlüsseln',
    leftOut: (/** @type {number} */ files) =>
      `${count(files)} ${files === 1 ? 'wurde' : 'wurden'} ausgelassen: Eine Prüfung liest höchstens ${number(200)}. ` +
      'Eine Lieferung gehört auf die Seite „Lieferung entschlüsseln“.',
  },
  result: {
    checking: 'Wird geprüft…',
    done: (/** @type {readonly ServiceReadiness[]} */ services) =>
      services.map(({ title, verdict }) => `${title}: ${check.standing[verdict]}.`).join(' '),
    again: 'Noch einmal versuchen',
  },
  /** @type {Record<ServiceReadiness['verdict'], string>} */
  standing: { accepts: 'nimmt ihn an', refuses: 'lehnt ihn ab', 'cannot-tell': 'lässt sich nicht sagen' },
  standingNote: {
    accepts: 'Keine Regel, die in den Dateien sichtbar ist, ist verletzt. Unten steht, was sie nicht zeigen.',
    refuses: 'Mindestens eine Regel ist verletzt.',
    'cannot-tell': 'Die Dateien zeigen zu wenig.',
  },
  groups: {
    /** @type {Record<Finding['verdict'], string>} */
    titles: {
      fail: 'Verletzt',
      warn: 'Risiken',
      'not-visible': 'In diesen Dateien nicht sichtbar',
      reminder: 'Zu beachten',
      pass: 'Eingehalten',
    },
    /** @type {(title: string, n: number) => string} */
    count: (title, n) => `${title} (${number(n)})`,
    /** @param {string} key */
    about: (key) => `${key}: `,
    /** The address follows. @param {string} section */
    source: (section) => `Quelle: ${section}, `,
  },
  table: {
    title: 'Nebeneinander',
    rule: 'Regel',
    all: 'Alles zusammen',
    /** @type {Record<Finding['verdict'], string>} */
    cells: {
      fail: 'verletzt',
      warn: 'Risiko',
      'not-visible': 'nicht sichtbar',
      reminder: 'beachten',
      pass: 'eingehalten',
    },
  },
  contradictions: 'Regeln, die einander widersprechen',
  command: {
    title: 'Befehl für die Richtlinie',
    refused: 'Es wurde kein Befehl erstellt, weil eine Regel verletzt ist:',
    validator: 'Das letzte Wort hat Microsofts eigenes Prüfprogramm. Führen Sie es zuerst aus:',
    checkList: 'Das zeigt keine Datei. Prüfen Sie es zuerst von Hand:',
    copy: 'Kopieren',
    copied: 'Kopiert',
    refusedCopy: 'Der Browser hat das Kopieren nicht erlaubt. Markieren Sie den Text, und kopieren Sie ihn.',
    shells: { az: 'Azure CLI', powershell: 'PowerShell' },
  },
  report: { print: 'Drucken', json: 'Als JSON speichern', markdown: 'Als Markdown speichern', name: 'key-readiness' },
  rehearse: {
    title: 'Probelauf vor der ersten Lieferung',
    hint:
      'Erstellen Sie eine kleine erfundene Lieferung, die für diesen Schlüssel verschlüsselt ist, und ' +
      'entschlüsseln Sie sie so, wie Sie die echte entschlüsseln werden. Es wird nur der öffentliche Teil des ' +
      'Schlüssels verwendet.',
    button: 'Probelieferung erstellen',
    name: 'rehearsal.zip',
    saved:
      'Die Probelieferung wurde als ZIP-Archiv gespeichert. Entpacken Sie es, und entschlüsseln Sie sie dann mit ' +
      'Ihrem Schlüssel oder über Ihren Tresor.',
  },
  offer: 'Diesen Schlüssel prüfen',
};
