/** Styles: the steps, and what is needed now. */

export const RAIL = `
.rail { display: grid; gap: 0.625rem; min-inline-size: 0; }
.rail ol { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 0.375rem; margin: 0; padding: 0; list-style: none; }
.rail-step {
  display: flex; align-items: center; gap: 0.375rem; padding-block-start: 0.375rem; min-inline-size: 0;
  border-block-start: 3px solid var(--line); color: var(--muted); font-size: 0.875rem;
}
.rail-step .icon { inline-size: 1rem; block-size: 1rem; }
.rail-step[data-state='later'] .icon { display: none; }
.rail-step[data-state='done'] { border-block-start-color: var(--good); }
.rail-step[data-state='done'] .icon { color: var(--good); }
.rail-step[data-state='now'] { border-block-start-color: var(--accent); color: var(--text); font-weight: 600; }
.rail-step[data-state='now'] .icon { color: var(--accent); }
.rail-step[data-state='stuck'] { border-block-start-color: var(--warn); color: var(--text); font-weight: 600; }
.rail-step[data-state='stuck'] .icon { color: var(--warn); }
.need { min-block-size: 1.5rem; font-weight: 500; overflow-wrap: anywhere; text-wrap: pretty; font-variant-numeric: tabular-nums; }
@container shell (max-width: 26rem) {
  .rail-step { gap: 0.25rem; font-size: 0.8125rem; }
  .rail-step .icon { inline-size: 0.875rem; block-size: 0.875rem; }
  /* The word is bold and its line has the color: without the arrow, longer words fit into one line. */
  .rail-step[data-state='now'] .icon { display: none; }
  .rail-step[data-state='stuck'] { gap: 0.125rem; font-size: 0.75rem; }
}
`;
