"""Keys through Microsoft's client of Key Vault, which decrypts here, with the real key instead of a vault."""

import pytest
from azure.keyvault.keys.crypto import CryptographyClient
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from samples import ROOT, expected_of, fits, path_of

import mgdc_decrypt as mgdc
from mgdc_decrypt.azure import decrypt_with, key_vault

#: A drop for each padding of Key Vault.
PADDINGS = {
    "java-gzip-oaep": "RSA-OAEP",
    "java-zlib-deflate-oaep256": "RSA-OAEP-256",
    "openssl-rsa15-bom": "RSA1_5",
}


def client(key: str) -> CryptographyClient:
    """Microsoft's client with a private key of the samples, which then needs no vault."""
    numbers = load_pem_private_key((ROOT / "keys" / key / "pkcs8.pem").read_bytes(), None).private_numbers()
    public = numbers.public_numbers
    parts = {"n": public.n, "e": public.e, "d": numbers.d, "p": numbers.p, "q": numbers.q}
    parts |= {"dp": numbers.dmp1, "dq": numbers.dmq1, "qi": numbers.iqmp}
    octets = {name: number.to_bytes((number.bit_length() + 7) // 8, "big") for name, number in parts.items()}
    return CryptographyClient.from_jwk({"kty": "RSA", "key_ops": ["decrypt"], **octets})


@pytest.mark.parametrize(("name", "algorithm"), PADDINGS.items())
@pytest.mark.parametrize("is_named", [False, True])
def test_microsofts_client_unwraps_every_padding(name, algorithm, is_named, tmp_path):
    local = client("contoso-2048")
    asked = []

    def ask(wrapped, details):
        asked.append(details.place)
        return decrypt_with(local, wrapped, algorithm if is_named else None)

    with mgdc.open_drop(path_of(name), private_key=ask) as drop:
        found = {result["path"]: result for result in drop.decrypt(tmp_path)}
    assert len(asked) == 1
    for line in expected_of(name):
        assert fits(line, found.get(line["file"], {"outcome": "used"})), line


def test_a_key_that_does_not_fit_says_so():
    stranger = client("stranger-2048")
    with pytest.raises(mgdc.MgdcDecryptError) as caught:
        mgdc.open_drop(path_of("java-gzip-oaep"), private_key=lambda wrapped, _: decrypt_with(stranger, wrapped, "RSA-OAEP"))
    assert caught.value.code == "ERR_CALLBACK"
    assert caught.value.path == "$.DecryptionKeyDetails"


def test_one_entry_that_the_vault_refuses_stops_no_other(tmp_path):
    newer = client("contoso-2048")
    with mgdc.open_drop(path_of("node-rotation")) as drop:
        algorithms = ["RSA-OAEP", "RSA-OAEP-256"]  # of the two entries, so that a guess cannot succeed by chance
        places = [details.place for details in drop.key_details]
        by_place = dict(zip(places, algorithms, strict=True))
        opened = drop.unlock(lambda wrapped, details: decrypt_with(newer, wrapped, by_place[details.place]))
        assert opened == [1]
        assert [(problem.code, problem.path) for problem in drop.problems] == [("ERR_CALLBACK", places[0])]
        outcomes = {result["path"]: result["outcome"] for result in drop.decrypt(tmp_path)}
    assert outcomes["BasicDataSet_v0.Message_v0/2024-06-01/part-00000.json"] == "decrypted"
    assert outcomes["BasicDataSet_v0.Message_v0/2024-05-01/part-00000.json"] == "failed"


def test_without_a_key_identifier_nobody_is_asked():
    with pytest.raises(mgdc.MgdcDecryptError) as caught:
        mgdc.open_drop(path_of("java-gzip-oaep"), private_key=key_vault(object()))
    assert caught.value.code == "ERR_USAGE"
