/** Line drawings of our own, in the colours of the page. */

/** @typedef {keyof typeof DRAWINGS} DrawingName */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * A drawing; with `words` it is an image with these as its text, without it is only decoration.
 * @param {DrawingName} name
 * @param {string} [words]
 */
export function drawing(name, words) {
  const { size, lines } = DRAWINGS[name];
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', size);
  svg.setAttribute('class', `drawing ${name}`);
  if (words) {
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', words);
  } else svg.setAttribute('aria-hidden', 'true');
  for (const [look, d] of lines) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('class', look);
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

/** `soft`: an area; `ink`: a line; `accent`: a line that counts; `paper`: covers what is below. What comes later lies above. */
const DRAWINGS = {
  // A locked folder and a key become a table.
  whole: {
    size: '0 16 264 66',
    lines: [
      ['soft', 'M10 34h64v42H10z'],
      ['ink', 'M10 76V26a3 3 0 0 1 3-3h17l6 8h35a3 3 0 0 1 3 3v39a3 3 0 0 1-3 3H13a3 3 0 0 1-3-3zM10 40h64'],
      ['accent', 'M35 56h14v11H35zM38 56v-3.5a4 4 0 0 1 8 0V56'],
      ['ink', 'M88 53h10M93 48v10'],
      ['accent', 'M120 44a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM129 53h26M147 53v7M155 53v8M118.5 53h3'],
      ['ink', 'M168 53h14M177 48l5 5-5 5'],
      ['soft', 'M196 24h58v13h-58z'],
      ['ink', 'M199 24h52a3 3 0 0 1 3 3v46a3 3 0 0 1-3 3h-52a3 3 0 0 1-3-3V27a3 3 0 0 1 3-3z'],
      ['ink', 'M196 37h58M196 50h58M196 63h58M215 37v39M235 37v39'],
    ],
  },
  // A key and the list of what is asked of it.
  check: {
    size: '0 16 264 66',
    lines: [
      ['accent', 'M74 34a15 15 0 1 1 0 30 15 15 0 0 1 0-30zM89 49h44M119 49v12M133 49v13M71.5 49h5'],
      ['ink', 'M148 49h14M157 44l5 5-5 5'],
      ['soft', 'M178 20h44v58h-44z'],
      [
        'ink',
        'M181 20h38a3 3 0 0 1 3 3v52a3 3 0 0 1-3 3h-38a3 3 0 0 1-3-3V23a3 3 0 0 1 3-3zM199 35h14M199 49h14M199 63h14',
      ],
      ['accent', 'M185.5 35l2.5 2.5 4.5-5M185.5 49l2.5 2.5 4.5-5M185.5 63l2.5 2.5 4.5-5'],
    ],
  },
  // From the cloud into a folder.
  get: {
    size: '0 0 64 48',
    lines: [
      ['soft', 'M20 24a8 8 0 0 1 .6-15.9A10.5 10.5 0 0 1 40.5 10 7 7 0 0 1 44 24z'],
      ['ink', 'M20 24a8 8 0 0 1 .6-15.9A10.5 10.5 0 0 1 40.5 10 7 7 0 0 1 44 24z'],
      ['accent', 'M32 19v16M27 30.5l5 5 5-5'],
      ['ink', 'M14 32v10h36V32'],
    ],
  },
  // A key, or a vault.
  key: {
    size: '0 0 64 48',
    lines: [
      ['accent', 'M12 16a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM16.5 26.5 26 36M22 32l3-3'],
      ['soft', 'M32 10h24v27H32z'],
      ['ink', 'M34 10h20a2 2 0 0 1 2 2v23a2 2 0 0 1-2 2H34a2 2 0 0 1-2-2V12a2 2 0 0 1 2-2zM36 37v4M52 37v4'],
      ['ink', 'M44 17.5a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM44 17.5v3.5M44 26v3.5M38 23.5h3.5M46.5 23.5H50'],
    ],
  },
  // A table, a look at it, and the disk.
  save: {
    size: '0 0 64 48',
    lines: [
      ['soft', 'M8 8h34v8H8z'],
      ['ink', 'M10 8h30a2 2 0 0 1 2 2v24a2 2 0 0 1-2 2H10a2 2 0 0 1-2-2V10a2 2 0 0 1 2-2zM8 16h34M8 26h34M20 16v20'],
      ['paper', 'M45 22a8 8 0 1 1 0 16 8 8 0 0 1 0-16z'],
      ['accent', 'M45 22a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM51 36l6 6'],
    ],
  },
};
