/**
 * The shipped code uses nothing that a content security policy does not stop (see docs/seal-report.md): navigation,
 * frames, forms, WebRTC, and hints that make the browser connect. This test finds code that is written by mistake or
 * comes with a dependency; it does not find code that is hidden on purpose.
 */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import { decompress } from 'lzma1';
import convertWorkerSource from '../../pkg/wasm/convert-worker-source.js';
import salvageWorkerSource from '../../pkg/wasm/salvage-worker-source.js';
import workerSource from '../../pkg/wasm/worker-source.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The only places where the page uses something forbidden, each in a form that opens no connection. */
const ALLOWED = {
  'the password form, which never submits': /["'`]form["'`],\{[^{}]*?onsubmit:\(?(\w+)\)?=>[({]\1\.preventDefault\(\)/,
  'the link that saves a blob':
    /(\w+)=URL\.createObjectURL\(\w+\),(\w+)=document\.createElement\("a"\);(?:return )?\2\.href=\1,\2\.download=/,
  'the link to the page in one file, whose address the host’s page says':
    /\b\w+\(["'`]a["'`],\{class:["'`]offline-copy["'`],download:(?:!0|true),href:(\w+)\}/,
  'the meta element that closes the network':
    /(\w+)=document\.createElement\("meta"\);\1\.httpEquiv="Content-Security-Policy",\1\.content="connect-src 'none'"/,
  'the policy of the report, which is a text that is saved':
    /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">/,
};

const LANGUAGES = ['de', 'de-check', 'zh', 'zh-check'];
/** What is loaded later, by the exact names that stand in the scripts. */
const IMPORTED = [
  './sample.js', // of the page
  ...['archive', 'convert', 'preview'].flatMap((name) => [`../pkg/${name}.js`, `./page.min.${name}.js`]),
  '../archive.js', // of the package: the same three, and salvage
  './convert.js',
  './preview.js',
  './preview/of-drop.js',
  './salvage.js',
  './wasm/salvage-worker-source.js',
  './wasm/embedded.js', // the modules, for who does not take them as files
  './wasm-check/embedded.js',
  '../worker/in-place.js',
  './page.min.salvage.js',
  // Languages of the element, and of its side “Check a key”.
  ...LANGUAGES.flatMap((name) => [`./${name}.js`, `../words/${name}.js`, `./page.min.${name}.js`]),
  ...['check-key', 'main', 'preview', 'rehearse'].map((name) => `./node/${name}.js`), // of the command
  './wasm/cli.js', // of the command as one script, and what that loads later
  ...['convert', 'preview/of-drop', 'wasm/salvage-worker-source'].map((name) => `../${name}.js`),
].map((name) => name.replaceAll('.', '\\.'));

/**
 * `[way, pattern, example to plant, which must be found]`. The patterns match scripts as esbuild writes them.
 * @type {[string, RegExp, string[]][]}
 */
const FORBIDDEN = [
  [
    'WebRTC',
    /\b(?:webkit|moz)?RTC[A-Z]/,
    ['new RTCPeerConnection()', 'new window.webkitRTCPeerConnection(x)', "new globalThis['RTC' + 'PeerConnection']()"],
  ],
  [
    'a frame',
    /["'`](?:iframe|frame|frameset|fencedframe|embed)["'`]|<i?frame|srcdoc|HTMLI?Frame/i,
    ["document.createElement('iframe')", "h('if' + 'rame', { src })", 'x.srcdoc = y', 'const z = `<iframe src=${y}>`'],
  ],
  [
    'a form',
    /["'`]form["'`]|\.(?:submit|requestSubmit)\b|form[aA]ction|<form\b|HTMLForm|\.forms\b/,
    [
      "h('form', { action: x })",
      "h('form', { onsubmit: (event) => send(event) })",
      "document.createElement('form')",
      'x.submit()',
      'x.requestSubmit()',
      'document.forms[0]',
    ],
  ],
  [
    'navigation',
    /\blocation(?:\.[a-zA-Z]|\[|=(?!=))|\.location\b|["'`]location["'`]|[{,]location[,}:]|\bnavigation\.[a-z]|\.navigation\b/,
    [
      'location = x',
      "location.href = '//x'",
      'location.assign(x)',
      "window['location'] = x",
      'document.location = x',
      'const { location } = window',
      'navigation.navigate(x)',
    ],
  ],
  [
    'a new window',
    /\b(?:window|globalThis|self|top|parent|document|defaultView)\.open\b|(?<![\w$.#])open\(["'`](?:https?:)?\/\/|["'`]_(?:blank|top|parent)["'`]/,
    [
      'window.open(x)',
      "window['op' + 'en'](x)",
      'globalThis.open(x)',
      "open('https://example.com')",
      "h('b', { target: '_blank' })",
    ],
  ],
  [
    'a link',
    /(?:createElement\(|\bh\()["'`](?:a|area)["'`]|\.href=|["'`]href["'`]|\bhref:|HTMLAnchor|["'`]ping["'`]|\bping:|\.ping=/,
    [
      "document.createElement('a')",
      "h('a', { title })",
      'x.href = y',
      "x.setAttribute('href', y)",
      "h('b', { href: x })",
    ],
  ],
  [
    'a hint, or what loads something',
    /(?:createElement\(|\bh\()["'`](?:link|script|base|object)["'`]|\.rel=|\brel:["'`]|preconnect|dns-prefetch|["'`]prefetch|prerender|speculationrules/,
    [
      "document.createElement('link')",
      "h('link', { rel })",
      "x.rel = 'preconnect'",
      "Object.assign(x, { rel: 'dns-prefetch' })",
      "document.createElement('script')",
    ],
  ],
  [
    'a meta element',
    /["'`]meta["'`]|httpEquiv|http-equiv/,
    ["document.createElement('meta')", "x.httpEquiv = 'refresh'", "x.setAttribute('http-equiv', 'refresh')"],
  ],
  [
    'markup from text',
    /innerHTML|outerHTML|insertAdjacentHTML|setHTML|parseHTML|document\.write|createContextualFragment|DOMParser/,
    ['x.innerHTML = y', "x.insertAdjacentHTML('beforeend', y)", 'document.write(x)', 'x.setHTMLUnsafe(y)'],
  ],
  [
    'an import of anything but our own scripts',
    new RegExp(`(?<![\\w.#]|static )import\\((?!"(?:${IMPORTED.join('|')}|node:\\w+)"\\)|[^()]*\\)\\{)`),
    [
      'import(`./sample.js?${x}`)',
      'import(x)',
      "import('https://example.com/x.js')",
      "import('./sample.js?x')",
      "import('../other.js')",
      "import('./convert.js' + x)",
    ],
  ],
  ['WebTransport', /WebTransport/, ['new WebTransport(x)']],
  [
    'data kept by the browser',
    /localStorage|sessionStorage|indexedDB|document\.cookie/,
    ["localStorage.setItem('a', 'b')", 'document.cookie = x'],
  ],
];

/** Normalises code: removes comments, joins strings, and turns `a['b']` into `a.b`. */
function normal(script) {
  return transformSync(script, {
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    charset: 'utf8',
    target: 'esnext',
  }).code;
}

function waysOut(script) {
  let code = normal(script);
  for (const pattern of Object.values(ALLOWED)) code = code.replace(pattern, '');
  return FORBIDDEN.flatMap(([way, pattern]) => (pattern.test(code) ? [`${way}: ${code.match(pattern)?.[0]}`] : []));
}

/** What the page says when its address is file://: its one link, to the file beside it. */
const ONE_FILE_LINK = /<a href="mgdc-decrypt\.html">(?=mgdc-decrypt\.html<\/a>)/;

/** A page may have these elements, and addresses on its own host or in itself. */
function waysOutOfHtml(page) {
  const html = page.replace(ONE_FILE_LINK, '');
  const elements =
    'html head meta title link script body header h1 p main noscript details summary ul li footer span code mgdc-decrypt'.split(
      ' ',
    );
  const found = [...html.matchAll(/<([a-z][\w-]*)/gi)]
    .map(([, tag]) => tag.toLowerCase())
    .filter((tag) => !elements.includes(tag) && !SVG.includes(tag));
  found.push(...(html.match(/\b(?:href|src|srcset|action|content|data|ping)=["']?\s*(?:\w+:)?\/\/[^\s"'>]*/gi) ?? []));
  found.push(
    ...(html.match(
      /http-equiv=(?!"Content-Security-Policy")[^\s>]*|\srel=(?!"(?:icon|stylesheet|preload)")[^\s>]*|\son[a-z]+=/gi,
    ) ?? []),
  );
  return found;
}

const SVG = ['svg', 'rect', 'path']; // of the icon, which is a data: URL

const waysOutOfCss = (css) => css.match(/@import|(?:url|image-set)\((?!["']?data:)[^)]*/g) ?? [];

/** The page as one file: its markup, its styles, the script that starts it, and what that unpacks. */
function waysOutOfOneFile(html) {
  const parts = [...html.matchAll(/<(script|style)([^>]*)>([\s\S]*?)<\/\1>/g)];
  const [style, notices, packed, start] = parts.map(([, , attributes, text]) => ({ attributes, text }));
  assert.match(notices.attributes, /type="text\/plain" id="third-party-notices"/);
  assert.match(packed.attributes, /type="text\/plain" id="packed"/);
  assert.deepEqual([parts.length, style.attributes, start.attributes], [4, '', '']);
  const size = Number(packed.attributes.match(/data-script="(\d+)"/)?.[1]);
  const script = Buffer.from(decompress(Buffer.from(packed.text, 'base64')))
    .subarray(0, size)
    .toString();
  assert.match(script, /createElement\("meta"\)/, 'the script of the page');
  const markup = parts.reduce((rest, [whole]) => rest.replace(whole, ''), html);
  return [
    ...waysOutOfHtml(markup),
    ...waysOutOfCss(style.text),
    ...waysOut(normal(start.text).replace(UNPACKED, 'own')),
    ...waysOut(script),
  ];
}

/** How the one file runs its own script, which its policy names by its hash. */
const UNPACKED = /document\.createElement\("script"\)/;

const KINDS = {
  '.js': waysOut,
  '.html': waysOutOfHtml,
  '.css': waysOutOfCss,
};
// Nothing that runs: types, the module itself (its only way to anything is the script beside it), source maps, texts.
const INERT =
  /\.d\.ts$|\.wasm$|\/vendor\/bundled\.json$|\.map$|\/package\.json$|\/README\.md$|\/LICENSE-\w+$|\/THIRD-PARTY-NOTICES$/;

const shipped = ['pkg', 'www'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name)),
);
const read = (name) => readFileSync(join(root, name), 'utf8');

test('the shipped code uses nothing that a content security policy does not stop', () => {
  for (const name of [
    'www/page.min.js',
    'www/page.min.archive.js',
    'www/page.min.convert.js',
    'www/page.min.preview.js',
    'www/page.min.salvage.js',
    ...LANGUAGES.map((name) => `www/page.min.${name}.js`),
    'www/index.html',
    'www/mgdc-decrypt.html',
    'www/page.css',
    'pkg/wasm/mgdc_decrypt.js',
    'pkg/wasm/worker-source.js',
    'pkg/wasm/convert-worker-source.js',
    'pkg/wasm/salvage-worker-source.js',
    'pkg/wasm/cli.js',
    'pkg/wasm-check/mgdc_check.js',
  ]) {
    assert.ok(shipped.includes(join(root, name)), `${name} is not built`);
  }
  for (const path of shipped.filter((name) => !INERT.test(name))) {
    const look = path.endsWith('/www/mgdc-decrypt.html') ? waysOutOfOneFile : KINDS[extname(path)];
    assert.ok(look, `${path}: a kind of file that this test does not know`);
    const text = readFileSync(path, 'utf8');
    const isStart = path.endsWith('/www/standalone-start.js');
    assert.deepEqual(look(isStart ? normal(text).replace(UNPACKED, 'own') : text), [], path);
  }
  assert.deepEqual(waysOut(workerSource), [], 'the script of the workers');
  assert.deepEqual(waysOut(convertWorkerSource), [], 'the script of the workers that convert');
  assert.deepEqual(waysOut(salvageWorkerSource), [], 'the script of the worker that salvages');
});

test('the bundle does not call the global open(): there, other functions of that name are renamed', () => {
  // Not a method, nor a sentence.
  const call = /(?:[;,{}()=!&|?:[]|\b(?:return|await|void|yield) ?)open\((?![^()]*\)\{)/;
  const bundle = normal(read('www/page.min.js'));
  assert.ok(!call.test(bundle), bundle.match(call)?.[0]);
  assert.ok(call.test(normal(`${bundle}\nopen(address)`)));
});

test('each exception is made exactly once, in the sources and in the bundle', () => {
  const sources = shipped
    .filter((name) => name.endsWith('.js') && !/page\.min(\.\w+)?\.js$|\/wasm(-check)?\//.test(name))
    .map((name) => normal(readFileSync(name, 'utf8')));
  for (const [what, pattern] of Object.entries(ALLOWED)) {
    const count = (code) => [...code.matchAll(new RegExp(pattern, 'g'))].length;
    assert.equal(
      sources.reduce((sum, code) => sum + count(code), 0),
      1,
      `${what}, in the sources`,
    );
    assert.equal(count(normal(read('www/page.min.js'))), 1, `${what}, in the bundle`);
  }
});

test('each planted way out is found', () => {
  for (const host of ['pkg/element/save/save.js', 'www/page.js']) {
    const script = read(host);
    for (const [way, , plants] of FORBIDDEN) {
      for (const plant of plants) {
        const found = waysOut(`${script}\n;globalThis.planted = (x, y) => { ${plant} };`);
        assert.ok(
          found.some((one) => one.startsWith(`${way}:`)),
          `${plant} in ${host}: ${found}`,
        );
      }
    }
  }
  const html = read('www/index.html');
  const plants = [
    '<iframe src="x"></iframe>',
    '<form></form>',
    '<a href="x">x</a>',
    '<meta http-equiv="refresh" content="0;url=x">',
    '<link rel="preconnect" href="x">',
    '<link rel="stylesheet" href="https://example.com/x.css">',
    '<script src="//example.com/x.js"></script>',
    '<body onload="x()">',
  ];
  for (const plant of plants) assert.notDeepEqual(waysOutOfHtml(`${html}${plant}`), [], plant);
  const css = read('www/page.css');
  for (const plant of ['@import "x.css";', 'a { background: url(https://example.com/x) }'])
    assert.notDeepEqual(waysOutOfCss(`${css}${plant}`), [], plant);
});
