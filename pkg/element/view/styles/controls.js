/** Styles: buttons, fields and progress bars. */

export const CONTROLS = `
button, .button {
  display: inline-flex; align-items: center; justify-content: center; gap: 0.5rem;
  min-block-size: 44px; padding: 0.375rem 1rem; position: relative;
  border: 1px solid var(--control); border-radius: var(--control-radius); background: var(--surface); color: var(--text);
  font: inherit; font-size: 0.9375rem; font-weight: 500; line-height: 1.25; text-align: center; cursor: pointer;
}
button:hover, .button:hover { border-color: var(--accent); color: var(--accent); }
button.primary, .button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button.primary:hover, .button.primary:hover { background: var(--accent-strong); border-color: var(--accent-strong); color: var(--on-accent); }
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
.check input { flex: none; inline-size: 1.125rem; block-size: 1.125rem; accent-color: var(--accent); }
input[type='text'], input[type='password'], input[type='search'], select, textarea {
  display: block; inline-size: 100%; min-block-size: 44px; padding: 0.5rem 0.75rem;
  border: 1px solid var(--control); border-radius: var(--control-radius); background: var(--surface);
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
