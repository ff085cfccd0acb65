/**
 * `element.checker = keyChecker()`: gives `<mgdc-decrypt>` its side “Check a key”.
 *
 * @module mgdc-decrypt/check-element
 */

/** What `keyChecker` makes, for `MgdcDecryptElement.checker`. */
export interface KeyChecker {
  /** What the element shows. */
  readonly node: HTMLElement;
  /** Whether nothing was added to it. */
  readonly isEmpty: boolean;
  /** Whether it is at work. */
  readonly isBusy: boolean;
  /** Forgets everything that was added. */
  clear(): void;
}

/** Makes the side for one element. */
export function keyChecker(): KeyChecker;

/** Loads the words of this side in every language, before the page closes its network: see mgdc-decrypt/element. */
export function loadLanguages(): Promise<void>;
