"""Every sample drop gives the hashes and the errors of expected.json."""

import hashlib
import io

import pyarrow as pa
import pytest
from samples import DROPS, expected_of, fits, keys_of, path_of

import mgdc_decrypt as mgdc


def opened(name: str) -> mgdc.Drop:
    drop = mgdc.open_drop(path_of(name))
    for key in keys_of(name):
        try:
            drop.unlock(key)
        except mgdc.MgdcDecryptError:
            pass  # each file then tells why
    return drop


@pytest.mark.parametrize("name", DROPS)
def test_a_drop_gives_what_is_expected(name, tmp_path):
    with opened(name) as drop:
        found = {result["path"]: result for result in drop.decrypt(tmp_path)}
    for line in expected_of(name):
        result = found.get(line["file"], {"outcome": "used"})
        assert fits(line, result), (line, result)
        target = tmp_path / line["file"]
        assert target.exists() == (result["outcome"] != "failed")
        if target.exists():
            assert hashlib.sha256(target.read_bytes()).hexdigest() == result["sha256"]
    assert not list(tmp_path.rglob("*.mgdc-partial"))


@pytest.mark.parametrize("name", ["java-gzip-oaep", "openssl-plain", "node-rotation"])
def test_batches_and_a_reader_give_the_same_lines(name):
    if name not in DROPS:
        name = "java-gzip-oaep"
    with opened(name) as drop:
        for file in drop.files:
            if file.role != "data":
                continue
            with io.BufferedReader(file.open(inflate_clear=True)) as reader:
                lines = reader.read().decode().splitlines()
            table = pa.Table.from_batches(mgdc.record_batches(file, rows=7), pa.schema({"value": pa.string()}))
            table.validate(full=True)
            assert table["value"].to_pylist() == lines
