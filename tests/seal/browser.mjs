/** The browsers, each with a log of the host names that reach its resolver; and the attempts in their tabs. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from '../../benches/browsers.mjs';
import { listen, ownAddress } from './outside.mjs';

const WAIT = 1500; // how long each attempt has; what gets out of a bare page mostly does so within 300 ms
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Resolves to `null` where the browser is not installed. */
export async function openBrowser(kind, folder) {
  const log = join(folder, `${kind}-names`);
  const options = {
    chrome: { args: [`--log-net-log=${log}`] },
    firefox: { env: { ...process.env, MOZ_LOG: 'nsHostResolver:5', MOZ_LOG_FILE: log } },
  };
  const browser = await launch(kind, folder, options[kind]);
  if (!browser) return null;
  // The peer stands for somebody else's program, so it may show its address; the page's browser is as it comes.
  const peer = await launch(kind, folder, {
    args: kind === 'chrome' ? ['--disable-features=WebRtcHideLocalIpsWithMdns'] : [],
    extraPrefsFirefox: { 'media.peerconnection.ice.obfuscate_host_addresses': false },
  });
  return {
    ...browser,
    peer,
    /** Where the peer's page lies. */
    bareOrigin: '',
    namesAsked: () => readNames(kind, folder),
    close: () => Promise.all([browser.close(), peer?.close()]),
  };
}

/** Everything that the browser's resolver was asked for, once the browser has ended. */
function readNames(kind, folder) {
  const files = readdirSync(folder)
    .filter((name) => name.startsWith(`${kind}-names`))
    .map((name) => readFileSync(join(folder, name), 'latin1'));
  const lines = files.join('\n').split('\n');
  if (kind === 'firefox') return lines.filter((line) => line.includes('nsHostResolver')).join('\n');
  const types = JSON.parse(
    `{${lines.find((line) => line.startsWith('{"constants"'))?.match(/"logEventTypes":\{[^}]*\}/)?.[0]}}`,
  ).logEventTypes;
  const wanted = Object.entries(types)
    .filter(([name]) => name.startsWith('HOST_RESOLVER'))
    .map(([, number]) => number);
  return lines.filter((line) => wanted.includes(Number(line.match(/"type":(\d+)\}/)?.[1]))).join('\n');
}

/** Tries one way in a tab of its own: `{ token, seen, said, absent, close }`. `seen` may still grow until `close`. */
export async function tryOut(browser, page, { group, index, kind, sealed }) {
  const token = `${sealed ? 's' : 'b'}${Math.random().toString(36).slice(2, 12)}`;
  const webrtc = group === 'WebRTC';
  const outside = await listen(token, webrtc ? ownAddress : undefined);
  const host = `${token}.localhost`; // browsers resolve it to this machine by themselves
  const origin = `http://${host}:${outside.port}`;
  const path = `/own/${token}.js`;
  const to = {
    token,
    sealed,
    host,
    origin,
    port: outside.port,
    ip: ownAddress,
    url: `${origin}/${token}`,
    https: `https://${host}:${outside.port}/${token}`,
    quic: `https://127.0.0.1:${outside.port}/${token}`, // no name: its IPv6 address comes first, and UDP tries no other
    ws: `ws://${host}:${outside.port}/${token}`,
    own: `${page.origin}${path}`,
  };
  const { seen } = outside;
  const tab = await openTab(browser, page, sealed).catch(async (error) => {
    // Once in some hundred tabs Firefox did not finish loading.
    if (error.name !== 'TimeoutError') throw error;
    await closeTabs(browser);
    return openTab(browser, page, sealed);
  });
  // A tab that has left cannot answer any more.
  const said = await Promise.race([
    tab.evaluate((...all) => globalThis.attempt(...all), group, index, to).catch(() => 'left'),
    sleep(2000),
  ]);
  const absent = said === 'absent';
  // The page's list of Trusted Types lets a policy be made: an attempt that does not make it is too weak.
  if (/Trusted(?:Script|HTML)/.test(said)) throw new Error(`${group}, way ${index}: take \`trusted()\`: ${said}`);
  /** @type {Awaited<ReturnType<typeof connectPeer>> | null} */
  let peerTab = null;
  if (kind === 'peer' && !absent) peerTab = await connectPeer(browser, tab).catch(() => null);
  const look = async () => {
    if (kind === 'own') seen.data ||= page.visits.has(path);
    if (peerTab) seen.data ||= (await peerTab.evaluate(() => globalThis.peer.received())) === 16_000;
    return seen.data;
  };
  for (const end = Date.now() + WAIT; !absent && Date.now() < end && !(await look()); ) await sleep(50);
  await peerTab?.close();
  await closeTabs(browser);
  return { token, seen, said, absent, close: outside.close };
}

async function openTab(browser, page, sealed) {
  const tab = await browser.newPage();
  await tab.goto(page.origin);
  await tab.waitForFunction(() => globalThis.attemptsReady, { polling: 50 });
  if (!sealed) return tab;
  await tab.waitForFunction(() => document.querySelector('#version').textContent !== '', { polling: 50 });
  const policies = await tab.evaluate(() =>
    [...document.querySelectorAll('meta[http-equiv]')].map((meta) => meta.getAttribute('content')),
  );
  if (policies.at(-1) !== "connect-src 'none'") throw new Error(`the page is not sealed: ${policies.join(' | ')}`);
  return tab;
}

async function connectPeer(browser, tab) {
  const peerTab = await browser.peer.newPage();
  await peerTab.goto(browser.bareOrigin);
  await peerTab.waitForFunction(() => globalThis.attemptsReady, { polling: 50 });
  const offer = await tab.evaluate(() => globalThis.peer.offer());
  const answer = await peerTab.evaluate((sdp) => globalThis.peer.answer(sdp), offer);
  await tab.evaluate((sdp) => globalThis.peer.send(sdp), answer);
  return peerTab;
}

/** All but the first, which keeps the browser open. */
async function closeTabs(browser) {
  const [, ...others] = await browser.pages();
  await Promise.all(others.map((tab) => Promise.race([tab.close().catch(() => {}), sleep(3000)])));
}
