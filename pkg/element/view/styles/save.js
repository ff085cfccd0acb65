/** Styles: the bar at the bottom. */

export const SAVE = `
.actions {
  position: sticky; inset-block-end: 0; z-index: 1; display: grid; gap: 0.5rem;
  padding: 0.875rem clamp(0.75rem, 3vw, 1.25rem) max(0.875rem, env(safe-area-inset-bottom));
  border: 1px solid var(--line); border-radius: var(--radius) var(--radius) 0 0; background: var(--surface);
  box-shadow: 0 -6px 20px rgb(0 0 0 / 8%);
}
.ways { display: flex; flex-wrap: wrap; gap: 0.625rem 1rem; align-items: center; justify-content: space-between; }
.ways-state { flex: 1 1 12rem; font-size: 0.9375rem; }
.ways-state:empty { display: none; }
.progress { flex: 1 1 16rem; display: grid; gap: 0.375rem; }
.progress-line { display: flex; flex-wrap: wrap; gap: 0 0.75rem; align-items: baseline; }
.progress-percent { font-weight: 600; font-variant-numeric: tabular-nums; }
.progress-words { color: var(--muted); font-size: 0.875rem; font-variant-numeric: tabular-nums; }
@media (max-width: 640px) {
  .actions { gap: 0.25rem; padding-block-start: 0.625rem; }
  .actions .ways { row-gap: 0.5rem; }
  .actions .buttons { inline-size: 100%; gap: 0.5rem; }
  .actions .buttons button { flex: 1 1 8rem; padding-inline: 0.5rem; }
  .actions .muted { font-size: 0.8125rem; line-height: 1.35; }
  .actions .advice { display: none; }
}
@media (max-height: 560px) { .actions { position: static; } }
`;
