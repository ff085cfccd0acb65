/** German: the ways to save, and the progress of a run. */

import { bytes, duration, number, percent } from '../format.js';
import { files } from './counts.js';

/**
 * @import { Progress } from '../../../index.js'
 * @import { Plan } from '../shapes.js'
 */

export const ways = {
  title: 'Speichern',
  folder: 'In Ordner entschlüsseln',
  folderShort: 'Ordner',
  zip: 'Als ZIP entschlüsseln',
  zipShort: 'ZIP',
  give: 'Für das Portal entschlüsseln',
  giveHint: 'Die entschlüsselten Dateien gehen an das Portal, zu dem dies gehört.',
  /** @param {string} reason */
  sinkFailed: (reason) =>
    `das Portal, zu dem dies gehört, hat nicht gesagt, wohin die Dateien sollen (${reason}); fragen Sie, wer es betreibt`,
  saveClear: 'Unverschlüsselte speichern',
  options: 'Optionen zum Speichern',
  convert: 'CSV, Parquet',
  convertHint: 'Entschlüsseln und in CSV oder Parquet umwandeln',
  convertTitle: 'Entschlüsseln und umwandeln',
  formats: {
    csv: {
      title: 'CSV, für Tabellenprogramme',
      about: 'JSON-Zeilen werden zu Zeilen einer Tabelle. Andere Dateien werden unverändert gespeichert.',
      folder: 'Als CSV in einen Ordner entschlüsseln',
      zip: 'Als CSV in ein ZIP-Archiv entschlüsseln',
    },
    parquet: {
      title: 'Parquet, für Datenwerkzeuge',
      about:
        'Spalten mit Datentypen, für Spark, DuckDB, pandas und andere. Andere Dateien werden unverändert gespeichert.',
      folder: 'Als Parquet in einen Ordner entschlüsseln',
      zip: 'Als Parquet in ein ZIP-Archiv entschlüsseln',
    },
  },
  flatten: 'Eine Spalte für jeden verschachtelten Wert',
  notResumed:
    'Was umgewandelt wird, kann nicht fortgesetzt werden: Es wird immer von Anfang an geschrieben. Wählen Sie ' +
    'einen leeren Ordner.',
  report: 'Bericht mit den Daten speichern',
  reportHint: 'Als Seite zum Lesen und Drucken, als JSON und als SHA256SUMS.',
  salvage: 'Lesbaren Teil beschädigter Dateien speichern',
  salvageHint: 'Solche Dateien enden auf .partial. Sie gelten als fehlgeschlagen, und nichts darin ist geprüft.',
  cancel: 'Abbrechen',
  cancelHint: 'Auch Esc bricht ab',
  folderMissing:
    'Um in einen Ordner zu speichern, brauchen Sie Chrome oder Edge auf einem Computer. Verwenden Sie hier das ' +
    'ZIP-Archiv.',
  folderInsecure:
    'Um in einen Ordner zu speichern, braucht die Seite eine Adresse mit https://. Verwenden Sie hier das ZIP-Archiv.',
  folderFrame:
    'Dieser Frame darf keine Ordner öffnen. Öffnen Sie die Seite in einem eigenen Tab, oder verwenden Sie das ' +
    'ZIP-Archiv.',
  folderRefused:
    'Der Browser hat nicht erlaubt, in diesen Ordner zu schreiben. Wählen Sie einen anderen, oder verwenden Sie ' +
    'das ZIP-Archiv.',
  folderHintShort: 'Ein Ordner muss leer oder neu sein.',
  folderHint:
    'Wählen Sie einen leeren Ordner. Die Ordner Downloads, Dokumente und Desktop selbst erlauben Browser nicht, ' +
    'einen Unterordner davon schon.',
  folderHintResume:
    'Zum Beginnen: Wählen Sie einen leeren Ordner. Zum Fortsetzen: Wählen Sie noch einmal denselben Ordner.',
  resume: 'Fortsetzen: Dateien überspringen, die in diesem Ordner schon entschlüsselt sind',
  resumeHint:
    'Legt im Ordner eine kleine Liste ab (Namen, Größen, Hashwerte): .mgdc-decrypt.json. Schalten Sie die Option ' +
    'vor dem ersten Durchlauf ein.',
  /** @param {number} size */
  held: (size) =>
    'Dieser Browser baut das ZIP-Archiv im Arbeitsspeicher auf, bevor er es speichert. Bei ' +
    `${bytes(size)} kann das scheitern: Chrome und Edge können direkt auf die Festplatte schreiben.`,
  heldInStorage:
    'Ein großes Ergebnis wird zuerst entschlüsselt im privaten Speicher des Browsers auf diesem Computer abgelegt. ' +
    'Von dort wird es heruntergeladen und einige Minuten später gelöscht. Die Festplatte braucht Platz für beide ' +
    'Kopien.',
  heldShort:
    'Das ZIP-Archiv wird zuerst entschlüsselt im privaten Speicher des Browsers abgelegt. Mehr steht in den Optionen.',
  heldInMemoryShort:
    'Das ZIP-Archiv wird im Arbeitsspeicher aufgebaut. Das kann scheitern. Mehr steht in den Optionen.',
  /** @type {(room: number, needed: number) => string} */
  noRoomToSpill: (room, needed) =>
    `Der Browser hat in seinem privaten Speicher Platz für ${bytes(room)}, und mindestens ${bytes(needed)} werden ` +
    'gebraucht. Geben Sie Speicherplatz frei, speichern Sie einzelne Dateien, oder verwenden Sie Chrome oder Edge, ' +
    'die direkt auf die Festplatte schreiben.',
  /** @param {number} written */
  spillFull: (written) =>
    `Der private Speicher des Browsers war nach ${bytes(written)} voll. Geben Sie Speicherplatz frei, speichern Sie ` +
    'einzelne Dateien, oder verwenden Sie Chrome oder Edge, die direkt auf die Festplatte schreiben.',
  /** @param {string} reason */
  noStorage: (reason) =>
    `In den privaten Speicher des Browsers kann nicht geschrieben werden (${reason}). Erlauben Sie dieser Seite, ` +
    'Daten zu speichern, oder verwenden Sie Chrome oder Edge.',
  /**
   * What can be saved now.
   * @param {Plan} plan
   */
  chosen({ totals, bytes: size, clear }) {
    if (totals.files === 0) return 'Nichts ist ausgewählt';
    if (clear || totals.deliverable === 0) {
      if (totals.locked > 0) return `${files(totals.locked)} ${totals.locked === 1 ? 'ist' : 'sind'} gesperrt`;
      return totals.encrypted > 0 || totals.damaged > 0
        ? 'Hier lässt sich nichts entschlüsseln'
        : `${files(totals.files)}, nichts verschlüsselt`;
    }
    return size === null ? files(totals.deliverable) : `${files(totals.deliverable)} · ${bytes(size)}`;
  },
  /**
   * What is chosen and cannot be saved now; what can be saved as it is. Empty if there is nothing to say.
   * @param {Plan} plan
   */
  notSaved({ totals, clear }) {
    if (clear)
      return totals.asIs === 1
        ? '1 Datei ist nicht verschlüsselt. Sie kann unverändert gespeichert werden.'
        : `${files(totals.asIs)} sind nicht verschlüsselt. Sie können unverändert gespeichert werden.`;
    if (totals.deliverable === 0)
      return totals.damaged > 0 ? `${files(totals.damaged)} ${totals.damaged === 1 ? 'ist' : 'sind'} beschädigt.` : '';
    const parts = [
      totals.locked > 0 && `${number(totals.locked)} gesperrte`,
      totals.damaged > 0 && `${number(totals.damaged)} beschädigte`,
    ].filter(Boolean);
    return parts.length > 0 ? `Ohne ${parts.join(' und ')}` : '';
  },
  /** @type {(found: number, expected: number) => string} */
  shortFile: (found, expected) =>
    `Die gespeicherte Datei hat ${number(found)} statt ${number(expected)} Byte. Speichern Sie noch einmal, und zwar ` +
    'an einem anderen Ort.',
  noRoom:
    'Der Browser hat keinen Platz für das Ergebnis. Speichern Sie in einen Ordner, oder geben Sie Speicherplatz frei.',
  /** @param {string | null} folder */
  zipName: (folder) => `${folder ?? 'delivery'}-decrypted.zip`,
  /** @param {string | null} folder */
  clearName: (folder) => `${folder ?? 'delivery'}-clear-files.zip`,
  /** @type {(folder: string | null, format: string) => string} */
  convertName: (folder, format) => `${folder ?? 'delivery'}-${format}.zip`,
  /** @param {string | null} folder */
  againName: (folder) => `${folder ?? 'delivery'}-decrypted-again.zip`,
};

export const progress = {
  label: 'Fortschritt aller Dateien',
  starting: 'Wird gestartet…',
  cancelling: 'Wird abgebrochen…',
  finishing: 'Wird abgeschlossen: Der Browser schließt die Dateien…',
  /** @param {Progress} progress */
  percent: (progress) => percent(progress.bytesRead, progress.bytesTotal),
  /** @param {Progress} progress */
  amount: ({ bytesRead, bytesTotal }) => `${bytes(bytesRead)} von ${bytes(bytesTotal)}`,
  /** @param {Progress} progress */
  files: ({ filesDone, filesTotal }) => `${number(filesDone)} von ${files(filesTotal)}`,
  /** @param {number} rate */
  rate: (rate) => `${bytes(rate)} pro Sekunde`,
  /** @param {number} seconds */
  left: (seconds) => `noch ${duration(seconds)}`,
};

export const spilled = {
  /** @param {number} size */
  note: (size) =>
    `Eine entschlüsselte Kopie (${bytes(size)}) liegt im privaten Speicher des Browsers, aus dem heruntergeladen ` +
    'wird. Sie wird in einigen Minuten gelöscht oder, wenn Sie diese Seite schließen, beim nächsten Öffnen der ' +
    'Seite.',
  remove: 'Der Download ist abgeschlossen: Kopie jetzt löschen',
  busy: 'Der Browser kopiert sie noch. Sie wird später gelöscht.',
};
