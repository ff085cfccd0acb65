"""Unwraps through Azure Key Vault, with the person's own credential. The private key stays in the vault."""

from __future__ import annotations

from ._core import KeyDetails
from .drop import Unwrap
from .errors import MgdcDecryptError


def key_vault(credential, *, key_identifier: str | None = None, algorithm: str | None = None) -> Unwrap:
    """A function for ``open_drop(private_key=…)``: one request to Key Vault for each wrapped key.

    ``credential``: of ``azure.identity``. ``key_identifier``: where the key details do not name one
    (``https://<vault>.vault.azure.net/keys/<name>/<version>``). ``algorithm``: ``RSA-OAEP``, ``RSA-OAEP-256`` or
    ``RSA1_5``; without it they are tried in this order. The permission *decrypt* on the key is needed.
    """
    from azure.core.exceptions import HttpResponseError
    from azure.keyvault.keys.crypto import CryptographyClient, EncryptionAlgorithm

    tried = [EncryptionAlgorithm(algorithm)] if algorithm else [
        EncryptionAlgorithm.rsa_oaep,
        EncryptionAlgorithm.rsa_oaep_256,
        EncryptionAlgorithm.rsa1_5,
    ]

    def unwrap(wrapped: bytes, details: KeyDetails) -> bytes:
        identifier = key_identifier or details.key_identifier
        if identifier is None:
            raise MgdcDecryptError("ERR_USAGE", f"{details.place} names no key: give its identifier as key_identifier")
        client = CryptographyClient(identifier, credential)
        for one in tried:
            try:
                return client.decrypt(one, wrapped).plaintext
            except HttpResponseError as error:
                # 400 is Key Vault's answer to a padding that does not fit. Anything else is not about the padding.
                if error.status_code != 400 or one is tried[-1]:
                    raise MgdcDecryptError("ERR_CALLBACK", f"Key Vault did not decrypt: {error.message}") from error
        raise AssertionError("unreachable: the loop returns or raises")

    return unwrap
