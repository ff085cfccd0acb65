/**
 * React 18 and 19. Properties are set on the element itself: React 18 sets only attributes, and React 19 does the same
 * with an element that is not defined yet or was rendered by the server. Types: `import 'mgdc-decrypt/react'` instead.
 */

import 'mgdc-decrypt/element';
import { useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { portal } from './portal.js';

function Deliveries({ texts, unwrap, sink, onReport }) {
  const element = useRef(null);
  useEffect(() => {
    Object.assign(element.current, { texts, unwrap, sink });
  }, [texts, unwrap, sink]);
  useEffect(() => {
    const node = element.current;
    const told = ({ detail }) => onReport(detail);
    node.addEventListener('mgdc-report', told);
    return () => node.removeEventListener('mgdc-report', told);
  }, [onReport]);
  return <mgdc-decrypt ref={element} />;
}

function App() {
  const [line, setLine] = useState('');
  const [{ report, ...given }] = useState(() => portal(setLine));
  return (
    <>
      <Deliveries {...given} onReport={report} />
      <output>{line}</output>
    </>
  );
}

createRoot(document.querySelector('#app')).render(<App />);
