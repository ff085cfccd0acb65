"""No key bytes are where others look: the plan, the event log, Spark's log, its temporary folders."""

import os
from base64 import b64encode

import pytest
from made import PRIVATE_KEY, make_drop
from pyspark.sql import functions as f
from reading import places_with, rows_of

import mgdc_decrypt as mgdc


@pytest.fixture(scope="module")
def drop(tmp_path_factory):
    folder = tmp_path_factory.mktemp("secret")
    secret = make_drop(folder, {"Set/part-0.json": b'{"row": 0}\n' * 1000})
    with mgdc.open_drop(folder, private_key=PRIVATE_KEY) as opened:
        return folder, opened.keys, secret


def test_no_key_bytes_are_where_others_look(spark, drop):
    folder, keys, secret = drop
    assert secret.hex() not in repr(keys) and "FileKey(" not in repr(keys)
    frame = rows_of(spark, folder, keys).repartition(2)  # what is shuffled goes to temporary files
    assert frame.count() == 1000
    log = (spark.scratch / "spark.log").read_text()
    assert "Set/part-0" not in log and len(log) > 10_000, "the log has Spark's own lines"
    assert any(b"SparkListenerJobStart" in path.read_bytes() for path in spark.scratch.rglob("*") if path.is_file())
    assert any(spark.scratch.rglob("shuffle_*.data")), "what was shuffled is still there"
    assert places_with(spark, [secret], frame) == set()


def test_the_search_finds_a_key_that_is_planted(spark, drop):
    folder, keys, _ = drop
    planted = os.urandom(32)
    frame = rows_of(spark, folder, keys).withColumn("leak", f.lit(b64encode(planted).decode()))
    assert frame.count() == 1000 and frame.limit(1).collect()
    (spark.scratch / "tmp" / "planted").write_bytes(b"before" + planted)
    spark._jvm.org.slf4j.LoggerFactory.getLogger("planted").info(planted.hex())
    found = places_with(spark, [planted], frame)
    (spark.scratch / "tmp" / "planted").unlink()
    assert {"plan", "planted", "spark.log"} <= found
    assert any(name.startswith(("local-", "events_")) for name in found), "the event log"
