"""Names of files that are valid on Windows, macOS and Linux: the rules of the command line (pkg/sinks/file-names.js).

They are here a second time because the other ones use what a browser has: in the core, the tables of Unicode would be
downloaded with every page. A test compares both.
"""

from __future__ import annotations

import re
from unicodedata import normalize

from ._core import cut

#: The list that the command line keeps in a target when it resumes. No output gets its name.
MANIFEST = ".mgdc-decrypt.json"

#: The limit of Linux, in bytes of UTF-8.
_MOST = 255
_ROOM_FOR_NUMBER = 12

# Control characters, those with a meaning for Windows, what turns the direction of text, and halves of surrogate pairs.
_FORBIDDEN = re.compile("[\0-\x1f\x7f-\x9f<>:\"|?*\\\\/\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_AT_END = re.compile(r"[. ]+\Z")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[1-9¹²³]) *(?:\.|\Z)", re.ASCII | re.IGNORECASE)
# The ending is short and has no spaces. JavaScript counts U+FEFF among these.
_PARTS = re.compile(r"(.+?)(\.[^.\s\ufeff]{1,20})?\Z", re.DOTALL)


def safe_name(name: str, reasons: dict[str, None]) -> str:
    """The name, made safe on every system. ``reasons`` gets what was changed, in the order in which it was."""
    allowed = _FORBIDDEN.sub("_", name)
    if allowed != name:
        reasons["characters became _: Windows forbids them, or they disguise what the name is"] = None
    tidied = _tidy(allowed, reasons)
    if not _DEVICE.match(tidied):
        return tidied
    reasons["_ was added before a name that means a device on Windows"] = None
    return _tidy(f"_{tidied}", reasons)


def numbered(name: str, number: int) -> str:
    """``name (2).json``: a name in place of one that is taken."""
    stem, ending = _split(name)
    # Leaves room for any number, so that the stem is the same for all of them and counting up finds a free name.
    return f"{cut(stem, _MOST - _ROOM_FOR_NUMBER - len(ending.encode()))} ({number}){ending}"


def fold(name: str) -> str:
    """The same for two names that a file system takes for the same one, as NTFS and APFS do by default."""
    return normalize("NFC", normalize("NFC", name).upper().lower())


def _tidy(name: str, reasons: dict[str, None]) -> str:
    fitted = name
    if len(name.encode()) > _MOST:
        stem, ending = _split(name)
        fitted = cut(stem, _MOST - len(ending.encode())) + ending
    if fitted != name:
        reasons["a name was shortened: file systems allow 255 bytes"] = None
    tidied = _AT_END.sub(lambda end: "_" * len(end[0]), fitted)
    if tidied != fitted:
        reasons["a dot or space at the end became _: Windows drops it"] = None
    return tidied


def _split(name: str) -> tuple[str, str]:
    parts = _PARTS.match(name)
    assert parts, "a name has a character"
    return parts[1], parts[2] or ""
