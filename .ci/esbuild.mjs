/** What the bundles have in common: `.ci/bundle.mjs` and `.ci/standalone.mjs`. */

import { readFile } from 'node:fs/promises';
import { transform } from 'esbuild';

/** @import { BuildOptions } from 'esbuild' */

/** @satisfies {BuildOptions} */
export const common = { bundle: true, minify: true, target: 'es2022', logLevel: 'warning' };

/** Minifies the element's styles, a tenth of the script: they are template strings, which esbuild does not minify. */
export const styles = {
  name: 'styles',
  /** @param {import('esbuild').PluginBuild} build */
  setup({ onLoad }) {
    onLoad({ filter: /element\/(view\/styles\/\w+|check\/check-styles)\.js$/ }, async ({ path }) => {
      let contents = await readFile(path, 'utf8');
      for (const [whole, css] of contents.matchAll(/= `([^`]*)`;/g)) {
        const { code } = await transform(css, { loader: 'css', minify: true });
        contents = contents.replace(whole, () => `= \`${code.trim()}\`;`);
      }
      return { contents, loader: 'js' };
    });
  },
};
