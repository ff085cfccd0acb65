"""Where each file of a drop is written: the rules of the command line (pkg/run/output-paths.js). A test compares them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .file_names import MANIFEST, fold, numbered, safe_name

_COMPRESSION = re.compile(r"\.(?:gz|gzip|zlib|deflate|z)\Z", re.ASCII | re.IGNORECASE)


@dataclass
class OutputPath:
    """A path in the target. ``reasons``: what was changed and why, unless it was only the ending of a compression."""

    path: str
    reasons: dict[str, None] = field(default_factory=dict)

    @property
    def changed(self) -> str | None:
        """The reasons as one text."""
        return "; ".join(self.reasons) or None


def output_paths(files: Sequence[tuple[str, bool]]) -> list[OutputPath]:
    """A path for each file, of which its path in the drop is given, and whether a compression is undone.

    It is made safe on every system, never leads out of the target, and is never that of another output. If two files
    want the same path, those that keep their own take precedence.
    """
    wanted = [_safe_path(_without_ending(path) if is_undone else path) for path, is_undone in files]
    taken = _Taken([output.path for output in wanted])
    kept = [output.path == path for output, (path, _) in zip(wanted, files, strict=True)]
    in_order = sorted(range(len(wanted)), key=lambda index: not kept[index])
    is_free = {index: taken.claim(wanted[index].path) for index in in_order}
    # Numbered names are made only after all other names are known.
    for index, output in enumerate(wanted):
        if not is_free[index]:
            taken.number(output)
    return wanted


class _Taken:
    """Paths that are taken, so that no output has that of another one, or of a folder of it."""

    def __init__(self, paths: list[str]) -> None:
        """Takes the folders of the paths of all outputs."""
        self._taken = {fold(MANIFEST)}
        self._numbers: dict[str, int] = {}  # the next number for each name, so that none is tried twice
        for key in map(fold, paths):
            parts = key.split("/")
            self._taken.update("/".join(parts[:count]) for count in range(1, len(parts)))

    def claim(self, path: str) -> bool:
        """Takes the path, and returns whether it was free."""
        key = fold(path)
        is_free = key not in self._taken
        self._taken.add(key)
        return is_free

    def number(self, output: OutputPath) -> None:
        """Gives the output the next free name."""
        folder, slash, name = output.path.rpartition("/")
        series = fold(folder + slash + numbered(name, 0))
        number = self._numbers.get(series, 2)
        while not self.claim(folder + slash + numbered(name, number)):
            number += 1
        self._numbers[series] = number + 1
        output.path = folder + slash + numbered(name, number)
        output.reasons[f"({number}) was added: another output has this name"] = None


def _without_ending(path: str) -> str:
    rest = _COMPRESSION.sub("", path)
    return rest if re.split(r"[/\\]", rest)[-1].strip(".") else path


def _safe_path(path: str) -> OutputPath:
    output = OutputPath("")
    names: list[str] = []
    if "\\" in path:
        output.reasons["\\ was replaced by /: Windows takes it for a folder separator"] = None
    for name in re.split(r"[/\\]", path):
        if name == "..":
            output.reasons[".. was left out: it leads out of the folder"] = None
        elif name == "":
            output.reasons["a / was left out: the path was absolute or had an empty name"] = None
        elif name != ".":
            names.append(safe_name(name, output.reasons))
    if not names:
        names.append("unnamed")
        output.reasons["a name was added: the path had none"] = None
    output.path = "/".join(names)
    return output
