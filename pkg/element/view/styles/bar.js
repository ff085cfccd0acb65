/** Styles: the bar at the top of our own page. */

export const BAR = `
.top-bar {
  display: flex; flex-wrap: wrap; align-items: center; gap: 0 1rem; position: relative;
  padding-inline: max(clamp(0.75rem, 3vw, 1.5rem), calc((100cqi - 84rem) / 2 + 1.5rem)); border-block-end: 1px solid var(--line); background: var(--surface);
}
.brand { display: flex; align-items: center; gap: 0.5rem; min-block-size: 52px; font-size: 1rem; font-weight: 600; }
.mark { padding: 3px; border-radius: 5px; background: var(--accent); color: var(--on-accent); stroke-width: 2; }
.sides { display: flex; align-self: stretch; }
.sides .modes { gap: 0; border: 0; align-items: stretch; flex-wrap: nowrap; }
.sides .modes .tab {
  padding-inline: 0.75rem; border-radius: 0; min-block-size: 44px; border-block-start: 3px solid transparent;
}
.tools-bar { display: flex; align-items: center; gap: 0.25rem; margin-inline-start: auto; min-inline-size: 0; }
.tools-bar .tool { padding-inline: 0.625rem; gap: 0.375rem; font-weight: 400; }
.tools-bar .square { padding: 0; }
.chip {
  padding-inline: 0.75rem; border-color: transparent; border-radius: 22px; background: none; color: var(--good);
  font-size: 0.875rem; gap: 0.375rem;
}
.chip:hover { border-color: var(--good); color: var(--good); }
.language { position: relative; display: flex; align-items: center; }
.language > .icon { position: absolute; inset-inline-start: 0.625rem; pointer-events: none; }
.language select {
  inline-size: auto; padding-inline: 2.25rem 0.5rem; border-color: transparent; background: none; font-size: 0.875rem;
}
.language select:hover { border-color: var(--accent); }
.language option { background: var(--surface); color: var(--text); }
.narrow { display: none; }
/* What cannot be said yet has its place already, so that nothing moves when it can. */
.unsaid { visibility: hidden; }
.skip { position: absolute; inset-block-start: 4px; inset-inline-start: 0.5rem; z-index: 2; }
.skip:not(:focus) { clip-path: inset(50%); inline-size: 1px; min-block-size: 1px; block-size: 1px; padding: 0; }
@container shell (max-width: 70rem) {
  .chip .wide, .tool .wide { display: none; }
  .chip .narrow { display: inline; }
}
@container shell (max-width: 50rem) {
  .top-bar { column-gap: 0.5rem; }
  .sides { order: 3; flex-basis: 100%; }
  :host([hold]) .sides { min-block-size: 44px; }
  .sides .modes { inline-size: 100%; }
  .sides .modes .tab { flex: 1 1 0; padding-inline: 0.25rem; font-size: 0.875rem; }
  .tools-bar { gap: 0; }
}
@container shell (max-width: 32rem) {
  .language select { inline-size: 44px; padding: 0; color: transparent; appearance: none; cursor: pointer; }
  .chip { padding-inline: 0.5rem; font-size: 0.8125rem; }
  .brand bdi { position: absolute; clip-path: inset(50%); }
}
`;
