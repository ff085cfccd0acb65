"""Unwraps a file key with Microsoft's azure-keyvault-keys, for cli-rehearse.test.mjs: no code of this project.

    unwrap.py PRIVATE.pem KEY-DETAILS.json ALGORITHM     JSON: the vault's answers to decrypt and unwrapKey, as the SDK gives them
"""
import base64
import json
import sys

from azure.keyvault.keys import JsonWebKey, KeyOperation, KeyType
from azure.keyvault.keys.crypto import CryptographyClient, EncryptionAlgorithm, KeyWrapAlgorithm
from cryptography.hazmat.primitives import serialization

path, details_path, algorithm = sys.argv[1:]
with open(path, "rb") as file:
    private = serialization.load_pem_private_key(file.read(), None)
with open(details_path, encoding="utf-8") as file:
    details = json.load(file)["DecryptionKeyDetails"]

numbers = private.private_numbers()
big_endian = lambda number: number.to_bytes((number.bit_length() + 7) // 8, "big")
names = {"n": numbers.public_numbers.n, "e": numbers.public_numbers.e, "d": numbers.d, "p": numbers.p, "q": numbers.q,
         "dp": numbers.dmp1, "dq": numbers.dmq1, "qi": numbers.iqmp}
jwk = JsonWebKey(kty=KeyType.rsa, key_ops=[KeyOperation.decrypt, KeyOperation.unwrap_key],
                 **{name: big_endian(number) for name, number in names.items()})
# Without a vault the client works by itself, with the code that it also checks the vault's answers with.
client = CryptographyClient.from_jwk(jwk)
wrapped = base64.b64decode(details["DecryptionKeyValue"])
answers = [client.decrypt(EncryptionAlgorithm(algorithm), wrapped).plaintext, client.unwrap_key(KeyWrapAlgorithm(algorithm), wrapped).key]
print(json.dumps([{"kid": details["PublicKeyVersion"], "value": base64.urlsafe_b64encode(key).rstrip(b"=").decode()} for key in answers]))
