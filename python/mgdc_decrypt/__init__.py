"""Opens Microsoft Graph Data Connect drops that were delivered with custom encryption.

The same core as the page and the command line of mgdc-decrypt. Nothing is sent anywhere.
"""

from ._core import KEY_DETAILS_PATH, FileKey, KeyDetails, PrivateKey, Summary, Verdict, parse_key_details
from .arrow import record_batches
from .delivery import Result, decrypt
from .drop import Drop, DropFile, FileKeys, open_drop
from .errors import MgdcDecryptError
from .reader import DecryptReader

__all__ = [
    "KEY_DETAILS_PATH",
    "DecryptReader",
    "Drop",
    "DropFile",
    "FileKey",
    "FileKeys",
    "KeyDetails",
    "MgdcDecryptError",
    "PrivateKey",
    "Result",
    "Summary",
    "Verdict",
    "decrypt",
    "open_drop",
    "parse_key_details",
    "record_batches",
]
