/** Styles: what lies above the page for a moment: help, the overlay while dragging, the way back after clearing. */

export const OVER = `
.overlay {
  position: fixed; inset: auto; max-inline-size: none; max-block-size: none; overflow: hidden;
  margin: 0; padding: 0.75rem; border: 0; pointer-events: none; color: var(--text);
  background: color-mix(in srgb, var(--surface) 92%, transparent);
}
.overlay:popover-open { display: grid; }
.overlay-words {
  display: grid; place-content: center; justify-items: center; gap: 0.5rem; text-align: center;
  border: 3px dashed var(--accent); border-radius: var(--radius);
}
.overlay-title { font-size: 1.25rem; font-weight: 600; }
dialog.help {
  inline-size: min(46rem, calc(100vw - 1.5rem)); max-block-size: min(85vh, 60rem); padding: 0; overflow: hidden;
  border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface); color: var(--text);
  box-shadow: 0 12px 48px rgb(0 0 0 / 30%);
}
dialog.help[open] { display: grid; grid-template-rows: auto minmax(0, 1fr); }
dialog.help::backdrop { background: rgb(0 0 0 / 45%); }
.help-head {
  display: flex; justify-content: space-between; align-items: center; padding: 0.5rem 0.5rem 0.5rem 1.25rem;
  padding-inline: 1.25rem 0.5rem; border-block-end: 1px solid var(--line);
}
.help-body { display: grid; gap: 0.625rem; align-content: start; padding: 1rem 1.25rem 1.5rem; overflow: auto; }
.help-body h3 { color: var(--text); font-size: 1rem; }
.help-body h3:not(:first-child) { margin-block-start: 0.75rem; }
.help-body h3:focus { outline: none; }
.help-body ul { display: grid; gap: 0.5rem; padding-inline-start: 1.25rem; list-style: disc; }
.help-body ul + ul { margin-block-start: -0.125rem; }
.help-body :is(p, li) { font-size: 0.9375rem; text-wrap: pretty; }
.help-body:focus-visible { outline-offset: -3px; }
.undo {
  position: sticky; inset-block-end: 1rem; z-index: 2; display: flex; align-items: center; gap: 0.5rem;
  inline-size: fit-content; max-inline-size: calc(100% - 1.5rem); margin: 1rem auto 0; padding: 0.25rem 0.25rem 0.25rem 1rem;
  padding-inline: 1rem 0.25rem; border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface);
  box-shadow: 0 6px 24px rgb(0 0 0 / 18%);
}
.undo button { color: var(--accent); }
`;
