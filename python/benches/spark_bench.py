"""Times Spark over a drop beside Spark over the same rows as plain .json.gz, in one run.

    python python/benches/spark_bench.py [FILES] [MIB PER FILE]…

It needs the wheel with its extra `spark`, and `cryptography` (python/README.md).

For each size: seconds, CPU seconds of Spark and its workers, their ratio, and the peak memory of a Python worker. CPU
seconds count on a machine that does other work, too. The files are written to a temporary folder (BENCH_DIR): about a
fifth of the plaintext of one file, twice, as the files of a size are links to one.
"""

import gzip
import json
import os
import sys
import tempfile
import time
from base64 import b64encode
from pathlib import Path

from cryptography.hazmat.primitives import hashes, padding, serialization
from cryptography.hazmat.primitives.asymmetric import padding as rsa_padding
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from pyspark.sql import SparkSession
from pyspark.sql import functions as f

import mgdc_decrypt as mgdc
import mgdc_decrypt.spark

#: Bytes of rows in a member of gzip.
MEMBER = 16 << 20
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


def make_member() -> bytes:
    """MEMBER bytes of whole rows, as gzip."""
    written, pieces, source = 0, [], rows(0)
    while written < MEMBER:
        pieces.append(next(source) + "\n")
        written += len(pieces[-1])
    return gzip.compress("".join(pieces).encode(), 6)


def make(folder: Path, files: int, size: int, member: bytes) -> bytes:
    """Writes the drop and the plain files; returns the private key."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    key, iv = os.urandom(32), os.urandom(16)
    wrapped = private.public_key().encrypt(
        key, rsa_padding.OAEP(rsa_padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)  # noqa: S303, as Key Vault's RSA-OAEP
    )
    entry = {"DecryptionKeyValue": b64encode(wrapped).decode(), "DecryptionKeyIV": b64encode(iv).decode()}
    (folder / "drop" / mgdc.KEY_DETAILS_PATH).parent.mkdir(parents=True)
    (folder / "drop" / mgdc.KEY_DETAILS_PATH).write_text(json.dumps({"DecryptionKeyDetails": entry}))
    plain, target = folder / "plain" / "part-00000.json.gz", folder / "drop" / "Messages" / "part-00000.json"
    plain.parent.mkdir()
    target.parent.mkdir()
    # The file repeats one member of gzip, so that making it does not take longer than reading it.
    rest, cipher, pad = size // MEMBER, Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor(), padding.PKCS7(128).padder()
    with plain.open("wb") as clear, target.open("wb") as encrypted:
        for _ in range(rest):
            clear.write(member)
            encrypted.write(cipher.update(pad.update(member)))
        encrypted.write(cipher.update(pad.finalize()) + cipher.finalize())
    for index in range(1, files):
        os.link(plain, plain.with_name(f"part-{index:05}.json.gz"))
        os.link(target, target.with_name(f"part-{index:05}.json"))
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


def cpu() -> float:
    """CPU seconds of all processes that this one has started: Java, the daemon of PySpark, its workers."""
    parents, used = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        process = int(stat.parent.name)
        # ppid; utime, stime, and those of children that have ended: proc(5).
        parents[process], used[process] = int(fields[1]), sum(map(int, fields[11:15]))

    def is_ours(process: int) -> bool:
        while process in parents:
            process = parents[process]
            if process == os.getpid():
                return True
        return False

    return sum(ticks for process, ticks in used.items() if is_ours(process)) / os.sysconf("SC_CLK_TCK")


def main(files: int = 16, *mib: int) -> None:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    spark = builder.config("spark.driver.memory", "2g").getOrCreate()
    member = make_member()
    for number, size in enumerate((mib or (64, 512))):
        with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as place:
            folder = Path(place)
            key = make(folder, files, size << 20, member)
            with mgdc.open_drop(folder / "drop", private_key=key) as drop:
                keys = drop.keys
            if hasattr(spark, "dataSource"):
                mgdc.spark.register(spark, keys)
                encrypted = spark.read.format("mgdc").load(str(folder / "drop"))
            else:
                encrypted = mgdc.spark.lines(spark, str(folder / "drop"), keys)
            figures = {}
            both = [("plain", spark.read.text(str(folder / "plain"))), ("mgdc", encrypted)]
            for name, frame in both * (2 if number == 0 else 1):  # the first round warms Spark up
                start, before = time.monotonic(), cpu()
                count, length = frame.agg(f.count("*"), f.sum(f.length("value"))).first()
                figures[name] = (time.monotonic() - start, cpu() - before, count, length)
            assert figures["plain"][2:] == figures["mgdc"][2:], "the same rows"
        load = " ".join(f"{value:.1f}" for value in os.getloadavg())
        print(f"{files} files of {size} MiB, load {load}")
        for name, (seconds, used, count, length) in figures.items():
            print(f"  {name}\t{seconds:.1f} s\t{used:.1f} s of CPU\t{length / used / 2**20:.0f} MiB/s of CPU\t{count} rows")
        ratios = [figures["mgdc"][index] / figures["plain"][index] for index in (0, 1)]
        print(f"  mgdc / plain\t{ratios[0]:.2f} in time\t{ratios[1]:.2f} in CPU\tpeak of a worker\t{peak()} MiB", flush=True)
    spark.stop()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
