"""Unwraps through Azure Key Vault, with the person's own credential. The private key stays in the vault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._core import KeyDetails
from .drop import Unwrap
from .errors import MgdcDecryptError

if TYPE_CHECKING:
    from azure.core.credentials import TokenCredential
    from azure.keyvault.keys.crypto import CryptographyClient


def key_vault(
    credential: TokenCredential, *, key_identifier: str | None = None, algorithm: str | None = None
) -> Unwrap:
    """A function for ``open_drop(private_key=…)``: one request to Key Vault for each wrapped key.

    ``credential``: of ``azure.identity``. ``key_identifier``: where the key details do not name one
    (``https://<vault>.vault.azure.net/keys/<name>/<version>``). ``algorithm``: ``RSA-OAEP``, ``RSA-OAEP-256`` or
    ``RSA1_5``; without it they are tried in this order. The permission *decrypt* on the key is needed.
    """
    from azure.keyvault.keys.crypto import CryptographyClient


    def unwrap(wrapped: bytes, details: KeyDetails) -> bytes:
        identifier = key_identifier or details.key_identifier
        if identifier is None:
            raise MgdcDecryptError("ERR_USAGE", f"{details.place} names no key: give its identifier as key_identifier")
        return decrypt_with(CryptographyClient(identifier, credential), wrapped, algorithm)

    return unwrap


def decrypt_with(client: CryptographyClient, wrapped: bytes, algorithm: str | None = None) -> bytes:
    """Decrypts one wrapped key with a client of your own: for another cloud, a proxy, or a key that is not in a vault.

    ``open_drop(path, private_key=lambda wrapped, details: decrypt_with(client, wrapped))``.
    """
    from azure.core.exceptions import AzureError, HttpResponseError
    from azure.keyvault.keys.crypto import EncryptionAlgorithm

    tried = [EncryptionAlgorithm(algorithm)] if algorithm else [
        EncryptionAlgorithm.rsa_oaep,
        EncryptionAlgorithm.rsa_oaep_256,
        EncryptionAlgorithm.rsa1_5,
    ]
    for one in tried[:-1]:
        try:
            return client.decrypt(one, wrapped).plaintext
        except HttpResponseError as error:
            # 400 is Key Vault's answer to a padding that does not fit. Anything else is not about the padding.
            if error.status_code != 400:
                raise _refused(error) from error
        except ValueError:
            pass  # the same, from a client that has the private key itself
    try:
        return client.decrypt(tried[-1], wrapped).plaintext
    except (AzureError, ValueError) as error:
        raise _refused(error) from error


def _refused(error: Exception) -> MgdcDecryptError:
    return MgdcDecryptError(
        "ERR_CALLBACK", f"Key Vault did not decrypt: {error}. Check the key's version, and that you may decrypt with it"
    )
