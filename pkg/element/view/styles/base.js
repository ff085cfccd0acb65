/** Styles: the element, its headings and texts. */

export const BASE = `
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
h1, h2, h3, p, ul, dl, dd, pre { margin: 0; padding: 0; }
ul { list-style: none; }
h2 { font-size: 1rem; font-weight: 600; line-height: 1.35; }
h3 { font-size: 0.875rem; font-weight: 600; color: var(--muted); }
code, pre { font-family: var(--mono); font-size: 0.8125rem; }
bdi { unicode-bidi: isolate; }
/* Each sentence in its own direction, whatever the direction of the page: else full stops land at the wrong end. */
h1, h2, h3, p, li, dt, dd, summary, legend, label > span, option, button > span, .sample-note > span, .hint > span { unicode-bidi: plaintext; }
/* At the same edge all the same: “start” would follow the direction of each sentence. */
.shell:dir(rtl) { text-align: right; }
/* The container of all queries: in a portal the element may be much narrower than the window. The intrinsic size keeps it
   from collapsing where the host sizes it by its content. */
.shell { container: shell / inline-size; contain-intrinsic-inline-size: 60rem; grid-template-columns: minmax(0, 1fr); }
.shell, .side { display: grid; gap: 1rem; min-inline-size: 0; }
.side { grid-template-columns: minmax(0, 1fr); }
.modes { display: flex; flex-wrap: wrap; gap: 0.25rem; border-block-end: 1px solid var(--line); }
.modes .tab { border: 0; border-block-end: 3px solid transparent; border-radius: 8px 8px 0 0; background: none; }
.modes .tab[aria-selected='true'] { border-block-end-color: var(--accent); color: var(--accent); font-weight: 600; }
.muted { color: var(--muted); font-size: 0.875rem; font-weight: 400; }
.code { color: var(--muted); font-family: var(--mono); font-size: 0.75rem; overflow-wrap: anywhere; }
.path { font-weight: 600; overflow-wrap: anywhere; }
.only-printed { display: none; }
.visually-hidden {
  position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap;
}
.icon {
  inline-size: 1.25rem; block-size: 1.25rem; flex: none; fill: none; stroke: currentColor;
  stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round;
}
/* Onwards is to the left there. */
.icon[data-icon='arrow']:dir(rtl) { transform: scaleX(-1); }
/* Keeps focused elements clear of the bar at the bottom, whose height is set by actions.js. */
button, input, select, textarea, summary, [tabindex] { scroll-margin-block: 1rem calc(1rem + var(--bar-height, 0px)); }
:focus-visible, .button:focus-within { outline: 3px solid var(--accent); outline-offset: 2px; }
.button input:focus-visible { outline: none; }
.button:focus-within:not(:has(:focus-visible)) { outline: none; }
.summary:focus { outline: none; }
/* On a laptop the first files are seen above the bar. */
@media (min-width: 50rem) and (max-height: 45rem) {
  .shell, .shell .side, .shell .main { gap: 0.625rem; }
  .shell .rail { gap: 0.375rem; }
  .shell .review { gap: 0.5rem; }
  .shell .review-list { padding-block-start: 0.5rem; }
  .shell :is(.review-list, .list-tools) { gap: 0.25rem; }
  .shell .choosing { min-block-size: 36px; }
}
`;
