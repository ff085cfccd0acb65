/** `element.checker = keyChecker()`: gives `<mgdc-decrypt>` its side “Check a key”. */

/** What `keyChecker` makes, for `MgdcDecryptElement.checker`. */
export interface KeyChecker {
  readonly node: HTMLElement;
  readonly isEmpty: boolean;
  readonly isBusy: boolean;
  clear(): void;
}

export function keyChecker(): KeyChecker;

/** Loads the words of this side in every language, before the page closes its network: see mgdc-decrypt/element. */
export function loadLanguages(): Promise<void>;
