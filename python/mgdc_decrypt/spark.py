"""Spark reads drops where they lie: a Python data source for Spark 4, and ``mapInArrow`` for Spark 3.5.

The driver unwraps the file keys once; the private key never leaves its process. Executors get the 48 bytes of each file
key inside the pickled reader: not in options, not in the plan, not in the event log. What travels between driver and
executors is encrypted only where Spark is set up so: ``spark.network.crypto.enabled`` or ``spark.ssl.enabled``, and
``spark.io.encryption.enabled`` for what it spills.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from .arrow import record_batches
from .drop import DropFile, FileKeys
from .errors import MgdcDecryptError
from .plan import SCHEMA, Wanted, damage, plan

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.types import StructType


def register(spark: SparkSession, keys: FileKeys | None = None) -> None:
    """Makes ``spark.read.format("mgdc").load(path)`` read drops with these keys. Spark 4.

    Options: ``dataset`` and ``only``, several with commas between them; ``mode``: ``FAILFAST`` (default) fails the task
    of a damaged file, ``SKIP`` leaves damaged files out, for which every file is read twice; ``skipped``: a folder in
    which each file that was left out is listed, needed with ``SKIP``. Call it again for other keys.
    """
    from pyspark.sql.datasource import DataSource, DataSourceReader, InputPartition

    class Reader(DataSourceReader):
        def __init__(self, paths: list[str], keys: FileKeys, wanted: Wanted, skipped: str | None) -> None:
            self._files = plan(paths, keys, wanted)
            self._skipped = skipped

        def partitions(self) -> list[InputPartition]:
            """One for each file, by its place in the plan."""
            return [InputPartition(index) for index in range(len(self._files))]

        def read(self, partition: InputPartition) -> Iterator[pyarrow.RecordBatch]:
            return _rows(self._files[partition.value], self._skipped)

    class Source(DataSource):
        @classmethod
        def name(cls) -> str:
            return "mgdc"

        def schema(self) -> str:
            return SCHEMA

        def reader(self, schema: StructType) -> Reader:
            _check(schema)
            own = FileKeys({}) if keys is None else keys  # not `or`: without a key, they have the reason
            return Reader(_paths(self.options), own, _wanted(self.options), _skipped(self.options))

    spark.dataSource.register(Source)


def lines(
    spark: SparkSession,
    paths: str | Iterable[str],
    keys: FileKeys,
    *,
    datasets: Iterable[str] = (),
    only: Iterable[str] = (),
    skipped: str | None = None,
) -> DataFrame:
    """The same rows as a DataFrame, through ``mapInArrow``: for Spark 3.5. ``skipped``: as the option with ``SKIP``."""
    paths = [paths] if isinstance(paths, str) else list(paths)
    files = plan(paths, keys, Wanted(tuple(datasets), tuple(only)))

    def read(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        for batch in batches:
            for index in batch.column(0).to_pylist():
                yield from _rows(files[index], skipped)

    return spark.range(0, len(files), 1, len(files)).mapInArrow(read, SCHEMA)


def _rows(file: DropFile, skipped: str | None) -> Iterator[pyarrow.RecordBatch]:
    if skipped is not None and (reason := damage(file)) is not None:
        _list(file, reason, skipped)
        return
    yield from record_batches(file, with_path=True)


def _list(file: DropFile, reason: MgdcDecryptError, folder: str) -> None:
    """Lists a file that was left out, in a file of its own: tasks run side by side, and may run twice."""
    os.makedirs(folder, exist_ok=True)
    line = json.dumps({"path": file.path, "code": reason.code, "message": reason.message})
    name = uuid.uuid5(uuid.NAMESPACE_URL, file.path).hex
    with open(os.path.join(folder, f"{name}.json"), "w", encoding="utf-8") as listed:
        listed.write(f"{line}\n")


def _check(schema: StructType) -> None:
    if [field.name for field in schema] != ["value", "path"]:
        found = ", ".join(field.name for field in schema)
        raise MgdcDecryptError(
            "ERR_USAGE",
            f"mgdc reads the columns value and path, not {found}: parse value with from_json or parse_json",
        )


def _paths(options: Mapping[str, str]) -> list[str]:
    if not options.get("path"):
        raise MgdcDecryptError("ERR_USAGE", 'name the drop: spark.read.format("mgdc").load(path)')
    return [options["path"]]


def _wanted(options: Mapping[str, str]) -> Wanted:
    def several(name: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in options.get(name, "").split(",") if part.strip())

    return Wanted(several("dataset"), several("only"))


def _skipped(options: Mapping[str, str]) -> str | None:
    mode = options.get("mode", "FAILFAST").upper()
    if mode not in ("FAILFAST", "SKIP"):
        raise MgdcDecryptError("ERR_USAGE", f"mode is FAILFAST or SKIP, not {mode}")
    if mode == "FAILFAST":
        return None
    if not options.get("skipped"):
        raise MgdcDecryptError("ERR_USAGE", "mode SKIP needs the option skipped: a folder to list what was left out")
    return options["skipped"]
