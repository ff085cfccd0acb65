"""A drop: its files with their roles, its key details, and the keys that open them."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import re
import tempfile
from dataclasses import dataclass, field
from typing import Callable, Iterable, Iterator

from ._core import FileKey, Inventory, KeyDetails, KeySet, PrivateKey, Verdict, layout
from .errors import MgdcDecryptError
from .reader import DecryptReader
from .stores import Folder, Found, Remote, store_of

#: Bytes of a key details document that are read at most: 100,000 entries.
DOCUMENT_LIMIT = 64 << 20
#: Bytes of a file that may be a renamed key details document. Real ones have a few KiB.
CANDIDATE_LIMIT = 1 << 20
SPEAKS_OF_KEYS = re.compile(rb"decryption_?key", re.IGNORECASE)
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
    #: Why the drop has no key at all, if that is so.
    locked: MgdcDecryptError | None = field(default=None, repr=False)

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
            reason = self.locked if self.locked and error.code == "ERR_FILE_KEY_MISSING" else error
            raise reason.at(self.path) from None

    def open(self, *, inflate_clear: bool = False) -> DecryptReader:
        """The plaintext as a binary stream. A clear file is read as it is; with ``inflate_clear`` its gzip is undone."""
        verdict = self.verdict() if self.role == "data" else None
        source = self.store.open(self.root + self.path)
        key = None if verdict is None or verdict.entry is None else self.keys.file_key(verdict.entry)
        if inflate_clear and key is None and verdict is not None and verdict.content == "gzip":
            return DecryptReader(gzip.GzipFile(fileobj=source), None, path=self.path)
        return DecryptReader(source, key, repair=verdict and verdict.repair, path=self.path)


@dataclass(frozen=True)
class FileKeys:
    """File keys by the wrapped keys that they came from. ``repr`` shows none; a pickle holds 48 bytes for each."""

    _by_wrapped: dict[bytes, FileKey] = field(repr=False)
    #: Why there is none, if that is so.
    reason: MgdcDecryptError | None = field(default=None, repr=False)

    def of(self, details: KeyDetails) -> FileKey | None:
        """The key of an entry."""
        return self._by_wrapped.get(_digest(details))

    def __or__(self, other: "FileKeys") -> "FileKeys":
        return FileKeys(self._by_wrapped | other._by_wrapped, self.reason or other.reason)

    def __len__(self) -> int:
        return len(self._by_wrapped)


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
        """What is wrong with key details: documents that cannot be read, and entries that the last key did not open."""
        return [error.at(path) for path, error in [*self._inventory.faults, *self._inventory.refusals]]

    @property
    def keys(self) -> FileKeys:
        """The file keys that are unlocked, to be passed on to another process: see ``mgdc_decrypt.spark``."""
        opened = ((details, self._inventory.file_key(index)) for index, details in enumerate(self.key_details))
        by_wrapped = {_digest(details): key for details, key in opened if key is not None}
        return FileKeys(by_wrapped, self._inventory.locked_reason)

    @property
    def files(self) -> list[DropFile]:
        """Every file with its role, ordered by path."""
        return self._files(self._key_set(), self._inventory.locked_reason)

    def files_with(self, keys: "FileKeys") -> list[DropFile]:
        """The same, with keys that another process unlocked."""
        found = ((index, keys.of(details)) for index, details in enumerate(self.key_details))
        opened = [(index, key) for index, key in found if key is not None]
        is_partly_locked = sum(details.kind == "file" for details in self.key_details) > len(opened)
        reason = None if opened else keys.reason or self._inventory.locked_reason
        return self._files(KeySet(opened, is_partly_locked or bool(self.problems)), reason)

    def _key_set(self) -> KeySet:
        opened = ((index, self._inventory.file_key(index)) for index in range(len(self.key_details)))
        return KeySet([(index, key) for index, key in opened if key is not None], self._inventory.is_partly_locked)

    def _files(self, keys: KeySet, locked: MgdcDecryptError | None) -> list[DropFile]:
        files = []
        for found, role in self._found:
            root = self.root if found.path.startswith(self.root) else ""
            files.append(DropFile(found.path[len(root) :], found.size, role, root, self._store, keys, locked))
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

        One file's failure stops no other. A file gets its name after its last check. Key details documents are not
        delivered; one that could not be used has a result, too.
        """
        wanted = None if only is None else set(only)
        chosen = (file for file in self.files if file.role in ("data", "metadata"))
        results = [_deliver(file, os.fspath(target)) for file in chosen if wanted is None or file.path in wanted]
        locked = self._inventory.locked_reason
        if locked and wanted is None and any(result.get("code") == locked.code for result in results):
            problems = self.problems or [locked.at(KEY_DETAILS_PATH)]
            results += [_failed(error.path or "", error) for error in problems]
        return results

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
        if not _may_hold_keys(file.path[len(drop.root) :], file.size, role):
            continue
        with store.open(file.path) as source:
            document = _read(source, file.size)
        # Of other documents only those that speak of keys: they are no faulty key details.
        if role == "key-details" or SPEAKS_OF_KEYS.search(document.replace(b"\0", b"")):
            drop._inventory.add_document(file.path[len(drop.root) :], document)
    if private_key is not None:
        drop.unlock(private_key, password=password)
    return drop


def _digest(details: KeyDetails) -> bytes:
    """What tells entries apart: the wrapped key and the IV."""
    return hashlib.sha256(details.wrapped_key + details.iv).digest()


def _may_hold_keys(path: str, size: int, role: str) -> bool:
    """A related export scheme keeps the key details in the job's metadata, and a document may have been renamed.

    Never data files in folders: their content comes from senders, who could plant key details.
    """
    if role == "key-details":
        return size <= DOCUMENT_LIMIT
    is_loose = role == "data" and "/" not in path
    return (role == "metadata" or is_loose) and path.endswith(".json") and size <= CANDIDATE_LIMIT


def decrypt(source, target, file_key, *, repair: str | None = None):
    """Decrypts one file from a path to a path; returns its ``Summary``. The target gets its name after the last check."""
    with open(source, "rb", buffering=0) as file, DecryptReader(file, file_key, repair=repair) as reader:
        _write(reader, os.fspath(target))
        return reader.summary


def _deliver(file: DropFile, target: str) -> dict:
    try:
        with file.open() as reader:
            sha256 = _write(reader, os.path.join(target, *_safe(file.path)))
            summary, outcome = reader.summary, "decrypted" if reader.is_encrypted else "copied"
        return {
            "path": file.path,
            "output": file.path,
            "outcome": outcome,
            "bytes": summary.bytes_out,
            "verified": summary.verified,
            "sha256": sha256,
            "warnings": summary.warnings,
        }
    except MgdcDecryptError as error:
        return _failed(file.path, error)


def _failed(path: str, error: MgdcDecryptError) -> dict:
    nothing = {"output": None, "outcome": "failed", "bytes": 0, "verified": None}
    return {"path": path, **nothing, "code": error.code, "message": error.message, "warnings": []}


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
