"""What a data engineer writes in Python: `decrypt.py KEY IV OUT FILE…`, key and IV in hexadecimal; it streams."""

import os
import sys
import zlib

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

PIECE = 1 << 20


def decrypt(source, target, key, iv):
    aes = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    padding = PKCS7(128).unpadder()
    inflater = zlib.decompressobj(31)
    with open(source, "rb") as encrypted, open(target, "wb") as plaintext:
        while piece := encrypted.read(PIECE):
            plaintext.write(inflater.decompress(padding.update(aes.update(piece))))
        last = padding.update(aes.finalize()) + padding.finalize()
        plaintext.write(inflater.decompress(last))
        plaintext.write(inflater.flush())
    if not inflater.eof:
        raise EOFError(f"{source}: the gzip data ends too early")


if __name__ == "__main__":
    KEY, IV, OUT, *FILES = sys.argv[1:]
    for file in FILES:
        decrypt(file, os.path.join(OUT, os.path.basename(file)), bytes.fromhex(KEY), bytes.fromhex(IV))
