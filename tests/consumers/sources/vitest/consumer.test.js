import { expect, test } from 'vitest';
import 'mgdc-decrypt/element';
import { all } from './decrypt.js';

test('decrypts the sample', async () => {
  expect(document).toBeDefined();
  console.log(`RESULT ${await all()}`);
});

test('shows the element', () => {
  const element = document.createElement('mgdc-decrypt');
  document.body.append(element);
  expect(element.shadowRoot.childElementCount).toBeGreaterThan(0);
  element.remove();
});
