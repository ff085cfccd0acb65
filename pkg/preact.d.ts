/** `import 'mgdc-decrypt/preact'` is `import 'mgdc-decrypt/element'`, with the element's types for JSX of Preact. */

import type { JSX } from 'preact';
import type { MgdcDecryptElement, MgdcDecryptProperties } from './element.js';

export * from './element.js';

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      // Preact 10 and 11 have the attributes of HTML under different names.
      'mgdc-decrypt': Omit<JSX.IntrinsicElements['div'], 'ref'> &
        MgdcDecryptProperties & { ref?: Ref<MgdcDecryptElement> };
    }
  }
}
