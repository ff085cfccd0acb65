/**
 * Finds elements in a page as Playwright does: through open shadow roots, by test id, CSS, text or role. It runs in the
 * page, so it refers to nothing outside of itself.
 *
 * @typedef {{ text: string } | { source: string, flags: string }} Pattern text, or a regular expression
 * @typedef {{ css: string } | { text: Pattern, exact?: boolean } | { role: string, name?: Pattern, exact?: boolean }
 *   | { hasText: Pattern } | { nth: number }} Step
 */

/**
 * @param {Step[]} steps each looks inside of what the one before found, or chooses among it
 * @returns {HTMLElement[]}
 */
export function find(steps) {
  /** The roles that tests ask for, and the elements that have them by themselves. @type {Record<string, string>} */
  const ROLES = {
    alert: '',
    button: 'button',
    cell: 'td',
    heading: 'h1, h2, h3, h4',
    img: 'img',
    link: 'a[href]',
    row: 'tr',
    table: 'table',
  };

  /** @type {(Document | HTMLElement)[]} */
  let found = [document];
  for (const step of steps) found = next(found, step);
  return /** @type {HTMLElement[]} */ (found);

  /** @param {(Document | HTMLElement)[]} scopes @param {Step} step @returns {HTMLElement[]} */
  function next(scopes, step) {
    const elements = /** @type {HTMLElement[]} */ (scopes);
    if ('nth' in step) return elements.slice(step.nth, step.nth + 1);
    if ('hasText' in step) return elements.filter((one) => matches(textOf(one), step.hasText, false));
    if ('css' in step) return all(scopes, step.css);
    if ('role' in step) {
      const own = ROLES[step.role];
      if (own === undefined) throw new Error(`find() knows no role ${step.role}`);
      return all(scopes, `[role="${step.role}"]${own && `, ${own}`}`).filter(
        (one) => one.checkVisibility() && (!step.name || matches(nameOf(one), step.name, Boolean(step.exact))),
      );
    }
    const fits = all(scopes, '*').filter(
      (one) =>
        !['HTML', 'HEAD', 'BODY', 'SCRIPT', 'STYLE'].includes(one.tagName) &&
        matches(textOf(one), step.text, Boolean(step.exact)),
    );
    return fits.filter((one) => !fits.some((other) => other !== one && one.contains(other)));
  }

  /** @param {(Document | ShadowRoot | HTMLElement)[]} scopes @param {string} css @returns {HTMLElement[]} */
  function all(scopes, css) {
    const deep = scopes.flatMap((scope) => [
      ...scope.querySelectorAll(css),
      ...[...scope.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? all([shadowRoot], css) : [])),
    ]);
    return /** @type {HTMLElement[]} */ ([...new Set(deep)]);
  }

  /** @param {HTMLElement} one */
  function textOf(one) {
    return (one.textContent ?? '').replace(/\s+/g, ' ').trim();
  }

  /** @param {HTMLElement} one */
  function nameOf(one) {
    return one.getAttribute('aria-label') ?? textOf(one);
  }

  /** @param {string} said @param {Pattern} pattern @param {boolean} exact */
  function matches(said, pattern, exact) {
    if ('source' in pattern) return new RegExp(pattern.source, pattern.flags).test(said);
    return exact ? said === pattern.text : said.toLowerCase().includes(pattern.text.toLowerCase());
  }
}
