/** The report as JSON, held to its schema. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Validator } from '@cfworker/json-schema';
import { reportAs } from '../../pkg/index.js';

const schema = JSON.parse(readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8'));
const validator = new Validator(schema, '2020-12', false);

/** The report as JSON, which fits the schema. */
export function asJson(report) {
  const json = JSON.parse(reportAs(report, 'json'));
  const { valid, errors } = validator.validate(json);
  assert.ok(valid, JSON.stringify(errors, null, 1));
  return json;
}
