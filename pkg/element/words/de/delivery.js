/** German: adding a delivery, and what was found in it. */

import { number } from '../format.js';
import { files } from './counts.js';

export const intake = {
  folderNote:
    'Ihr Browser nennt das vielleicht „Hochladen“. Es wird nichts hochgeladen: Die Dateien werden nur auf diesem ' +
    'Computer gelesen.',
  unreadable:
    'Der Browser konnte das nicht lesen. Prüfen Sie, ob Sie es lesen dürfen, und fügen Sie es noch einmal hinzu. ' +
    'Sein Inhalt fehlt hier.',
  pasted:
    'Was Sie eingefügt haben, ist kein privater Schlüssel, enthält keine Schlüsseldetails und ist keine Antwort ' +
    'von Key Vault, die hier etwas öffnet. Deshalb wurde es nicht verwendet. Prüfen Sie, ob Sie alles kopiert ' +
    'haben.',
  waiting: 'Was Sie hinzugefügt haben, wird gelesen, sobald dieser Durchlauf beendet ist.',
  sampleNote:
    'Das sind Beispieldaten mit einem Beispielschlüssel. Alles darin ist erfunden, und der Schlüssel schützt nichts.',
};

export const found = {
  /** @param {number} n */
  reading: (n) => (n > 0 ? `${files(n)} ${n === 1 ? 'wird' : 'werden'} durchgesehen…` : 'Wird durchgesehen…'),
  asking: 'Warten auf Key Vault…',
  /** @type {(progress: { done: number, total: number }) => string} */
  trying: ({ done, total }) =>
    `Der Schlüssel wird ausprobiert: ${number(done)} von ${number(total)} Einträgen der Schlüsseldetails…`,
};

export const problem = {
  retry: 'Noch einmal versuchen',
  dismiss: 'Schließen',
};
