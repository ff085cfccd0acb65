"""The bytes of one file, decrypted as they are read."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Protocol, TypeVar

from ._core import FileKey, Opener, Summary
from .errors import MgdcDecryptError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

T = TypeVar("T")

#: Bytes of ciphertext that are read at a time.
PIECE = 1 << 20


class Source(Protocol):
    """What ciphertext is read from: a binary file."""

    def read(self, size: int, /) -> bytes | None: ...
    def close(self) -> None: ...


class DecryptReader(io.RawIOBase):
    """Plaintext of an encrypted file as a binary stream: for ``json``, ``pandas``, ``pyarrow`` and ``duckdb``.

    Memory does not depend on the size of the file. What is read before the end is unverified: the checks of padding,
    checksums and length come last, and raise ``MgdcDecryptError`` from the ``read`` that reaches the end.
    ``summary`` is known after the end; ``summary.verified`` names the checksum that was checked.
    """

    def __init__(
        self, source: Source, file_key: FileKey | None, *, repair: str | None = None, path: str | None = None
    ) -> None:
        #: Whether a key is used, or the bytes pass as they are.
        self.is_encrypted = file_key is not None
        self._source = source
        self._opener = Opener.clear() if file_key is None else Opener(file_key, repair=repair)
        self._path = path
        self._rest = memoryview(b"")
        self._ended = False
        self.summary: Summary | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        target = memoryview(buffer).cast("B")
        while not self._rest:
            piece = self._next()
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        length = min(len(target), len(self._rest))
        target[:length] = self._rest[:length]
        self._rest = self._rest[length:]
        return length

    def close(self) -> None:
        if not self.closed:
            self._opener.close()
            self._source.close()
        super().close()

    def lines(self, size: int) -> Iterator[tuple[bytes, bytes]]:
        """Pairs of whole lines and their offsets, about ``size`` bytes each: see ``Opener.pull_lines``."""
        while (lines := self._pull(lambda: self._opener.pull_lines(size))) is not None:
            yield lines

    def _next(self) -> bytes | None:
        return self._pull(self._opener.pull)

    def _pull(self, pull: Callable[[], T | None]) -> T | None:
        """What ``pull`` gives, with as much input as that takes; None at the end, when all checks were right."""
        try:
            while self.summary is None:
                pulled = pull()
                if pulled is not None:
                    return pulled
                if self._ended:
                    self.summary = self._opener.finish()
                elif piece := self._read():
                    self._opener.push(piece)
                else:
                    self._opener.end()
                    self._ended = True
            return None
        except MgdcDecryptError as error:
            raise (error if self._path is None else error.at(self._path)) from None

    def _read(self) -> bytes | None:
        try:
            return self._source.read(PIECE)
        except OSError as error:
            raise MgdcDecryptError("ERR_READ", f"the file could not be read to its end ({reason_of(error)})") from error


def reason_of(error: OSError) -> str:
    """What the system said, in a few words; without an errno (gzip, a store) what the library said."""
    return error.strerror or str(error)
