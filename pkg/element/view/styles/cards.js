/** Styles: problems, hints and summaries. */

export const CARDS = `
.card {
  display: grid; gap: 0.75rem; padding: 1rem clamp(0.75rem, 3vw, 1.25rem);
  border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface);
  min-inline-size: 0;
}
.card-head { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 0 1rem; }
.card-head .muted { margin-inline-start: 0.375rem; }
.part { display: grid; gap: 0.375rem; min-inline-size: 0; }
.part + .part { padding-block-start: 0.75rem; border-block-start: 1px solid var(--line); }
.found > h2 { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
.problems { display: grid; gap: 0.5rem; }
.problems:empty { display: none; }
.problem {
  display: flex; align-items: center; gap: 0.75rem; padding: 0.75rem 1rem;
  border: 1px solid var(--bad); border-radius: var(--radius); background: var(--bad-soft);
}
.problem > .icon { color: var(--bad); align-self: start; margin-block-start: 0.125rem; }
.problem > p { flex: 1; min-inline-size: 0; overflow-wrap: anywhere; }
.problem-text { color: var(--bad); font-size: 0.9375rem; overflow-wrap: anywhere; }
.hint {
  display: flex; gap: 0.75rem; padding: 0.75rem; border-radius: 8px; background: var(--warn-soft);
  font-size: 0.9375rem;
}
.hint > .icon { color: var(--warn); }
.hint > div { min-inline-size: 0; }
.hint button { margin-block-start: 0.5rem; }
.hint code { display: block; margin-block-start: 0.25rem; overflow-wrap: anywhere; }
.summary h2 { display: flex; align-items: center; gap: 0.625rem; font-size: 1.25rem; }
.summary h2 .icon { inline-size: 1.5rem; block-size: 1.5rem; stroke-width: 2; }
.figures {
  display: flex; flex-wrap: wrap; gap: 1px; border: 1px solid var(--line); border-radius: 8px;
  overflow: hidden; background: var(--line);
}
.figures > div {
  flex: 1 1 7.5rem; display: flex; flex-direction: column-reverse; justify-content: flex-end;
  padding: 0.625rem 0.875rem; background: var(--surface);
}
.figures dt { color: var(--muted); font-size: 0.8125rem; }
.figures dd { font-size: 1.125rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.figures [data-tone='bad'] dd { color: var(--bad); }
.reasons {
  display: grid; gap: 0.5rem; padding: 0.75rem 1rem; border-inline-start: 3px solid var(--bad);
  background: var(--bad-soft); border-radius: 0 8px 8px 0;
}
.reasons:dir(rtl) { border-radius: 8px 0 0 8px; }
.reasons ul { display: grid; gap: 0.5rem; max-block-size: 24rem; overflow: auto; }
.reasons h3 { color: var(--bad); }
.reasons li { display: grid; justify-items: start; font-size: 0.9375rem; overflow-wrap: anywhere; }
.reasons.warnings { border-color: var(--warn); background: var(--warn-soft); }
.reasons.warnings h3 { color: var(--warn); }
`;
