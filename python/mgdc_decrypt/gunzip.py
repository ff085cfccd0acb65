"""Clear files that are gzip, as some datasets are delivered: Python's own inflate, with our errors."""

from __future__ import annotations

import gzip
import zlib
from typing import BinaryIO

from .errors import MgdcDecryptError


class Gunzip:
    """The content of a gzip file, to be read once from the beginning."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._inner = gzip.GzipFile(fileobj=source)

    def read(self, size: int, /) -> bytes:
        """The next bytes; the checksum is checked by the read that reaches the end."""
        try:
            return self._inner.read(size)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            code = "ERR_CHECKSUM" if str(error).startswith(("CRC check", "Incorrect length")) else "ERR_COMPRESSED_DATA"
            message = f"this file was delivered as gzip, which is damaged or cut ({error}): download the file again"
            raise MgdcDecryptError(code, message) from error

    def close(self) -> None:
        """Closes the file, too."""
        self._inner.close()
        self._source.close()
