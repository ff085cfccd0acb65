/** What we use of lzma1, whose own types are its sources: those do not pass our compiler options. */
export function compress(data: Uint8Array, level: number): Uint8Array;
export function decompress(data: Uint8Array): Uint8Array;
