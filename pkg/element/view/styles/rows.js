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
li > .icon, .file-text > .icon { color: var(--muted); }
[data-tone='good'] > .icon, h2[data-tone='good'] { color: var(--good); }
[data-tone='warn'] > .icon, h2[data-tone='warn'] { color: var(--warn); }
[data-tone='bad'] > .icon, h2[data-tone='bad'] { color: var(--bad); }
[data-tone='busy'] > .icon { color: var(--accent); }
`;
