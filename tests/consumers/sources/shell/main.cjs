const { version, openDrop } = require('mgdc-decrypt');
const { all } = require('./decrypt.mjs');

if (typeof openDrop !== 'function' || !version()) throw new Error('not loaded');
all().then((result) => console.log(`RESULT ${result}`));
