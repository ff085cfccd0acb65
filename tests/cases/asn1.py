"""Just enough DER to write a key as no library does, and the programs that write it as they do."""

import base64
import os
import subprocess
import tempfile

RSA = bytes.fromhex('06092a864886f70d010101')


def tlv(tag, content):
    size = len(content)
    octets = size.to_bytes((size.bit_length() + 7) // 8, 'big')
    return bytes([tag]) + (bytes([size]) if size < 128 else bytes([128 | len(octets)]) + octets) + content


def integer(number, signed=True):
    """`signed`: as DER wants it; else without the zero byte in front of a high bit."""
    size = number.bit_length() // 8 + 1 if signed else (number.bit_length() + 7) // 8
    return tlv(2, number.to_bytes(max(size, 1), 'big'))


def pkcs1(key, signed=True, more=b''):
    private = key.private_numbers()
    public = private.public_numbers
    numbers = (public.n, public.e, private.d, private.p, private.q, private.dmp1, private.dmq1, private.iqmp)
    return tlv(0x30, integer(0) + b''.join(integer(number, signed) for number in numbers) + more)


def pkcs8(inner, null=True, more=b''):
    return tlv(0x30, integer(0) + tlv(0x30, RSA + (b'\5\0' if null else b'')) + tlv(4, inner) + more)


def armour(der, label='PRIVATE KEY', width=64):
    text = base64.b64encode(der).decode()
    lines = [text[at:at + width] for at in range(0, len(text), width)]
    return '\n'.join([f'-----BEGIN {label}-----', *lines, f'-----END {label}-----', ''])


def openssl(*args, data=None):
    return subprocess.run(['openssl', *args], input=data, capture_output=True, check=True).stdout


def pfx(pem, password):
    """As OpenSSL 3 writes it, with a certificate of its own."""
    with tempfile.TemporaryDirectory() as folder:
        key, certificate = os.path.join(folder, 'key.pem'), os.path.join(folder, 'certificate.pem')
        with open(key, 'wb') as file:
            file.write(pem)
        openssl('req', '-x509', '-key', key, '-subj', '/CN=invented', '-days', '3000', '-out', certificate)
        return openssl('pkcs12', '-export', '-inkey', key, '-in', certificate, '-passout', 'pass:' + password)


def generate(*options):
    """A new key of 2048 bits, as PEM."""
    options = [part for option in ('rsa_keygen_bits:2048', *options) for part in ('-pkeyopt', option)]
    return openssl('genpkey', '-algorithm', 'RSA', *options)


def wrap(pem, content):
    """RSA-OAEP by OpenSSL, for keys that `cryptography` does not load."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'key.pem')
        with open(path, 'wb') as file:
            file.write(pem)
        return openssl('pkeyutl', '-encrypt', '-inkey', path, '-pkeyopt', 'rsa_padding_mode:oaep', data=content)
