"""A drop of thousands of files: only in CHECK=spark and CHECK=spark35."""

from made import PRIVATE_KEY, make_drop
from reading import places_with, rows_of

import mgdc_decrypt as mgdc


def test_many_files_put_no_key_into_a_temporary_file(spark, tmp_path):
    # PySpark writes a function of more than 1 MiB to a file.
    secret = make_drop(tmp_path / "drop", {f"Set/part-{index:05}-{'x' * 100}.json": b"{}\n" for index in range(6000)})
    with mgdc.open_drop(tmp_path / "drop", private_key=PRIVATE_KEY) as opened:
        keys = opened.keys
    frame = rows_of(spark, tmp_path / "drop", keys)
    assert frame.take(1)[0].value == "{}"
    assert places_with(spark, [secret], frame) == set()
