/** Styles: problems, hints and summaries. */

export const CARDS = `
.card {
  display: grid; gap: 0.75rem; padding: 1rem clamp(0.75rem, 3vw, 1.25rem);
  border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface);
  min-inline-size: 0; grid-template-columns: minmax(0, 1fr);
}
.card-head { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 0 1rem; }
.card-head .muted { margin-inline-start: 0.375rem; }
.part { display: grid; gap: 0.375rem; min-inline-size: 0; }
.part + .part { padding-block-start: 0.75rem; border-block-start: 1px solid var(--line); }
.problems { display: grid; gap: 0.5rem; }
.problems:empty { display: none; }
.problem {
  display: flex; align-items: center; gap: 0.75rem; padding: 0.75rem 1rem;
  border: 1px solid var(--bad); border-radius: var(--radius); background: var(--bad-soft);
}
.problem > .icon { color: var(--bad); align-self: start; margin-block-start: 0.125rem; }
.problem-words { display: grid; justify-items: start; }
.problem > .problem-words { flex: 1; min-inline-size: 0; overflow-wrap: anywhere; }
.problem-text { display: grid; justify-items: start; }
.problem-text > p:first-child { color: var(--bad); }
.problem-text { font-size: 0.9375rem; overflow-wrap: anywhere; }
.hint {
  display: flex; gap: 0.75rem; padding: 0.75rem; border-radius: var(--control-radius); background: var(--warn-soft);
  font-size: 0.9375rem;
}
.hint > .icon { color: var(--warn); }
.hint > div { min-inline-size: 0; }
.hint button { margin-block-start: 0.5rem; }
.hint code { display: block; margin-block-start: 0.25rem; overflow-wrap: anywhere; }
`;
