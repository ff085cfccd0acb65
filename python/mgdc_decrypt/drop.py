"""A drop: its files with their roles, its key details, and the keys that open them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from ._core import (
    KEY_DETAILS_PATH,
    MOST_OF_A_KEY,
    FileKey,
    Inventory,
    KeyDetails,
    KeySet,
    PrivateKey,
    Verdict,
    layout,
    private_key_kind,
)
from .delivery import Result, deliver, failed
from .errors import MgdcDecryptError
from .gunzip import Gunzip
from .names import Algorithm, Role
from .reader import DecryptReader, reason_of
from .stores import ODD, Folder, Found, Remote, store_of

#: Asks for one wrapped key, as `azure.keyvault.keys.crypto` does: returns Key Vault's answer.
Unwrap = Callable[[bytes, KeyDetails], bytes]


@dataclass(frozen=True)
class DropFile:
    """One file of a drop. ``role``: ``data``, ``metadata``, ``key-details`` or ``litter``. A pickle holds its keys."""

    path: str
    size: int
    role: Role
    root: str
    store: Folder | Remote = field(repr=False)
    keys: KeySet = field(repr=False)
    #: Why the drop has no key at all, if that is so.
    locked: MgdcDecryptError | None = field(default=None, repr=False)
    #: What the store calls it, where that is not its path: see ``Found``.
    at: str | None = field(default=None, repr=False)

    @property
    def note(self) -> str | None:
        """A remark about its path."""
        return None if self.at is None else ODD

    @property
    def dataset(self) -> str:
        """The first folder of its path: ``BasicDataSet_v0.Message_v0``."""
        return self.path.split("/", 1)[0] if "/" in self.path else ""

    def verdict(self) -> Verdict | None:
        """Which key opens the file, or that it is clear. Reads both ends. Raises ``MgdcDecryptError`` when none does.

        None for what is no data.
        """
        if self.role != "data":
            return None
        head, tail = Verdict.ENDS
        try:
            with self._source() as source:
                first = _read(source, min(self.size, head))
                source.seek(max(0, self.size - tail))
                last = _read(source, min(self.size, tail))
            return self.keys.judge(self.size, first, last)
        except MgdcDecryptError as error:
            reason = self.locked if self.locked and error.code == "ERR_FILE_KEY_MISSING" else error
            raise reason.at(self.path) from None

    def is_private_key(self) -> bool:
        """Whether the file is a private key, also of another kind or with a password. Reads all of one that may be."""
        if self.size > MOST_OF_A_KEY:
            return False
        with self._source() as source:
            return private_key_kind(self.path, _read(source, self.size)) is not None

    def open(self, *, inflate_clear: bool = False) -> DecryptReader:
        """The plaintext as a binary stream. A clear file is read as it is; with ``inflate_clear`` its gzip is undone."""
        return self.open_as(self.verdict(), inflate_clear=inflate_clear)

    def open_as(self, verdict: Verdict | None, *, inflate_clear: bool = False) -> DecryptReader:
        """The same with the result of ``verdict``."""
        source = self._source()
        key = None if verdict is None or verdict.entry is None else self.keys.file_key(verdict.entry)
        if inflate_clear and key is None and verdict is not None and verdict.content == "gzip":
            return DecryptReader(Gunzip(source), None, path=self.path)
        return DecryptReader(source, key, repair=verdict.repair if verdict else None, path=self.path)

    def _source(self) -> BinaryIO:
        return self.store.open(self.root + self.path if self.at is None else self.at)


@dataclass(frozen=True)
class FileKeys:
    """File keys by the wrapped keys that they came from. ``repr`` shows none; a pickle holds 48 bytes for each."""

    _by_wrapped: dict[bytes, FileKey] = field(repr=False)
    #: Why a drop has none, if that is so, by the same.
    _reasons: dict[bytes, MgdcDecryptError] = field(default_factory=dict, repr=False)

    def of(self, details: KeyDetails) -> FileKey | None:
        """The key of an entry."""
        return self._by_wrapped.get(_digest(details))

    def reason(self, entries: Iterable[KeyDetails]) -> MgdcDecryptError | None:
        """Why there is no key for a drop with these entries, if one of them was tried."""
        return next((self._reasons[tried] for tried in map(_digest, entries) if tried in self._reasons), None)

    def __or__(self, other: FileKeys) -> FileKeys:
        """The keys of both, for several drops at once."""
        return FileKeys(self._by_wrapped | other._by_wrapped, self._reasons | other._reasons)

    def __len__(self) -> int:
        return len(self._by_wrapped)


class Drop:
    """What ``open_drop`` found. Close it, or use it with ``with``, to forget the keys.

    Files and keys that were taken before work on. A closed drop gives no others: it raises ``ValueError``.
    """

    def __init__(self, store: Folder | Remote, found: list[Found], inventory: Inventory) -> None:
        self._held: Inventory | None = inventory
        self._unanswered: list[MgdcDecryptError] = []
        # In the order of the command line, which compares units of UTF-16: it decides who keeps a name.
        found = sorted(found, key=lambda file: file.path.encode("utf-16-be", "surrogatepass"))
        self.root, roles = layout([file.path for file in found])
        self._found = list(zip(found, roles))
        self._store = store

    @property
    def _inventory(self) -> Inventory:
        if self._held is None:
            raise ValueError(
                "this drop was closed, and its keys are forgotten: keep it open while you use it, "
                "or take `keys = drop.keys` inside `with`"
            )
        return self._held

    @property
    def key_details(self) -> list[KeyDetails]:
        """Every wrapped key of the drop."""
        return self._inventory.entries

    @property
    def problems(self) -> list[MgdcDecryptError]:
        """What is wrong with key details: documents that cannot be read, and entries that the last key did not open."""
        from_core = [error.at(path) for path, error in [*self._inventory.faults, *self._inventory.refusals]]
        return from_core + self._unanswered

    @property
    def keys(self) -> FileKeys:
        """The file keys that are unlocked, to be passed on to another process: see ``mgdc_decrypt.spark``."""
        opened = ((details, self._inventory.file_key(index)) for index, details in enumerate(self.key_details))
        by_wrapped = {_digest(details): key for details, key in opened if key is not None}
        locked = self._inventory.locked_reason
        return FileKeys(by_wrapped, {_digest(details): locked for details in self.key_details} if locked else {})

    @property
    def files(self) -> list[DropFile]:
        """Every file with its role, ordered by path."""
        return self._files(self._key_set(), self._inventory.locked_reason)

    def files_with(self, keys: FileKeys) -> list[DropFile]:
        """The same, with keys that another process unlocked."""
        found = ((index, keys.of(details)) for index, details in enumerate(self.key_details))
        opened = [(index, key) for index, key in found if key is not None]
        is_partly_locked = sum(details.kind == "file" for details in self.key_details) > len(opened)
        reason = None if opened else keys.reason(self.key_details) or self._inventory.locked_reason
        return self._files(KeySet(opened, is_partly_locked or bool(self.problems)), reason)

    def _key_set(self) -> KeySet:
        opened = ((index, self._inventory.file_key(index)) for index in range(len(self.key_details)))
        return KeySet([(index, key) for index, key in opened if key is not None], self._inventory.is_partly_locked)

    def _files(self, keys: KeySet, locked: MgdcDecryptError | None) -> list[DropFile]:
        files = []
        for found, role in self._found:
            root = self.root if found.path.startswith(self.root) else ""
            path = found.path[len(root) :]
            files.append(DropFile(path, found.size, role, root, self._store, keys, locked, found.at))
        return files

    def unlock(
        self,
        source: PrivateKey | bytes | Unwrap,
        *,
        password: str | None = None,
        algorithm: Algorithm | None = None,
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

    def decrypt(self, target: str | os.PathLike[str], *, only: Iterable[str] | None = None) -> list[Result]:
        """Decrypts or copies every file into a folder, which mirrors the drop. A result for each file.

        One file's failure stops no other. A file gets its name after its last check. The ending of a compression that
        was undone is dropped, and a name that is unsafe or impossible on Windows is made safe, as in the command line:
        ``output`` tells the name, and ``warnings`` the reason. Key details documents are not delivered; one that could
        not be used has a result, too. Private keys are left out, with a result.
        """
        wanted = None if only is None else set(only)
        chosen = (file for file in self.files if file.role in ("data", "metadata"))
        results = deliver([file for file in chosen if wanted is None or file.path in wanted], os.fspath(target))
        locked = self._inventory.locked_reason
        if locked and wanted is None and any(result.get("code") == locked.code for result in results):
            problems = self.problems or [locked.at(KEY_DETAILS_PATH)]
            results += [failed(error.path or "", error) for error in problems]
        return results

    def close(self) -> None:
        """Forgets the keys."""
        self._held = None

    def __enter__(self) -> Drop:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _ask(self, unwrap: Unwrap) -> list[int]:
        """One question for each wrapped key. One that fails stops no other."""
        opened: list[int] = []
        answers: dict[bytes, bytes] = {}
        self._unanswered = []
        for index, details in enumerate(self._inventory.entries):
            if details.kind != "file" or self._inventory.file_key(index) is not None:
                continue
            wrapped = details.wrapped_key
            try:
                if wrapped not in answers:
                    answers[wrapped] = unwrap(wrapped, details)
                self._inventory.answer(index, answers[wrapped])
                opened.append(index)
            except MgdcDecryptError as error:
                self._unanswered.append(error.at(details.place))
        if self._unanswered and not opened:
            raise self._unanswered[0]
        return opened


def open_drop(
    path: str | os.PathLike[str],
    *,
    private_key: PrivateKey | bytes | Unwrap | None = None,
    password: str | None = None,
    max_key_details: int = 10_000,
    storage_options: Mapping[str, Any] | None = None,
) -> Drop:
    """Looks through a drop: a folder, or an address that fsspec opens (``abfss://…``).

    ``private_key``: any container as bytes, a ``PrivateKey``, or a function ``(wrapped_key, details) -> answer``. Only
    key details documents are read.
    """
    store = store_of(path, storage_options)
    found = list(store.find())
    drop = Drop(store, found, Inventory(max_key_details))
    for file, role in drop._found:
        path = file.path[len(drop.root) :]
        if drop._inventory.wants(path, role, file.size):
            with store.open(file.path if file.at is None else file.at) as source:
                drop._inventory.add_document(path, role, _read(source, file.size))
    if private_key is not None:
        drop.unlock(private_key, password=password)
    return drop


def _digest(details: KeyDetails) -> bytes:
    """What tells entries apart: the wrapped key and the IV."""
    return hashlib.sha256(details.wrapped_key + details.iv).digest()


def _read(source: BinaryIO, length: int) -> bytes:
    """So many bytes; raises when the file has fewer."""
    pieces = []
    try:
        while length > 0 and (piece := source.read(length)):
            pieces.append(piece)
            length -= len(piece)
    except OSError as error:
        raise MgdcDecryptError("ERR_READ", f"the file could not be read ({reason_of(error)})") from error
    if length > 0:
        raise MgdcDecryptError("ERR_READ", "the file changed while it was read: check that it is complete")
    return b"".join(pieces)
