"""Asks a question of a drop in SQL: how many rows each dataset has, and how big they are.

    python duckdb_query.py DROP KEY
"""

import sys
from collections.abc import Iterator

import duckdb
import pyarrow as pa

import mgdc_decrypt as mgdc

QUERY = """
    select split_part(path, '/', 1) dataset, count(*) n, sum(strlen(value)) bytes
    from rows group by all order by all
"""


def batches(files: list[mgdc.DropFile]) -> Iterator[pa.RecordBatch]:
    """The rows of several files, one batch after another: nothing holds a whole file."""
    for file in files:
        yield from mgdc.record_batches(file, with_path=True)


def main(path: str, key: str) -> None:
    with open(key, "rb") as source, mgdc.open_drop(path, private_key=source.read()) as drop:
        data = [file for file in drop.files if file.role == "data" and file.path.endswith(".json")]
        schema = pa.schema({"value": pa.string(), "path": pa.string()})
        with duckdb.connect() as database:
            database.register("rows", pa.RecordBatchReader.from_batches(schema, batches(data)))
            for dataset, count, size in database.execute(QUERY).fetchall():
                print(f"{dataset}\t{count} rows\t{size} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
