"""PFX files that no tool at hand writes, after RFC 7292 and RFC 9579, with Python's hashlib and `cryptography`."""
import hashlib
import hmac
import os

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from asn1 import explicit, integer, null, octets, oid, seq, tlv

DATA, ENCRYPTED = "1.2.840.113549.1.7.1", "1.2.840.113549.1.7.6"
BAGS = "1.2.840.113549.1.12.10.1."
SHA1, SHA256 = "1.3.14.3.2.26", "2.16.840.1.101.3.4.2.1"


def bmp(password):
    return password.encode("utf-16-be") + b"\0\0"


def kdf(name, purpose, password, salt, iterations, size):
    """RFC 7292, B.2, with whole numbers for the blocks."""
    v = hashlib.new(name).block_size
    fill = lambda text: (text * (v // len(text) + 1))[:v * -(-len(text) // v)] if text and len(text) <= v else \
        (text * 2)[:v * -(-len(text) // v)]
    i, out = fill(salt) + fill(password), b""
    while len(out) < size:
        a = hashlib.new(name, bytes([purpose]) * v + i).digest()
        for _ in range(iterations - 1):
            a = hashlib.new(name, a).digest()
        out += a
        b = int.from_bytes((a * v)[:v], "big") + 1
        i = b"".join(((int.from_bytes(i[at:at + v], "big") + b) % (1 << 8 * v)).to_bytes(v, "big") for at in range(0, len(i), v))
    return out[:size]


def pad(data, block):
    n = block - len(data) % block
    return data + bytes([n]) * n


def pbe_3des(data, password, iterations=2000):
    """pbeWithSHA1And3-KeyTripleDES-CBC; `password` as bytes. AlgorithmIdentifier and ciphertext."""
    salt = os.urandom(8)
    key, iv = kdf("sha1", 1, password, salt, iterations, 24), kdf("sha1", 2, password, salt, iterations, 8)
    encryptor = Cipher(TripleDES(key), modes.CBC(iv)).encryptor()
    ciphertext = encryptor.update(pad(data, 8)) + encryptor.finalize()
    return seq(oid("1.2.840.113549.1.12.1.3"), seq(octets(salt), integer(iterations))), ciphertext


def pbes2(data, password, iterations=2000, scrypt=None):
    """PBKDF2 with HMAC-SHA-256, or scrypt with (N, r, p); AES-256-CBC."""
    salt, iv = os.urandom(16), os.urandom(16)
    if scrypt:
        n, r, p = scrypt
        key = hashlib.scrypt(password, salt=salt, n=n, r=r, p=p, dklen=32, maxmem=1 << 30)
        derivation = seq(oid("1.3.6.1.4.1.11591.4.11"), seq(octets(salt), integer(n), integer(r), integer(p)))
    else:
        key = hashlib.pbkdf2_hmac("sha256", password, salt, iterations, 32)
        derivation = seq(oid("1.2.840.113549.1.5.12"), seq(octets(salt), integer(iterations), seq(oid("1.2.840.113549.2.9"), null())))
    encryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    ciphertext = encryptor.update(pad(data, 16)) + encryptor.finalize()
    algorithm = seq(derivation, seq(oid("2.16.840.1.101.3.4.1.42"), octets(iv)))
    return seq(oid("1.2.840.113549.1.5.13"), algorithm), ciphertext


def attributes(name=None, key_id=None):
    out = b""
    if name is not None:
        out += seq(oid("1.2.840.113549.1.9.20"), tlv(0x31, tlv(0x1E, name.encode("utf-16-be"))))
    if key_id is not None:
        out += seq(oid("1.2.840.113549.1.9.21"), tlv(0x31, octets(key_id)))
    return tlv(0x31, out) if out else b""


def key_bag(pkcs8, **names):
    return seq(oid(BAGS + "1"), explicit(0, pkcs8), attributes(**names))


def shrouded_bag(pkcs8, encrypt, **names):
    algorithm, ciphertext = encrypt(pkcs8)
    return seq(oid(BAGS + "2"), explicit(0, seq(algorithm, octets(ciphertext))), attributes(**names))


def nested_bag(*bags):
    return seq(oid(BAGS + "6"), explicit(0, seq(*bags)))


def cert_bag(certificate):
    x509 = seq(oid("1.2.840.113549.1.9.22.1"), explicit(0, octets(certificate)))
    return seq(oid(BAGS + "3"), explicit(0, x509))


def clear_safe(*bags):
    return seq(oid(DATA), explicit(0, octets(seq(*bags))))


def encrypted_safe(encrypt, *bags):
    algorithm, ciphertext = encrypt(seq(*bags))
    return seq(oid(ENCRYPTED), explicit(0, seq(integer(0), seq(oid(DATA), algorithm, tlv(0x80, ciphertext)))))


def mac(name, digest_oid, password, content, iterations=2000, parameters=b""):
    salt = os.urandom(20)
    key = kdf(name, 3, password, salt, iterations, hashlib.new(name).digest_size)
    digest = hmac.new(key, content, name).digest()
    return seq(seq(seq(oid(digest_oid), parameters), octets(digest)), octets(salt), integer(iterations))


def pbmac1(password, content, iterations=2000):
    """RFC 9579, with SHA-256 twice."""
    salt = os.urandom(16)
    key = hashlib.pbkdf2_hmac("sha256", password, salt, iterations, 32)
    prf = seq(oid("1.2.840.113549.2.9"), null())
    derivation = seq(oid("1.2.840.113549.1.5.12"), seq(octets(salt), integer(iterations), integer(32), prf))
    algorithm = seq(oid("1.2.840.113549.1.5.14"), seq(derivation, prf))
    digest = hmac.new(key, content, "sha256").digest()
    return seq(seq(algorithm, octets(digest)), octets(b"NOT USED"), integer(1))


def pfx(safes, seal=None, ber=lambda der: der):
    content = ber(seq(*safes))
    return ber(seq(integer(3), seq(oid(DATA), explicit(0, octets(content))), seal(content) if seal else b""))
