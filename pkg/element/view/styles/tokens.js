/**
 * Styles: colours, and what a host may change: every `--mgdc-*` property. `light-dark()` chooses between two colours by
 * the `color-scheme` that the element inherits from the page around it, unless the attribute `theme` says otherwise. So
 * a portal that is always light has a light element, also where the system is dark.
 */

export const TOKENS = `
:host {
  --surface: var(--mgdc-surface, light-dark(#ffffff, #191f27));
  --sunken: var(--mgdc-sunken, light-dark(#f3f5f8, #12171d));
  --text: var(--mgdc-text, light-dark(#1a2029, #e5e9ef));
  --muted: var(--mgdc-muted, light-dark(#565f6c, #a0abb9));
  --line: var(--mgdc-line, light-dark(#d5dbe3, #313b47));
  --control: var(--mgdc-control, light-dark(#7b8694, #7d8a99));
  --accent: var(--mgdc-accent, light-dark(#0b5aa8, #79b8ff));
  --accent-strong: var(--mgdc-accent-strong, light-dark(#084882, #a5d0ff));
  --accent-soft: var(--mgdc-accent-soft, light-dark(#eaf2fb, #1b2c40));
  --on-accent: var(--mgdc-on-accent, light-dark(#ffffff, #08213c));
  --good: var(--mgdc-good, light-dark(#1b6e35, #6fcf8b));
  --warn: var(--mgdc-warn, light-dark(#855200, #edb95e));
  --bad: var(--mgdc-bad, light-dark(#b3261e, #ff9a91));
  --good-soft: var(--mgdc-good-soft, light-dark(#eaf6ed, #16291c));
  --warn-soft: var(--mgdc-warn-soft, light-dark(#fff7e8, #2d2617));
  --bad-soft: var(--mgdc-bad-soft, light-dark(#fdf0ef, #331f1f));
  --radius: var(--mgdc-radius, 10px);
  --control-radius: var(--mgdc-control-radius, 8px);
  --row-height: 44px;
  --mono: ui-monospace, 'Cascadia Mono', 'SF Mono', Menlo, Consolas, monospace;
  display: block;
  min-inline-size: 0;
  max-inline-size: 100%;
  font: 400 1rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
  color: var(--text);
}
:host([theme='light']) { color-scheme: light; }
:host([theme='dark']) { color-scheme: dark; }
/* Such colours may not be those of the page around it, and not all text is in a card. */
@media screen {
  :host(:is([theme='light'], [theme='dark'])) { background: var(--sunken); }
  :host(:is([theme='light'], [theme='dark']):not([standalone])) {
    padding: clamp(0.5rem, 2vw, 1rem); border-radius: var(--radius);
  }
}
`;

/** @param {'light' | 'dark'} scheme */
const coloursOf = (scheme) =>
  [...TOKENS.matchAll(/(--[\w-]+: var\(--mgdc-[\w-]+, )light-dark\((#\w+), (#\w+)\)\);/g)]
    .map(([, name, light, dark]) => `${name}${scheme === 'light' ? light : dark});`)
    .concat(`color-scheme: ${scheme};`)
    .join(' ');

/**
 * Chromium has `light-dark()` since 123, Firefox since 120, Safari since 17.5. In older ones an element is light, unless
 * its attribute `theme` is dark, or it is the page and the system is dark.
 */
export const OLDER_TOKENS = `
@supports not (color: light-dark(#000, #fff)) {
  :host { ${coloursOf('light')} }
  @media screen { :host([theme='dark']) { ${coloursOf('dark')} } }
  @media screen and (prefers-color-scheme: dark) {
    :host([standalone]:not([theme='light'])) { ${coloursOf('dark')} }
  }
}
`;
