import url from 'mgdc-decrypt/mgdc_decrypt_bg.wasm?url';
import { init } from 'mgdc-decrypt/slim';
import { all } from './decrypt.js';

const tell = (result) => (document.documentElement.dataset.result = result);

init(url)
  .then(all)
  .then(tell, (error) => tell(`failed: ${error.code} ${error.message}`));
