"""Which files of a drop a Spark job reads, one task for each."""

from __future__ import annotations

import fnmatch
from dataclasses import dataclass
from typing import Iterable

from .arrow import BATCH
from .drop import DropFile, FileKeys, open_drop
from .errors import MgdcDecryptError

#: The columns that are read: a line of a file, and the file's path in its drop.
SCHEMA = "value string, path string"


@dataclass(frozen=True)
class Wanted:
    """Which files are read. ``datasets``: names of folders; ``only``: patterns such as ``*/part-0*``; empty: all."""

    datasets: tuple[str, ...] = ()
    only: tuple[str, ...] = ()

    def has(self, file: DropFile) -> bool:
        """Whether a file of data is wanted."""
        in_dataset = not self.datasets or file.dataset in self.datasets
        matches = not self.only or any(fnmatch.fnmatchcase(file.path, pattern) for pattern in self.only)
        return file.role == "data" and in_dataset and matches


def plan(paths: Iterable[str], keys: FileKeys, wanted: Wanted) -> list[DropFile]:
    """The files of data, the biggest first, so that no task is left with a big one at the end.

    Markers such as ``_SUCCESS`` have no rows and are left out.
    """
    found = []
    for path in paths:
        with open_drop(path) as drop:
            found += [file for file in drop.files_with(keys) if wanted.has(file) and file.size > 0]
    if not found:
        raise MgdcDecryptError("ERR_USAGE", f"no file of data matches in {', '.join(paths)}: check path and options")
    return sorted(found, key=lambda file: (-file.size, file.path))


def damage(file: DropFile) -> MgdcDecryptError | None:
    """Why a file cannot be read as lines to its end; None when it can."""
    try:
        with file.open(inflate_clear=True) as reader:
            for _ in reader.lines(BATCH):
                pass
        return None
    except MgdcDecryptError as error:
        return error
