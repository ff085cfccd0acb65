/** German: the list of files. */

import { percent } from '../format.js';

export const files = {
  list: 'Datasets und Dateien',
  /** @param {string} name */
  save: (name) => `${name} speichern`,
  keyDetails: 'Schlüsseldetails: gelesen, nicht kopiert',
  metadata: 'Metadaten: unverändert kopiert',
  /** @param {string | null} content */
  clear: (content) =>
    content ? `Nicht verschlüsselt (${content}): unverändert kopiert` : 'Nicht verschlüsselt: unverändert kopiert',
  /** @param {string | null} repair */
  ready: (repair) => (repair ? `Bereit, nach einer Reparatur (${repair})` : 'Bereit'),
  locked: 'Gesperrt',
  waiting: 'Wartet',
  /** @type {(done: number, total: number) => string} */
  underway: (done, total) => (done >= total ? 'Wird abgeschlossen…' : `Wird entschlüsselt, ${percent(done, total)}`),
  decrypted: 'Entschlüsselt',
  copied: 'Kopiert',
  skipped: 'war schon vorhanden',
  /** @param {string} reason */
  failedWhy: (reason) => `Fehlgeschlagen: ${reason}`,
  verified: { crc32: 'geprüft (CRC-32)', adler32: 'geprüft (Adler-32)', null: 'nicht geprüft (keine Prüfsumme)' },
  savedAs: 'gespeichert als',
  expanded:
    'Diese Datei ist auf mehr als das 200-Fache ihrer Größe gewachsen. Prüfen Sie den Inhalt, bevor Sie ihm vertrauen.',
};
