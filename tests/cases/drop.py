"""A drop of a case: what lies in it, and what is to become of each file. The keys are those of tests/drops, invented."""

import base64
import gzip
import hashlib
import json
import os
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

SAMPLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), '../drops/keys')
DETAILS = 'metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json'
MESSAGES = 'BasicDataSet_v0.Message_v0/'
EVENTS = 'BasicDataSet_v0.Event_v0/'
PART = MESSAGES + 'part-00000.json'
ROWS = b''.join(b'{"id":%d,"subject":"Invented row %d"}\n' % (i, i) for i in range(40))
OAEP = padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)


def sample(path):
    with open(os.path.join(SAMPLES, path), 'rb') as file:
        return file.read()


PEM = sample('contoso-2048/pkcs8.pem')
OLD_PEM = sample('contoso-2048-old/pkcs8.pem')
KEY = serialization.load_pem_private_key(PEM, None)
OLD_KEY = serialization.load_pem_private_key(OLD_PEM, None)


class FileKey:
    """An AES key and its IV. The same in each run: with one by chance, noise has right padding once in 256 runs."""

    def __init__(self, seed, version, rsa=KEY):
        self.key = hashlib.sha256(b'key of ' + seed).digest()
        self.iv = hashlib.md5(b'iv of ' + seed).digest()
        self.version, self.rsa = version, rsa

    def encrypt(self, data):
        pad = 16 - len(data) % 16
        cipher = Cipher(algorithms.AES(self.key), modes.CBC(self.iv)).encryptor()
        return cipher.update(data + bytes([pad]) * pad) + cipher.finalize()

    def entry(self, wraps=None, wrapped=None):
        """Its key details. `wraps`: what RSA wraps in place of the raw key; `wrapped`: the block itself."""
        wrapped = wrapped or self.rsa.public_key().encrypt(wraps or self.key, OAEP)
        return {
            'PublicKeyVersion': self.version,
            'DecryptionKeyValue': base64.b64encode(wrapped).decode(),
            'DecryptionKeyIV': base64.b64encode(self.iv).decode(),
        }


CURRENT = FileKey(b'current', '501bc4c9f66d877902c60ab27d226ed6')
OTHER = FileKey(b'other', '0f9de1a6be1b4bd6a4fd4b3dd36aa4f5', OLD_KEY)


def gz(data=ROWS):
    return gzip.compress(data, mtime=0)


def sealed(data=ROWS, key=CURRENT):
    """As Data Connect writes a file."""
    return key.encrypt(gz(data))


def sha(data):
    return hashlib.sha256(data).hexdigest()


def rows(count, seed):
    """JSON Lines that differ from file to file and do not compress to nothing."""
    line = lambda i: '{"id":%d,"body":"%s"}\n' % (i, hashlib.sha256(b'%d of %d' % (i, seed)).hexdigest())
    return ''.join(map(line, range(count))).encode()


class Drop:
    """`lines`: path → what the report says of it. What it does not name must not be in the report."""

    def __init__(self, folder, name='drop', details=None, keys=(CURRENT,), part=True):
        self.folder, self.root, self.lines = folder, os.path.join(folder, name), {}
        os.makedirs(self.root)
        if details is None:
            details = json.dumps({'DecryptionKeyDetails': [key.entry() for key in keys]}).encode()
        if details:
            self.put(DETAILS, details)
        if part:
            self.decrypted(PART)

    def put(self, path, data):
        """Only writes; the caller says with `expect` what becomes of it."""
        full = os.path.join(os.fsencode(self.root), os.fsencode(path))
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, 'wb') as file:
            file.write(data)
        return full

    def expect(self, path, outcome, **more):
        """`sha256` of the output; `code` of the error; `says`: pattern in the message or a warning; `warns`: whether it has any."""
        self.lines[path] = {'outcome': outcome, **more}

    def decrypted(self, path, plain=ROWS, key=CURRENT, data=None, **more):
        """`data`: what lies there, where it is not what Data Connect writes."""
        self.put(path, sealed(plain, key) if data is None else data)
        self.expect(path, 'decrypted', sha256=sha(plain), **more)

    def repaired(self, path, data, plain=ROWS, says='.'):
        """It comes out right, and not without a word."""
        self.decrypted(path, plain, data=data, warns=True, says=says)

    def copied(self, path, data, **more):
        self.put(path, data)
        self.expect(path, 'copied', sha256=sha(data), **more)

    def failed(self, path, data, code=None, says=None):
        self.put(path, data)
        self.expect(path, 'failed', code=code, says=says)

    def told(self, path, data, says=None):
        """Right with a warning, copied with a warning, left out or failed: whichever, but never without a word."""
        self.put(path, data)
        self.expect(path, 'told', says=says)

    def left_out(self, path, code, says=None):
        self.expect(path, 'left-out', code=code, says=says)
