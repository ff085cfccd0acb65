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
li > .icon, .file-row > .icon { color: var(--muted); }
[data-tone='good'] > .icon, h2[data-tone='good'] { color: var(--good); }
[data-tone='warn'] > .icon, h2[data-tone='warn'] { color: var(--warn); }
[data-tone='bad'] > .icon, h2[data-tone='bad'] { color: var(--bad); }
[data-tone='busy'] > .icon { color: var(--accent); }
`;
