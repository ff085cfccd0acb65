/**
 * Starts the page that is one file: unpacks its script, which lies deflated in the document, and runs it. The page's
 * policy allows this script and that one, by their hashes, and no other.
 */

start().catch((error) => {
  const text = document.createElement('p');
  text.textContent = `This page could not start (${error.message}). It needs Chromium 103, Firefox 113 or Safari 16.4, or newer.`;
  document.body.prepend(text);
});

async function start() {
  const packed = /** @type {HTMLElement} */ (document.querySelector('#page'));
  const deflated = decode(packed.textContent ?? '').slice(0, Number(packed.dataset.bytes));
  const unpacked = new Blob([deflated]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const code = await new Response(unpacked).text();
  const script = document.createElement('script');
  const { trustedTypes } = /** @type {{ trustedTypes?: { createPolicy(name: string, rules: object): { createScript(code: string): string } } }} */ (
    /** @type {unknown} */ (globalThis)
  );
  script.textContent =
    trustedTypes?.createPolicy('mgdc-decrypt-start', { createScript: (/** @type {string} */ own) => own }).createScript(code) ?? code;
  document.head.append(script);
}

/**
 * Z85, five characters for four bytes: https://rfc.zeromq.org/spec/32/.
 * @param {string} text
 */
function decode(text) {
  const characters = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#';
  const values = new Map([...characters].map((character, value) => [character, value]));
  const bytes = new DataView(new ArrayBuffer((text.length / 5) * 4));
  for (let at = 0; at < text.length; at += 5) {
    let number = 0;
    for (let place = at; place < at + 5; place++) number = number * 85 + /** @type {number} */ (values.get(text[place]));
    bytes.setUint32((at / 5) * 4, number);
  }
  return bytes.buffer;
}
