import { all } from './decrypt.mjs';

console.log(`RESULT ${await all()}`);
