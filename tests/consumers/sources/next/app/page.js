'use client';
import { useEffect } from 'react';
import { all } from '../decrypt.js';

export default function Page() {
  useEffect(() => {
    const tell = (result) => (document.documentElement.dataset.result = result);
    all().then(tell, (error) => tell(`failed: ${error.code} ${error.message}`));
  }, []);
  return <p>consumer</p>;
}
