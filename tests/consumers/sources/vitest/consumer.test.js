import { expect, test } from 'vitest';
import { all } from './decrypt.js';

test('decrypts the sample', async () => {
  expect(document).toBeDefined();
  console.log(`RESULT ${await all()}`);
});
