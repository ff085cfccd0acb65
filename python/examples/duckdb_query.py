"""Asks a question of a drop in SQL: how many rows each dataset has, and how big they are.

    python duckdb_query.py DROP KEY
"""

import sys

import duckdb
import pyarrow as pa

import mgdc_decrypt as mgdc


def batches(files):
    """The rows of several files, one batch after another: nothing holds a whole file."""
    for file in files:
        yield from mgdc.record_batches(file, with_path=True)


def main(path: str, key: str) -> None:
    with mgdc.open_drop(path, private_key=open(key, "rb").read()) as drop:
        data = [file for file in drop.files if file.role == "data" and file.path.endswith(".json")]
        schema = pa.schema({"value": pa.string(), "path": pa.string()})
        rows = pa.RecordBatchReader.from_batches(schema, batches(data))
        query = "select split_part(path, '/', 1) dataset, count(*) n, sum(strlen(value)) bytes from rows group by all order by all"
        for dataset, count, size in duckdb.sql(query).fetchall():
            print(f"{dataset}\t{count} rows\t{size} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
