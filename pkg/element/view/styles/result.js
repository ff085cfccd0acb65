/** Styles: how a run ended, and its report. */

export const RESULT = `
.summary { container: summary / inline-size; }
.summary h2 { display: flex; align-items: center; gap: 0.625rem; font-size: 1.25rem; }
.summary h2 .icon { inline-size: 1.5rem; block-size: 1.5rem; stroke-width: 2; }
.figures-view { display: grid; gap: 1rem; align-items: center; }
@container summary (min-width: 19rem) { .figures-view { grid-template-columns: auto minmax(0, 1fr); } .dataset-bars { grid-column: 1 / -1; } }
@container summary (min-width: 60rem) { .figures-view { grid-template-columns: auto minmax(14rem, 18rem) minmax(0, 1fr); gap: 1.5rem; } .dataset-bars { grid-column: auto; } }
.donut { inline-size: 6rem; block-size: 6rem; justify-self: start; }
.donut circle { fill: none; stroke-width: 6; }
.donut .part-track { stroke: var(--line); }
.donut .part-decrypted { stroke: var(--good); }
.donut .part-copied { stroke: var(--control); }
.donut .part-failed { stroke: var(--bad); }
.figures { display: grid; gap: 0.125rem; font-size: 0.875rem; align-content: center; }
.figures > div { display: flex; gap: 0.5rem; align-items: baseline; justify-content: space-between; max-inline-size: 22rem; }
.figures dt { display: flex; gap: 0.5rem; align-items: baseline; color: var(--muted); }
.figures dd { font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; }
.figures [data-part] dt::before {
  content: ''; flex: none; inline-size: 0.75rem; block-size: 0.75rem; border-radius: 3px; background: var(--good);
}
.figures [data-part='copied'] dt::before { background: var(--control); }
.figures [data-part='failed'] dt::before { background: var(--bad); }
.dataset-bars { display: grid; gap: 0.375rem; align-self: start; min-inline-size: 0; }
.dataset-bars ul { display: grid; gap: 0.375rem; max-block-size: 16rem; overflow: auto; }
.dataset-bars li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 0.75rem; font-size: 0.875rem; }
.dataset-bars .name { overflow-wrap: anywhere; }
.dataset-bars .outcome-bar { grid-column: 1 / -1; grid-row: 2; display: flex; gap: 1px; block-size: 8px; border-radius: 4px; overflow: hidden; background: var(--line); }
.outcome-bar > span { min-inline-size: 3px; flex: 1 1 0; background: var(--good); }
.outcome-bar > .part-copied { background: var(--control); }
.outcome-bar > .part-failed { background: repeating-linear-gradient(135deg, var(--bad) 0 3px, var(--surface) 3px 5px); }
.reasons {
  display: grid; gap: 0.5rem; justify-items: start; padding: 0.75rem 1rem; border-inline-start: 3px solid var(--bad);
  background: var(--bad-soft); border-radius: 0 var(--control-radius) var(--control-radius) 0;
}
.reasons:dir(rtl) { border-radius: var(--control-radius) 0 0 var(--control-radius); }
.reasons ul { display: grid; gap: 0.5rem; max-block-size: 24rem; overflow: auto; inline-size: 100%; }
.reasons h3 { color: var(--bad); }
.reasons li { display: grid; justify-items: start; font-size: 0.9375rem; overflow-wrap: anywhere; }
.reasons .technical li { font-size: 0.8125rem; }
.reasons.warnings { border-color: var(--warn); background: var(--warn-soft); }
.reasons.warnings h3 { color: var(--warn); }
.report { display: grid; gap: 0.75rem; padding-block-start: 0.75rem; border-block-start: 1px solid var(--line); min-inline-size: 0; }
.report h3 { font-size: 1rem; color: var(--text); }
.report h4 { margin: 0 0 0.25rem; font-size: 0.875rem; font-weight: 600; }
.report-table { overflow: auto; max-block-size: 28rem; min-inline-size: 0; }
.report table { border-collapse: collapse; font-size: 0.8125rem; }
.report :is(th, td) { padding: 0.25rem 0.5rem; border: 1px solid var(--line); text-align: start; vertical-align: top; overflow-wrap: anywhere; min-inline-size: 6rem; }
.report td:has(code) { min-inline-size: 12rem; }
.report th { background: var(--sunken); font-weight: 600; }
.report td.number { text-align: end; font-variant-numeric: tabular-nums; min-inline-size: 0; }
@media print {
  .report-table, .reasons ul, .dataset-bars ul { max-block-size: none; overflow: visible; }
  .report .buttons, .next { display: none; }
  .shell[data-print='report'] > :not(.side), .shell[data-print='report'] .side > :not(.summary),
  .shell[data-print='report'] .summary > :not(.report) { display: none !important; }
}
`;
