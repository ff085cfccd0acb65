"""A damaged file fails its task, and no committed output holds half of it; skipped files are listed, keys left out."""

import json

import pytest
from made import PRIVATE_KEY, make_drop, with_wrong_checksum
from reading import JOB_FAILED, rows_of

import mgdc_decrypt as mgdc

LINE = b'{"row": "0123456789abcdef0123456789abcdef"}\n'
#: More than one batch of 4 MiB, so that rows of the damaged file come before its end shows the damage.
ROWS = 250_000


@pytest.fixture(scope="module")
def drop(tmp_path_factory):
    """A drop with a file that is whole, and one of which only the checksum at the end is wrong."""
    folder = tmp_path_factory.mktemp("damaged")
    make_drop(folder, {"Set/whole.json": LINE * 10, "Set/damaged.json": with_wrong_checksum(LINE * ROWS)})
    with mgdc.open_drop(folder, private_key=PRIVATE_KEY) as opened:
        return folder, opened.keys


def test_a_file_that_fails_at_its_end_leaves_no_committed_output(spark, drop, tmp_path):
    target = tmp_path / "out"
    with pytest.raises(JOB_FAILED, match=r"Set/damaged\.json: .*ERR_CHECKSUM"):
        rows_of(spark, *drop).write.parquet(str(target))
    assert not (target / "_SUCCESS").exists()
    assert not [path for path in target.rglob("*") if path.is_file()]


def test_rows_of_a_file_that_fails_at_its_end_may_be_shown_before(spark, drop):
    damaged = rows_of(spark, *drop, only="damaged.json")
    assert len(damaged.limit(5).collect()) == 5
    with pytest.raises(JOB_FAILED, match="ERR_CHECKSUM"):
        damaged.count()


def test_skipping_leaves_out_the_whole_file_and_lists_it(spark, drop, tmp_path):
    frame = rows_of(spark, *drop, mode="SKIP", skipped=str(tmp_path / "skipped"))
    assert frame.count() == 10
    (listed,) = (tmp_path / "skipped").iterdir()
    line = json.loads(listed.read_text())
    assert (line["drop"], line["path"], line["code"]) == (str(drop[0]), "Set/damaged.json", "ERR_CHECKSUM")
    assert line["message"]


def test_a_private_key_in_the_drop_gives_no_rows(spark, tmp_path):
    make_drop(tmp_path, {"Set/whole.json": LINE})
    (tmp_path / "key.pem").write_bytes(PRIVATE_KEY)
    with mgdc.open_drop(tmp_path, private_key=PRIVATE_KEY) as opened:
        assert [row.path for row in rows_of(spark, tmp_path, opened.keys).collect()] == ["Set/whole.json"]


def test_patterns_have_the_rules_of_the_command_line(spark, drop):
    def paths(**options):
        return {row.path for row in rows_of(spark, *drop, **options).limit(1).collect()}

    for pattern in ("whole.json", "Set/w*", "/Set/whole.json", "**/whole.json", "[v-x]hole.json"):
        assert paths(only=pattern) == {"Set/whole.json"}, pattern
    with pytest.raises((*JOB_FAILED, mgdc.MgdcDecryptError), match="ERR_USAGE"):
        paths(only="Set/*/whole.json")
