"""The wheel carries our licences and the notices of all that is compiled into it."""

import importlib.metadata
import re
import subprocess

from samples import ROOT

PYTHON = ROOT.parents[1] / "python"


def shipped(name: str) -> str:
    """A licence file of the installed wheel."""
    text = importlib.metadata.distribution("mgdc-decrypt").read_text(f"licenses/{name}")
    assert text, f"the wheel has no {name}"
    return text


def test_the_wheel_has_our_licences():
    for name in ("LICENSE-MIT", "LICENSE-APACHE"):
        assert shipped(name) == (ROOT.parents[1] / name).read_text("utf-8")


def test_the_description_is_the_readme_without_links_that_are_dead_there():
    metadata = importlib.metadata.metadata("mgdc-decrypt")
    text = metadata["Description"] or metadata.get_payload()
    assert "## A drop on one machine" in text and "python/examples/duckdb_query.py" in text
    assert re.findall(r"\]\((?!https?:)[^)]*\)", text) == []


def test_the_notices_list_the_crates_of_the_wheel_in_their_versions_and_no_other():
    options = ["--locked", "--edges", "normal", "--prefix", "none", "--format", "{p}"]
    command = ["cargo", "tree", *options, "--manifest-path", str(PYTHON / "Cargo.toml")]
    tree = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    # aes v0.9.4 · pyo3-macros v0.30.0 (proc-macro) · mgdc-inflate v0.1.0 (/its/path) · aes v0.9.4 (*)
    crates = [line.split(" (") for line in tree.splitlines()]
    foreign = {name.replace(" v", " ") for name, *remarks in crates if not any(one.startswith("/") for one in remarks)}
    assert len(foreign) > 50
    notices = shipped("THIRD-PARTY-NOTICES")
    listed = set(re.findall(r"^(\S+ \d+\.\d\S*) \(.+\)", notices, re.MULTILINE))
    assert listed == foreign, "run `make notices`"
    licensed = re.findall(r"^-{80}\n.+?, for (.+)\n", notices, re.MULTILINE)
    assert listed == {crate for crates in licensed for crate in crates.split(", ")}, "each has its text"
    assert not re.search(r"<(year|copyright holders)>", notices), "a blank form in place of a text"


def test_the_wheel_has_no_package_of_others():
    files = importlib.metadata.files("mgdc-decrypt") or []
    folders = {file.parts[0] for file in files}
    assert {folder for folder in folders if not folder.endswith(".dist-info")} == {"mgdc_decrypt"}
