/** How the side “Check a key” looks, on top of the element's own styles. */

/** @type {CSSStyleSheet | null} */
let sheet = null;

export function checkStyles() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
  }
  return sheet;
}

const STYLES = `
.services { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); }
.services:empty { display: none; }
.services[aria-busy='true'] { opacity: 0.6; }
.service { align-content: start; border-block-start: 4px solid var(--line); }
.service[data-tone='good'] { border-block-start-color: var(--good); }
.service[data-tone='bad'] { border-block-start-color: var(--bad); }
.service[data-tone='warn'] { border-block-start-color: var(--warn); }
.standing { display: inline-flex; align-items: center; gap: 0.375rem; }
.service[data-tone='good'] .standing { color: var(--good); }
.service[data-tone='bad'] .standing { color: var(--bad); }
.service[data-tone='warn'] .standing { color: var(--warn); }
.groups { display: grid; gap: 0.5rem; }
.findings-group > summary { padding-block: 0.5rem; min-block-size: 44px; font-weight: 600; cursor: pointer; }
.findings-group[data-verdict='fail'] > summary { color: var(--bad); }
.findings-group[data-verdict='warn'] > summary { color: var(--warn); }
.findings { display: grid; gap: 0.875rem; }
.finding {
  display: grid; gap: 0.375rem; min-inline-size: 0; padding-inline-start: 0.75rem;
  border-inline-start: 3px solid var(--line); font-size: 0.9375rem; overflow-wrap: anywhere;
}
.finding[data-verdict='fail'] { border-inline-start-color: var(--bad); }
.finding[data-verdict='warn'] { border-inline-start-color: var(--warn); }
.finding[data-verdict='pass'] { border-inline-start-color: var(--good); }
.finding h3 { color: var(--text); font-size: 0.9375rem; }
.rule { font-family: var(--mono); color: var(--muted); }
.remedy { font-weight: 500; }
.source { font-size: 0.8125rem; }
.address { font-family: var(--mono); font-size: 0.75rem; }
.command { margin: 0; display: grid; gap: 0.25rem; min-inline-size: 0; }
.command pre, .messages pre {
  padding: 0.75rem; border: 1px solid var(--line); border-radius: var(--control-radius); background: var(--sunken);
  white-space: pre-wrap; overflow-wrap: anywhere; direction: ltr; text-align: left;
}
.messages { display: grid; gap: 0.75rem; }
.messages:empty { display: none; }
.messages li { display: grid; gap: 0.25rem; min-inline-size: 0; overflow-wrap: anywhere; font-size: 0.9375rem; }
.questions { display: block; overflow-wrap: anywhere; }
.questions > summary { min-block-size: 44px; padding-block: 0.625rem; font-weight: 500; cursor: pointer; }
.questions > :not(summary) { margin-block-end: 0.75rem; }
.question { display: grid; grid-template-rows: subgrid; grid-row: span 3; gap: 0; align-items: start; min-inline-size: 0; }
.question > :first-child { align-self: end; }
.questions .fields {
  display: grid; grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr)); gap: 0 1.25rem;
}
.questions .fields > * { margin-block-end: 0.75rem; }
.address-field { display: grid; grid-template: subgrid / minmax(0, 1fr) auto; grid-row: span 3; gap: 0 0.5rem; align-items: start; }
.address-field .question { grid-area: 1 / 1 / span 3; }
.address-field button { grid-area: 2 / 2; }
.other-shell > summary { padding-block: 0.375rem; cursor: pointer; }
.tools { display: flex; flex-wrap: wrap; gap: 0 1.25rem; padding: 0; border: 0; min-inline-size: 0; }
.tools legend { padding: 0; font-size: 0.875rem; font-weight: 500; }
.scroller { overflow: auto; }
.comparison { border-collapse: collapse; min-inline-size: 100%; font-size: 0.875rem; }
.comparison :is(th, td) { padding: 0.375rem 0.75rem; border-block-end: 1px solid var(--line); text-align: start; }
.comparison tbody th:first-child { font-family: var(--mono); font-weight: 400; }
.comparison th.service-name { font-family: inherit; font-weight: 600; background: var(--sunken); }
.comparison thead th { max-inline-size: 16rem; overflow-wrap: anywhere; vertical-align: bottom; }
.comparison td[data-verdict='fail'] { color: var(--bad); font-weight: 600; }
.comparison td[data-verdict='warn'] { color: var(--warn); font-weight: 600; }
.comparison td[data-verdict='pass'] { color: var(--good); }
.comparison td:is([data-verdict='not-visible'], [data-verdict='reminder']) { color: var(--muted); }
.hint-block { padding: 0.75rem; border-radius: var(--control-radius); background: var(--warn-soft); font-size: 0.9375rem; }
@media print {
  .start:has(~ .check-side:not([hidden])), .modes, .questions, .report-buttons, .command .buttons, .entry button { display: none !important; }
  .card { break-inside: avoid-page; border-color: #999; }
  .services { display: block; }
  .services > * { margin-block-end: 1rem; }
  .findings-group > * { display: grid; }
}
`;
