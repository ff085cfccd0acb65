import 'mgdc-decrypt/preact';

export function Deliveries() {
  return <mgdc-decrypt theme="light" unwrap={async (wrapped) => wrapped} />;
}
