/** `import 'mgdc-decrypt/react'` is `import 'mgdc-decrypt/element'`, with the element's types for JSX of React 18 and 19. */

import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { MgdcDecryptElement, MgdcDecryptProperties } from './element.js';

export * from './element.js';

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'mgdc-decrypt': DetailedHTMLProps<HTMLAttributes<MgdcDecryptElement>, MgdcDecryptElement> & MgdcDecryptProperties;
    }
  }
}
