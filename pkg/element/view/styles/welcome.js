/** Styles: the empty page. */

export const WELCOME = `
.main:focus { outline: none; }
.main { display: grid; gap: 1rem; min-inline-size: 0; grid-template-columns: minmax(0, 1fr); }
.shell:has(> .top-bar) > .main {
  inline-size: 100%; max-inline-size: 84rem; margin-inline: auto; padding-inline: clamp(0.75rem, 3vw, 1.5rem);
}
.start, .into { display: grid; gap: 1rem; min-inline-size: 0; grid-template-columns: minmax(0, 1fr); align-content: start; }
.lead { font-size: 1.25rem; line-height: 1.35; text-wrap: balance; padding-block: 0.5rem; max-inline-size: 46rem; }
.stays:empty { display: none; }
/* What a host says before anything was added. */
.shell:not([data-phase='empty']) slot[name='intro'] { display: none; }
.drawing { fill: none; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
.drawing .ink { stroke: var(--muted); }
.drawing .accent { stroke: var(--accent); stroke-width: 2; }
.drawing .soft { fill: var(--accent-soft); }
.drawing .paper { fill: var(--surface); }
.drawing:dir(rtl) { transform: scaleX(-1); }
.drawing:is(.whole, .check) { inline-size: min(100%, 19rem); block-size: auto; }
.welcome { display: grid; gap: 1.5rem; align-content: start; min-inline-size: 0; }
.welcome > section { display: grid; gap: 0.75rem; min-inline-size: 0; }
.steps ol { display: grid; gap: 1rem; margin: 0; padding: 0; list-style: none; }
.step-row { display: grid; grid-template-columns: 4rem minmax(0, 1fr); gap: 0.25rem 1rem; align-items: start; }
.step-row .drawing { inline-size: 4rem; block-size: 3rem; }
.step-row strong { font-weight: 600; }
.step-row p { color: var(--muted); font-size: 0.9375rem; text-wrap: pretty; }
.tree-list, .tree-list ul { display: grid; padding: 0; margin: 0; list-style: none; min-inline-size: 0; }
.tree-list {
  padding: 0.75rem 1rem; border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface);
  font-size: 0.8125rem;
}
.tree-list ul { margin-inline-start: 0.625rem; border-inline-start: 1px solid var(--line); padding-inline-start: 0.625rem; }
.tree-row { display: flex; flex-wrap: wrap; align-items: center; gap: 0 0.375rem; min-block-size: 1.75rem; min-inline-size: 0; }
.tree-row .icon { inline-size: 1rem; block-size: 1rem; color: var(--muted); }
.tree-name { font-family: var(--mono); overflow-wrap: anywhere; min-inline-size: 0; }
.tree-words { color: var(--muted); }
.marked .tree-row {
  margin-block: 0.125rem; padding: 0.25rem 0.5rem; border-radius: 6px; background: var(--accent-soft);
  justify-self: start; inline-size: fit-content; max-inline-size: 100%;
}
.marked .tree-row .icon, .marked .tree-name { color: var(--accent); }
.marked .tree-name { font-weight: 600; }
.other-ways { display: grid; gap: 0.75rem 1.5rem; grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr)); }
.other-way { display: grid; gap: 0.375rem; justify-items: start; align-content: start; }
.offline-copy {
  display: inline-flex; align-items: center; gap: 0.5rem; min-block-size: 44px; color: var(--accent);
  text-underline-offset: 0.2em;
}
@container shell (min-width: 68.75rem) {
  .start:has(> .welcome:not([hidden])) {
    grid-template-columns: minmax(0, 7fr) minmax(0, 5fr); gap: 1rem 2.5rem; grid-template-rows: auto 1fr;
  }
  .welcome { padding-block-start: 0.75rem; }
}
@container shell (min-width: 40rem) and (max-width: 68.749rem) {
  .steps ol { grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 1.5rem; }
  .step-row { grid-template-columns: minmax(0, 1fr); align-content: start; }
}
@container shell (max-width: 30rem) {
  .step-row { grid-template-columns: 3rem minmax(0, 1fr); column-gap: 0.75rem; }
  .step-row .drawing { inline-size: 3rem; block-size: 2.25rem; }
}
`;
