"""Spark reads drops where they lie: a Python data source for Spark 4, and ``mapInArrow`` for Spark 3.5.

The driver unwraps the file keys once; the private key never leaves its process. Executors get the 48 bytes of each file
key inside the pickled reader: not in options, not in the plan, not in the event log. What travels between driver and
executors is encrypted only where Spark is set up so: ``spark.authenticate`` with ``spark.network.crypto.enabled``, or
``spark.ssl.rpc.enabled``, and ``spark.io.encryption.enabled`` for what it spills.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from .arrow import record_batches
from .drop import DropFile, FileKeys
from .errors import MgdcDecryptError
from .plan import SCHEMA, Wanted, damage, plan
from .stores import store_of

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.types import StructType

#: Files of which the list is half of what PySpark still keeps in memory.
MANY = 1000


def register(spark: SparkSession, keys: FileKeys | None = None) -> None:
    """Makes ``spark.read.format("mgdc").load(path)`` read drops with these keys. Spark 4.

    ``load([…])`` reads several drops, with ``keys`` such as ``one.keys | other.keys``.

    Options: ``dataset`` and ``only``, several with commas between them; ``mode``: ``FAILFAST`` (default) fails the task
    of a damaged file, ``SKIP`` leaves damaged files out, for which every file is read twice; ``skipped``: a folder in
    which each file that was left out is listed, needed with ``SKIP``. Call it again for other keys.
    """
    from pyspark.sql.datasource import DataSource, DataSourceReader, InputPartition

    class Reader(DataSourceReader):
        def __init__(self, paths: list[str], keys: FileKeys, wanted: Wanted, skipped: str | None) -> None:
            planned = plan(paths, keys, wanted)
            self._tasks = planned.tasks
            self._keys = planned.without_tasks()
            self._skipped = skipped

        def __getstate__(self) -> dict[str, object]:
            """A task gets its partition besides, so it does not need the others."""
            return {**self.__dict__, "_tasks": []}

        def partitions(self) -> list[InputPartition]:
            """One for each file."""
            assert self._tasks, "a plan has tasks; only tasks get a pickled reader, and ask for no partitions"
            return [InputPartition(task) for task in self._tasks]

        def read(self, partition: InputPartition) -> Iterator[pyarrow.RecordBatch]:
            return _rows(self._keys.file(partition.value), self._skipped)

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
    """The same rows as a DataFrame, through ``mapInArrow``, which needs pandas: for Spark 3.5.

    ``skipped``: leaves damaged files out, as the option with ``SKIP``.
    """
    paths = [paths] if isinstance(paths, str) else list(paths)
    planned = plan(paths, keys, Wanted(tuple(datasets), tuple(only)))
    count, own = len(planned.tasks), planned.without_tasks()
    # PySpark writes a function of more than 1 MiB to a temporary file. The tasks of many files go there by themselves,
    # so that the function with the keys stays small.
    many = spark.sparkContext.broadcast(planned.tasks) if count > MANY else None
    few = [] if many else planned.tasks

    def read(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        tasks = many.value if many else few
        for batch in batches:
            for index in batch.column(0).to_pylist():
                yield from _rows(own.file(tasks[index]), skipped)

    return spark.range(0, count, 1, count).mapInArrow(read, SCHEMA)


def _rows(file: DropFile, skipped: str | None) -> Iterator[pyarrow.RecordBatch]:
    if file.is_private_key():
        return
    if skipped is not None and (reason := damage(file)) is not None:
        _list(file, reason, skipped)
        return
    yield from record_batches(file, with_path=True)


def _list(file: DropFile, reason: MgdcDecryptError, folder: str) -> None:
    """Lists a file that was left out, in a file of its own: tasks run side by side, and may run twice."""
    drop = file.store.address
    line = json.dumps({"drop": drop, "path": file.path, "code": reason.code, "message": reason.message})
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"{drop}\n{file.path}").hex
    store_of(folder).put(f"{name}.json", f"{line}\n".encode())


def _check(schema: StructType) -> None:
    if [field.name for field in schema] != ["value", "path"]:
        found = ", ".join(field.name for field in schema)
        raise MgdcDecryptError(
            "ERR_USAGE",
            f"mgdc reads the columns value and path, not {found}: parse value with from_json or parse_json",
        )


def _paths(options: Mapping[str, str]) -> list[str]:
    if options.get("paths"):  # what Spark makes of load([…])
        return list(map(str, json.loads(options["paths"])))
    if options.get("path"):
        return [options["path"]]
    raise MgdcDecryptError("ERR_USAGE", 'name the drop: spark.read.format("mgdc").load(path)')


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
