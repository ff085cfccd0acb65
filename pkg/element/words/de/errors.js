/**
 * German: one plain sentence or two for each code of an error: what happened, and what to do. Each must be true for
 * every case of its code. The core's own message, with paths, sizes and versions, is folded below.
 */

/** @import { ErrorCode } from '../../../index.js' */

const REPORT =
  'In diesem Programm ist etwas schiefgegangen. Bitte melden Sie es, zusammen mit den technischen Details unten.';

/** @type {Record<ErrorCode, string>} */
export const errors = {
  ERR_WASM_LOAD:
    'Das Modul zum Entschlüsseln wurde nicht geladen. Laden Sie die Seite neu, oder verwenden Sie einen anderen ' +
    'Browser.',
  ERR_KEY_DETAILS_MISSING:
    'Die Datei encryptionKeyDetails.json fehlt. Sie liegt in der Lieferung, in ' +
    'metadata/MoreMetadata/EncryptedDatasets. Fügen Sie sie hinzu.',
  ERR_KEY_DETAILS_JSON:
    'Diese encryptionKeyDetails.json lässt sich nicht lesen. Laden Sie die Datei noch einmal herunter.',
  ERR_KEY_DETAILS_FIELD:
    'In dieser encryptionKeyDetails.json fehlt etwas, oder etwas ist falsch. Prüfen Sie, ob sie aus dieser ' +
    'Lieferung stammt, oder laden Sie die Datei noch einmal herunter.',
  ERR_KEY_DETAILS_BASE64:
    'Ein Wert in dieser encryptionKeyDetails.json ist beschädigt. Laden Sie die Datei noch einmal herunter.',
  ERR_KEY_DETAILS_LIMIT:
    'Es sind mehr Schlüsseldetails, als diese Seite liest. Das heißt nicht, dass sie fehlerhaft sind. Behalten Sie ' +
    'nur die Einträge, die Ihre Dateien brauchen.',
  ERR_IV_LENGTH:
    'Ein Startwert (IV) in encryptionKeyDetails.json ist nicht verwendbar: Er hat die falsche Länge, oder der ' +
    'Schlüssel, der ihn öffnet, fehlt. Die technischen Details sagen, was zutrifft.',
  ERR_PRIVATE_KEY_INVALID:
    'Daraus lässt sich kein privater Schlüssel lesen. Der Inhalt ist beschädigt oder etwas anderes. Exportieren ' +
    'Sie den Schlüssel noch einmal.',
  ERR_PRIVATE_KEY_MISSING:
    'Darin ist kein lesbarer privater Schlüssel. Ein Zertifikat oder ein öffentlicher Schlüssel kann nicht ' +
    'entschlüsseln: Fügen Sie den privaten Schlüssel hinzu. Wenn der Schlüssel in Key Vault erzeugt wurde, lassen ' +
    'Sie Key Vault die Lieferung öffnen.',
  ERR_PRIVATE_KEY_NOT_RSA:
    'Das ist kein RSA-Schlüssel, und Data Connect verwendet nur RSA-Schlüssel. Fügen Sie den RSA-Schlüssel hinzu, ' +
    'der nach der Mandanten-ID benannt ist.',
  ERR_PRIVATE_KEY_TOO_SMALL:
    'Dieser RSA-Schlüssel hat weniger als 2048 Bit. Er ist also nicht der Schlüssel, den Data Connect verwendet ' +
    'hat. Fügen Sie den richtigen Schlüssel hinzu.',
  ERR_PRIVATE_KEY_ENCRYPTED: 'Dieser Schlüssel hat ein Kennwort. Geben Sie es ein.',
  ERR_PRIVATE_KEY_PASSWORD: 'Falsches Kennwort. Achten Sie auf Groß- und Kleinschreibung.',
  ERR_PRIVATE_KEY_COST:
    'Die Prüfung des Kennworts dieses Schlüssels braucht mehr Zeit oder Arbeitsspeicher, als diese Seite erlaubt. ' +
    'Exportieren Sie den Schlüssel noch einmal mit den üblichen Einstellungen.',
  ERR_PRIVATE_KEY_UNSUPPORTED:
    'Schlüssel dieser Art lassen sich hier nicht öffnen. Die technischen Details sagen, was Sie stattdessen tun ' +
    'können.',
  ERR_PUBLIC_KEY_MISSING:
    'Daraus lässt sich kein öffentlicher Schlüssel lesen. Die technischen Details sagen, was Sie stattdessen ' +
    'hinzufügen können.',
  ERR_PUBLIC_KEY_INVALID:
    'Daraus lässt sich kein öffentlicher Schlüssel lesen. Der Inhalt ist beschädigt oder etwas anderes. ' +
    'Exportieren Sie den Schlüssel noch einmal.',
  ERR_PUBLIC_KEY_NOT_RSA:
    'Das ist kein RSA-Schlüssel, und Data Connect verwendet nur RSA-Schlüssel. Fügen Sie den RSA-Schlüssel hinzu, ' +
    'der nach der Mandanten-ID benannt ist.',
  ERR_PUBLIC_KEY_SIZE:
    'Dieser RSA-Schlüssel hat eine Länge, die nicht verwendbar ist. Data Connect nimmt einen Schlüssel mit 2048 Bit.',
  ERR_FILE_KEY_UNWRAP:
    'Keiner der Schlüssel hier passt. Fügen Sie den privaten Schlüssel mit der Version hinzu, die die Lieferung ' +
    'braucht.',
  ERR_FILE_KEY_LENGTH:
    'Was entschlüsselt wurde, ist kein Schlüssel für Dateien: Es hat die falsche Länge. Prüfen Sie, ob die ' +
    'Schlüsseldetails und der Schlüssel oder die Antwort von Key Vault zu dieser Lieferung gehören.',
  ERR_FILE_KEY_MISSING:
    'Gesperrt. Fügen Sie den privaten Schlüssel hinzu, oder lassen Sie Key Vault die Lieferung öffnen.',
  ERR_VAULT_ANSWER:
    'Diese Antwort öffnet hier nichts. Kopieren Sie alles, was der Befehl ausgegeben hat, und prüfen Sie, ob es ' +
    'der Befehl ist, den diese Seite anzeigt.',
  ERR_CALLBACK: 'Der Schlüssel konnte nicht für Sie entschlüsselt werden.',
  ERR_CONVERTED:
    'Diese Datei wurde unterwegs verändert: Ein Programm hat sie als Text behandelt, und Bytes gingen verloren. ' +
    'Laden Sie sie noch einmal herunter, und zwar als Binärdatei.',
  ERR_CIPHERTEXT_LENGTH:
    'Diese Datei wurde unterwegs abgeschnitten oder verändert. Laden Sie sie noch einmal herunter.',
  ERR_PADDING:
    'Diese Datei lässt sich nicht öffnen. Sie braucht einen anderen Schlüssel, oder sie wurde abgeschnitten, ' +
    'verändert oder beschädigt. Die technischen Details sagen, was zu sehen war. Laden Sie sie noch einmal ' +
    'herunter, oder fügen Sie den richtigen Schlüssel hinzu.',
  ERR_UNRECOGNIZED:
    'Was aus dieser Datei herauskam, ergibt keinen Sinn. Deshalb wurde nichts gespeichert. Sie braucht einen ' +
    'anderen Schlüssel oder Startwert (IV), sie ist beschädigt, oder sie hat ein unbekanntes Format. Laden Sie sie ' +
    'noch einmal herunter, zusammen mit ihrer encryptionKeyDetails.json.',
  ERR_COMPRESSED_DATA: 'Diese Datei ist in ihrem Inneren beschädigt. Laden Sie sie noch einmal herunter.',
  ERR_CHECKSUM:
    'Diese Datei ist beschädigt: Ihre Prüfsumme oder ihre Länge stimmt nicht. Laden Sie sie noch einmal herunter.',
  ERR_TRAILING_DATA:
    'Diese Datei ist am Ende beschädigt, oder dort wurde etwas angehängt. Laden Sie sie noch einmal herunter.',
  ERR_OUTPUT_LIMIT: 'Diese Datei wächst über die eingestellte Grenze hinaus. Deshalb wurde sie nicht gespeichert.',
  ERR_FINISHED: REPORT,
  ERR_ARCHIVE:
    'Das lässt sich hier nicht entpacken: Es ist beschädigt, es hat ein Kennwort, oder seine Art wird nicht ' +
    'unterstützt. Entpacken Sie es mit einem anderen Programm, oder laden Sie es noch einmal herunter. Fügen Sie ' +
    'dann den Ordner hinzu.',
  ERR_NOTHING_ENCRYPTED: 'In dieser Lieferung ist nichts verschlüsselt. Prüfen Sie, ob es der richtige Ordner ist.',
  ERR_LITTER: 'Ausgelassen: Ein System oder ein Programm hat diese Datei angelegt. Sie gehört nicht zur Lieferung.',
  ERR_PRIVATE_KEY_IN_DROP: 'Ausgelassen: Das ist ein privater Schlüssel, und der wird nie mit den Daten gespeichert.',
  ERR_SECRET_IN_DROP: 'Ausgelassen: Diese Datei wurde als Kennwort oder als Antwort verwendet.',
  ERR_LINK_OUTSIDE:
    'Ausgelassen: Diese Verknüpfung führt aus der Lieferung hinaus. Kopieren Sie die Datei in die Lieferung, wenn ' +
    'sie dorthin gehört.',
  ERR_LINK_LOOP: 'Ausgelassen: Diese Verknüpfung führt in ihren eigenen Ordner zurück.',
  ERR_NOT_A_FILE: 'Ausgelassen: Das ist keine Datei.',
  ERR_ROW_INVALID:
    'Eine Zeile dieser Datei hat nicht die erwartete Form. Speichern Sie die Datei unverändert, und sehen Sie sich ' +
    'diese Stelle an.',
  ERR_ROW_LIMIT:
    'Eine Zeile dieser Datei ist zu lang, um hier gelesen zu werden. Speichern Sie die Datei unverändert, und ' +
    'verwenden Sie ein anderes Programm.',
  ERR_READ:
    'Das lässt sich nicht lesen. Es wurde verändert, verschoben oder gelöscht, oder Sie dürfen es nicht lesen. ' +
    'Fügen Sie es noch einmal hinzu.',
  ERR_WRITE: 'Das konnte dort nicht gespeichert werden. Speichern Sie noch einmal, und zwar an einem anderen Ort.',
  ERR_NO_SPACE:
    'Es ist nicht genug Platz. Geben Sie Speicherplatz frei, oder wählen Sie einen anderen Ort. Speichern Sie dann ' +
    'noch einmal.',
  ERR_UNSAFE_NAME:
    'Eine Datei mit diesem Namen oder Pfad kann dort nicht gespeichert werden. Geben Sie ihr einen kürzeren oder ' +
    'einfacheren Namen.',
  ERR_ABORTED: 'Abgebrochen, bevor es fertig war.',
  ERR_USAGE: 'Die Website, die diese Seite anzeigt, verwendet sie falsch. Bitte sagen Sie es ihrem Betreiber.',
  ERR_INTERNAL: REPORT,
};

export const technical = {
  title: 'Technische Details',
};
