"""The types that the wheel ships: mypy is strict with the package and the examples, and finds wrong uses."""

import subprocess
import sys
from pathlib import Path

import mgdc_decrypt

PYTHON = Path(__file__).resolve().parents[1]

WRONG = """
import mgdc_decrypt as mgdc
with mgdc.open_drop("drop", private_key="key.pem") as drop:
    for file in drop.files:
        file.size.upper()
        mgdc.record_batches(file, row=3)
    drop.decrypt("out")[0]["sha265"]
mgdc.FileKey.unwrap(drop.key_details[0], b"key")
"""


def run(module: str, option: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs mypy, or a part of it, in a folder from which it does not see the sources instead of the wheel."""
    command = [sys.executable, "-m", module, option, str(PYTHON / "pyproject.toml"), *arguments]
    return subprocess.run(command, cwd=PYTHON / "tests", capture_output=True, text=True, check=False)


def mypy(*arguments: str) -> subprocess.CompletedProcess[str]:
    return run("mypy", "--config-file", *arguments)


def test_the_wheel_has_its_types():
    installed = Path(mgdc_decrypt.__file__).parent
    assert (installed / "py.typed").exists() and (installed / "_core.pyi").exists()


def test_the_package_and_the_examples_are_strictly_typed():
    found = mypy("-p", "mgdc_decrypt")
    assert found.returncode == 0, found.stdout
    found = mypy(*(str(path) for path in sorted((PYTHON / "examples").glob("*.py"))))
    assert found.returncode == 0, found.stdout


def test_a_wrong_use_is_found():
    found = mypy("-c", WRONG)
    lines = {line.split(":")[1] for line in found.stdout.splitlines() if ": error:" in line}
    assert lines == {"3", "5", "6", "7", "8"}, found.stdout


def test_the_stub_names_what_the_compiled_module_has():
    found = run("mypy.stubtest", "--mypy-config-file", "mgdc_decrypt._core")
    assert found.returncode == 0, found.stdout
