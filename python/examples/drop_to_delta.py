"""Loads a drop into Delta tables on one machine, without Spark: a table for each dataset, a row for each line.

    python drop_to_delta.py DROP KEY TARGET

A table is committed when every file of its dataset was read to its end and checked. On Spark the same is one line: see
drop_to_parquet.py.
"""

import sys
from collections.abc import Iterator
from itertools import groupby

import pyarrow as pa
from deltalake import DeltaTable, write_deltalake

import mgdc_decrypt as mgdc

SCHEMA = pa.schema({"value": pa.string(), "path": pa.string()})


def batches(files: list[mgdc.DropFile]) -> Iterator[pa.RecordBatch]:
    """The rows of several files, one batch after another: nothing holds a whole file."""
    for file in files:
        yield from mgdc.record_batches(file, with_path=True)


def main(path: str, key: str, target: str) -> None:
    with open(key, "rb") as source, mgdc.open_drop(path, private_key=source.read()) as drop:
        data = [file for file in drop.files if file.role == "data" and file.path.endswith(".json")]
        for dataset, files in groupby(data, lambda file: file.dataset):
            rows = pa.RecordBatchReader.from_batches(SCHEMA, batches(list(files)))
            write_deltalake(f"{target}/{dataset}", rows, mode="overwrite")
            table = DeltaTable(f"{target}/{dataset}")
            print(f"{dataset}\tversion {table.version()}\t{table.count()} rows")


if __name__ == "__main__":
    main(*sys.argv[1:])
