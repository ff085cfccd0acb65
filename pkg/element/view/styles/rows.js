/** Styles: keys and key details. */

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
li > .icon, .file-text > .icon { color: var(--muted); }
[data-tone='good'] > .icon, h2[data-tone='good'] { color: var(--good); }
[data-tone='warn'] > .icon, h2[data-tone='warn'] { color: var(--warn); }
[data-tone='bad'] > .icon, h2[data-tone='bad'] { color: var(--bad); }
[data-tone='busy'] > .icon { color: var(--accent); }
`;
