"""Spark gives the same lines as the page and the command line, and knows no more than it must."""

import hashlib
import json
import os
from functools import reduce

import pytest
from pyspark.sql import functions as f
from reading import rows_of
from samples import DROPS, expected_of, fits, opened, path_of

import mgdc_decrypt as mgdc


def keys(name):
    """The file keys of a sample drop."""
    return opened(name).keys


def read(spark, name, **options):
    """The rows of a sample drop."""
    return rows_of(spark, path_of(name), keys(name), **options)


def lines_of(content: bytes) -> list[str] | None:
    """The lines of a text; None for anything else."""
    try:
        lines = content.decode().split("\n")
    except UnicodeDecodeError:
        return None
    return [line.removesuffix("\r") for line in (lines if lines[-1] else lines[:-1])]


#: Planning a drop starts two processes of Python, so `make test` reads some drops, and CHECK=spark all of them: what
#: other drops differ in is the core's matter, which test_drops.py tests with all of them.
SOME = ["java-gzip-oaep", "java-zlib-deflate-oaep256", "node-rotation-one-key", "neg-inside", "neg-wrong-key", "neg-no-metadata"]
NAMES = list(DROPS) if os.environ.get("MGDC_DROPS") == "all" else SOME


@pytest.fixture(scope="module")
def everything(spark, tmp_path_factory):
    """Rows, and codes of the files that were left out, by drop and path: one job for all sample drops."""
    listed, frames = tmp_path_factory.mktemp("listed"), []
    for name in NAMES:
        frames.append(read(spark, name, mode="SKIP", skipped=str(listed / name)).withColumn("drop", f.lit(name)))
    rows = {}
    for row in reduce(lambda one, other: one.union(other), frames).collect():
        rows.setdefault((row.drop, row.path), []).append(row.value)
    lines = {path.parent.name: [] for path in listed.glob("*/*.json")}
    for path in listed.glob("*/*.json"):
        lines[path.parent.name].append(json.loads(path.read_text()))
    return rows, {(name, line["path"]): line["code"] for name, found in lines.items() for line in found}


@pytest.mark.parametrize("name", NAMES)
def test_rows_are_the_lines_of_the_files_and_damaged_ones_are_listed(everything, name):
    rows, codes = everything
    with mgdc.open_drop(path_of(name)) as drop:
        files = {file.path: file for file in drop.files_with(keys(name)) if file.role == "data"}
    for line in expected_of(name):
        file = files.get(line["file"])
        if file is None or file.size == 0:
            continue
        code = codes.get((name, file.path))
        if code not in (None, "ERR_NOT_TEXT"):
            assert fits(line, {"outcome": "failed", "code": code}), (line, code)
            continue
        with file.open(inflate_clear=True) as reader:
            content = reader.read()
        if line.get("sha256") and not file.path.endswith(".gz"):
            assert hashlib.sha256(content).hexdigest() == line["sha256"]
        lines = lines_of(content)
        assert code == ("ERR_NOT_TEXT" if lines is None else None)
        assert rows.get((name, file.path), []) == (lines or [])
