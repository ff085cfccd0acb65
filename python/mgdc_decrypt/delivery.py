"""Plaintext as files: each gets its name after its last check."""

from __future__ import annotations

import hashlib
import os
import tempfile
from typing import TYPE_CHECKING, Literal, TypedDict

from ._core import FileKey, Summary, is_safe_path
from .errors import MgdcDecryptError
from .names import Verified
from .reader import DecryptReader, reason_of

if TYPE_CHECKING:
    from .drop import DropFile


class Result(TypedDict, total=False):
    """What became of a file, with the names of the command line's report."""

    path: str
    #: Its path in the target; None when it failed.
    output: str | None
    outcome: Literal["decrypted", "copied", "failed"]
    bytes: int
    verified: Verified
    sha256: str
    warnings: list[str]
    #: Only when it failed.
    code: str
    message: str


def decrypt(
    source: str | os.PathLike[str], target: str | os.PathLike[str], file_key: FileKey, *, repair: str | None = None
) -> Summary:
    """Decrypts one file from a path to a path. The target gets its name after the last check."""
    with open(source, "rb", buffering=0) as file, DecryptReader(file, file_key, repair=repair) as reader:
        return _write(reader, os.fspath(target))[1]


def deliver(file: DropFile, target: str) -> Result:
    """Decrypts or copies a file of a drop into a folder."""
    try:
        if not is_safe_path(file.path):
            raise MgdcDecryptError("ERR_UNSAFE_NAME", "this path would leave the target folder: rename the file")
        with file.open() as reader:
            sha256, summary = _write(reader, os.path.join(target, *file.path.split("/")))
            return {
                "path": file.path,
                "output": file.path,
                "outcome": "decrypted" if reader.is_encrypted else "copied",
                "bytes": summary.bytes_out,
                "verified": summary.verified,
                "sha256": sha256,
                "warnings": summary.warnings,
            }
    except MgdcDecryptError as error:
        return failed(file.path, error)


def failed(path: str, error: MgdcDecryptError) -> Result:
    """The result of a file that is not in the target."""
    return {
        "path": path,
        "output": None,
        "outcome": "failed",
        "bytes": 0,
        "verified": None,
        "code": error.code,
        "message": error.message,
        "warnings": [],
    }


def _write(reader: DecryptReader, path: str) -> tuple[str, Summary]:
    """Writes a stream to a path, under another name until it is complete. Returns the SHA-256, and what was seen."""
    folder, digest = os.path.dirname(path) or ".", hashlib.sha256()
    try:
        os.makedirs(folder, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, suffix=".mgdc-partial", delete=False) as file:
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
    except OSError as error:
        raise MgdcDecryptError("ERR_WRITE", f"the file could not be written ({reason_of(error)})") from error
    assert reader.summary is not None, "the end was reached"
    return digest.hexdigest(), reader.summary
