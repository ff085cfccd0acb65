"""Writes what Microsoft's and Python's own libraries make of an RSA key, for azure.test.mjs: no code of this project.

    azure_keys.py PRIVATE.pem        JSON: content keys wrapped by azure-keyvault-keys, and new private keys in containers
"""
import base64
import json
import os
import sys
from datetime import datetime, timedelta

from azure.keyvault.keys import JsonWebKey, KeyOperation, KeyType
from azure.keyvault.keys.crypto import CryptographyClient, EncryptionAlgorithm, KeyWrapAlgorithm
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

base64_of = lambda data: base64.b64encode(data).decode()
big_endian = lambda number: number.to_bytes((number.bit_length() + 7) // 8, "big")


def wrapped(public):
    """Each algorithm through wrap_key and through encrypt; the client works locally when it is given a key and no vault."""
    numbers = public.public_numbers()
    jwk = JsonWebKey(kty=KeyType.rsa, n=big_endian(numbers.n), e=big_endian(numbers.e), key_ops=[KeyOperation.wrap_key, KeyOperation.encrypt])
    client = CryptographyClient.from_jwk(jwk)
    for name, wrap, encrypt in (
        ("RSA-OAEP", KeyWrapAlgorithm.rsa_oaep, EncryptionAlgorithm.rsa_oaep),
        ("RSA-OAEP-256", KeyWrapAlgorithm.rsa_oaep_256, EncryptionAlgorithm.rsa_oaep_256),
        ("RSA1_5", KeyWrapAlgorithm.rsa1_5, EncryptionAlgorithm.rsa1_5),
    ):
        for operation, run in (
            ("wrap_key", lambda key: client.wrap_key(wrap, key).encrypted_key),
            ("encrypt", lambda key: client.encrypt(encrypt, key).ciphertext),
        ):
            key = os.urandom(32)
            yield {"algorithm": name, "operation": operation, "key": base64_of(key), "wrapped": base64_of(run(key))}


def containers(private):
    """What `cryptography` writes today, whatever that is: PKCS#8 and PFX, with a password that has accents."""
    password = "Gr\u00fc\u00dfe-\u00e9t\u00e9 7"
    encrypted = serialization.BestAvailableEncryption(password.encode())
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "invented")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(private.public_key()).serial_number(1)
    certificate = builder.not_valid_before(datetime(2024, 1, 1)).not_valid_after(datetime(2024, 1, 1) + timedelta(days=9)).sign(private, hashes.SHA256())
    yield {"form": "PKCS#8", "password": password, "content": base64_of(private.private_bytes(pem, pkcs8, encrypted))}
    yield {"form": "PFX", "password": password, "content": base64_of(pkcs12.serialize_key_and_certificates(b"key", private, certificate, None, encrypted))}
    yield {"form": "PKCS#1", "password": None, "content": base64_of(private.private_bytes(pem, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()))}


with open(sys.argv[1], "rb") as file:
    sample = serialization.load_pem_private_key(file.read(), None)
assert isinstance(sample, rsa.RSAPrivateKey)
print(json.dumps({"wrapped": list(wrapped(sample.public_key())), "containers": list(containers(sample))}))
