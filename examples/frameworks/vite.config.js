/** For Vue: without `isCustomElement` it looks for a component of this name, and warns. */

import vue from '@vitejs/plugin-vue';

const isCustomElement = (tag) => tag === 'mgdc-decrypt';
export default { plugins: [vue({ template: { compilerOptions: { isCustomElement } } })] };
