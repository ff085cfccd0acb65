/**
 * mgdc-decrypt/in-place: import it in a service worker, beside `mgdc-decrypt`, if it decrypts drops. There no workers can
 * be started, and nothing can be imported later; this does the work in the service worker itself. A page does not need
 * it, nor a shared worker, which loads it by itself where the browser gives it no workers.
 *
 * @module mgdc-decrypt/in-place
 */
export {};
