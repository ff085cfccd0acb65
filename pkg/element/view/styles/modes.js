/** Styles: reduced motion and forced colours. */

export const MODES = `
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
  .overlay-words { border-color: Highlight; }
  .drawing .ink { stroke: CanvasText; }
  .drawing .accent { stroke: Highlight; }
  .drawing .soft { fill: none; }
  .drawing .paper { fill: Canvas; }
  .mark { forced-color-adjust: none; }
}
`;
