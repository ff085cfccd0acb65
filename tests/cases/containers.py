"""Private keys in containers that OpenSSL, Node, Java or Python open, or that Windows and Azure write around others."""

import base64
import json
from asn1 import armour, openssl, pfx, pkcs1, pkcs8
from case import case, opened_by, refused
from drop import KEY, OLD_PEM, PEM, sample

SECRET = 'https://contoso-invented.vault.azure.net/secrets/tenantkey/0123456789abcdef0123456789abcdef'
DER = sample('contoso-2048/pkcs8.der')


@case
def base64_of_pem(folder):
    """As CI systems keep a secret."""
    return opened_by(folder, base64.b64encode(PEM), 'key.b64')


@case
def base64_of_pem_in_lines(folder):
    """`base64 key.pem` on Linux: lines of 76."""
    return opened_by(folder, base64.encodebytes(PEM), 'key.b64')


@case
def base64_of_der(folder):
    return opened_by(folder, base64.b64encode(DER), 'key.b64')


@case
def secret_with_file_encoding(folder):
    """az keyvault secret set --file key.pem --encoding base64, shown with its tag."""
    secret = {'contentType': None, 'id': SECRET, 'tags': {'file-encoding': 'base64'}, 'value': base64.b64encode(PEM).decode()}
    return opened_by(folder, json.dumps(secret, indent=2), 'secret.json')


@case
def secret_without_content_type(folder):
    """az keyvault secret show of a PEM that was set without a content type."""
    return opened_by(folder, json.dumps({'contentType': None, 'id': SECRET, 'value': PEM.decode()}, indent=2), 'secret.json')


@case
def secret_that_is_a_pfx(folder):
    """The secret behind a certificate of Key Vault: Base64 of a PFX without a password."""
    secret = {'contentType': 'application/x-pkcs12', 'id': SECRET, 'value': base64.b64encode(pfx(PEM, '')).decode()}
    return opened_by(folder, json.dumps(secret), 'secret.json')


@case
def certutil_around_pfx(folder):
    """certutil -encode key.pfx key.txt writes BEGIN CERTIFICATE around any file."""
    return opened_by(folder, armour(pfx(PEM, 'Invented-1'), 'CERTIFICATE'), 'key.txt', 'Invented-1\n')


@case
def certutil_around_der(folder):
    return opened_by(folder, armour(DER, 'CERTIFICATE'), 'key.txt')


@case
def certificate_stays_one(folder):
    """A real certificate is none of that: it is named as what it is."""
    return refused(folder, sample('bad/certificate.pem'), 'ERR_PRIVATE_KEY_MISSING', 'certificate')


@case
def pfx_and_line_end(folder):
    """A PFX that a tool for text ended with a line end."""
    return opened_by(folder, pfx(PEM, 'Invented-1') + b'\r\n', 'key.pfx', 'Invented-1\n')


@case
def pfx_and_zeros(folder):
    """A PFX out of a database column or a block of fixed size."""
    return opened_by(folder, pfx(PEM, 'Invented-1') + bytes(300), 'key.pfx', 'Invented-1\n')


@case
def der_and_line_end(folder):
    return opened_by(folder, DER + b'\n', 'key.der')


@case
def pkcs8_without_null(folder):
    """The algorithm without its NULL: OpenSSL, Node, Python and Java open it."""
    return opened_by(folder, armour(pkcs8(pkcs1(KEY), null=False)), 'key.pem')


@case
def pkcs8_with_attributes(folder):
    """Attributes behind the key, as Windows writes them: key usage."""
    usage = bytes.fromhex('a00d300b0603551d0f310403020010')
    return opened_by(folder, armour(pkcs8(pkcs1(KEY), more=usage)), 'key.pem')


@case
def pem_with_two_keys(folder):
    """Two versions in one file: each entry takes the one that fits."""
    return opened_by(folder, OLD_PEM + PEM, 'keys.pem')


@case
def single_des(folder):
    """PKCS#8 with MD5 and DES: opened, or a command is named that works in OpenSSL 3."""
    data = openssl('pkcs8', '-topk8', '-v1', 'PBE-MD5-DES', '-passout', 'pass:Invented-1', '-provider', 'legacy', '-provider', 'default', data=PEM)
    return {**opened_by(folder, data, 'key.pem', 'Invented-1\n'), 'remedy': {'answer': 'Invented-1'}}


@case
def single_des_traditional(folder):
    """A traditional PEM with DES-CBC."""
    data = openssl('rsa', '-traditional', '-des', '-passout', 'pass:Invented-1', '-provider', 'legacy', '-provider', 'default', data=PEM)
    return {**opened_by(folder, data, 'key.pem', 'Invented-1\n'), 'remedy': {'answer': 'Invented-1'}}
