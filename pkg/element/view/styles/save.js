/** Styles: the bar at the bottom, and its panels. */

export const SAVE = `
.actions {
  position: sticky; inset-block-end: 0; z-index: 2; container: bar / inline-size;
  padding: 9px clamp(0.75rem, 3vw, 1.25rem);
  border: 1px solid var(--line); border-block-end: 0; border-radius: var(--radius) var(--radius) 0 0;
  background: var(--surface); box-shadow: 0 -6px 20px rgb(0 0 0 / 8%);
}
.ways { display: flex; gap: 0.375rem 1rem; align-items: center; justify-content: space-between; min-block-size: 44px; }
.ways-words { flex: 1 1 12rem; min-inline-size: 0; line-height: 1.3; }
.ways-state { font-size: 0.9375rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.ways-state, .ways-rest { overflow: hidden; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; }
.ways-state:has(+ .ways-rest:not([hidden])), .ways-rest { -webkit-line-clamp: 1; }
.ways-state:empty { display: none; }
.ways-rest { color: var(--muted); font-size: 0.8125rem; }
.ways .buttons { flex-wrap: nowrap; gap: 0.5rem; }
.ways button { white-space: nowrap; }
.ways .short { display: none; }
.progress { flex: 1 1 16rem; display: grid; gap: 0.25rem; min-inline-size: 0; }
.progress-line { display: flex; gap: 0 0.75rem; align-items: baseline; min-inline-size: 0; line-height: 1.3; }
.progress-percent { font-weight: 600; font-variant-numeric: tabular-nums; }
.progress-words {
  color: var(--muted); font-size: 0.875rem; font-variant-numeric: tabular-nums; min-inline-size: 0;
  white-space: nowrap; overflow: hidden; text-overflow: ellipsis;
}
@container bar (max-width: 53rem) {
  .ways .long { display: none; }
  .ways .short { display: inline; }
}
@container bar (max-width: 40rem) {
  .ways { flex-direction: column; align-items: stretch; gap: 0.375rem; }
  .ways-words { flex: none; }
  .ways-rest { display: none; }
  .ways .ways-words > .ways-state { -webkit-line-clamp: 2; }
  .progress { flex: none; }
  .progress-line { min-block-size: 2lh; }
  .progress-words { white-space: normal; font-size: 0.8125rem; }
  .ways .buttons > button:not(.square) { flex: 1 1 auto; padding-inline: 0.5rem; min-inline-size: 0; }
  .ways .buttons > button .icon:not([data-icon='unfold'], [data-icon='options']) { display: none; }
}
@media (max-width: 48rem) { .actions { padding-block: 7px; } }
@media (max-height: 400px) { .actions { position: static; } }
.popover {
  position: fixed; inset: auto; margin: 0; z-index: 3; inline-size: min(26rem, calc(100vw - 1rem)); overflow: auto;
  padding: 0.875rem 1rem; border: 1px solid var(--line); border-radius: var(--radius);
  background: var(--surface); color: var(--text); box-shadow: 0 6px 24px rgb(0 0 0 / 18%);
}
.popover:popover-open { display: grid; gap: 0.625rem; }
.popover h3 { color: var(--text); }
.option + .option { border-block-start: 1px solid var(--line); padding-block-start: 0.625rem; }
.option .buttons { margin-block-start: 0.5rem; }
.option .check { line-height: 1.3; }
.option .check + .muted { padding-inline-start: 1.875rem; }
@media print { .actions { display: none; } }
`;
