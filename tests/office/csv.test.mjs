/** CSV in LibreOffice's spreadsheet: no formula, and the same texts and numbers. `make test CHECK=office`. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { convert } from '../js/converted.mjs';

const temporary = mkdtempSync(join(tmpdir(), 'mgdc-office-'));
after(() => rmSync(temporary, { recursive: true }));

/** Rows of cells, read from what LibreOffice makes of the CSV: `{ type, text }`, or null for an empty cell. */
function opened(name, csv) {
  writeFileSync(join(temporary, `${name}.csv`), csv);
  // 44: comma; 34: quote; 76: UTF-8; from line 1; every column as it looks; quoted cells are text.
  const filter = 'CSV:44,34,76,1,,0,true,true';
  const profile = `-env:UserInstallation=file://${join(temporary, 'profile')}`;
  const args = [profile, '--headless', `--infilter=${filter}`, '--convert-to', 'fods', '--outdir', temporary];
  execFileSync('soffice', [...args, join(temporary, `${name}.csv`)], { stdio: 'ignore', timeout: 120_000 });
  const xml = readFileSync(join(temporary, `${name}.fods`), 'utf8');
  assert.ok(!xml.includes('table:formula'), 'no cell is a formula');
  const table = /<table:table .*?<\/table:table>/s.exec(xml)?.[0] ?? '';
  return [...table.matchAll(/<table:table-row[^>]*>(.*?)<\/table:table-row>/gs)].map(([, row]) =>
    [...row.matchAll(/<table:table-cell([^>]*?)(?:\/>|>(.*?)<\/table:table-cell>)/gs)].flatMap(
      ([, attributes, content]) => {
        const repeated = Number(/number-columns-repeated="(\d+)"/.exec(attributes)?.[1] ?? 1);
        const type = /office:value-type="(\w+)"/.exec(attributes)?.[1];
        const cell = type
          ? { type, text: textOf(content ?? ''), value: /office:value="([^"]*)"/.exec(attributes)?.[1] }
          : null;
        return Array(Math.min(repeated, 100)).fill(cell);
      },
    ),
  );
}

function textOf(content) {
  const paragraphs = [...content.matchAll(/<text:p[^>]*?(?:\/>|>(.*?)<\/text:p>)/gs)].map(([, inner = '']) => inner);
  return paragraphs
    .join('\n')
    .replace(/<text:s text:c="(\d+)"\/>/g, (_, count) => ' '.repeat(Number(count)))
    .replace(/<text:s\/>/g, ' ')
    .replace(/<text:tab\/>/g, '\t')
    .replace(/<[^>]*>/g, '')
    .replace(
      /&(lt|gt|quot|apos|amp);/g,
      (_, name) => ({ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' })[name] ?? '',
    );
}

const TEXTS = [
  'plain',
  '=1+1',
  '+1+1',
  '-1+1',
  '@SUM(1)',
  '=HYPERLINK("https://x.example","y")',
  "=cmd|' /C calc'!A0",
  '-5',
  '+1',
  '007',
  '1,5',
  'a "quoted" text',
  'two\nlines',
  'é 日本 😀',
  '2024-02-29',
  '2024-02-29T12:00:00Z',
  'TRUE',
  ' leading',
  '=\n1',
  '\u00a0=1',
];

test('texts stay texts, numbers stay numbers, and nothing is a formula', () => {
  const rows = TEXTS.map((text, id) => ({
    id,
    text,
    number: id / 8,
    flag: id % 2 === 0,
    nothing: null,
    nested: { text },
  }));
  const source = rows.map((row) => JSON.stringify(row)).join('\n');
  for (const bom of [false, true]) {
    const { written, converted } = convert({ to: 'csv', bom }, source);
    const [header, ...cells] = opened(`cells-${bom}`, written);
    assert.deepEqual(
      header.slice(0, 6).map((cell) => cell?.text),
      ['id', 'text', 'number', 'flag', 'nothing', 'nested'],
    );
    assert.equal(cells.filter((row) => row[0]).length, rows.length);
    let harmless = 0;
    for (const [index, { id, text, number, nested }] of rows.entries()) {
      const [first, second, third, , fifth, sixth] = cells[index];
      assert.deepEqual([first?.type, Number(first?.value)], ['float', id]);
      assert.deepEqual([third?.type, Number(third?.value)], ['float', number]);
      assert.equal(second?.type, 'string', JSON.stringify(text));
      if (second?.text === `'${text}`) harmless += 1;
      else assert.equal(second?.text, text);
      assert.equal(fifth, null);
      assert.deepEqual(JSON.parse(sixth?.text ?? ''), nested);
    }
    assert.equal(harmless, converted.neutralized);
  }
});
