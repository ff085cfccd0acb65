"""Keys of other programs: opened where they can be, else named as what they are."""

import base64
from case import case, opened_by, refused
from drop import KEY

UNOPENED = 'ERR_PRIVATE_KEY_(UNSUPPORTED|MISSING|NOT_RSA)'


def base64_number(number):
    return base64.b64encode(number.to_bytes((number.bit_length() + 7) // 8, 'big')).decode()


@case
def xml(folder):
    """.NET's RSAKeyValue with its private parts is opened."""
    private = KEY.private_numbers()
    public = private.public_numbers
    parts = {'Modulus': public.n, 'Exponent': public.e, 'P': private.p, 'Q': private.q, 'DP': private.dmp1, 'DQ': private.dmq1,
             'InverseQ': private.iqmp, 'D': private.d}
    text = '<RSAKeyValue>' + ''.join(f'<{name}>{base64_number(number)}</{name}>' for name, number in parts.items()) + '</RSAKeyValue>'
    return opened_by(folder, text, 'key.xml')


@case
def pvk(folder):
    """PRIVATEKEYBLOB in Microsoft's PVK file."""
    head = (0xB0B5F11E).to_bytes(4, 'little') + bytes(4) + (2).to_bytes(4, 'little') + bytes(8) + (596).to_bytes(4, 'little')
    return refused(folder, head + b'\7\2\0\0\0\xa4\0\0RSA2' + bytes(range(256)) * 2, UNOPENED, 'PVK', 'key.pvk')


@case
def bks(folder):
    """Bouncy Castle's key store: version 2, a salt of 20 bytes, 1024 rounds or so, an entry."""
    data = (2).to_bytes(4, 'big') + (20).to_bytes(4, 'big') + bytes(range(20)) + (1290).to_bytes(4, 'big') + b'\4\0\3key' + bytes(400)
    return refused(folder, data, UNOPENED, 'BKS', 'keys.bks')


@case
def jks(folder):
    data = bytes.fromhex('feedfeed0000000200000001000000010003') + b'key' + bytes(500)
    return refused(folder, data, UNOPENED, 'JKS|Java', 'keys.jks')


@case
def pgp(folder):
    text = '-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: GnuPG v2\n\nlQdGBGAAAAEBEADAAAAA\n=AAAA\n-----END PGP PRIVATE KEY BLOCK-----\n'
    return refused(folder, text, UNOPENED, 'PGP', 'key.asc')


@case
def pgp_binary(folder):
    """The same without armour: a secret-key packet, old format, two-byte length."""
    data = b'\x95\x03\x98\x04' + (1_600_000_000).to_bytes(4, 'big') + b'\x01\x08\x00' + bytes(range(256)) * 3
    return refused(folder, data, 'ERR_PRIVATE_KEY_(UNSUPPORTED|INVALID)', 'private key', 'secring.gpg')


@case
def ssh(folder):
    text = '-----BEGIN OPENSSH PRIVATE KEY-----\n' + base64.encodebytes(b'openssh-key-v1\0' + bytes(300)).decode() + '-----END OPENSSH PRIVATE KEY-----\n'
    return refused(folder, text, UNOPENED, 'SSH', 'id_rsa')


@case
def ssh_public(folder):
    return refused(folder, 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7 somebody@invented\n', 'ERR_PRIVATE_KEY_(UNSUPPORTED|MISSING|INVALID)', 'SSH|public', 'id_rsa.pub')


@case
def putty(folder):
    text = 'PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nComment: invented\nPublic-Lines: 1\nAAAA\nPrivate-Lines: 1\nAAAA\nPrivate-MAC: 00\n'
    return refused(folder, text, UNOPENED, 'PuTTY', 'key.ppk')


@case
def vault_backup(folder):
    """az keyvault key backup: only Key Vault opens it."""
    data = base64.urlsafe_b64encode(b'JkeyBackup' * 200)
    return refused(folder, data.rstrip(b'='), 'ERR_PRIVATE_KEY_(UNSUPPORTED|INVALID)', 'private key', 'key.keyvaultbackup')
