/** German: the report of a run, as the page shows it. */

import { errors } from './errors.js';

/**
 * @import { ErrorCode } from '../../../index.js'
 * @import { reportWords as en } from '../../../report/words.js'
 */

const file = 'Datei';

/** @type {typeof en} */
export const reportWords = {
  title: 'Bericht von mgdc-decrypt',
  status: {
    complete: 'Der Durchlauf hat alle Dateien bearbeitet.',
    cancelled: 'Der Durchlauf wurde abgebrochen. Aufgeführt ist, was bis dahin fertig war.',
    stopped: 'Der Durchlauf endete vorzeitig. Aufgeführt ist, was bis dahin fertig war.',
  },
  stop: (status, reason, code) => `${status} ${reason} (${code})`,
  reason: (code, message) => errors[/** @type {ErrorCode} */ (code)] ?? message,
  note:
    'Eine richtige Prüfsumme zeigt, dass eine Datei vollständig ist. Sie sagt nichts darüber, wer sie geschrieben ' +
    'hat. SHA-256 ist der Hashwert der geschriebenen Datei.',
  tables: {
    run: 'Durchlauf',
    options: 'Optionen',
    keys: 'Schlüssel',
    failed: 'Fehlgeschlagen',
    warnings: 'Warnungen',
    leftOut: 'Ausgelassen',
    written: 'Geschrieben',
    extras: 'Mehr zu einzelnen Dateien',
  },
  columns: {
    keys: ['Eintrag', 'Schlüsselversion', 'Schlüsselbezeichner', 'Padding', 'Dateien'],
    reasons: [file, 'Code', 'Grund, und was zu tun ist'],
    warnings: [file, 'Warnung'],
    written: [file, 'Geschrieben als', 'Ergebnis', 'Byte', 'Prüfsumme', 'SHA-256'],
    extras: [file, 'Was', 'Einzelheiten'],
  },
  facts: {
    tool: 'Programm',
    started: 'Begonnen (UTC)',
    ended: 'Beendet (UTC)',
    seconds: 'Sekunden',
    source: 'Quelle',
    files: 'Dateien in der Lieferung',
    bytes: 'Byte der ausgewählten Dateien',
    decrypted: 'Entschlüsselt',
    crc32: 'Mit CRC-32 geprüft',
    adler32: 'Mit Adler-32 geprüft',
    none: 'Entschlüsselt, ohne Prüfsumme',
    copied: 'Kopiert',
    skipped: 'Davon bei einem früheren Durchlauf',
    failed: 'Fehlgeschlagen',
    leftOut: 'Ausgelassen',
    notChosen: 'Nicht ausgewählt',
    unfinished: 'Nicht fertig',
    converted: 'Umgewandelt',
    salvaged: 'Lesbarer Teil gespeichert',
    written: 'Geschriebene Byte',
  },
  revision: (tool, revision) => `${tool}, Revision ${revision}`,
  outcomes: { decrypted: 'entschlüsselt', copied: 'kopiert', failed: 'fehlgeschlagen' },
  earlier: (outcome) => `${outcome}, bei einem früheren Durchlauf`,
  untold: 'nicht genannt',
  right: (checksum) => `${checksum}, richtig`,
  unchecked: 'nicht geprüft',
  noChecksum: 'keine im Inhalt',
  notComputed: 'nicht berechnet',
  extras: { converted: 'umgewandelt', salvaged: 'lesbarer Teil gespeichert' },
};
