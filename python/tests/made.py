"""Drops that are made for a test: what the samples do not have, such as files of several batches and thousands of files."""

import json
import os
import zlib
from base64 import b64encode
from pathlib import Path

from cryptography.hazmat.primitives import hashes, padding
from cryptography.hazmat.primitives.asymmetric import padding as rsa_padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from samples import ROOT

import mgdc_decrypt as mgdc

#: A private key of the samples.
PRIVATE_KEY = (ROOT / "keys" / "contoso-2048" / "pkcs8.pem").read_bytes()


def make_drop(folder: Path, files: dict[str, bytes]) -> bytes:
    """Writes a drop with this content of files, gzip or not, for PRIVATE_KEY. Returns the file key's 32 bytes."""
    key, iv = os.urandom(32), os.urandom(16)
    oaep = rsa_padding.OAEP(rsa_padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)  # as Key Vault's RSA-OAEP
    wrapped = load_pem_private_key(PRIVATE_KEY, None).public_key().encrypt(key, oaep)
    entry = {"DecryptionKeyValue": b64encode(wrapped).decode(), "DecryptionKeyIV": b64encode(iv).decode()}
    (folder / mgdc.KEY_DETAILS_PATH).parent.mkdir(parents=True)
    (folder / mgdc.KEY_DETAILS_PATH).write_text(json.dumps({"DecryptionKeyDetails": entry}))
    for path, content in files.items():
        pad, cipher = padding.PKCS7(128).padder(), Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(cipher.update(pad.update(content) + pad.finalize()) + cipher.finalize())
    return key


def with_wrong_checksum(content: bytes) -> bytes:
    """The content as gzip that is whole, but for its CRC-32: only the very end shows it."""
    deflate = zlib.compressobj(1, zlib.DEFLATED, 31)
    packed = bytearray(deflate.compress(content) + deflate.flush())
    packed[-8] ^= 1
    return bytes(packed)
