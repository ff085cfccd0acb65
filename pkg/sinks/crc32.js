/**
 * CRC-32 of ZIP and gzip (APPNOTE 4.4.7, RFC 1952 section 8): `crc32(0, a)`, then `crc32(previous, b)` and so on.
 * Eight bytes at a step with eight tables ("slicing-by-8", Kounavis and Berry 2005).
 */
export function crc32(previous, bytes) {
  let crc = ~previous;
  let at = 0;
  for (const whole = bytes.length - (bytes.length % 8); at < whole; at += 8) {
    crc ^= bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    crc =
      T7[crc & 0xff] ^
      T6[(crc >>> 8) & 0xff] ^
      T5[(crc >>> 16) & 0xff] ^
      T4[crc >>> 24] ^
      T3[bytes[at + 4]] ^
      T2[bytes[at + 5]] ^
      T1[bytes[at + 6]] ^
      T0[bytes[at + 7]];
  }
  for (; at < bytes.length; at++) crc = (crc >>> 8) ^ T0[(crc ^ bytes[at]) & 0xff];
  return ~crc >>> 0;
}

const T0 = new Int32Array(256).map((_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = (byte >>> 1) ^ (byte & 1 ? 0xedb88320 : 0);
  return byte;
});
const T1 = following(T0);
const T2 = following(T1);
const T3 = following(T2);
const T4 = following(T3);
const T5 = following(T4);
const T6 = following(T5);
const T7 = following(T6);

// What a table gives for a byte that one more zero byte follows.
function following(table) {
  return table.map((crc) => (crc >>> 8) ^ T0[crc & 0xff]);
}
