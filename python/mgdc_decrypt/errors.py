"""One exception for everything that can go wrong with a drop, with the codes of the other packages."""

from __future__ import annotations


class MgdcDecryptError(Exception):
    """What is wrong, and what to do. ``code`` is the contract (``ERR_…``), the text is not.

    ``path`` is the file's path in the drop, where it is about one.
    """

    def __init__(self, code: str, message: str, path: str | None = None) -> None:
        super().__init__(code, message, path)
        self.code = code
        self.message = message
        self.path = path

    def at(self, path: str) -> MgdcDecryptError:
        """The same error, about the file at ``path``."""
        return MgdcDecryptError(self.code, self.message, path)

    def __str__(self) -> str:
        where = f"{self.path}: " if self.path else ""
        return f"{where}{self.message} ({self.code})"
