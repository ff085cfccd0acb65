/** Styles: where things are added: a target, or a line. */

export const INTAKE = `
.intake {
  display: grid; gap: 0.75rem; justify-items: center; text-align: center; position: relative; min-inline-size: 0;
  grid-template-columns: minmax(0, 1fr);
  padding: clamp(1.25rem, 4cqi, 2.5rem) clamp(0.75rem, 3cqi, 2rem);
  border: 2px dashed var(--control); border-radius: var(--radius); background: var(--surface);
}
.target { font-size: 1.125rem; font-weight: 600; text-wrap: balance; }
.intake-hint { max-inline-size: 38rem; color: var(--muted); text-wrap: pretty; }
.intake > .buttons { justify-content: center; margin-block-start: 0.5rem; }
.intake-note { max-inline-size: 34rem; text-wrap: balance; }
.paste-box { display: grid; gap: 0.5rem; inline-size: 100%; max-inline-size: 38rem; text-align: start; }
.paste-box:dir(rtl) { text-align: right; }
.line { display: none; }
.compact > .drawing { display: none; }
.intake.compact {
  /* Beside long words on the buttons, the name keeps its place, and they take two lines. */
  grid-template-columns: minmax(14rem, 1fr) auto; justify-items: start; align-items: center; text-align: start;
  padding: 0.25rem 0.5rem; padding-inline-start: 1rem; gap: 0 1rem; min-block-size: 54px; border: 1px solid var(--line);
  overflow: hidden;
}
.compact .line { display: flex; flex-wrap: wrap; align-items: center; gap: 0 0.75rem; min-inline-size: 0; }
.line-name { display: flex; align-items: center; gap: 0.5rem; min-inline-size: 0; font-size: 1rem; }
.line-name bdi { overflow-wrap: anywhere; }
.line-name .icon { color: var(--muted); }
.line-totals { color: var(--muted); font-size: 0.875rem; font-variant-numeric: tabular-nums; }
.compact > .buttons { gap: 0.25rem; margin: 0; justify-content: end; }
.compact > .buttons > * { padding-inline: 0.625rem; border-color: transparent; background: none; font-size: 0.875rem; }
.compact > .buttons > :hover { background: var(--accent-soft); }
.compact > :is(.muted, .sample-note, .paste-box) { grid-column: 1 / -1; margin-block-end: 0.5rem; }
/* At the edge of the line, so that nothing moves when it comes and goes. It appears with a delay: short work does not
   show it. */
progress.reading { position: absolute; inset-block-end: 0; inset-inline: 0; block-size: 4px; border-radius: 0; }
progress.reading:indeterminate { animation: slide 1.4s linear infinite, appear 0.1s 0.5s backwards; }
@keyframes appear { from { opacity: 0; } }
.sample-note { display: flex; gap: 0.5rem; font-size: 0.875rem; color: var(--warn); text-align: start; }
:is(.intake.compact, .sample-note):dir(rtl) { text-align: right; }
@container shell (max-width: 40rem) {
  .intake:not(.compact) > .buttons { display: grid; inline-size: 100%; }
  .intake.compact { grid-template-columns: minmax(0, 1fr); padding-block: 0.5rem 0.25rem; }
  .compact > .buttons { justify-content: start; margin-inline-start: -0.5rem; gap: 0; }
  .compact > .buttons > * { padding-inline: 0.5rem; }
  .compact > .buttons .icon { display: none; }
}
`;
