/** Without a framework. */

import 'mgdc-decrypt/element';
import { portal } from './portal.js';

const { texts, unwrap, sink, report } = portal((line) => {
  document.querySelector('output').textContent = line;
});
const element = document.createElement('mgdc-decrypt');
Object.assign(element, { texts, unwrap, sink });
element.addEventListener('mgdc-report', ({ detail }) => report(detail));
document.querySelector('#app').append(element);
