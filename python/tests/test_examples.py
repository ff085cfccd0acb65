"""The examples, run as a person runs them, over a sample drop."""

import re
import runpy
import subprocess
import sys
from collections import Counter
from pathlib import Path

import deltalake
import pyarrow.dataset as ds
import pytest
from samples import ROOT, expected_of, path_of

import mgdc_decrypt as mgdc

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
DROP = "java-gzip-oaep"
KEY = ROOT / "keys" / "contoso-2048" / "pkcs8.pem"


def run(name: str, *arguments) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(EXAMPLES / name), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def lines() -> Counter[str]:
    """How many lines each dataset has, and one more for each file without a line end."""
    found: Counter[str] = Counter()
    with mgdc.open_drop(path_of(DROP), private_key=KEY.read_bytes()) as drop:
        for file in drop.files:
            if file.role == "data" and file.path.endswith(".json"):
                with file.open() as reader:
                    content = reader.read()
                found[file.dataset] += content.count(b"\n") + (not content.endswith(b"\n"))
    assert len(found) == 4 and sum(found.values()) > 50
    return found


def test_duckdb_counts_the_rows(lines):
    done = run("duckdb_query.py", path_of(DROP), KEY)
    assert done.returncode == 0, done.stderr
    rows = (line.split("\t") for line in done.stdout.splitlines())
    assert {name: int(count.split()[0]) for name, count, _ in rows} == lines


def test_delta_tables_hold_every_row(lines, tmp_path):
    done = run("drop_to_delta.py", path_of(DROP), KEY, tmp_path)
    assert done.returncode == 0, done.stderr
    for dataset, count in lines.items():
        table = deltalake.DeltaTable(str(tmp_path / dataset)).to_pyarrow_table()
        assert table.num_rows == count
        assert set(table["path"].to_pylist()) == {
            line["file"] for line in expected_of(DROP) if line["file"].startswith(f"{dataset}/")
        }


def test_a_damaged_file_commits_no_delta_table(tmp_path):
    done = run("drop_to_delta.py", path_of("neg-truncated"), KEY, tmp_path)
    assert done.returncode != 0 and "ERR_" in done.stderr
    assert not list(tmp_path.rglob("_delta_log/*.json"))


def test_parquet_files_by_dataset_hold_every_row(spark, lines, tmp_path, capsys):
    # In this process, which has a session: another Spark would take half a minute of CPU to start.
    runpy.run_path(str(EXAMPLES / "drop_to_parquet.py"))["main"](str(path_of(DROP)), str(KEY), str(tmp_path))
    rows = (line.split("\t") for line in capsys.readouterr().out.splitlines())
    assert {name: int(count.split()[0]) for name, count in rows} == lines
    for dataset in lines:
        found = ds.dataset(tmp_path / dataset, format="parquet")
        assert found.count_rows() == lines[dataset] and len(found.schema.names) > 3


def test_the_example_of_the_guide_to_spark_runs(capsys):
    guide = EXAMPLES.parents[1] / "docs" / "spark.md"
    examples = re.findall(r"^```python\n(.*?)^```", guide.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    assert len(examples) == 1
    exec(examples[0], {"mgdc": mgdc, "path": path_of(DROP)})
    sizes, total = re.fullmatch(r"\[(.*)\] (\d+)\n", capsys.readouterr().out).groups()
    assert sum(map(int, sizes.split(", "))) == int(total) > 0
