/** Styles: keys, key details and files. */

export const ROWS = `
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
li > .icon, .file-row > .icon { color: var(--muted); }
[data-tone='good'] > .icon, h2[data-tone='good'] { color: var(--good); }
[data-tone='warn'] > .icon, h2[data-tone='warn'] { color: var(--warn); }
[data-tone='bad'] > .icon, h2[data-tone='bad'] { color: var(--bad); }
[data-tone='busy'] > .icon { color: var(--accent); }
`;
