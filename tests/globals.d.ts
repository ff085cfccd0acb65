/** What pages of tests and benches have beside the browser's own, and what tests take for granted. */

import '../pkg/element.js';

declare module '../pkg/element.js' {
  interface MgdcDecryptElement {
    /** Always open. */
    readonly shadowRoot: ShadowRoot;
  }
}

declare global {
  interface Element {
    /** Every element that a test looks at is HTML. */
    readonly dataset: DOMStringMap;
  }
  /** What a test asks for is there, or the test fails. */
  interface ParentNode {
    querySelector<Name extends keyof HTMLElementTagNameMap>(selector: Name): HTMLElementTagNameMap[Name];
    querySelector(selector: '[data-testid=overall-progress]'): HTMLProgressElement;
    querySelector(selector: string): HTMLElement & HTMLInputElement;
  }
}
