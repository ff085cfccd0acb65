/** German: the bar at the top, the empty page, the steps, and what happens to everything at once. */

import { bytes, number, percent } from '../format.js';
import { files } from './counts.js';

/** @import { Finished, Totals } from '../shapes.js' */

export const page = {
  title: 'Eine Lieferung von Data Connect entschlüsseln',
  /** @param {number} share */
  busy: (share) => `${percent(share, 1)} · Wird entschlüsselt`,
  starting: 'Wird entschlüsselt…',
  /** @param {Finished} run */
  over({ error, figures }) {
    if (error) return 'Gestoppt';
    if (!figures) return 'Abgebrochen';
    return figures.failed > 0 || figures.inVain ? 'Fertig, mit Fehlern' : 'Fertig';
  },
  /** @type {(state: string, title: string) => string} */
  titleWith: (state, title) => `${state} – ${title}`,
  insecure:
    'Diese Seite wurde über einfaches http:// geladen. Sie funktioniert, aber langsamer, und sie kann nicht in ' +
    'einen Ordner speichern: Verwenden Sie das ZIP-Archiv. Zwischen dem Server und Ihnen könnte jeder den Code der ' +
    'Seite verändert haben. Deshalb ist eine Adresse mit https:// besser.',
};

export const bar = {
  name: 'mgdc-decrypt',
  label: 'Seite',
  skip: 'Zur Lieferung springen',
  modes: 'Was möchten Sie tun?',
  decrypt: 'Lieferung entschlüsseln',
  check: 'Schlüssel prüfen',
  offline: 'Offline: Diese Seite kann keine Daten senden',
  offlineShort: 'Offline',
  offlineHint: 'Was diese Seite mit Ihren Daten tun kann und was nicht',
  help: 'Hilfe',
  dark: 'Dunkle Farben verwenden',
  light: 'Helle Farben verwenden',
  language: 'Sprache',
};

export const welcome = {
  title: 'Entschlüsseln Sie eine Lieferung von Microsoft Graph Data Connect in Ihrem Browser.',
  stays: 'Ihre Dateien und Schlüssel verlassen diesen Computer nie.',
  target: 'Ziehen Sie den Ordner der Lieferung und ihren privaten Schlüssel hierher.',
  targetHintHere: 'Alles auf einmal oder nacheinander, in beliebiger Reihenfolge.',
  targetHint: 'Alles auf einmal oder nacheinander, in beliebiger Reihenfolge, an eine beliebige Stelle dieser Seite.',
  addFolder: 'Ordner der Lieferung auswählen',
  addFiles: 'Dateien oder ZIP auswählen',
  paste: 'Schlüssel einfügen',
  sample: 'Beispiel ausprobieren',
  picture: 'Aus einem Ordner und einem Schlüssel wird eine Tabelle.',
  steps: 'So funktioniert es',
  stepGet: 'Lieferung holen',
  stepGetHint:
    'Kopieren Sie den ganzen Ordner, den Data Connect in Ihren Speicher geschrieben hat: mit dem Azure-Portal, dem ' +
    'Storage-Explorer oder azcopy.',
  stepKey: 'Schlüssel holen',
  stepKeyHint:
    'Den privaten Schlüssel als Datei (PEM, PFX, JWK, DER). Oder lassen Sie ihn in Key Vault: Dann bekommen Sie ' +
    'den Befehl, den Sie dort ausführen.',
  stepSave: 'Ansehen und speichern',
  stepSaveHint: 'Wählen Sie aus, was Sie brauchen. Speichern Sie es in einen Ordner oder als ZIP-Archiv.',
  tree: 'So sieht eine Lieferung aus',
  treeFolder: 'Ihre Lieferung',
  treeKey: 'sagt, welcher Schlüssel die Lieferung öffnet',
  treeData: 'verschlüsselte Daten, ein Ordner für jedes Dataset',
  other: 'Noch keine Lieferung?',
  check: 'Schlüssel prüfen',
  checkHint: 'Sehen Sie vor der ersten Lieferung, ob die Dienste ihn annehmen werden.',
  rehearse: 'Probelauf',
  rehearseHint: 'Erstellen Sie eine kleine erfundene Lieferung für Ihren Schlüssel, und entschlüsseln Sie sie.',
  offlineCopy: 'Diese Seite zur Offlineverwendung herunterladen',
};

export const paste = {
  label: 'Privater Schlüssel, Schlüsseldetails oder Antwort von Key Vault',
  hint:
    'Fügen Sie den Text hier ein, oder fügen Sie ihn mit der Tastatur irgendwo auf dieser Seite ein: einen ' +
    'Schlüssel als PEM oder JWK, encryptionKeyDetails.json, eine Antwort von Key Vault. Auch kopierte Dateien sind ' +
    'möglich.',
  add: 'Hinzufügen',
  close: 'Schließen',
};

export const rail = {
  label: 'Schritte',
  // Soft hyphens: four steps share 336 pixels on a phone.
  delivery: 'Liefe\u00adrung',
  key: 'Schlüs\u00adsel',
  review: 'Auswahl',
  save: 'Spei\u00adchern',
  done: 'erledigt',
  problem: 'erfordert Aufmerksamkeit',
  needDelivery: 'Fügen Sie jetzt die Lieferung hinzu: den Ordner, den Data Connect geschrieben hat.',
  needDetails: 'Fügen Sie jetzt die fehlende Datei hinzu.',
  packed: 'Ein Archiv ließ sich hier nicht öffnen. Die Liste unten sagt, warum.',
  /** @param {string} key */
  needPassword: (key) => `Geben Sie das Kennwort von ${key} ein.`,
  needKey: 'Fügen Sie jetzt den privaten Schlüssel hinzu, oder lassen Sie Key Vault die Lieferung öffnen.',
  wrongKey: 'Fügen Sie jetzt den richtigen Schlüssel hinzu, oder lassen Sie Key Vault die Lieferung öffnen.',
  /** @type {(ready: number, locked: number) => string} */
  someLocked: (ready, locked) =>
    `${files(ready)} ${ready === 1 ? 'ist' : 'sind'} entsperrt, ${number(locked)} noch gesperrt. Fügen Sie einen ` +
    'weiteren Schlüssel hinzu, oder machen Sie ohne die gesperrten weiter.',
  unlocked: 'Alles ist entsperrt. Wählen Sie aus, was Sie brauchen, und speichern Sie es.',
  nothingEncrypted: 'Hier ist nichts verschlüsselt. Es ist kein Schlüssel nötig.',
  nothingUsable: 'Hier lässt sich nichts entschlüsseln. Die Liste sagt, warum.',
  running: 'Wird entschlüsselt und gespeichert…',
  over: 'Gespeichert. Sie können den Bericht ansehen oder noch etwas speichern.',
  overFailed: 'Beendet, aber nicht alles hat geklappt. Unten steht, was fehlgeschlagen ist.',
  cancelled: 'Abgebrochen. Sie können jederzeit wieder beginnen.',
};

export const line = {
  noDelivery: 'Noch keine Lieferung',
  /** @param {number} n */
  keys: (n) => `${number(n)} Schlüssel`,
  unnamed: 'Lieferung',
  sample: 'Beispiellieferung',
  /** @param {Totals} totals */
  totals: ({ files: n, bytes: size }) => (size === null ? files(n) : `${files(n)} · ${bytes(size)}`),
  addFolder: 'Ordner hinzufügen',
  addFiles: 'Dateien hinzufügen',
  paste: 'Einfügen',
  /** @param {number} n */
  arriving: (n) => (n > 0 ? `${files(n)} ${n === 1 ? 'wird' : 'werden'} gelesen…` : 'Wird gelesen…'),
  clear: 'Alles entfernen',
};

export const overlay = {
  title: 'Zum Hinzufügen loslassen',
  hint: 'Eine Lieferung, ihr Schlüssel oder beides: Die Seite ordnet es zu.',
  check: 'Zum Prüfen loslassen',
  checkHint: 'Die Beschreibung eines Schlüssels, eines Zertifikats oder eines Tresors.',
};

export const undo = {
  cleared: 'Alles wurde entfernt.',
  restore: 'Rückgängig machen',
  said: 'Alles wurde entfernt. Sie können das zehn Sekunden lang rückgängig machen.',
  restored: 'Alles ist wieder da.',
  wiped: 'Alles wurde entfernt, und die Schlüssel wurden überschrieben.',
};
