/** German: private keys, key details and the way through Key Vault. */

import { number } from '../format.js';
import { count, files } from './counts.js';

/** @import { Opened } from '../shapes.js' */

/** @param {Opened} entry */
function openedOne({ version, algorithm, files: n }) {
  const what = version ? `die Schlüsselversion ${version}` : 'den Eintrag der Schlüsseldetails';
  const which = algorithm ? `, die für ${algorithm} bestimmt war` : '';
  const opens = n === null ? '' : ` Damit ${n === 1 ? 'lässt' : 'lassen'} sich ${files(n)} öffnen.`;
  return `Die Antwort von Key Vault${which ? `${which},` : ''} hat ${what} geöffnet.${opens}`;
}

/** The first characters of key versions: enough to compare, never last in a sentence. @param {string[]} versions */
const short = (versions) => versions.map((version) => (version.length > 8 ? `${version.slice(0, 8)}…` : version));

/** Versions that a sentence names one by one. */
const MOST_NAMED = 3;

export const keyStep = {
  title: 'Schlüssel',
  /**
   * The key versions that are still needed; `null` where the delivery does not name one.
   * @param {(string | null)[]} versions
   */
  needed(versions) {
    const named = short(versions.filter((version) => version !== null));
    if (named.length === 0 || named.length !== versions.length || named.length > MOST_NAMED)
      return versions.length > 1
        ? `Diese Lieferung ist gesperrt. Sie braucht ${number(versions.length)} private Schlüssel.`
        : 'Diese Lieferung ist gesperrt. Sie braucht ihren privaten Schlüssel.';
    return named.length === 1
      ? `Diese Lieferung ist gesperrt. Die Schlüsselversion ${named[0]} wird gebraucht.`
      : `Diese Lieferung ist gesperrt. Die Schlüsselversionen ${named.join(', ')} werden gebraucht.`;
  },
  /** The key versions that are still needed, when others are open. @param {number} n */
  partly: (n) =>
    `Ein Teil dieser Lieferung ist entsperrt. Es ${n === 1 ? 'fehlt' : 'fehlen'} noch ` +
    `${count(n, 'Schlüsselversion', 'Schlüsselversionen')}.`,
  /** @type {(keys: number, answers: number) => string} */
  unlocked: (keys, answers) =>
    [
      keys > 0 && `${number(keys)} Schlüssel`,
      answers > 0 && count(answers, 'Antwort von Key Vault', 'Antworten von Key Vault'),
      'alles ist entsperrt',
    ]
      .filter(Boolean)
      .join(' · '),
  noDrop: 'Der Schlüssel ist bereit. Fügen Sie jetzt die Lieferung hinzu: den Ordner, den Data Connect geliefert hat.',
  fileTitle: 'Ich habe die Schlüsseldatei',
  fileText:
    'Fügen Sie den privaten Schlüssel hinzu: eine PEM-, DER-, PFX- oder JWK-Datei. Wählen Sie sie hier aus, ziehen ' +
    'Sie sie auf diese Seite, oder kopieren Sie ihren Text und fügen Sie ihn ein.',
  choose: 'Schlüsseldatei auswählen',
  another: 'Weiteren Schlüssel hinzufügen',
  vaultTitle: 'Der Schlüssel liegt in Key Vault',
  versionsTitle: 'Schlüsselversionen dieser Lieferung',
  missingTitle: 'Eine Datei fehlt: encryptionKeyDetails.json',
  missingText:
    'Sie nennt die Schlüssel der verschlüsselten Dateien. Sie liegt im Ordner der Lieferung selbst, und zwar hier:',
  missingChoose: 'encryptionKeyDetails.json auswählen',
  missingFolder: 'Oder ziehen Sie den ganzen Ordner der Lieferung auf diese Seite.',
  /** The way to the file; the first part is the delivery's own folder. */
  missingPath: ['Ordner der Lieferung', 'metadata', 'MoreMetadata', 'EncryptedDatasets', 'encryptionKeyDetails.json'],
};

export const key = {
  reading: 'Wird gelesen…',
  /** @param {number} bits */
  bits: (bits) => `RSA, ${bits} Bit`,
  /** @param {number} n */
  several: (n) => `${number(n)} Schlüssel`,
  /** @param {number} n */
  opened: (n) => `Öffnet ${count(n, 'verschlüsselten Schlüssel', 'verschlüsselte Schlüssel')} dieser Lieferung`,
  /** @param {string[]} versions */
  versions: (versions) =>
    `Öffnet die ${versions.length === 1 ? 'Schlüsselversion' : 'Schlüsselversionen'} ${versions.join(', ')}`,
  /** @param {string[]} versions */
  carries: (versions) => `${versions.length === 1 ? 'Version' : 'Versionen'} ${versions.join(', ')}`,
  waiting: 'Wartet auf die Lieferung',
  waitingForDetails: 'Wartet auf encryptionKeyDetails.json',
  nothingEncrypted: 'Nicht nötig: Hier ist nichts verschlüsselt',
  notNeeded: 'Nicht nötig: Alles ist entsperrt',
  failed: 'Nicht verwendbar',
  needsPassword: 'Kennwort erforderlich',
  /**
   * A key that opens nothing, while something is locked.
   * @param {(string | null)[]} versions that are needed
   */
  noMatch(versions) {
    const named = short(versions.filter((version) => version !== null));
    if (named.length === 0 || named.length > MOST_NAMED) return 'Dieser Schlüssel passt nicht zu dieser Lieferung.';
    return named.length === 1
      ? `Dieser Schlüssel passt nicht. Die Schlüsselversion ${named[0]} wird gebraucht.`
      : `Dieser Schlüssel passt nicht. Die Schlüsselversionen ${named.join(', ')} werden gebraucht.`;
  },
  cancelled:
    'Abgebrochen, bevor der Schlüssel mit allen verschlüsselten Schlüsseln der Lieferung ausprobiert war. Um ihn ' +
    'noch einmal auszuprobieren, entfernen Sie ihn und fügen Sie ihn wieder hinzu.',
  password: 'Kennwort dieses Schlüssels',
  show: 'Anzeigen',
  showPassword: 'Kennwort anzeigen',
  unlock: 'Entsperren',
  passwordHint: 'Wird hier einmal verwendet und nicht aufbewahrt.',
  /** @param {string} name */
  remove: (name) => `${name} entfernen`,
  treatAsFile: 'Kein Schlüssel? Als Datendatei behandeln.',
};

export const details = {
  version: 'Schlüsselversion',
  noVersion: 'Schlüsselversion nicht genannt',
  unnamed: 'eine nicht genannte Version',
  /** @type {(key: string, algorithm: string | null) => string} */
  opened: (key, algorithm) => `Geöffnet mit ${key} (${algorithm})`,
  /** @param {string | null} algorithm */
  answered: (algorithm) => `Geöffnet mit der Antwort von Key Vault${algorithm ? ` (${algorithm})` : ''}`,
  /** @param {string} versions */
  lacking: (versions) => `Noch ohne Schlüssel: ${versions}`,
  /** @param {string} encoding */
  encoding: (encoding) => `Schlüssel geschrieben als ${encoding}`,
  /** @param {number} n */
  opens: (n) => `öffnet ${files(n)}`,
  locked: 'Gesperrt',
  column: 'Öffnet Werte innerhalb von Zeilen; diese Werte entschlüsselt diese Seite nicht',
  place: 'bei',
  /** @param {number} n */
  more: (n) =>
    n === 1
      ? `… und ${number(n)} weitere, ebenso verwendet, aber hier nicht aufgeführt.`
      : `… und ${number(n)} weitere. Sie werden ebenso verwendet, sind hier aber nicht aufgeführt.`,
  /** @param {number} n */
  several: (n) => `${number(n)} Schlüsselversionen`,
};

export const vault = {
  intro: 'Der Schlüssel bleibt, wo er ist: Key Vault entsperrt die Lieferung für Sie.',
  trouble: 'Der Befehl funktioniert nicht?',
  permissionText:
    'Sie brauchen für den Schlüssel die Berechtigung „decrypt“. Wenn Sie nur „unwrapKey“ haben, verwenden Sie ' +
    'PowerShell mit Unwrap anstelle von Decrypt oder REST mit unwrapkey anstelle von decrypt.',
  stepName: 'Geben Sie an, welcher Schlüssel es ist',
  stepRun: 'Führen Sie diesen Befehl aus',
  stepRunAll: 'Führen Sie diese Befehle aus',
  stepAnswer: 'Fügen Sie die Ausgabe ein',
  name: 'Tresor oder Schlüsselbezeichner',
  key: 'Schlüsselname (Mandanten-ID)',
  /**
   * @param {object} said
   * @param {string} said.vault as typed
   * @param {string} said.key as typed
   * @param {string | null} said.host
   * @param {string | null} said.name
   * @param {string | null} said.version
   * @param {boolean} said.known whether the host is in one of Azure's clouds
   * @param {(string | null)[]} said.wanted versions that files need
   */
  advice({ vault, key, host, name, version, known, wanted }) {
    const told = [];
    if (vault !== '' && host === null)
      told.push(
        'Das bezeichnet keinen Tresor. Geben Sie seinen Namen (contoso), seine Adresse (contoso.vault.azure.net) ' +
          'oder den Bezeichner des Schlüssels (https://contoso.vault.azure.net/keys/…) ein.',
      );
    if (host !== null && !known)
      told.push(
        `${host} liegt in keiner bekannten Azure-Cloud. Prüfen Sie, ob das Ihre Adresse ist, bevor Sie den Befehl ` +
          'ausführen, denn der verschlüsselte Schlüssel wird dorthin gesendet.',
      );
    if (key !== '' && name === null)
      told.push('Der Name eines Schlüssels besteht nur aus Buchstaben, Ziffern und Bindestrichen.');
    if (version !== null && !wanted.some((one) => one === null || one === version))
      told.push(
        `Dieser Bezeichner hat die Version ${version}, die hier keine Datei braucht. Wenn es derselbe Schlüssel ist, ` +
          'sind die Versionen unten die richtigen.',
      );
    return told.join(' ');
  },
  tool: 'Werkzeug',
  tools: { az: 'Azure CLI', powershell: 'PowerShell', rest: 'REST (curl)' },
  /** @param {string} command */
  signIn: (command) => `Dieser Tresor liegt in einer eigenen Cloud. Melden Sie sich zuerst dort an: ${command}`,
  /** @param {string} audience */
  token: (audience) =>
    `Führen Sie ihn in einer POSIX-Shell aus, mit einem Zugriffstoken für ${audience} in der Variablen TOKEN.`,
  algorithm: 'Padding',
  algorithmHint: 'Wenn Key Vault das Padding oder einen Parameter beanstandet, wählen Sie das nächste Padding.',
  /** @param {string} version */
  entry: (version) => `Schlüsselversion ${short([version])[0]}`,
  /** @param {string} version */
  command: (version) => `Befehl für die Schlüsselversion ${version}`,
  copy: 'Kopieren',
  /** @param {string} version */
  copyOf: (version) => `Kopieren: Befehl für die Schlüsselversion ${version}`,
  copied: 'Kopiert',
  copyFailed: 'Die Zwischenablage ist nicht verfügbar. Der Befehl ist markiert: Kopieren Sie ihn mit der Tastatur.',
  /** @param {number} n */
  more: (n) =>
    n === 1
      ? `… und ${number(n)} weiterer verschlüsselter Schlüssel. Er erscheint hier, wenn diese geöffnet sind.`
      : `… und ${number(n)} weitere verschlüsselte Schlüssel. Sie erscheinen hier, wenn diese geöffnet sind.`,
  answerHint: 'Das JSON oder nur den Wert. Mehrere fügen Sie nacheinander ein.',
  open: 'Entsperren',
  /** @param {Opened[]} entries */
  opened: (entries) => entries.map(openedOne).join(' '),
  /** @param {string} identifier */
  foreign: (identifier) =>
    'Die Schlüsseldetails nennen einen Schlüssel, der nicht in einem bekannten Key Vault liegt. Deshalb verwendet ' +
    'ihn ' +
    `der Befehl nicht: ${identifier}`,
};
