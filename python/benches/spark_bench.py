"""Times Spark over a drop beside Spark over the same rows as plain .json.gz, in one run: `make bench-spark`.

    python spark_bench.py [FILES] [MIB PER FILE]

Prints seconds of each, their ratio, and the peak memory of a Python worker. The files are written to a temporary folder:
they take about a seventh of the plaintext, twice.
"""

import gzip
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from cryptography.hazmat.primitives import hashes, padding, serialization
from cryptography.hazmat.primitives.asymmetric import padding as rsa_padding
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from base64 import b64encode

import mgdc_decrypt as mgdc
import mgdc_decrypt.spark

DETAILS = "metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json"
NAMES = "Ada Grace Edsger Barbara Donald Leslie Tony Frances Ken Radia".split()


def rows(seed: int):
    """Rows as mail has them: some fields repeat, ids and texts do not."""
    state = seed * 7919 + 1
    while True:
        text = []
        for _ in range(24):
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
            text.append(f"{NAMES[state >> 60 & 7]}{state >> 40 & 0xFFF:x}")
        yield json.dumps(
            {
                "id": f"{state:016x}",
                "receivedDateTime": f"2026-{state % 12 + 1:02}-{state % 28 + 1:02}T08:15:00Z",
                "from": {"emailAddress": {"address": f"{text[0].lower()}@contoso.com"}},
                "subject": " ".join(text[1:8]),
                "body": " ".join(text[8:]),
                "hasAttachments": state % 2 == 0,
            }
        )


def make(folder: Path, files: int, size: int) -> bytes:
    """Writes the drop and the plain files; returns the private key."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    key, iv = os.urandom(32), os.urandom(16)
    wrapped = private.public_key().encrypt(
        key, rsa_padding.OAEP(rsa_padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)  # noqa: S303, as Key Vault's RSA-OAEP
    )
    entry = {"DecryptionKeyValue": b64encode(wrapped).decode(), "DecryptionKeyIV": b64encode(iv).decode()}
    (folder / "drop" / DETAILS).parent.mkdir(parents=True)
    (folder / "drop" / DETAILS).write_text(json.dumps({"DecryptionKeyDetails": entry}))
    for index in range(files):
        plain = folder / "plain" / f"part-{index:05}.json.gz"
        plain.parent.mkdir(exist_ok=True)
        # Data of one file is made once: only how fast it is read counts.
        if index == 0:
            written, source = 0, rows(index)
            with gzip.open(plain, "wt", compresslevel=6) as out:
                while written < size:
                    line = next(source) + "\n"
                    written += len(line)
                    out.write(line)
        else:
            os.link(folder / "plain" / "part-00000.json.gz", plain)
        target = folder / "drop" / "Messages" / f"part-{index:05}.json"
        target.parent.mkdir(exist_ok=True)
        if index == 0:
            cipher, pad = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor(), padding.PKCS7(128).padder()
            with plain.open("rb") as source, target.open("wb") as out:
                while piece := source.read(1 << 20):
                    out.write(cipher.update(pad.update(piece)))
                out.write(cipher.update(pad.finalize()) + cipher.finalize())
        else:
            os.link(folder / "drop" / "Messages" / "part-00000.json", target)
    pem = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return private.private_bytes(*pem)


def peak() -> int:
    """The most memory that a Python worker of this Spark has had, in MiB."""
    most = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
            command = (status.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if b"pyspark" in command and b"java" not in command:
            line = next((line for line in text.splitlines() if line.startswith("VmHWM")), "VmHWM: 0 kB")
            most = max(most, int(line.split()[1]) // 1024)
    return most


def main(files: int = 16, mib: int = 512) -> None:
    from pyspark.sql import SparkSession
    from pyspark.sql import functions as f

    os.environ["PYSPARK_PYTHON"] = sys.executable
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as place:
        folder = Path(place)
        key = make(folder, files, mib << 20)
        spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
        with mgdc.open_drop(folder / "drop", private_key=key) as drop:
            keys = drop.keys
        if hasattr(spark, "dataSource"):
            mgdc.spark.register(spark, keys)
            encrypted = spark.read.format("mgdc").load(str(folder / "drop"))
        else:
            encrypted = mgdc.spark.lines(spark, str(folder / "drop"), keys)
        plain = spark.read.text(str(folder / "plain"))
        figures = {}
        for name, frame in [("plain", plain), ("mgdc", encrypted)] * 2:  # the first round warms Spark up
            start = time.monotonic()
            count, size = frame.agg(f.count("*"), f.sum(f.length("value"))).first()
            figures[name] = (time.monotonic() - start, count, size)
        assert figures["plain"][1:] == figures["mgdc"][1:], "the same rows"
        for name, (seconds, count, size) in figures.items():
            print(f"{name}\t{seconds:.1f} s\t{count} rows\t{size / seconds / 2 / 2**20:.0f} MiB/s for each of 2 cores")
        print(f"ratio\t{figures['mgdc'][0] / figures['plain'][0]:.2f}\tpeak of a worker\t{peak()} MiB")
        spark.stop()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
