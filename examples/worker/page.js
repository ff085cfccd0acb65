/**
 * One file, decrypted in a Web Worker, so that the page stays responsive. A whole drop needs no worker of yours:
 * `drop.decrypt()` starts its own. To run it from a checkout:
 *
 *     make build && npm install --prefix examples --no-package-lock
 *     cd examples/worker
 *     npx esbuild page.js worker.js --bundle --format=esm --target=es2022 --outdir=dist
 *     python3 -m http.server 8000 --bind 127.0.0.1
 *
 * and open http://127.0.0.1:8000/. The worker has to be bundled, because import maps do not reach workers.
 */

const form = document.querySelector('form');
const output = document.querySelector('output');
const link = document.querySelector('a');

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const { keyDetails, privateKey, file } = Object.fromEntries(new FormData(form));
  output.textContent = 'Decrypting…';
  link.hidden = true;
  const worker = new Worker(new URL('worker.js', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data: { plaintext, error } }) => {
    worker.terminate(); // and with it the keys
    output.textContent = error ?? `${plaintext.length} bytes`;
    if (error) return;
    URL.revokeObjectURL(link.href);
    link.href = URL.createObjectURL(new Blob([plaintext]));
    link.download = file.name;
    link.hidden = false;
  };
  worker.onerror = ({ message }) => {
    output.textContent = message ?? 'The worker did not start';
  };
  worker.postMessage({ keyDetails, privateKey, file });
});
