"""Plaintext as files: each gets its name after its last check."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, TypedDict

from ._core import FileKey, Summary, Verdict, is_safe_path
from .errors import MgdcDecryptError
from .names import Verified
from .output_paths import OutputPath, output_paths
from .reader import DecryptReader, reason_of

if TYPE_CHECKING:
    from .drop import DropFile

#: What a look at a file gave: None for what is no data.
Look = Verdict | MgdcDecryptError | Literal["private-key"] | None


class Result(TypedDict, total=False):
    """What became of a file, with the names of the command line's report."""

    path: str
    #: Its path in the target, which ``warnings`` explain if it was renamed; None when there is none.
    output: str | None
    outcome: Literal["decrypted", "copied", "failed", "left-out"]
    bytes: int
    verified: Verified
    sha256: str
    warnings: list[str]
    #: Only when it failed, or was left out.
    code: str
    message: str


def decrypt(
    source: str | os.PathLike[str], target: str | os.PathLike[str], file_key: FileKey, *, repair: str | None = None
) -> Summary:
    """Decrypts one file from a path to a path. The target gets its name after the last check."""
    with open(source, "rb", buffering=0) as file, DecryptReader(file, file_key, repair=repair) as reader:
        return _write(reader, os.fspath(target))[1]


def deliver(files: Sequence[DropFile], target: str) -> list[Result]:
    """Decrypts or copies files of a drop into a folder. One file's failure stops no other."""
    # What decides about names is known of every file before the first one is written.
    looks = [(file, _look(file)) for file in files]
    delivered = [(file, look) for file, look in looks if not isinstance(look, str)]
    outputs = output_paths(
        [(file.path, isinstance(look, Verdict) and look.is_compressed) for file, look in delivered]
    )
    results = [_deliver(file, look, output, target) for (file, look), output in zip(delivered, outputs, strict=True)]
    return results + [_left_out(file) for file, look in looks if isinstance(look, str)]


def _look(file: DropFile) -> Look:
    look: Look
    try:
        look = file.verdict()
    except MgdcDecryptError as error:
        look = error
    is_opened = isinstance(look, Verdict) and look.entry is not None
    try:
        return "private-key" if not is_opened and file.is_private_key() else look
    except MgdcDecryptError as error:
        return error


def _left_out(file: DropFile) -> Result:
    """The result of a private key: it would lie beside the plaintext, and be passed on with it."""
    message = "this is a private key: it is not written to the output"
    return {
        "path": file.path,
        "output": None,
        "outcome": "left-out",
        "code": "ERR_PRIVATE_KEY_IN_DROP",
        "message": message,
        "warnings": [],
    }


def _deliver(
    file: DropFile, look: Verdict | MgdcDecryptError | None, output: OutputPath, target: str
) -> Result:
    assert is_safe_path(output.path), "output_paths made it safe"
    try:
        if isinstance(look, MgdcDecryptError):
            raise look
        with file.open_as(look) as reader:
            sha256, summary = _write(reader, os.path.join(target, *output.path.split("/")))
            changed = "; ".join(filter(None, (file.note, output.changed)))
            return {
                "path": file.path,
                "output": output.path,
                "outcome": "decrypted" if reader.is_encrypted else "copied",
                "bytes": summary.bytes_out,
                "verified": summary.verified,
                "sha256": sha256,
                "warnings": [*summary.warnings, *([changed] if changed else [])],
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
