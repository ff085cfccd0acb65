"""A drop: its files with their roles, its key details, and the keys that open them."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import tempfile
from dataclasses import dataclass, field
from typing import Callable, Iterable, Iterator

from ._core import Inventory, KeyDetails, KeySet, PrivateKey, Verdict, layout
from .errors import MgdcDecryptError
from .reader import DecryptReader
from .stores import Folder, Found, Remote, store_of

#: Bytes of a key details document that are read at most: 100,000 entries.
DOCUMENT_LIMIT = 64 << 20
#: Where the key details lie in a drop.
KEY_DETAILS_PATH = "metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json"

#: Asks for one wrapped key, as `azure.keyvault.keys.crypto` does: returns Key Vault's answer.
Unwrap = Callable[[bytes, KeyDetails], bytes]


@dataclass(frozen=True)
class DropFile:
    """One file of a drop. ``role``: ``data``, ``metadata``, ``key-details`` or ``litter``. A pickle holds its keys."""

    path: str
    size: int
    role: str
    root: str
    store: Folder | Remote = field(repr=False)
    keys: KeySet = field(repr=False)

    @property
    def dataset(self) -> str:
        """The first folder of its path: ``BasicDataSet_v0.Message_v0``."""
        return self.path.split("/", 1)[0] if "/" in self.path else ""

    def verdict(self) -> Verdict:
        """Which key opens the file, or that it is clear. Reads both ends. Raises ``MgdcDecryptError`` when none does."""
        head, tail = Verdict.ENDS
        try:
            with self.store.open(self.root + self.path) as source:
                first = _read(source, min(self.size, head))
                source.seek(max(0, self.size - tail))
                last = _read(source, min(self.size, tail))
            return self.keys.judge(self.size, first, last)
        except MgdcDecryptError as error:
            raise error.at(self.path) from None

    def open(self) -> DecryptReader:
        """The plaintext as a binary stream. A clear file is read as it is."""
        verdict = self.verdict() if self.role == "data" else None
        source = self.store.open(self.root + self.path)
        key = None if verdict is None or verdict.entry is None else self.keys.file_key(verdict.entry)
        if key is None and verdict is not None and verdict.content == "gzip":
            return DecryptReader(gzip.GzipFile(fileobj=source), None, path=self.path)
        return DecryptReader(source, key, repair=verdict and verdict.repair, path=self.path)


class Drop:
    """What ``open_drop`` found. Close it, or use it with ``with``, to forget the keys."""

    def __init__(self, store: Folder | Remote, found: list[Found], inventory: Inventory):
        self._inventory = inventory
        found = sorted(found, key=lambda file: file.path)
        self.root, roles = layout([file.path for file in found])
        self._found = list(zip(found, roles))
        self._store = store

    @property
    def key_details(self) -> list[KeyDetails]:
        """Every wrapped key of the drop."""
        return self._inventory.entries

    @property
    def problems(self) -> list[MgdcDecryptError]:
        """What is wrong with key details documents."""
        return [error.at(path) for path, error in self._inventory.faults]

    @property
    def keys(self) -> KeySet:
        """The file keys that are unlocked, to be passed on: see ``mgdc_decrypt.spark``."""
        opened = ((index, self._inventory.file_key(index)) for index in range(len(self._inventory.entries)))
        return KeySet([(index, key) for index, key in opened if key is not None], self._inventory.is_partly_locked)

    @property
    def files(self) -> list[DropFile]:
        """Every file with its role, ordered by path."""
        keys = self.keys
        files = []
        for found, role in self._found:
            root = self.root if found.path.startswith(self.root) else ""
            files.append(DropFile(found.path[len(root) :], found.size, role, root, self._store, keys))
        return files

    def unlock(
        self,
        source: PrivateKey | bytes | Unwrap,
        *,
        password: str | None = None,
        algorithm: str | None = None,
    ) -> list[int]:
        """Opens what a private key, or a function that asks Key Vault, opens. Returns indices into ``key_details``.

        Raises ``MgdcDecryptError`` when it opens nothing.
        """
        if callable(source):
            return self._ask(source)
        if isinstance(source, PrivateKey):
            return self._inventory.unlock(source, algorithm=algorithm)
        with PrivateKey.load(source, password=password) as key:
            return self._inventory.unlock(key, algorithm=algorithm)

    def answer(self, index: int, answer: bytes) -> None:
        """Opens one entry with Key Vault's answer for it."""
        self._inventory.answer(index, answer)

    def decrypt(self, target: str | os.PathLike, *, only: Iterable[str] | None = None) -> list[dict]:
        """Decrypts or copies every file into a folder, which mirrors the drop. A result for each file.

        One file's failure stops no other. A file gets its name after its last check.
        """
        wanted = None if only is None else set(only)
        chosen = (file for file in self.files if file.role in ("data", "metadata"))
        return [_deliver(file, os.fspath(target)) for file in chosen if wanted is None or file.path in wanted]

    def close(self) -> None:
        """Forgets the keys."""
        self._inventory = Inventory()

    def __enter__(self) -> "Drop":
        return self

    def __exit__(self, *_error) -> None:
        self.close()

    def _ask(self, unwrap: Unwrap) -> list[int]:
        opened = []
        for index, details in enumerate(self._inventory.entries):
            if details.kind != "file" or self._inventory.file_key(index) is not None:
                continue
            self._inventory.answer(index, unwrap(details.wrapped_key, details))
            opened.append(index)
        return opened


def open_drop(
    path: str | os.PathLike,
    *,
    private_key: PrivateKey | bytes | Unwrap | None = None,
    password: str | None = None,
    max_key_details: int = 10_000,
    storage_options: dict | None = None,
) -> Drop:
    """Looks through a drop: a folder, or an address that fsspec opens (``abfss://…``).

    ``private_key``: any container as bytes, a ``PrivateKey``, or a function ``(wrapped_key, details) -> answer``. Only
    key details documents are read.
    """
    store = store_of(path, storage_options)
    found = list(store.find())
    drop = Drop(store, found, Inventory(max_key_details))
    for file, role in drop._found:
        if role == "key-details" and file.size <= DOCUMENT_LIMIT:
            with store.open(file.path) as source:
                drop._inventory.add_document(file.path, _read(source, file.size))
    if private_key is not None:
        drop.unlock(private_key, password=password)
    return drop


def decrypt(source, target, file_key, *, repair: str | None = None):
    """Decrypts one file from a path to a path; returns its ``Summary``. The target gets its name after the last check."""
    with open(source, "rb", buffering=0) as file, DecryptReader(file, file_key, repair=repair) as reader:
        _write(reader, os.fspath(target))
        return reader.summary


def _deliver(file: DropFile, target: str) -> dict:
    result = {"path": file.path, "output": None, "outcome": "failed", "bytes": 0, "verified": None}
    try:
        with file.open() as reader:
            sha256 = _write(reader, os.path.join(target, *_safe(file.path)))
            summary = reader.summary
        outcome = "copied" if file.role != "data" or file.verdict().entry is None else "decrypted"
        return result | {
            "output": file.path,
            "outcome": outcome,
            "bytes": summary.bytes_out,
            "verified": summary.verified,
            "sha256": sha256,
            "warnings": summary.warnings,
        }
    except MgdcDecryptError as error:
        return result | {"code": error.code, "message": error.message, "warnings": []}


def _write(reader: io.RawIOBase, path: str) -> str:
    """Writes a stream to a path, under another name until it is complete. Returns the SHA-256."""
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    digest = hashlib.sha256()
    with tempfile.NamedTemporaryFile(dir=os.path.dirname(path) or ".", suffix=".mgdc-partial", delete=False) as file:
        try:
            while piece := reader.read(1 << 20):
                digest.update(piece)
                file.write(piece)
            file.close()
            os.replace(file.name, path)
        except BaseException:
            file.close()
            os.unlink(file.name)
            raise
    return digest.hexdigest()


def _safe(path: str) -> list[str]:
    """The parts of a path; raises where one would leave the target."""
    parts = path.split("/")
    if any(part in ("", ".", "..") for part in parts):
        raise MgdcDecryptError("ERR_UNSAFE_NAME", "this path would leave the target folder", path)
    return parts


def _read(source, length: int) -> bytes:
    """So many bytes; raises when the file has fewer."""
    pieces = []
    while length > 0 and (piece := source.read(length)):
        pieces.append(piece)
        length -= len(piece)
    if length > 0:
        raise MgdcDecryptError("ERR_READ", "the file changed while it was read: check that it is complete")
    return b"".join(pieces)
