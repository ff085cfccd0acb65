/** The styles of the element. Hosts can set the custom properties of :host; everything else is private. */

/** @type {CSSStyleSheet | null} */
let sheet = null;

/** One style sheet for all elements of the page. It is constructed, so `style-src` need not allow inline styles. */
export function styles() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(TOKENS + BASE + CONTROLS + INTAKE + CARDS + ROWS + TONES + ACTIONS + MODES);
  }
  return sheet;
}

const TOKENS = `
:host {
  --surface: var(--mgdc-surface, #ffffff);
  --sunken: var(--mgdc-sunken, #f3f5f8);
  --text: var(--mgdc-text, #1a2029);
  --muted: var(--mgdc-muted, #565f6c);
  --line: var(--mgdc-line, #d5dbe3);
  --control: var(--mgdc-control, #7b8694);
  --accent: var(--mgdc-accent, #0b5aa8);
  --accent-strong: var(--mgdc-accent-strong, #084882);
  --accent-soft: var(--mgdc-accent-soft, #eaf2fb);
  --on-accent: var(--mgdc-on-accent, #ffffff);
  --good: var(--mgdc-good, #1b6e35);
  --warn: var(--mgdc-warn, #855200);
  --bad: var(--mgdc-bad, #b3261e);
  --warn-soft: var(--mgdc-warn-soft, #fff7e8);
  --bad-soft: var(--mgdc-bad-soft, #fdf0ef);
  --radius: var(--mgdc-radius, 10px);
  --row-height: 64px;
  --mono: ui-monospace, 'Cascadia Mono', 'SF Mono', Menlo, Consolas, monospace;
  color-scheme: light dark;
  display: block;
  font: 400 1rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
  color: var(--text);
}
@media (prefers-color-scheme: dark) {
  :host {
    --surface: var(--mgdc-surface, #191f27);
    --sunken: var(--mgdc-sunken, #12171d);
    --text: var(--mgdc-text, #e5e9ef);
    --muted: var(--mgdc-muted, #a0abb9);
    --line: var(--mgdc-line, #313b47);
    --control: var(--mgdc-control, #7d8a99);
    --accent: var(--mgdc-accent, #79b8ff);
    --accent-strong: var(--mgdc-accent-strong, #a5d0ff);
    --accent-soft: var(--mgdc-accent-soft, #1b2c40);
    --on-accent: var(--mgdc-on-accent, #08213c);
    --good: var(--mgdc-good, #6fcf8b);
    --warn: var(--mgdc-warn, #edb95e);
    --bad: var(--mgdc-bad, #ff9a91);
    --warn-soft: var(--mgdc-warn-soft, #2d2617);
    --bad-soft: var(--mgdc-bad-soft, #331f1f);
  }
}
`;

const BASE = `
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
h2, h3, p, ul, dl, dd, pre { margin: 0; padding: 0; }
ul { list-style: none; }
h2 { font-size: 1.0625rem; font-weight: 600; line-height: 1.35; }
h3 { font-size: 0.875rem; font-weight: 600; color: var(--muted); }
code, pre { font-family: var(--mono); font-size: 0.8125rem; }
bdi { unicode-bidi: isolate; }
.shell, .side { display: grid; gap: 1rem; min-inline-size: 0; }
.modes { display: flex; flex-wrap: wrap; gap: 0.25rem; border-block-end: 1px solid var(--line); }
.modes .tab { border: 0; border-block-end: 3px solid transparent; border-radius: 8px 8px 0 0; background: none; }
.modes .tab[aria-selected='true'] { border-block-end-color: var(--accent); color: var(--accent); font-weight: 600; }
.muted { color: var(--muted); font-size: 0.875rem; font-weight: 400; }
.code { color: var(--muted); font-family: var(--mono); font-size: 0.75rem; overflow-wrap: anywhere; }
.path { font-weight: 600; overflow-wrap: anywhere; }
.visually-hidden {
  position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap;
}
.icon {
  inline-size: 1.25rem; block-size: 1.25rem; flex: none; fill: none; stroke: currentColor;
  stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round;
}
/* Keeps focused elements clear of the bar at the bottom, whose height is set by actions.js. */
button, input, select, textarea, summary, [tabindex] { scroll-margin-block: 1rem calc(1rem + var(--bar-height, 0px)); }
:focus-visible, .button:focus-within { outline: 3px solid var(--accent); outline-offset: 2px; }
.button input:focus-visible { outline: none; }
.button:focus-within:not(:has(:focus-visible)) { outline: none; }
.summary:focus { outline: none; }
`;

const CONTROLS = `
button, .button {
  display: inline-flex; align-items: center; justify-content: center; gap: 0.5rem;
  min-block-size: 44px; padding: 0.375rem 1rem; position: relative;
  border: 1px solid var(--control); border-radius: 8px; background: var(--surface); color: var(--text);
  font: inherit; font-size: 0.9375rem; font-weight: 500; line-height: 1.25; text-align: center; cursor: pointer;
}
button:hover, .button:hover { border-color: var(--accent); color: var(--accent); }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button.primary:hover { background: var(--accent-strong); border-color: var(--accent-strong); color: var(--on-accent); }
button:disabled, button.primary:disabled, button[aria-disabled]:not(.quiet) {
  background: var(--sunken); border-color: var(--line); color: var(--muted); cursor: not-allowed;
}
button.quiet { border-color: transparent; background: none; }
button.quiet:hover:enabled:not([aria-disabled]) { background: var(--accent-soft); }
button.quiet:is(:disabled, [aria-disabled]) { opacity: 0.45; cursor: not-allowed; }
button.square { inline-size: 44px; padding: 0; flex: none; }
button.link {
  border-color: transparent; background: none; color: var(--accent); text-decoration: underline;
  text-underline-offset: 0.2em; padding-inline: 0.5rem;
}
.entry button.link { justify-self: start; padding-inline: 0; text-align: start; font-size: 0.875rem; }
.button input {
  position: absolute; inset: 0; inline-size: 100%; block-size: 100%; opacity: 0; cursor: pointer;
  font-size: 0;
}
.buttons { display: flex; flex-wrap: wrap; gap: 0.625rem; align-items: center; }
label > span { display: block; }
label:not(.button, .check) > span { font-size: 0.875rem; font-weight: 500; margin-block-end: 0.25rem; }
.check {
  display: inline-flex; align-items: center; gap: 0.5rem; min-block-size: 44px; font-size: 0.875rem;
  cursor: pointer;
}
.choice { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 0.75rem; font-size: 0.875rem; }
.choice select { inline-size: auto; }
.check input { flex: none; inline-size: 1.125rem; block-size: 1.125rem; accent-color: var(--accent); }
input[type='text'], input[type='password'], input[type='search'], select, textarea {
  display: block; inline-size: 100%; min-block-size: 44px; padding: 0.5rem 0.75rem;
  border: 1px solid var(--control); border-radius: 8px; background: var(--surface);
  color: var(--text); font: inherit; font-size: 1rem;
}
textarea { font-family: var(--mono); font-size: 0.875rem; resize: vertical; }
progress {
  appearance: none; display: block; inline-size: 100%; block-size: 8px; border: 0;
  border-radius: 4px; overflow: hidden; background: var(--line); color: var(--accent);
}
progress::-webkit-progress-bar { background: var(--line); }
progress::-webkit-progress-value { background: var(--accent); border-radius: 4px; }
progress::-moz-progress-bar { background: var(--accent); border-radius: 4px; }
progress:indeterminate {
  background: linear-gradient(90deg, var(--line) 35%, var(--accent) 50%, var(--line) 65%) 0 0 / 300% 100%;
  animation: slide 1.4s linear infinite;
}
progress:indeterminate::-webkit-progress-bar { background: none; }
progress:indeterminate::-moz-progress-bar { background: none; }
@keyframes slide { from { background-position: 100% 0; } to { background-position: 0 0; } }
`;

const INTAKE = `
.intake {
  display: grid; gap: 1rem; justify-items: center; text-align: center;
  padding: clamp(1.5rem, 5vw, 3rem) clamp(1rem, 4vw, 2.5rem);
  border: 2px dashed var(--control); border-radius: var(--radius); background: var(--surface);
}
.intake-words { display: grid; gap: 0.75rem; justify-items: center; }
.intake h2 { font-size: 1.25rem; text-wrap: balance; }
.intake-hint { max-inline-size: 38rem; margin-block-start: 0.375rem; color: var(--muted); text-wrap: pretty; }
.intake .buttons { justify-content: center; }
.hero {
  display: grid; place-items: center; inline-size: 3.5rem; block-size: 3.5rem; border-radius: 50%;
  background: var(--accent-soft); color: var(--accent);
}
.hero .icon { inline-size: 1.75rem; block-size: 1.75rem; }
.intake.over { border-color: var(--accent); border-style: solid; background: var(--accent-soft); }
.intake.over .hero { background: var(--surface); }
.intake.compact {
  grid-template-columns: 1fr auto; justify-items: start; align-items: center; text-align: start;
  padding: 0.75rem 1rem; gap: 0.5rem 1rem; border-width: 1px;
}
.intake.compact .hero { display: none; }
.intake.compact h2 { font-size: 0.9375rem; font-weight: 500; color: var(--muted); }
.intake.compact > .muted, .intake.compact > .sample-note, .reading { grid-column: 1 / -1; }
/* Appears with a delay, so that short work does not show it. */
progress.reading:indeterminate { block-size: 4px; animation: slide 1.4s linear infinite, appear 0.1s 0.5s backwards; }
@keyframes appear { from { opacity: 0; } }
.sample-note { display: flex; gap: 0.5rem; font-size: 0.9375rem; color: var(--warn); text-align: start; }
@media (max-width: 640px) {
  .intake.compact { grid-template-columns: 1fr; }
  .intake.compact h2 { text-wrap: wrap; }
  .intake.compact .buttons { justify-content: start; gap: 0.5rem; }
  .intake.compact .buttons > * { padding-inline: 0.625rem; }
  .intake.compact .buttons .icon { display: none; }
}
`;

const CARDS = `
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

const ROWS = `
.entry {
  display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 0.75rem;
  padding-block: 0.5rem; align-items: start;
}
.entry + .entry { border-block-start: 1px solid var(--line); }
.entry > .icon { margin-block-start: 0.125rem; }
.entry-text { display: grid; gap: 0.125rem; min-inline-size: 0; overflow-wrap: anywhere; }
.entry .square { margin-block: -0.5rem; }
.name { font-weight: 500; justify-self: start; max-inline-size: 100%; }
.version { font-weight: 400; overflow-wrap: anywhere; }
.state { font-size: 0.875rem; color: var(--muted); }
.password {
  display: flex; flex-wrap: wrap; align-items: end; gap: 0.5rem; margin-block: 0.5rem;
  max-inline-size: 30rem;
}
.password label { flex: 1 1 14rem; }
.password p { flex-basis: 100%; }
.vault {
  margin-block-start: 0.5rem; border: 1px solid var(--line); border-radius: 8px;
  background: var(--sunken); overflow-wrap: anywhere;
}
.vault summary {
  padding: 0.625rem 0.875rem; min-block-size: 44px; font-weight: 500; cursor: pointer;
  border-radius: 8px;
}
.vault > :not(summary) { margin: 0 0.875rem 0.75rem; inline-size: auto; }
.vault label:not(.check) { display: block; }
.vault .tools { display: flex; flex-wrap: wrap; gap: 0 1.25rem; padding: 0; border: 0; min-inline-size: 0; }
.vault .commands, .vault .commands > li, .vault :is(.answer, .names) { display: grid; gap: 0.5rem; min-inline-size: 0; }
.vault .commands { gap: 1rem; max-block-size: 60rem; overflow: auto; }
.vault .commands > li > :first-child { font-size: 0.875rem; }
.vault .answer > button { justify-self: start; }
.vault .good { color: var(--good); }
.vault .good:empty { display: none; }
.vault .step { font-weight: 500; margin-block-start: 1rem; }
.vault .fields {
  display: grid; grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr));
  gap: 0.5rem 0.875rem; align-items: end;
}
.vault pre {
  padding: 0.75rem; border: 1px solid var(--line); border-radius: 8px; background: var(--surface);
  white-space: pre-wrap; overflow-wrap: anywhere; max-block-size: 12rem; overflow: auto;
  direction: ltr; text-align: left;
}
.files { position: relative; }
.file-row {
  display: grid; grid-template-columns: auto minmax(0, 1fr) auto auto; gap: 0 0.75rem; align-items: center;
  min-block-size: var(--row-height); padding-block: 0.375rem; border-block-start: 1px solid var(--line);
  content-visibility: auto; contain-intrinsic-block-size: auto var(--row-height);
}
.file-row .name { display: flex; inline-size: fit-content; min-inline-size: 0; white-space: pre; }
.file-row .head {
  overflow: hidden; text-overflow: ellipsis; min-inline-size: 1.5em; flex: 0 1 auto;
  unicode-bidi: isolate;
}
.file-row .head:empty { display: none; }
.file-row .head:not(:empty) + .tail { max-inline-size: calc(100% - 1.5em); }
.file-row .tail { flex: none; max-inline-size: 100%; overflow: hidden; text-overflow: ellipsis; unicode-bidi: isolate; }
.file-row wbr { display: none; }
.file-row .state { overflow-wrap: anywhere; }
.file-row[data-tone='bad'] .words { color: var(--bad); }
.file-row[data-tone='warn'] .words { color: var(--warn); }
.file-row .note:not(:empty)::before { content: ' · '; }
.file-row .warning:not(:empty) { display: block; color: var(--warn); }
.windowed .file-row .warning:not(:empty) { display: inline; }
.size {
  color: var(--muted); font-size: 0.875rem; font-variant-numeric: tabular-nums; white-space: nowrap;
  text-align: end;
}
.row-progress { block-size: 4px; margin-block-start: 0.25rem; }
.files-view.windowed {
  block-size: min(70vh, 40rem); overflow: auto; border: 1px solid var(--line); border-radius: 8px;
  padding-inline: 0.75rem; overscroll-behavior: contain;
}
/* If scrolling skips rows, the active row may lie far below the end, and must not extend the list. */
.windowed .files { overflow: clip; }
.windowed .file-row {
  position: absolute; inset-inline: 0; block-size: var(--row-height); overflow: hidden;
  contain: strict; content-visibility: visible;
}
.file-text:focus-visible { outline-offset: -2px; border-radius: 4px; }
.windowed .file-row[aria-rowindex='1'] { border-block-start-color: transparent; }
.matches:empty { position: absolute; }
.windowed .state { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
@media (max-width: 640px) {
  .file-row { grid-template-columns: auto minmax(0, 1fr) auto; gap: 0 0.625rem; }
  .file-row .size { display: none; }
  .file-row .name { font-size: 0.875rem; }
  .files-view:not(.windowed) wbr { display: inline; }
  .files-view:not(.windowed) .name { display: block; white-space: normal; overflow-wrap: anywhere; }
}
`;

const TONES = `
li > .icon, .file-row > .icon { color: var(--muted); }
[data-tone='good'] > .icon, h2[data-tone='good'] { color: var(--good); }
[data-tone='warn'] > .icon, h2[data-tone='warn'] { color: var(--warn); }
[data-tone='bad'] > .icon, h2[data-tone='bad'] { color: var(--bad); }
[data-tone='busy'] > .icon { color: var(--accent); }
`;

const ACTIONS = `
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

const MODES = `
@media (prefers-reduced-motion: reduce) {
  *, *::before, *::after { animation: none !important; transition: none !important; }
  progress:indeterminate { background: repeating-linear-gradient(90deg, var(--accent) 0 8px, var(--line) 8px 16px); }
}
@media (forced-colors: active) {
  .button:focus-within, :focus-visible { outline-color: Highlight; }
  button:is(:disabled, [aria-disabled]) { color: GrayText; border-color: GrayText; }
  progress { border: 1px solid CanvasText; forced-color-adjust: none; background: Canvas; }
  progress::-webkit-progress-bar { background: Canvas; }
  progress::-webkit-progress-value { background: Highlight; }
  progress::-moz-progress-bar { background: Highlight; }
  .intake.over { outline: 3px solid Highlight; }
}
`;
