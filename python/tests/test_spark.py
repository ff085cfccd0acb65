"""Spark gives the same lines as the page and the command line, and knows no more than it must."""

import hashlib
import json
from functools import reduce
from operator import or_

import pytest
from pyspark.sql import functions as f
from reading import rows_of
from samples import DROPS, expected_of, fits, opened, path_of

import mgdc_decrypt as mgdc


def keys(name):
    """The file keys of a sample drop."""
    return opened(name).keys


def lines_of(content: bytes) -> list[str] | None:
    """The lines of a text; None for anything else."""
    try:
        lines = content.decode().split("\n")
    except UnicodeDecodeError:
        return None
    return [line.removesuffix("\r") for line in (lines if lines[-1] else lines[:-1])]


def rows_by_partition(frame):
    """The path and the lines of each partition, in the order of the partitions."""
    rows = {}
    for row in frame.withColumn("partition", f.spark_partition_id()).collect():
        rows.setdefault(row.partition, ([], []))
        rows[row.partition][0].append(row.path)
        rows[row.partition][1].append(row.value)
    assert all(len(set(paths)) == 1 for paths, _ in rows.values()), "a partition is a file"
    return [(paths[0], lines) for _, (paths, lines) in sorted(rows.items())]


@pytest.fixture(scope="module")
def everything(spark, tmp_path_factory):
    """What is read of all sample drops in one job: pairs of path and lines, and codes of files by drop and path."""
    listed = tmp_path_factory.mktemp("listed")
    paths, every = list(map(path_of, DROPS)), reduce(or_, map(keys, DROPS))
    rows = rows_by_partition(rows_of(spark, paths, every, mode="SKIP", skipped=str(listed)))
    left_out = [json.loads(path.read_text()) for path in listed.iterdir()]
    return rows, {(line["drop"], line["path"]): line["code"] for line in left_out}


def lines_in(name, codes):
    """The lines of each file of a drop that Spark has to give; checks those that it has to leave out."""
    with mgdc.open_drop(path_of(name)) as drop:
        files = {file.path: file for file in drop.files_with(keys(name)) if file.role == "data"}
    for line in expected_of(name):
        file = files.get(line["file"])
        if file is None or file.size == 0:
            continue
        code = codes.get((str(path_of(name)), file.path))
        if code not in (None, "ERR_NOT_TEXT"):
            assert fits(line, {"outcome": "failed", "code": code}), (line, code)
            continue
        with file.open(inflate_clear=True) as reader:
            content = reader.read()
        if line.get("sha256") and not file.path.endswith(".gz"):
            assert hashlib.sha256(content).hexdigest() == line["sha256"]
        lines = lines_of(content)
        assert code == ("ERR_NOT_TEXT" if lines is None else None)
        if lines:
            yield file.path, lines


@pytest.mark.parametrize("name", DROPS)
def test_rows_are_the_lines_of_the_files_and_damaged_ones_are_listed(everything, name):
    rows, codes = everything
    for pair in lines_in(name, codes):
        assert pair in rows


def test_each_file_is_read_once_and_no_other_rows_come(everything):
    rows, codes = everything
    assert sorted(rows) == sorted(pair for name in DROPS for pair in lines_in(name, codes))
    assert len(rows) > 50 and len(codes) > 10


def test_each_file_is_a_partition_and_the_biggest_come_first(spark):
    name = "java-gzip-oaep"
    with mgdc.open_drop(path_of(name)) as drop:
        sizes = {file.path: file.size for file in drop.files if file.role == "data"}
    read = [path for path, _ in rows_by_partition(rows_of(spark, path_of(name), keys(name)))]
    assert len(read) > 3
    assert read == sorted(read, key=lambda path: (-sizes[path], path))
