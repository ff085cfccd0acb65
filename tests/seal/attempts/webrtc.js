/**
 * WebRTC: a data channel to a peer on this machine, and what goes to servers that the page names. The addresses are
 * numbers, not host names, but for the last way.
 */

import { need } from './parts.js';

const BYTES = 16_000;

const iceServer = (server) => {
  need('RTCPeerConnection');
  const connection = new RTCPeerConnection({ iceServers: [server] });
  connection.createDataChannel('x');
  return connection.createOffer().then((offer) => connection.setLocalDescription(offer));
};

// On the bare page, where the way is to be seen to work, the policy is not added.
const block = (to) => {
  if (!to.sealed) return;
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = "webrtc 'block'";
  document.head.append(policy);
};

const turn = (transport) => (to) =>
  iceServer({
    urls: `turn:${to.ip}:${to.port}?transport=${transport}`,
    username: to.token.padEnd(400, 'x'),
    credential: 'x',
  });
const stun = (to) => iceServer({ urls: `stun:${to.ip}:${to.port}` });

export const webrtc = [
  ['data channel to a peer, no STUN or TURN server', () => need('RTCPeerConnection'), 'peer'],
  ["data channel, `webrtc 'block'` added to the policy", (to) => (need('RTCPeerConnection'), block(to)), 'peer'],
  ['TURN over TCP, the data is its user name', turn('tcp')],
  ["TURN over TCP, `webrtc 'block'` added", (to) => (block(to), turn('tcp')(to))],
  ['TURN over UDP, the data is its user name', turn('udp')],
  ["TURN over UDP, `webrtc 'block'` added", (to) => (block(to), turn('udp')(to))],
  ['STUN', stun],
  ["STUN, `webrtc 'block'` added", (to) => (block(to), stun(to))],
  ['STUN server with a host name', (to) => iceServer({ urls: `stun:${to.host}:${to.port}` })],
];

let connection;
let channel;
let received = 0;

/** The program carries the two descriptions between the pages: `offer` and `send` run here, `answer` at the peer. */
export const peer = {
  async offer() {
    connection = new RTCPeerConnection();
    channel = connection.createDataChannel('x');
    return describe(await connection.createOffer());
  },
  async answer(sdp) {
    connection = new RTCPeerConnection();
    connection.ondatachannel = (event) => {
      event.channel.binaryType = 'arraybuffer';
      event.channel.onmessage = ({ data }) => (received += data.byteLength);
    };
    received = 0;
    await connection.setRemoteDescription({ type: 'offer', sdp });
    return describe(await connection.createAnswer());
  },
  async send(sdp) {
    channel.onopen = () => channel.send(new Uint8Array(BYTES));
    await connection.setRemoteDescription({ type: 'answer', sdp });
  },
  received: () => received,
};

async function describe(description) {
  const gathered = new Promise((resolve) => {
    connection.onicegatheringstatechange = () => connection.iceGatheringState === 'complete' && resolve(undefined);
    setTimeout(resolve, 3000);
  });
  await connection.setLocalDescription(description);
  await gathered;
  return connection.localDescription.sdp;
}
