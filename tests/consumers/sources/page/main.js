import { all } from './decrypt.js';

all().then(
  (result) => (document.documentElement.dataset.result = result),
  (error) => (document.documentElement.dataset.result = `failed: ${error.code} ${error.message}`),
);
