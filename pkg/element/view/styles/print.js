/** Styles: on paper: what was delivered and how it ended, without what can only be pressed. */

export const PRINT = `
@media print {
  :host { color-scheme: light; --surface: #fff; --sunken: #fff; --text: #000; --muted: #444; --line: #999; }
  .top-bar, .rail, .welcome, .undo, .overlay, .actions, .modes, .intake > :not(.line), .entry button, .vault,
  .file-row button, .find, .matches,
  /* Of a long list only the rows in view exist. The others would be blank paper. */
  .files-view.windowed { display: none !important; }
  .only-printed:not(:empty) { display: block; }
  .shell { container: none; }
  .shell, .shell:has(> .top-bar) > .main { max-inline-size: none; padding: 0; }
  .intake { border: 0; padding: 0; }
  .side, .review, .main, .card { display: block; }
  .card, .problem, .hint { break-inside: auto; border-color: #999; margin-block-end: 0.75rem; }
  /* Rows out of view were never laid out, and would be blank. */
  .file-row { content-visibility: visible; contain: none; break-inside: avoid; }
  .reasons ul { max-block-size: none; overflow: visible; }
  .summary, .figures { break-inside: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
`;
