/** Styles: the step “Key”. */

export const KEYS = `
.found { container: keys / inline-size; }
.found[data-need='unlocked'] { padding-block: 0; }
.found > h2 { font-size: 1rem; }
.keys-fold-title { margin-inline: -0.5rem; }
.keys-fold {
  display: flex; inline-size: 100%; justify-content: start; padding-inline: 0.5rem; border: 0; background: none;
  font-weight: 500; text-align: start;
}
.keys-fold:dir(rtl) { text-align: right; }
.keys-fold:hover { background: none; }
.keys-fold > span { flex: 1; }
.keys-fold > .icon:first-child { color: var(--good); }
.keys-fold [data-icon='unfold'] { color: var(--muted); }
.keys-fold[aria-expanded='true'] [data-icon='unfold'] { rotate: 180deg; }
.found[data-need='unlocked'] > .keys-body { padding-block-end: 1rem; }
.keys-body { display: grid; gap: 1rem; min-inline-size: 0; }
.key-ways, .key-left { display: grid; gap: 1rem; align-items: start; align-content: start; min-inline-size: 0; }
@container keys (min-width: 46rem) { .key-ways:not(.plain) { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } }
.way { display: grid; align-content: start; justify-items: start; gap: 0.625rem; min-inline-size: 0; }
.way > * { max-inline-size: 100%; min-inline-size: 0; }
.way .entries { inline-size: 100%; }
.key-ways:not(.plain) .way { padding: 0.875rem 1rem; border: 1px solid var(--line); border-radius: var(--control-radius); }
.way h3 { font-size: 0.9375rem; color: var(--text); }
.way .entry + .entry { border-block-start: 1px solid var(--line); }
.steps { display: grid; gap: 0.75rem; margin: 0; padding: 0; inline-size: 100%; list-style: none; counter-reset: step; }
.steps > li { display: grid; gap: 0.375rem; min-inline-size: 0; position: relative; padding-inline-start: 2rem; counter-increment: step; }
.steps > li::before {
  content: counter(step); position: absolute; inset-inline-start: 0; inset-block-start: 0;
  inline-size: 1.375rem; block-size: 1.375rem; border-radius: 50%; display: grid; place-items: center;
  background: var(--accent-soft); color: var(--accent); font-size: 0.8125rem; font-weight: 600;
}
.step { font-weight: 500; font-size: 0.9375rem; line-height: 1.375rem; }
.vault label:not(.check) { display: block; }
.vault .fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(11rem, 100%), 1fr)); gap: 0.5rem; align-items: end; }
.vault-choices { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: center; }
.vault-choices select { inline-size: auto; min-block-size: 36px; padding-block: 0.125rem; font-size: 0.875rem; }
.vault .tools { display: flex; flex-wrap: wrap; gap: 0 0.875rem; padding: 0; margin: 0; border: 0; min-inline-size: 0; }
.vault .commands, .vault .commands > li, .vault .answer { display: grid; gap: 0.375rem; min-inline-size: 0; }
.vault .commands { gap: 0.75rem; max-block-size: 17rem; overflow: auto; }
.vault pre {
  padding: 0.5rem 0.625rem; border: 1px solid var(--line); border-radius: var(--control-radius); background: var(--sunken);
  white-space: pre-wrap; overflow-wrap: anywhere; max-block-size: 5.5rem; overflow: auto; direction: ltr; text-align: left;
}
.answer-line, .command-line { display: flex; gap: 0.5rem; align-items: center; justify-content: space-between; }
.command-line > :first-child { flex: 1; min-inline-size: 0; font-size: 0.8125rem; color: var(--muted); overflow-wrap: anywhere; }
.answer-line button { flex: none; white-space: nowrap; }
.vault .muted { overflow-wrap: anywhere; }
.command-line button { min-block-size: 36px; padding-block: 0.25rem; }
.vault textarea { min-block-size: 3.5rem; }
.vault .good { color: var(--good); }
.vault .good:empty { display: none; }
.password {
  display: flex; flex-wrap: wrap; align-items: end; gap: 0.5rem; margin-block: 0.25rem; max-inline-size: 30rem;
}
.password label { flex: 1 1 8rem; }
.password p { flex-basis: 100%; }
.missing { display: grid; gap: 0.625rem; padding: 0.875rem 1rem; border-radius: var(--control-radius); background: var(--warn-soft); }
.missing h3 { color: var(--text); font-size: 0.9375rem; }
.tree { font-size: 0.875rem; }
.tree .tree { padding-inline-start: 1.25rem; margin-inline-start: 0.5625rem; border-inline-start: 1px solid var(--control); }
.tree span { display: inline-flex; align-items: center; gap: 0.375rem; padding-block: 0.125rem; overflow-wrap: anywhere; }
.tree .icon { inline-size: 1rem; block-size: 1rem; color: var(--muted); }
.tree .wanted { font-weight: 600; }
.tree .wanted .icon { color: var(--warn); }
.technical { font-size: 0.8125rem; }
.technical > summary {
  padding-block: 0.125rem; color: var(--muted); cursor: pointer; border-radius: 4px; inline-size: fit-content;
}
.technical :is(p, li) { color: var(--text); overflow-wrap: anywhere; }
`;
