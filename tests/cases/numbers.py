"""RSA keys with unusual numbers: a limit is called a limit, never "its numbers do not fit together"."""

import json
from math import lcm
from asn1 import armour, generate, integer, pkcs1, pkcs8, tlv, wrap
from case import case, expected, opened_by, put, refused
from drop import CURRENT, KEY, PEM, Drop


def own_key(folder, pem, **more):
    drop = Drop(folder, details=json.dumps({'DecryptionKeyDetails': CURRENT.entry(wrapped=wrap(pem, CURRENT.key))}).encode())
    put(folder, 'key.pem', pem)
    return expected(drop, ['drop', '--key', 'key.pem'], **more)


@case
def exponent_of_40_bits(folder):
    """A public exponent above 33 bits: odd, and as good as any."""
    return own_key(folder, generate('rsa_keygen_pubexp:1099511627791'))


@case
def exponent_of_3(folder):
    return own_key(folder, generate('rsa_keygen_pubexp:3'))


@case
def three_primes(folder):
    """RFC 8017 has them; so have OpenSSL and Java."""
    return own_key(folder, generate('rsa_keygen_primes:3'))


@case
def unsigned(folder):
    """Integers without the zero byte in front, as some smart cards and hand-written encoders give them."""
    return opened_by(folder, armour(pkcs8(pkcs1(KEY, signed=False))), 'key.pem')


@case
def unsigned_pkcs1(folder):
    return opened_by(folder, armour(pkcs1(KEY, signed=False), 'RSA PRIVATE KEY'), 'key.pem')


@case
def primes_swapped(folder):
    """p below q, with the coefficients that belong to that order."""
    private = KEY.private_numbers()
    public = private.public_numbers
    numbers = (public.n, public.e, private.d, private.q, private.p, private.dmq1, private.dmp1, pow(private.p, -1, private.q))
    return opened_by(folder, armour(tlv(0x30, integer(0) + b''.join(map(integer, numbers))), 'RSA PRIVATE KEY'), 'key.pem')


@case
def private_exponent_by_lcm(folder):
    """d modulo lcm(p-1, q-1) in place of phi: the same key, by another library."""
    private = KEY.private_numbers()
    public = private.public_numbers
    d = pow(public.e, -1, lcm(private.p - 1, private.q - 1))
    numbers = (public.n, public.e, d, private.p, private.q, d % (private.p - 1), d % (private.q - 1), private.iqmp)
    return opened_by(folder, armour(tlv(0x30, integer(0) + b''.join(map(integer, numbers))), 'RSA PRIVATE KEY'), 'key.pem')


@case
def damaged(folder):
    """One digit changed: that is where the numbers do not fit together, or the DER is broken."""
    text = PEM.decode().split('\n')
    text[9] = text[9][:20] + ('A' if text[9][20] != 'A' else 'B') + text[9][21:]
    return refused(folder, '\n'.join(text), 'ERR_PRIVATE_KEY_INVALID', 'private key', 'key.pem')
