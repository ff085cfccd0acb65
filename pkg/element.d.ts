/**
 * `import 'mgdc-decrypt/element'` defines `<mgdc-decrypt>`: the whole page as an element.
 *
 * @module mgdc-decrypt/element
 */

import type { KeyChecker } from './check-element.js';
import type { DropItem, MgdcDecryptError, Report, Sink, UnwrapCallback } from './index.js';

/**
 * Attributes: while `hold` stands, what is added waits and is not read; `lang`: a BCP 47 tag; `theme`: `light`, `dark`, or
 * `auto`, which is the default: the `color-scheme` of the place where the element is; `standalone`: the element is the
 * whole page, and has a bar at the top and the tab's title; `offline-copy`: the address of the page in one file, which is
 * then offered for download.
 *
 * Properties that are set before the element is defined are taken when it is. Elements of one page may have different
 * languages. What is dropped or pasted, and Escape, go to the element under the pointer or with the focus; elsewhere to
 * the only one that is shown.
 *
 * For styles: the custom properties `--mgdc-surface`, `--mgdc-sunken`, `--mgdc-text`, `--mgdc-muted`, `--mgdc-line`,
 * `--mgdc-control`, `--mgdc-accent`, `--mgdc-accent-strong`, `--mgdc-accent-soft`, `--mgdc-on-accent`, `--mgdc-good`,
 * `--mgdc-good-soft`, `--mgdc-warn`, `--mgdc-warn-soft`, `--mgdc-bad`, `--mgdc-bad-soft`, `--mgdc-radius` and
 * `--mgdc-control-radius`; the parts `intake`, `welcome`, `steps`, `problems`, `keys`, `files`, `preview`, `result`,
 * `save` and `overlay`; the slots `intro` (until something is added) and `footer`. docs/embedding.md says what each is.
 */
export class MgdcDecryptElement extends HTMLElement {
  /** A sample drop with its key; while it is set, a button offers it. */
  sample: (() => Promise<Iterable<DropItem>>) | null;
  /**
   * Unwraps keys for the person, for example through a portal's back end. Asked once for each wrapped key, also when
   * files are added meanwhile, and again when the person wants it; `signal` aborts when the element is cleared.
   */
  unwrap: UnwrapCallback | null;
  /**
   * Where the host wants the files: then the element offers no other way to save. A function is asked before each run,
   * and has to give another sink if the last one can be written only once, as a ZIP. The element says that the files were
   * handed over when the sink has closed.
   */
  sink: HostSink | null;
  /** The side “Check a key”: `keyChecker()` of `mgdc-decrypt/check-element`. Without it the element has no such side. */
  checker: KeyChecker | null;
  /** Whether the page has closed its own network. Set it only then: the bar of `standalone` says so to the person. */
  sealed: boolean;
  /**
   * Texts in place of the element's own, in any language that it shows: `{ welcome: { title: 'Open your delivery' } }`.
   * Those of the side “Check a key” are in `check`. What a text is composed of keeps its standard words. Texts that the
   * language does not have, or that are of another kind, are left out, and named once in a warning on the console.
   */
  texts: OwnTexts | null;
  /** Adds files as if they had been dropped: a drop's files and keys, in any order. */
  add(files: Iterable<File | DropItem>): void;
  /** Forgets everything and wipes the keys. */
  clear(): void;
  /** Shows an error of the host's, with a button when it can be tried again. */
  showProblem(error: Error, retry?: () => void): void;
}

/** What `MgdcDecryptElement.sink` takes. */
export type HostSink = Sink | (() => Sink | Promise<Sink>);

/**
 * The detail of `mgdc-output`: a ZIP, a file or a report that is about to be downloaded. After `preventDefault()` the
 * host has it, and nothing is downloaded.
 */
export interface Output {
  /** The file name of the download. */
  readonly name: string;
  /** Its bytes: plaintext, or a report. */
  readonly blob: Blob;
}

/** Attributes and properties of the element as JSX has them. React before 19 passes only the attributes. */
export interface MgdcDecryptProperties {
  /** While it stands, what is added waits and is not read. */
  hold?: boolean;
  /** The colours. */
  theme?: 'light' | 'dark' | 'auto';
  /** The element is the whole page. */
  standalone?: boolean;
  /** Address of the page in one file, which is offered for download. */
  'offline-copy'?: string;
  /** See `MgdcDecryptElement.sample`. */
  sample?: MgdcDecryptElement['sample'];
  /** See `MgdcDecryptElement.unwrap`. */
  unwrap?: MgdcDecryptElement['unwrap'];
  /** See `MgdcDecryptElement.sink`. */
  sink?: MgdcDecryptElement['sink'];
  /** See `MgdcDecryptElement.checker`. */
  checker?: MgdcDecryptElement['checker'];
  /** See `MgdcDecryptElement.sealed`. */
  sealed?: boolean;
  /** See `MgdcDecryptElement.texts`. */
  texts?: MgdcDecryptElement['texts'];
  /** After each run, its report. React before 19 does not pass it: use `addEventListener`. */
  'onmgdc-report'?: (event: CustomEvent<Report>) => void;
  /** An error that the element shows. React before 19 does not pass it. */
  'onmgdc-error'?: (event: CustomEvent<MgdcDecryptError>) => void;
  /** Before each download. React before 19 does not pass it. */
  'onmgdc-output'?: (event: CustomEvent<Output>) => void;
}

/**
 * Texts of a host's own, in the shape of a language: `element/words/en` in the package. A text is a string where the
 * language has a string, a list of strings where it has a list, and a function of the same arguments where it has one.
 */
export interface OwnTexts {
  readonly [name: string]: string | readonly string[] | ((...given: never[]) => unknown) | OwnTexts;
}

/**
 * Loads every language. English is part of the element; another one is loaded, as a script of its own, when an element
 * needs it. A page that closes its network calls this before, or its elements stay in the languages that are there.
 */
export function loadLanguages(): Promise<void>;

declare global {
  interface HTMLElementTagNameMap {
    'mgdc-decrypt': MgdcDecryptElement;
  }
  interface HTMLElementEventMap {
    'mgdc-report': CustomEvent<Report>;
    'mgdc-error': CustomEvent<MgdcDecryptError>;
    'mgdc-output': CustomEvent<Output>;
  }
}
