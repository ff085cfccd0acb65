"""Which files of a drop a Spark job reads, one task for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from unicodedata import normalize

from ._core import KeySet
from .arrow import BATCH
from .drop import DropFile, FileKeys, open_drop
from .errors import MgdcDecryptError

#: The columns that are read: a line of a file, and the file's path in its drop.
SCHEMA = "value string, path string"


@dataclass(frozen=True)
class Wanted:
    """Which files are read. ``datasets``: names of folders; ``only``: patterns; empty: all.

    The patterns have the rules of .gitignore, as in the command line: ``part-0*``, ``BasicDataSet_v0.*/``, ``**/2026/*``.
    """

    datasets: tuple[str, ...] = ()
    only: tuple[str, ...] = ()

    def has(self, file: DropFile) -> bool:
        """Whether a file of data is wanted."""
        in_dataset = not self.datasets or file.dataset in self.datasets
        return file.role == "data" and in_dataset and (not self.only or _matches(file.path, self.only))


@dataclass(frozen=True)
class Task:
    """A file without its keys, so that what is made for each file stays small. ``keys``: their place in the plan."""

    file: DropFile
    keys: int


@dataclass(frozen=True)
class Plan:
    """The tasks, and the keys of each drop: they travel once with a job, not with each file."""

    tasks: list[Task] = field(repr=False)
    keys: list[tuple[KeySet, MgdcDecryptError | None]] = field(repr=False)

    def without_tasks(self) -> Plan:
        """What a task needs besides itself."""
        return Plan([], self.keys)

    def file(self, task: Task) -> DropFile:
        """The file of a task, with its keys."""
        keys, locked = self.keys[task.keys]
        return replace(task.file, keys=keys, locked=locked)


def plan(paths: Iterable[str], keys: FileKeys, wanted: Wanted) -> Plan:
    """The files of data, the biggest first, so that no task is left with a big one at the end.

    Markers such as ``_SUCCESS`` have no rows and are left out.
    """
    tasks: list[Task] = []
    sets: list[tuple[KeySet, MgdcDecryptError | None]] = []
    none = KeySet([], False)
    for path in paths:
        with open_drop(path) as drop:
            files = drop.files_with(keys)
        found = [file for file in files if wanted.has(file) and file.size > 0]
        tasks += [Task(replace(file, keys=none, locked=None), len(sets)) for file in found]
        sets.append((files[0].keys, files[0].locked) if files else (none, None))
    if not tasks:
        raise MgdcDecryptError("ERR_USAGE", f"no file of data matches in {', '.join(paths)}: check path and options")
    return Plan(sorted(tasks, key=lambda task: (-task.file.size, task.file.path)), sets)


def _matches(path: str, patterns: tuple[str, ...]) -> bool:
    import pathspec  # needed by the driver only

    # A pattern is one path or more: the two signs that make a line of .gitignore something else mean themselves.
    lines = (f"\\{line}" if line.startswith(("!", "#")) else line for line in patterns)
    spec = pathspec.GitIgnoreSpec.from_lines(normalize("NFC", line) for line in lines)
    return spec.match_file(normalize("NFC", path))


def damage(file: DropFile) -> MgdcDecryptError | None:
    """Why a file cannot be read as lines to its end; None when it can."""
    try:
        with file.open(inflate_clear=True) as reader:
            for _ in reader.lines(BATCH):
                pass
        return None
    except MgdcDecryptError as error:
        return error
