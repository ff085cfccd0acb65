"""The sample drops of tests/drops, and what is expected of them."""

import json
from pathlib import Path

import mgdc_decrypt as mgdc

ROOT = Path(__file__).resolve().parents[2] / "tests" / "drops"
DROPS = {drop["drop"]: drop for drop in json.loads((ROOT / "drops.json").read_text())}
EXPECTED = json.loads((ROOT / "expected.json").read_text())

#: The code for each `error_kind` of expected.json.
CODES = {
    "metadata_missing": "ERR_KEY_DETAILS_MISSING",
    "metadata_json": "ERR_KEY_DETAILS_JSON",
    "metadata_field": "ERR_KEY_DETAILS_FIELD",
    "metadata_base64": "ERR_KEY_DETAILS_BASE64",
    "iv_length": "ERR_IV_LENGTH",
    "key_unwrap": "ERR_FILE_KEY_UNWRAP",
    "content_key_length": "ERR_FILE_KEY_LENGTH",
    "length": "ERR_CIPHERTEXT_LENGTH",
    "padding": "ERR_PADDING",
    "compressed_data": "ERR_COMPRESSED_DATA",
    "checksum": "ERR_CHECKSUM",
    "trailing_data": "ERR_TRAILING_DATA",
    "unrecognized": "ERR_UNRECOGNIZED",
}


def path_of(name: str) -> Path:
    """The folder of a drop."""
    return ROOT / DROPS[name]["path"]


def keys_of(name: str) -> list[bytes]:
    """The private keys of a drop."""
    return [(ROOT / key).read_bytes() for key in DROPS[name]["keys"]]


def opened(name: str) -> mgdc.Drop:
    """A drop, unlocked with those of its keys that fit."""
    drop = mgdc.open_drop(path_of(name))
    for key in keys_of(name):
        try:
            drop.unlock(key)
        except mgdc.MgdcDecryptError:
            pass  # each file then tells why
    return drop


def expected_of(name: str) -> list[dict]:
    """The lines about the files of a drop."""
    return [line for line in EXPECTED if line["drop"] == name]


def fits(expected: dict, found: dict) -> bool:
    """Whether a result is one of those that expected.json accepts."""
    outcomes = {"plaintext": "decrypted", "copied": "copied"}
    for accepted in [expected, *expected.get("also_ok", [])]:
        if accepted["outcome"] == "used" == found["outcome"]:
            return True
        if accepted["outcome"] == "error":
            if found["outcome"] == "failed" and found["code"] == CODES[accepted["error_kind"]]:
                return True
        elif found["outcome"] == outcomes.get(accepted["outcome"]) and found.get("sha256") == accepted.get("sha256"):
            return True
    return False
