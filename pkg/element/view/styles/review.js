/** Styles: datasets and files, and the bar of bytes. */

export const REVIEW = `
.review { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.75rem; min-inline-size: 0; container: review / inline-size; }
.panes { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; min-inline-size: 0; align-items: start; }
.review-list { grid-template-columns: minmax(0, 1fr); gap: 0.5rem; padding: 0.75rem; }
.review .small { min-block-size: 32px; padding: 0.125rem 0.625rem; font-size: 0.8125rem; }
.list-tools { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.5rem; min-inline-size: 0; }
.search-line { display: flex; gap: 0.5rem; }
.search-line input { flex: 2 1 8rem; inline-size: auto; min-inline-size: 0; }
.search-line select { flex: 1 1 6rem; inline-size: auto; min-inline-size: 0; max-inline-size: 14rem; }
.filters { display: flex; flex-wrap: wrap; gap: 0.375rem; margin: 0; padding: 0; border: 0; min-inline-size: 0; }
.filter {
  position: relative; display: inline-flex; align-items: center; min-block-size: 32px; padding: 0 0.75rem;
  border: 1px solid var(--line); border-radius: 16px; font-size: 0.8125rem; cursor: pointer;
  font-variant-numeric: tabular-nums;
}
.filter > span { margin: 0 !important; font-size: inherit !important; font-weight: 400 !important; }
.filter input { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; margin: 0; opacity: 0; cursor: pointer; }
.filter:hover { border-color: var(--accent); }
.filter:has(:checked) { border-color: var(--accent); background: var(--accent-soft); color: var(--accent); }
.filter:has(:focus-visible) { outline: 3px solid var(--accent); outline-offset: 2px; }
.choosing { display: flex; flex-wrap: wrap; gap: 0 0.75rem; align-items: center; font-size: 0.875rem; min-block-size: 44px; }
.choosing .check { padding-inline-start: 1.75rem; font-weight: 500; }
.choosing .chosen { color: var(--muted); font-variant-numeric: tabular-nums; }
.choosing > button:last-child { margin-inline-start: auto; }
.matches:empty { display: none; }

.files { position: relative; }
.file-row {
  display: grid; grid-template-columns: 1.25rem auto minmax(0, 1fr) auto 44px; gap: 0 0.5rem; align-items: center;
  min-block-size: var(--row-height); border-block-start: 1px solid var(--line); cursor: pointer;
  content-visibility: auto; contain-intrinsic-block-size: auto var(--row-height);
}
.file-row.group, .file-row.delivery { grid-template-columns: 1.25rem auto minmax(0, 1fr) 7.5rem auto; }
.file-row.delivery { cursor: default; background: var(--sunken); }
.file-row:hover { background: var(--sunken); }
.file-row[aria-selected='true'] { background: var(--accent-soft); box-shadow: inset 3px 0 var(--accent); }
.file-row[aria-selected='true']:dir(rtl) { box-shadow: inset -3px 0 var(--accent); }
.file-row:focus-visible { outline-offset: -3px; border-radius: 4px; }
.file-row > .fold { display: grid; place-items: center; }
.file-row .fold .icon { inline-size: 1rem; block-size: 1rem; color: var(--muted); stroke-width: 2; }
.file-row .fold:dir(rtl) .icon { rotate: 180deg; }
.file-row[aria-expanded='true'] .fold .icon { rotate: 90deg; }
.file-row .choose { inline-size: 1.375rem; }
.file-row .choose label { display: grid; place-items: center; min-block-size: 42px; margin-inline: -0.375rem; cursor: pointer; }
.review input[type='checkbox'] { inline-size: 1.125rem; block-size: 1.125rem; margin: 0; accent-color: var(--accent); }
.file-text { display: flex; gap: 0.5rem; align-items: center; min-inline-size: 0; }
.file-text > .icon { inline-size: 1.125rem; block-size: 1.125rem; }
.file-text > div { min-inline-size: 0; flex: 1; }
.group .file-text, .delivery .file-text { display: grid; gap: 0; }
.group-name { font-weight: 600; font-size: 0.9375rem; line-height: 1.35; }
.file-row .name { font-size: 0.875rem; line-height: 1.4; }
.shortened { display: flex; inline-size: fit-content; max-inline-size: 100%; min-inline-size: 0; white-space: pre; }
.shortened .head { overflow: hidden; text-overflow: ellipsis; min-inline-size: 1.5em; flex: 0 1 auto; unicode-bidi: isolate; }
.shortened .head:empty { display: none; }
.shortened .head:not(:empty) + .tail { max-inline-size: calc(100% - 1.5em); }
.shortened .tail { flex: none; max-inline-size: 100%; overflow: hidden; text-overflow: ellipsis; unicode-bidi: isolate; }
.shortened wbr { display: none; }
.file-row .state { font-size: 0.8125rem; line-height: 1.35; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.group .state { display: flex; gap: 0.5rem; align-items: center; min-inline-size: 0; }
.group .narrow { display: none; white-space: nowrap; }
.group .words { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-inline-size: 0; }
.file-row[data-tone='bad'] .words { color: var(--bad); }
.file-row[data-tone='warn'] .words { color: var(--warn); }
.file-row .note:not(:empty)::before { content: ' · '; }
.file-row .warning:not(:empty) { display: block; color: var(--warn); }
.windowed .file-row .warning:not(:empty) { display: inline; }
.size {
  color: var(--muted); font-size: 0.8125rem; line-height: 1.35; font-variant-numeric: tabular-nums; white-space: nowrap;
  text-align: end;
}
.group .size { display: grid; gap: 0.25rem; }
.size-bar { display: flex; block-size: 4px; border-radius: 2px; background: var(--line); overflow: hidden; }
.size-bar > span { background: var(--muted); border-radius: 2px; }
.last { display: grid; justify-items: end; }
.last .square { min-block-size: 42px; }
.last .only { min-block-size: 32px; padding: 0 0.5rem; font-size: 0.8125rem; color: var(--accent); white-space: nowrap; }
.row-progress { block-size: 4px; margin-block-start: 0.125rem; }
.files-view { min-inline-size: 0; }
.flat .file-row { grid-template-columns: auto minmax(0, 1fr) auto 44px; padding-inline-start: 0.25rem; }
.flat .fold { display: none; }
.files-view.windowed {
  block-size: min(70vh, 40rem); overflow: auto; border: 1px solid var(--line); border-radius: var(--control-radius);
  padding-inline: 0.25rem; overscroll-behavior: contain;
}
/* If scrolling skips rows, the active row may lie far below the end, and must not extend the list. */
.windowed .files { overflow: clip; }
.windowed .file-row {
  position: absolute; inset-inline: 0; block-size: var(--row-height); overflow: hidden;
  contain: strict; content-visibility: visible;
}
.windowed .file-row[aria-rowindex='1'] { border-block-start-color: transparent; }
.windowed .state { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
@container review (max-width: 560px) {
  .file-row { grid-template-columns: 1rem auto minmax(0, 1fr) 40px; gap: 0 0.375rem; }
  .file-row.group, .file-row.delivery { grid-template-columns: 1rem auto minmax(0, 1fr) auto; }
  .file-row .size { display: none; }
  .group .narrow { display: inline; }
  .flat .file-row { grid-template-columns: auto minmax(0, 1fr) 40px; }
  .review-list { padding: 0.75rem 0.5rem; }
  .last .square { inline-size: 40px; }
  .last .only { padding-inline: 0.25rem; }
  .choosing .check { padding-inline-start: 1.375rem; }
  .choosing .chosen { flex-basis: 100%; padding-inline-start: 1.375rem; margin-block-start: -0.5rem; }
  .files-view:not(.windowed) wbr { display: inline; }
  .files-view:not(.windowed) .shortened { display: block; white-space: normal; overflow-wrap: anywhere; }
  .files-view:not(.windowed) .group .words { white-space: normal; overflow-wrap: anywhere; }
  .group .strip { inline-size: 2rem; }
}
/* Two panes. Each scrolls by itself, so that the file that was chosen stays beside what is in it. */
@container review (min-width: 1020px) {
  .panes { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
  .panes .files-view { block-size: auto; max-block-size: min(70vh, 44rem); overflow: auto; overscroll-behavior: contain; }
  .panes .files-view.windowed { block-size: min(70vh, 44rem); }
}

/* Words in a language that is written the other way than the page. */
.review :is(p, .words, .warning, .size, .size > span, .narrow, .chosen, .card-head .muted, .group-name, .filter > span) {
  unicode-bidi: plaintext;
}
.review :is(p, .words, .chosen, .group-name):dir(rtl) { text-align: right; }
.strip { display: flex; gap: 1px; inline-size: 4rem; block-size: 8px; border-radius: 4px; overflow: hidden; flex: none; }
.segment { flex: 1 0 2px; min-inline-size: 2px; background-color: var(--fill); background-image: var(--pattern, none); }
[data-status='done'] { --fill: var(--good); }
[data-status='ready'] { --fill: var(--accent); --pattern: radial-gradient(circle at 2px 2px, var(--surface) 0.9px, transparent 1.1px); background-size: 4px 4px; }
[data-status='clear'] { --fill: var(--control); }
[data-status='locked'] { --fill: var(--warn-soft); --pattern: repeating-linear-gradient(135deg, var(--warn) 0 2px, transparent 2px 5px); }
[data-status='damaged'] { --fill: var(--bad-soft); --pattern: repeating-linear-gradient(45deg, var(--bad) 0 2px, transparent 2px 4px), repeating-linear-gradient(135deg, var(--bad) 0 2px, transparent 2px 4px); }
[data-status='failed'] { --fill: var(--bad); --pattern: repeating-linear-gradient(90deg, var(--surface) 0 1px, transparent 1px 5px); }
.bytes { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.375rem; margin: 0; min-inline-size: 0; }
.bytes-bar { display: flex; gap: 2px; min-inline-size: 0; min-block-size: 2.25rem; }
.bytes-bar:empty::before { content: ''; flex: 1; block-size: 14px; border-radius: 3px; background: var(--line); }
.bytes-part { flex: 1 1 0; min-inline-size: 2px; display: grid; gap: 0.125rem; align-content: start; overflow: hidden; }
.bytes-part .strip { inline-size: auto; block-size: 14px; border-radius: 3px; }
.part-name { padding-inline-end: 0.25rem; font-size: 0.8125rem; color: var(--muted); }
.bytes-foot { min-block-size: 24px; display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; align-items: start; justify-content: space-between; }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; font-size: 0.8125rem; color: var(--muted); }
.legend li { display: inline-flex; align-items: center; gap: 0.375rem; }
.legend .segment { inline-size: 14px; block-size: 10px; flex: none; border-radius: 2px; }
.as-table summary { min-block-size: 24px; font-size: 0.8125rem; color: var(--accent); cursor: pointer; }
.as-table[open] { flex-basis: 100%; }
.scrolls { overflow: auto; max-block-size: 20rem; max-inline-size: 100%; }
.bytes-table { border-collapse: collapse; font-size: 0.8125rem; font-variant-numeric: tabular-nums; }
.bytes-table :is(th, td) { padding: 0.25rem 0.75rem; border-block-end: 1px solid var(--line); text-align: end; font-weight: 400; }
.bytes-table thead th { color: var(--muted); }
.bytes-table th:first-child { text-align: start; padding-inline-start: 0; overflow-wrap: anywhere; }
@media (forced-colors: active) {
  .segment, .size-bar > span { forced-color-adjust: none; }
  .file-row[aria-selected='true'] { outline: 2px solid Highlight; outline-offset: -2px; }
  .filter:has(:checked) { border-color: Highlight; outline: 1px solid Highlight; }
}
@media print {
  .file-row { content-visibility: visible; }
  .panes .files-view { max-block-size: none !important; overflow: visible !important; }
}
`;
