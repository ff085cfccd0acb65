import 'mgdc-decrypt/react';
import type { MgdcDecryptElement } from 'mgdc-decrypt/element';
import { useRef } from 'react';

export function Deliveries() {
  const element = useRef<MgdcDecryptElement>(null);
  return (
    <mgdc-decrypt ref={element} theme="light" unwrap={async (wrapped) => wrapped} onmgdc-report={({ detail }) => console.log(detail.failed)} />
  );
}
