/** What a content security policy refused: browsers tell it in an event, and not in the error. */

/** How long after a failure the event may come. In Chromium 156 it came within 2 ms, before or after the error. */
const PATIENCE_MS = 200;

/** Collects refusals from now on, until `end()`. */
export class PolicyWatch {
  #directive;
  /** @type {((refused: boolean) => void)[]} */
  #waiting = [];
  #refused = false;

  /** @param {string} directive such as `connect-src` */
  constructor(directive) {
    this.#directive = directive;
    globalThis.addEventListener?.('securitypolicyviolation', this.#notice);
  }

  /**
   * Whether the directive refused something. Call it after a failure.
   * @returns {Promise<boolean>}
   */
  async refused() {
    if (this.#refused || !globalThis.SecurityPolicyViolationEvent) return this.#refused;
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      setTimeout(resolve, PATIENCE_MS, false);
    });
  }

  end() {
    globalThis.removeEventListener?.('securitypolicyviolation', this.#notice);
  }

  /** @param {Event} event */
  #notice = (event) => {
    const { effectiveDirective, disposition } = /** @type {SecurityPolicyViolationEvent} */ (event);
    if (disposition === 'report' || effectiveDirective !== this.#directive) return;
    this.#refused = true;
    for (const resolve of this.#waiting) resolve(true);
  };
}
