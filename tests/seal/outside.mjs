/**
 * Somebody outside, who notes what arrives: one port for each attempt, TCP and UDP, on this machine only. HTTP requests
 * and WebSockets are answered; of TLS only the connection counts; a STUN or TURN client is asked for its user name.
 */

import { createSocket } from 'node:dgram';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';

/** An address of this machine, not the loopback one, which WebRTC leaves out; that one where there is no other. */
export const ownAddress =
  Object.values(networkInterfaces())
    .flat()
    .find((card) => card?.family === 'IPv4' && !card.internal)?.address ?? '127.0.0.1';

/** Resolves to `{ port, seen: { data, connection, packet }, close }`; `token` is what counts as data. */
export async function listen(token, address = '127.0.0.1') {
  const seen = { data: false, connection: false, packet: false };
  const look = (bytes) => (seen.data ||= bytes.includes(token));
  const http = createHttpServer((request, response) => {
    look(Buffer.from(request.url ?? ''));
    response
      .writeHead(200, {
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Allow-Headers': '*',
        'Content-Type': 'text/html',
      })
      .end('<p>outside</p>');
  });
  http.on('upgrade', ({ url }, socket) => {
    look(Buffer.from(url ?? ''));
    socket.destroy();
  });
  const sockets = new Set();
  const tcp = createServer((socket) => {
    seen.connection = true;
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    socket.once('data', (first) => {
      if (first[0] < 4) return serveStun(socket, first, look);
      socket.unshift(first);
      if (first[0] !== 22) http.emit('connection', socket); // 22: a TLS handshake, which is left without an answer
    });
  });
  const udp = createSocket('udp4', (packet, { port, address: from }) => {
    seen.packet = true;
    look(packet);
    const answer = packet[0] < 4 && challenge(packet);
    if (answer) udp.send(answer, port, from);
  });
  await new Promise((resolve, reject) => tcp.on('error', reject).listen(0, address, () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (tcp.address());
  await new Promise((resolve, reject) => udp.on('error', reject).bind(port, address, () => resolve(undefined)));
  const close = () => {
    for (const socket of sockets) socket.destroy();
    tcp.close();
    udp.close();
    http.close();
  };
  return { port, seen, close };
}

function serveStun(socket, first, look) {
  const receive = (packet) => {
    look(packet);
    const answer = challenge(packet);
    if (answer) socket.write(answer);
  };
  socket.on('data', receive);
  receive(first);
}

/** RFC 8656, section 7: the first Allocate is refused with a realm, and the second one brings the user name. */
function challenge(packet) {
  if (packet.length < 20 || packet.readUInt16BE(0) !== 0x0003) return null;
  const attribute = (type, value) => {
    const padded = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
    padded.writeUInt16BE(type, 0);
    padded.writeUInt16BE(value.length, 2);
    value.copy(padded, 4);
    return padded;
  };
  const body = Buffer.concat([
    attribute(0x0009, Buffer.from([0, 0, 4, 1, ...Buffer.from('Unauthorized')])),
    attribute(0x0014, Buffer.from('seal')),
    attribute(0x0015, Buffer.from('0123456789abcdef')),
  ]);
  const head = Buffer.alloc(4);
  head.writeUInt16BE(0x0113, 0);
  head.writeUInt16BE(body.length, 2);
  return Buffer.concat([head, packet.subarray(4, 20), body]);
}
