"""Lets a vault unwrap a rehearsal's file key, through Microsoft's azure-keyvault-keys, for cli-rehearse.test.mjs.

    vault.py KEY-DETAILS.json KEY-NAME ALGORITHM http://127.0.0.1:PORT     JSON: what decrypt and unwrapKey answer

The SDK speaks to https://contoso.vault.azure.net as ever; its transport leads that to the test server of tests/portal.
"""
import base64
import json
import sys
import time
from urllib.parse import urlsplit, urlunsplit

from azure.core.credentials import AccessToken
from azure.core.pipeline.transport import RequestsTransport
from azure.keyvault.keys.crypto import CryptographyClient, EncryptionAlgorithm, KeyWrapAlgorithm

details_path, name, algorithm, server = sys.argv[1:]
with open(details_path, encoding="utf-8") as file:
    details = json.load(file)["DecryptionKeyDetails"]


class Token:
    def get_token(self, *scopes, **options):
        return AccessToken("invented-token", int(time.time()) + 3600)


class ToServer(RequestsTransport):
    def send(self, request, **options):
        parts = urlsplit(request.url)
        assert parts.netloc == "contoso.vault.azure.net", parts.netloc
        url, request.url = request.url, urlunsplit(("http", urlsplit(server).netloc, parts.path, parts.query, ""))
        try:
            return super().send(request, **options)
        finally:
            request.url = url  # the policies before this one send it again, and look at it


key = f"https://contoso.vault.azure.net/keys/{name}/{details['PublicKeyVersion']}"
client = CryptographyClient(key, Token(), transport=ToServer())
wrapped = base64.b64decode(details["DecryptionKeyValue"])
answers = [client.decrypt(EncryptionAlgorithm(algorithm), wrapped).plaintext, client.unwrap_key(KeyWrapAlgorithm(algorithm), wrapped).key]
print(json.dumps([{"kid": key, "value": base64.urlsafe_b64encode(one).rstrip(b"=").decode()} for one in answers]))
