"""Outputs get the names that the command line gives them, and the results say why."""

import gzip
import json
import os
import random
import subprocess
from pathlib import Path

import pytest
from made import PRIVATE_KEY, make_drop
from samples import ROOT

import mgdc_decrypt as mgdc
from mgdc_decrypt.file_names import fold, numbered, safe_name
from mgdc_decrypt.output_paths import output_paths

PACKAGE = ROOT.parents[1] / "pkg"
LINE = b'{"row": 1}\n'
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"  # one character for a reader, of 18 bytes

#: Names that are allowed here, and not everywhere.
AWKWARD = [
    "nul.json",
    "COM1",
    "lpt³.a.json",
    "a:b?.json",
    "back\\slash.json",
    "..\\up.json",
    "ends in dots...",
    "ends in a space ",
    "turned \u202egnp.json",
    "line\nbreak.json",
    f"{FAMILY * 13}.json",
    "ä" * 127,
    "\U0001f4c4.json",
    "\uffee.json",
]
#: Names that become the same one where case or composition do not count, or a compression is undone.
ALIKE = ["part.json.gz", "part.json", "PART.json", "part.json.z", "A\u0308.json", "ä.json", "straße", "STRASSE", "..gz"]


def told_by_the_command_line(drop: Path, target: Path) -> list[dict]:
    key = target.with_name("key.pem")
    key.write_bytes(PRIVATE_KEY)
    command = ["node", PACKAGE / "cli.js", drop, "--key", key, "--out", target, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def asked(code: str, value: object) -> list:
    """What a piece of JavaScript gives for each of the values; it has the rules of the command line."""
    script = f"""
        import {{ fold, numbered, safeName }} from '{PACKAGE}/sinks/file-names.js';
        import {{ outputPaths }} from '{PACKAGE}/run/output-paths.js';
        import {{ readFileSync }} from 'node:fs';
        console.log(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map(({code}))));
    """
    command = ["node", "--input-type=module", "--eval", script]
    done = subprocess.run(command, input=json.dumps(value), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Results and trees of the command line and of the wheel, for a drop of awkward names."""
    drop, to = tmp_path_factory.mktemp("drop"), tmp_path_factory.mktemp("to")
    packed = gzip.compress(LINE)
    make_drop(drop, {f"Set/{name}": packed if name.endswith(("gz", "z")) else LINE for name in [*AWKWARD, *ALIKE]})
    for name in (b"Clear/\xfc.json", b"Clear/%FC.json", b"Clear/copied.json.gz"):
        path = os.path.join(os.fsencode(drop), name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(packed if name.endswith(b"gz") else LINE)
    told = told_by_the_command_line(drop, to / "cli")
    with mgdc.open_drop(drop, private_key=PRIVATE_KEY) as opened:
        found = opened.decrypt(to / "wheel")
    return told, found, to


def test_a_drop_with_awkward_names_gives_the_same_files_and_results(both):
    told, found, to = both
    shared = ("path", "output", "outcome", "bytes", "verified", "sha256", "warnings")

    def sorted_by_path(results):
        return sorted(({name: line[name] for name in shared} for line in results), key=lambda line: line["path"])

    assert len(found) == len(AWKWARD) + len(ALIKE) + 3
    assert sorted_by_path(found) == sorted_by_path(told)
    assert tree(to / "wheel") == tree(to / "cli")


def test_a_renamed_file_has_a_warning_and_any_other_has_none(both):
    outputs = {line["path"]: (line["output"], line["warnings"]) for line in both[1]}
    assert outputs["Set/nul.json"] == (
        "Set/_nul.json",
        ["_ was added before a name that means a device on Windows"],
    )
    assert outputs["Set/\U0001f4c4.json"] == ("Set/\U0001f4c4.json", [])
    assert outputs["Set/part.json.z"][0] == "Set/part (4).json"
    assert outputs["Clear/copied.json.gz"] == ("Clear/copied.json.gz", [])
    assert outputs["Clear/%FC.json"] == ("Clear/%FC.json", [])
    assert outputs["Clear/%FC (2).json"][1] == [
        "a name in its path is no UTF-8: its bytes that are not ASCII are written as %XX"
    ]


def test_names_are_made_safe_as_in_javascript():
    noise = random.Random(1)
    pieces = [*'ab.. \\/:?*<>|"-_\0\n\x7f\x9f', "con", "NUL", "com¹", "ß", "ä", "e\u0301", FAMILY, "\u202e", "\ufeff", "日本", ".gz"]
    names = ["".join(noise.choices(pieces, k=noise.choice((1, 2, 4, 9, 120, 300)))) for _ in range(3000)]
    names += [*AWKWARD, *ALIKE, "ſ", "ΑΣ", "ας", "\u0130", "\ud800", "x" * 256, "e" + "\u0301" * 200]

    def ours(name):
        reasons: dict[str, None] = {}
        safe = safe_name(name, reasons)
        return [safe, list(reasons), numbered(safe, 12), fold(safe)]

    theirs = asked(
        "(name) => { const reasons = new Set(); const safe = safeName(name, reasons); "
        "return [safe, [...reasons], numbered(safe, 12), fold(safe)]; }",
        names,
    )
    for name, expected in zip(names, theirs, strict=True):
        assert ours(name) == expected, ascii(name)


def test_paths_are_chosen_as_in_javascript():
    noise = random.Random(2)
    parts = ["a", "A", "b", "b (2)", "..", ".", "", "x.gz", "x.json.Z", "x.json", "nul", "c\\d", ".mgdc-decrypt.json", "ä", "A\u0308"]
    drops = [
        [["/".join(noise.choices(parts, k=noise.randint(1, 3))), noise.random() < 0.5] for _ in range(noise.randint(1, 12))]
        for _ in range(1000)
    ]
    theirs = asked("(files) => outputPaths(files.map(([path, decompressed]) => ({ path, decompressed })))", drops)
    for files, expected in zip(drops, theirs, strict=True):
        ours = [{"path": output.path, "changed": output.changed} for output in output_paths(files)]
        assert ours == expected, files


def test_a_private_key_in_the_drop_is_left_out_as_in_the_command_line(tmp_path):
    make_drop(tmp_path / "drop", {"Set/part.json": LINE})
    for kind in ("pkcs8.pem", "pkcs8.der", "pkcs8-pbes2-aes256-sha256.pem"):
        (tmp_path / "drop" / kind).write_bytes((ROOT / "keys" / "contoso-2048" / kind).read_bytes())
    (tmp_path / "drop" / "Set" / "key.txt").write_bytes(PRIVATE_KEY)
    (tmp_path / "drop" / "metadata" / "key.json").write_bytes(PRIVATE_KEY)
    (tmp_path / "drop" / "cut.pem").write_bytes(b"-----BEGIN PRIVATE KEY-----\n")
    (tmp_path / "drop" / "notes.pem").write_bytes(b'{"no": "key"}\n')
    told = told_by_the_command_line(tmp_path / "drop", tmp_path / "cli")
    with mgdc.open_drop(tmp_path / "drop", private_key=PRIVATE_KEY) as opened:
        found = opened.decrypt(tmp_path / "wheel")
    kept = {(line["path"], line["outcome"], line.get("code")) for line in told}
    assert {(line["path"], line["outcome"], line.get("code")) for line in found} == kept
    assert sum(outcome == "left-out" for _, outcome, _ in kept) == 6
    assert ("notes.pem", "copied", None) in kept
    assert tree(tmp_path / "wheel") == tree(tmp_path / "cli")
