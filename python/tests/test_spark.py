"""Spark gives the same lines as the page and the command line, and knows no more than it must."""

import base64
import hashlib
import json
from functools import reduce

import pytest
from pyspark.errors import PySparkException
from samples import DROPS, expected_of, fits, keys_of, path_of

import mgdc_decrypt as mgdc
from mgdc_decrypt import spark as mgdc_spark


def keys(name):
    drop = mgdc.open_drop(path_of(name))
    for key in keys_of(name):
        try:
            drop.unlock(key)
        except mgdc.MgdcDecryptError:
            pass  # a file then tells why
    return drop.keys


def read(spark, name, **options):
    """The rows of a drop, in the way that this Spark has."""
    if spark.is_four:
        mgdc_spark.register(spark, keys(name))
        frame = spark.read.format("mgdc")
        for option, value in options.items():
            frame = frame.option(option, value)
        return frame.load(str(path_of(name)))
    several = {option: value.split(",") for option, value in options.items() if option in ("only",)}
    datasets = options.get("dataset", "").split(",") if "dataset" in options else ()
    return mgdc_spark.lines(
        spark, str(path_of(name)), keys(name), datasets=datasets, skipped=options.get("skipped"), **several
    )


def lines_of(content: bytes) -> list[str] | None:
    """The lines of a text; None for anything else."""
    try:
        lines = content.decode().split("\n")
    except UnicodeDecodeError:
        return None
    return [line.removesuffix("\r") for line in (lines if lines[-1] else lines[:-1])]


@pytest.fixture(scope="module")
def everything(spark, tmp_path_factory):
    """Rows, and codes of the files that were left out, by drop and path: one job for all sample drops."""
    from pyspark.sql import functions as f

    listed, frames = tmp_path_factory.mktemp("listed"), []
    for name in DROPS:
        options = {"skipped": str(listed / name)} | ({"mode": "SKIP"} if spark.is_four else {})
        frames.append(read(spark, name, **options).withColumn("drop", f.lit(name)))
    rows = {}
    for row in reduce(lambda one, other: one.union(other), frames).collect():
        rows.setdefault((row.drop, row.path), []).append(row.value)
    lines = {path.parent.name: [] for path in listed.glob("*/*.json")}
    for path in listed.glob("*/*.json"):
        lines[path.parent.name].append(json.loads(path.read_text()))
    return rows, {(name, line["path"]): line["code"] for name, found in lines.items() for line in found}


@pytest.mark.parametrize("name", DROPS)
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


def test_a_damaged_file_leaves_no_committed_output(spark, tmp_path):
    target = tmp_path / "out"
    with pytest.raises(PySparkException, match="ERR_"):
        read(spark, "neg-truncated").write.parquet(str(target))
    assert not (target / "_SUCCESS").exists()
    assert not list(target.glob("part-*"))


def test_damaged_files_are_left_out_and_listed_when_asked_for(spark, tmp_path):
    skipped = tmp_path / "skipped"
    options = {"skipped": str(skipped)} | ({"mode": "SKIP"} if spark.is_four else {})
    paths = {row.path for row in read(spark, "neg-truncated", **options).collect()}
    listed = [line for file in skipped.iterdir() for line in file.read_text().splitlines()]
    failed = {line["file"] for line in expected_of("neg-truncated") if line["outcome"] == "error"}
    assert listed and not paths & failed


def test_no_key_bytes_are_where_others_look(spark):
    frame = read(spark, "java-gzip-oaep")
    assert frame.count() > 0
    texts = [frame._jdf.queryExecution().toString(), repr(keys("java-gzip-oaep")), repr(frame)]
    secrets = []
    for key in keys("java-gzip-oaep")._by_wrapped.values():
        (raw,) = key.__reduce__()[1]
        secrets += [raw[:32], base64.b64encode(raw[:32]), raw[:32].hex().encode()]
    spark._jsc.sc().listenerBus().waitUntilEmpty()
    files = [path for path in spark.scratch.rglob("*") if path.is_file()]
    assert any(b"SparkListenerJobStart" in path.read_bytes() for path in files), "the event log is looked at"
    for secret in secrets:
        assert not any(secret in text.encode() for text in texts)
        assert not [path for path in files if secret in path.read_bytes()]
