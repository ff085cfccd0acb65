"""Every sample drop gives the hashes and the errors of expected.json."""

import gzip
import hashlib
import io
import json
import subprocess

import fsspec
import pyarrow as pa
import pytest
from samples import DROPS, ROOT, expected_of, fits, keys_of, opened, path_of

import mgdc_decrypt as mgdc

CLI = ROOT.parents[1] / "pkg" / "cli.js"


@pytest.mark.parametrize("name", DROPS)
def test_a_drop_gives_what_is_expected(name, tmp_path):
    with opened(name) as drop:
        found = {result["path"]: result for result in drop.decrypt(tmp_path)}
    for line in expected_of(name):
        result = found.get(line["file"], {"outcome": "used"})
        assert fits(line, result), (line, result)
        written = result.get("output") or line["file"]
        assert written in (line["file"], line["file"].removesuffix(".gz"))
        target = tmp_path / written
        assert target.exists() == (result["outcome"] != "failed")
        if target.exists():
            assert hashlib.sha256(target.read_bytes()).hexdigest() == result["sha256"]
    assert not list(tmp_path.rglob("*.mgdc-partial"))


@pytest.mark.parametrize("name", ["java-gzip-oaep", "openssl-sizes-oaep", "node-rotation"])
def test_batches_and_a_reader_give_the_same_lines(name):
    with opened(name) as drop:
        for file in drop.files:
            if file.role != "data":
                continue
            with io.BufferedReader(file.open(inflate_clear=True)) as reader:
                lines = reader.read().decode().splitlines()
            table = pa.Table.from_batches(mgdc.record_batches(file, rows=7), pa.schema({"value": pa.string()}))
            table.validate(full=True)
            assert table["value"].to_pylist() == lines


def test_a_closed_drop_says_so_and_what_was_taken_before_works_on(tmp_path):
    with opened("java-gzip-oaep") as drop:
        keys = drop.keys
        file = next(file for file in drop.files if file.role == "data")
    uses = [
        lambda: drop.keys,
        lambda: drop.files,
        lambda: drop.files_with(keys),
        lambda: drop.key_details,
        lambda: drop.problems,
        lambda: drop.unlock(lambda wrapped, details: wrapped),
        lambda: drop.decrypt(tmp_path),
    ]
    for use in uses:
        with pytest.raises(ValueError, match=r"this drop was closed.*`keys = drop\.keys` inside `with`"):
            use()
    drop.close()
    with file.open() as reader:
        assert reader.read(10) == b'{"ODataTyp'
    assert len(keys) == 1 and not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["neg-truncated", "neg-inside", "neg-wrong-key", "neg-no-metadata", "neg-bad-json"])
def test_errors_are_those_of_the_command_line(name, tmp_path):
    keys = [argument for key in DROPS[name]["keys"] for argument in ("--key", str(ROOT / key))]
    command = ["node", str(CLI), str(path_of(name)), *keys, "--out", str(tmp_path / "cli"), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    with opened(name) as drop:
        found = drop.decrypt(tmp_path / "wheel")

    def failed(results):
        return sorted((line["path"], line["code"], line["message"]) for line in results if line.get("outcome") == "failed")

    assert failed(found) == failed(told) != []


def test_a_key_details_document_that_is_too_big_is_a_problem(tmp_path):
    path = tmp_path / mgdc.KEY_DETAILS_PATH
    path.parent.mkdir(parents=True)
    with path.open("wb") as document:
        document.truncate((64 << 20) + 1)
    with mgdc.open_drop(tmp_path) as drop:
        assert [(problem.code, problem.path) for problem in drop.problems] == [
            ("ERR_KEY_DETAILS_LIMIT", mgdc.KEY_DETAILS_PATH)
        ]


@pytest.mark.parametrize("place", ["renamed.json", "metadata/JobMetadata/Metadata.json", "data/planted.json"])
def test_key_details_are_found_where_they_may_be_and_not_in_data(place, tmp_path):
    document = (path_of("java-gzip-oaep") / mgdc.KEY_DETAILS_PATH).read_bytes()
    (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / place).write_bytes(document)
    (tmp_path / "notes.json").write_text('{"about": "no keys"}')
    with mgdc.open_drop(tmp_path) as drop:
        assert len(drop.key_details) == (0 if place.startswith("data/") else 1)
        assert drop.problems == []


def test_a_path_that_leaves_the_target_is_made_safe(tmp_path):
    store = fsspec.filesystem("memory")
    store.pipe("/unsafe/a//../../escaped.json", b"{}")
    with mgdc.open_drop("memory://unsafe") as drop:
        (result,) = drop.decrypt(tmp_path / "target")
    assert (result["outcome"], result["output"]) == ("copied", "a/escaped.json")
    assert [reason.split(":")[0] for reason in result["warnings"][0].split("; ")] == [
        "a / was left out",
        ".. was left out",
    ]
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("escaped.json")] == ["target/a/escaped.json"]


def test_a_drop_in_a_store_of_fsspec_opens_like_a_folder(tmp_path):
    fsspec.filesystem("memory").put(str(path_of("java-gzip-oaep")), "/stored", recursive=True)
    with mgdc.open_drop("memory://stored", private_key=keys_of("java-gzip-oaep")[0]) as drop:
        found = {result["path"]: result for result in drop.decrypt(tmp_path)}
    for line in expected_of("java-gzip-oaep"):
        assert fits(line, found.get(line["file"], {"outcome": "used"})), line


def test_a_clear_gzip_file_that_is_damaged_has_a_code(tmp_path):
    whole = gzip.compress(b'{"row": 1}\n' * 10_000)
    damaged = bytearray(whole)
    damaged[-6] ^= 1  # of the CRC-32
    for name, content in {"whole": whole, "cut": whole[:-20], "damaged": bytes(damaged)}.items():
        (tmp_path / f"{name}.json.gz").write_bytes(content)
    codes = {}
    with mgdc.open_drop(tmp_path) as drop:
        for file in drop.files:
            try:
                codes[file.path] = sum(batch.num_rows for batch in mgdc.record_batches(file))
            except mgdc.MgdcDecryptError as error:
                codes[file.path] = error.code
    assert codes == {
        "whole.json.gz": 10_000,
        "cut.json.gz": "ERR_COMPRESSED_DATA",
        "damaged.json.gz": "ERR_CHECKSUM",
    }


def test_a_link_that_leads_nowhere_has_a_code_and_its_path(tmp_path):
    (tmp_path / "link.json").symlink_to(tmp_path / "gone.json")
    with pytest.raises(mgdc.MgdcDecryptError) as caught:
        mgdc.open_drop(tmp_path)
    assert (caught.value.code, caught.value.path) == ("ERR_READ", str(tmp_path / "link.json"))
