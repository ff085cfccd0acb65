/** German: the step “Review”: datasets and their files, and what is chosen. */

import { bytes, number } from '../format.js';
import { count, files } from './counts.js';

/** @import { Totals } from '../shapes.js' */

/** @type {Record<string, string>} */
const STATES = {
  done: 'fertig',
  ready: 'bereit',
  clear: 'nicht verschlüsselt',
  locked: 'gesperrt',
  damaged: 'beschädigt',
  failed: 'fehlgeschlagen',
};

export const review = {
  title: 'Auswahl',
  /** @type {(totals: Totals, datasets: number) => string} */
  summary: (totals, datasets) =>
    [
      datasets > 0 && count(datasets, 'Dataset', 'Datasets'),
      files(totals.files),
      totals.bytes !== null && bytes(totals.bytes),
    ]
      .filter(Boolean)
      .join(' · '),
  metadata: 'Metadaten',
  apart: 'Nicht gespeichert',
  /** @param {number} n */
  apartState: (n) => `${files(n)} · Schlüsseldetails und was keine Daten sind`,
  loose: 'Dateien außerhalb eines Dataset-Ordners',
  outside: 'Andere Dateien',
  /** A dataset's files, and how many are in each state. @type {(n: number, states: string[]) => string} */
  groupState: (n, states) => [files(n), ...states].join(' · '),
  /** @type {(status: string, n: number, all: number) => string} */
  state: (status, n, all) => (n === all ? STATES[status] : `${number(n)} ${STATES[status]}`),
  /** The same as a heading, or in a legend. @type {Record<string, string>} */
  status: {
    done: 'Fertig',
    ready: 'Bereit',
    clear: 'Nicht verschlüsselt',
    locked: 'Gesperrt',
    damaged: 'Beschädigt',
    failed: 'Fehlgeschlagen',
  },
  only: 'Nur dieses',
  /** @param {string} name */
  choose: (name) => `${name} auswählen`,
  /** It begins with the words on the button. @param {string} name */
  onlyThis: (name) => `Nur dieses: ${name}`,
  chooseAll: 'Alles auswählen',
  /** `size` is null until it is known. @type {(chosen: number, all: number, size: number | null) => string} */
  chosen(chosen, all, size) {
    const much = size === null ? '' : `, ${bytes(size)}`;
    if (chosen === all)
      return all === 1 ? `Die Datei ist ausgewählt${much}` : `Alle ${files(all)} sind ausgewählt${much}`;
    return `${number(chosen)} von ${files(all)} ausgewählt${chosen === 0 ? '' : much}`;
  },
  /** @param {number} n */
  onlyShown: (n) =>
    n === 1 ? 'Nur die angezeigte Datei auswählen' : `Nur die ${number(n)} angezeigten Dateien auswählen`,
  find: 'Dateien suchen',
  findHint: 'Teil des Pfads',
  /** @type {(n: number, all: number) => string} */
  matching: (n, all) => `${number(n)} von ${files(all)} angezeigt`,
  /** @param {string} wanted */
  noMatch: (wanted) => `Kein Pfad enthält „${wanted}“.`,
  noneLeft: 'Keine Datei hat diesen Status.',
  sort: 'Sortieren nach',
  orders: { path: 'Name', size: 'Größe, größte zuerst', status: 'Status, Probleme zuerst' },
  filter: 'Anzeigen',
  filters: {
    all: 'Alle',
    ready: 'Bereit',
    problem: 'Fehlgeschlagen oder gesperrt',
    warned: 'Fehlgeschlagen, gesperrt oder mit Warnung',
    locked: 'Gesperrt',
    clear: 'Nicht verschlüsselt',
    done: 'Fertig',
  },
  /** @type {(words: string, n: number) => string} */
  filterCount: (words, n) => `${words} (${number(n)})`,
  fold: 'Alle zuklappen',
  unfold: 'Alle aufklappen',
  bar: {
    title: 'Größe nach Dataset',
    /** @type {(name: string, size: number, share: string, n: number) => string} */
    segment: (name, size, share, n) => `${name}: ${bytes(size)} (${share}), ${files(n)}`,
    table: 'Als Tabelle anzeigen',
    /** @param {number} n */
    others: (n) => count(n, 'weiteres Dataset', 'weitere Datasets'),
    dataset: 'Dataset',
    files: 'Dateien',
    size: 'Größe',
  },
  bytes,
  number,
  /** @param {number} n */
  notPrinted: (n) =>
    `Die Liste mit ${files(n)} ist zu lang zum Drucken. Der Bericht eines Durchlaufs nennt jede Datei.`,
};
