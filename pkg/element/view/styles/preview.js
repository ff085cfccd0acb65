/** Styles: the preview of a file. */

export const PREVIEW = `
.preview { grid-template-columns: minmax(0, 1fr); gap: 0.5rem; align-content: start; }
.preview h3 { color: var(--text); font-size: 0.9375rem; overflow-wrap: anywhere; }
.preview .back { justify-self: start; padding-inline: 0.25rem; color: var(--accent); }
.preview .back .icon:dir(rtl) { rotate: 180deg; }
.preview-hint { padding-block: 2rem; text-align: center; text-wrap: balance; }
.preview-problem {
  padding: 0.625rem 0.75rem; border-radius: var(--control-radius); background: var(--bad-soft); color: var(--bad); font-size: 0.875rem;
  overflow-wrap: anywhere;
}
.preview-problem[data-tone='calm'] { background: var(--sunken); color: var(--text); }
.preview-tabs { display: flex; gap: 0.25rem; border-block-end: 1px solid var(--line); }
.preview-tabs .tab {
  border: 0; border-block-end: 3px solid transparent; border-radius: 6px 6px 0 0; background: none; min-block-size: 40px;
}
.preview-tabs .tab[aria-selected='true'] { border-block-end-color: var(--accent); color: var(--accent); font-weight: 600; }
.preview-panel { overflow: auto; max-block-size: min(56vh, 34rem); overscroll-behavior: contain; }
.preview-table { border-collapse: separate; border-spacing: 0; font-size: 0.8125rem; line-height: 1.4; }
.preview-table :is(th, td) {
  padding: 0.3125rem 0.625rem; border-block-end: 1px solid var(--line); text-align: start; vertical-align: top;
  font-weight: 400; white-space: nowrap;
}
.preview-table thead th {
  position: sticky; inset-block-start: 0; z-index: 1; background: var(--sunken); font-weight: 600; vertical-align: bottom;
}
.column-facts { display: block; color: var(--muted); font-size: 0.75rem; font-weight: 400; }
.preview-table .number { text-align: end; font-variant-numeric: tabular-nums; }
.preview-table .row-number { color: var(--muted); text-align: end; font-variant-numeric: tabular-nums; padding-inline: 0.25rem 0.5rem; }
.preview-table .nothing { color: var(--muted); font-style: italic; }
.preview-table .long { display: inline-flex; gap: 0.375rem; align-items: baseline; }
.preview-table .nested {
  min-block-size: 24px; padding: 0 0.375rem; gap: 0.125rem; margin-block: -0.125rem; font-size: 0.8125rem;
  font-weight: 400; color: var(--accent); white-space: nowrap;
}
.preview-table .nested .icon { inline-size: 0.875rem; block-size: 0.875rem; }
.preview-table .nested:dir(rtl) .icon { rotate: 180deg; }
.preview-table .nested[aria-expanded='true'] .icon { rotate: 90deg; }
.preview-table .opened td { background: var(--sunken); }
.opened h4 { margin: 0; font-size: 0.75rem; color: var(--muted); }
.opened td > div { position: sticky; inset-inline-start: 0.625rem; inline-size: min(36rem, 80cqi); }
.preview pre { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; }
.preview-table.plain :is(td, th):not(.row-number) { font-family: var(--mono); white-space: pre; }
.preview-table.columns { inline-size: 100%; }
.preview-table.columns th[scope='row'] { font-weight: 600; white-space: normal; overflow-wrap: anywhere; }
.preview-table.columns .size-bar { inline-size: 4rem; display: inline-flex; margin-inline-end: 0.5rem; vertical-align: middle; }
.preview-json { margin: 0; padding: 0; list-style: none; counter-reset: row; }
.preview-json li { counter-increment: row; display: grid; grid-template-columns: 2.5rem minmax(0, 1fr); border-block-end: 1px solid var(--line); padding-block: 0.375rem; }
.preview-json li::before { content: counter(row); color: var(--muted); font-size: 0.75rem; font-variant-numeric: tabular-nums; }
.preview-json li > p { grid-column: 2; }
.preview-foot { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; align-items: center; justify-content: space-between; min-block-size: 32px; }
.preview-notes { color: var(--muted); font-size: 0.8125rem; }
@container review (max-width: 1019.9px) {
  .panes:not([data-open]) .preview, .panes[data-open] .review-list { display: none; }
  /* So high that it can be scrolled to the top before its rows are there. */
  .preview { align-content: start; min-block-size: calc(min(100svh, 48rem) - var(--bar-height, 0px)); }
}
@container review (min-width: 1020px) {
  .preview { position: sticky; inset-block-start: 0.5rem; }
  .preview .back { display: none; }
}
@media (forced-colors: active) {
  .preview-tabs .tab { border-color: Canvas; }
  .preview-tabs .tab[aria-selected='true'] { border-block-end-color: Highlight; }
}
@media print { .preview { display: none; } }
`;
