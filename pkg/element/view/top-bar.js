/** The bar at the top of our own page: name, sides, what is promised, help, colours and language. */

import { LANGUAGES } from '../words/language.js';
import { text } from '../words/text.js';
import { h, icon, setAttribute, setIcon, setText } from './dom.js';

/** @typedef {'light' | 'dark'} Theme */
/**
 * @typedef {object} BarActions
 * @property {(part?: 'security') => void} help
 * @property {(theme: Theme) => void} theme
 * @property {(language: string) => void} language
 * @property {() => void} skip
 */

/**
 * `language`: the one in use, of LANGUAGES.
 * @param {BarActions} actions
 * @param {string} language
 */
export function topBar(actions, language) {
  const skip = h('button', { type: 'button', class: 'skip', onclick: actions.skip }, text.bar.skip);
  const chip = h(
    'button',
    {
      type: 'button',
      class: 'chip',
      'data-testid': 'offline',
      title: text.bar.offlineHint,
      onclick: () => actions.help('security'),
    },
    icon('shield'),
    h('span', { class: 'wide' }, text.bar.offline),
    h('span', { class: 'narrow' }, text.bar.offlineShort),
  );
  const help = h(
    'button',
    { type: 'button', class: 'quiet tool', 'data-testid': 'help', onclick: () => actions.help() },
    icon('help'),
    h('span', { class: 'wide' }, text.bar.help),
  );
  help.setAttribute('aria-label', text.bar.help);
  /** @type {Theme} */
  let other = 'dark';
  const themeMark = icon('moon');
  const theme = h(
    'button',
    { type: 'button', class: 'quiet square tool', 'data-testid': 'theme', onclick: () => actions.theme(other) },
    themeMark,
  );
  const select = h(
    'select',
    {
      'data-testid': 'language',
      'aria-label': text.bar.language,
      title: text.bar.language,
      onchange: ({ currentTarget }) => actions.language(currentTarget.value),
    },
    ...Object.entries(LANGUAGES).map(([tag, { name }]) =>
      h('option', { value: tag, lang: tag, selected: tag === language }, name),
    ),
  );
  const sides = h('div', { class: 'sides' });
  const node = h(
    'header',
    { class: 'top-bar' },
    skip,
    h('h1', { class: 'brand' }, mark(), h('bdi', {}, text.bar.name)),
    sides,
    h('div', { class: 'tools-bar' }, chip, help, theme, h('span', { class: 'language' }, icon('globe'), select)),
  );

  return {
    node,
    /** Where the tabs of the two sides go. */
    sides,
    /** After the language was changed, which makes the bar again. */
    focusLanguage: () => select.focus(),
    /** @param {{ sealed: boolean, theme: Theme }} now */
    render({ sealed, theme: shown }) {
      chip.classList.toggle('unsaid', !sealed);
      other = shown === 'dark' ? 'light' : 'dark';
      setIcon(themeMark, other === 'dark' ? 'moon' : 'sun');
      setAttribute(theme, 'aria-label', text.bar[other]);
      setAttribute(theme, 'title', text.bar[other]);
      setText(skip, text.bar.skip);
    },
  };
}

/** The mark of the page, as in its icon. */
function mark() {
  const svg = icon('down');
  svg.setAttribute('class', 'icon mark');
  return svg;
}
