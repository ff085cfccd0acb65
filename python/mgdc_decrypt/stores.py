"""Where a drop lies: a folder on a disk (also a mounted one), or whatever fsspec opens."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, BinaryIO, NoReturn, cast

from .errors import MgdcDecryptError
from .file_names import numbered


@dataclass(frozen=True)
class Found:
    """A file that was found: its path below the folder, with ``/``, and its size in bytes."""

    path: str
    size: int
    #: What the system calls it, where that is not its path: a name in it is no UTF-8.
    at: str | None = None


#: The remark about a path with such a name: see ``Found.at``.
ODD = "a name in its path is no UTF-8: its bytes that are not ASCII are written as %XX"


class Folder:
    """A folder on a disk. Pickled as its path."""

    def __init__(self, root: str) -> None:
        self.root = root

    def find(self) -> Iterator[Found]:
        """Every file below the folder. Links are followed as files, not as folders: a circle would not end."""
        if not os.path.isdir(self.root):
            raise MgdcDecryptError("ERR_READ", f"there is no folder {self.root}: check its path")
        odd = []
        plain = set()
        for folder, _, names in os.walk(self.root, onerror=_raise):
            for name in names:
                full = os.path.join(folder, name)
                path = os.path.relpath(full, self.root).replace(os.sep, "/")
                if (spelled := "/".join(map(_spelled, path.split("/")))) == path:
                    plain.add(path)
                    yield Found(path, _size(full))
                else:
                    odd.append(Found(spelled, _size(full), path))
        for found in sorted(odd, key=lambda one: one.path):
            yield replace(found, path=_distinct(found.path, plain))

    def open(self, path: str) -> BinaryIO:
        """The bytes of a file, unbuffered."""
        try:
            return cast(BinaryIO, open(os.path.join(self.root, path), "rb", buffering=0))
        except OSError as error:
            raise MgdcDecryptError("ERR_READ", f"the file could not be read ({error.strerror})", path) from error

    @property
    def address(self) -> str:
        """What names the folder, for people."""
        return self.root

    def put(self, name: str, content: bytes) -> None:
        """Writes a small file, in place of one with this name."""
        os.makedirs(self.root, exist_ok=True)
        with open(os.path.join(self.root, name), "wb") as file:
            file.write(content)


class Remote:
    """A folder of a file system that fsspec knows. Pickled as its address and options."""

    def __init__(self, address: str, options: Mapping[str, Any] | None = None) -> None:
        self.address = address
        self.options = dict(options or {})

    def find(self) -> Iterator[Found]:
        """Every file below the folder."""
        system, root = self._system()
        root = root.rstrip("/")
        for full, info in system.find(root, detail=True).items():
            yield Found(full[len(root) :].lstrip("/"), int(info["size"]))

    def open(self, path: str) -> BinaryIO:
        """The bytes of a file."""
        system, root = self._system()
        return cast(BinaryIO, system.open(f"{root.rstrip('/')}/{path}", "rb"))

    def put(self, name: str, content: bytes) -> None:
        """Writes a small file, in place of one with this name."""
        system, root = self._system()
        system.pipe_file(f"{root.rstrip('/')}/{name}", content)

    def _system(self) -> tuple[Any, str]:
        import fsspec  # only for addresses such as abfss://

        system, root = fsspec.core.url_to_fs(self.address, **self.options)
        return system, root


def store_of(place: str | os.PathLike[str], options: Mapping[str, Any] | None = None) -> Folder | Remote:
    """The store of a path or an address. ``file:`` and ``dbfs:`` addresses are paths where Spark runs."""
    text = os.fspath(place)
    if text.startswith("file:"):
        return Folder("/" + text.removeprefix("file:").lstrip("/"))
    if text.startswith("dbfs:/"):
        return Folder("/dbfs/" + text.removeprefix("dbfs:/").lstrip("/"))
    return Remote(text, options) if "://" in text else Folder(text)


def _size(path: str) -> int:
    try:
        return os.path.getsize(path)
    except OSError as error:
        message = f"the file could not be read ({error.strerror}): check that it is there and that you may read it"
        raise MgdcDecryptError("ERR_READ", message, os.fsencode(path).decode(errors="replace")) from error


def _spelled(name: str) -> str:
    """A name that is not valid UTF-8, with each byte that is not ASCII written like ``%FC``; any other as it is."""
    try:
        name.encode()
        return name
    except UnicodeEncodeError:
        return "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in os.fsencode(name))


def _distinct(path: str, taken: set[str]) -> str:
    """The path, with a number if it is taken; takes it."""
    folder, slash, name = path.rpartition("/")
    number = 2
    while path in taken:
        path = folder + slash + numbered(name, number)
        number += 1
    taken.add(path)
    return path


def _raise(error: OSError) -> NoReturn:
    raise MgdcDecryptError("ERR_READ", f"a folder could not be read ({error.strerror})", error.filename) from error
