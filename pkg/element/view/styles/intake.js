/** Styles: the ways to add files. */

export const INTAKE = `
.intake {
  display: grid; gap: 1rem; justify-items: center; text-align: center;
  padding: clamp(1.5rem, 5vw, 3rem) clamp(1rem, 4vw, 2.5rem);
  border: 2px dashed var(--control); border-radius: var(--radius); background: var(--surface);
}
.intake-words { display: grid; gap: 0.75rem; justify-items: center; }
.intake h2 { font-size: 1.25rem; text-wrap: balance; }
.intake-hint { max-inline-size: 38rem; margin-block-start: 0.375rem; color: var(--muted); text-wrap: pretty; }
.intake .buttons { justify-content: center; }
.hero {
  display: grid; place-items: center; inline-size: 3.5rem; block-size: 3.5rem; border-radius: 50%;
  background: var(--accent-soft); color: var(--accent);
}
.hero .icon { inline-size: 1.75rem; block-size: 1.75rem; }
.intake.over { border-color: var(--accent); border-style: solid; background: var(--accent-soft); }
.intake.over .hero { background: var(--surface); }
.intake.compact {
  grid-template-columns: 1fr auto; justify-items: start; align-items: center; text-align: start;
  padding: 0.75rem 1rem; gap: 0.5rem 1rem; border-width: 1px;
}
.intake.compact .hero { display: none; }
.intake.compact h2 { font-size: 0.9375rem; font-weight: 500; color: var(--muted); }
.intake.compact > .muted, .intake.compact > .sample-note, .reading { grid-column: 1 / -1; }
/* Appears with a delay, so that short work does not show it. */
progress.reading:indeterminate { block-size: 4px; animation: slide 1.4s linear infinite, appear 0.1s 0.5s backwards; }
@keyframes appear { from { opacity: 0; } }
.sample-note { display: flex; gap: 0.5rem; font-size: 0.9375rem; color: var(--warn); text-align: start; }
@media (max-width: 640px) {
  .intake.compact { grid-template-columns: 1fr; }
  .intake.compact h2 { text-wrap: wrap; }
  .intake.compact .buttons { justify-content: start; gap: 0.5rem; }
  .intake.compact .buttons > * { padding-inline: 0.625rem; }
  .intake.compact .buttons .icon { display: none; }
}
`;
