"""Rows of a file as Arrow batches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .drop import DropFile

if TYPE_CHECKING:
    import pyarrow

#: Bytes of text in a batch, unless rows are fewer.
BATCH = 4 << 20


def record_batches(file: DropFile, *, rows: int = 65_536, with_path: bool = False) -> Iterator[pyarrow.RecordBatch]:
    """Batches with the column ``value``: a string for each line of the file. At most ``rows`` rows each.

    ``with_path`` adds the column ``path``. The strings are not copied after Rust made them. Rows come before the checks
    at the end of the file: when one fails, ``MgdcDecryptError`` is raised after rows were given.
    """
    import pyarrow as pa  # not needed by anything else of the package

    with file.open(inflate_clear=True) as reader:
        for text, offsets in reader.lines(BATCH):
            count = len(offsets) // 4 - 1
            values = pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(text))
            columns = {"value": values}
            if with_path:
                path = pa.array([file.path], pa.string())
                columns["path"] = pa.DictionaryArray.from_arrays(pa.repeat(0, count), path).cast(pa.string())
            batch = pa.RecordBatch.from_pydict(columns)
            for start in range(0, count, rows):
                yield batch.slice(start, rows)
