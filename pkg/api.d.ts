/** For the rooms of this package, which import `api.js`: the same as in index.d.ts. */
export * from './index.js';
