"""A local Spark for all tests. Its version is that of the installed PySpark."""

import os
import sys

import pytest
from pyspark.sql import SparkSession

#: Everything that Spark logs, in a file that a test looks through.
LOG = """
rootLogger.level = info
rootLogger.appenderRef.file.ref = file
appender.file.type = File
appender.file.name = file
appender.file.fileName = {file}
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = %d %p %c: %m%n%ex
"""


@pytest.fixture(scope="session")
def spark(tmp_path_factory):
    scratch = tmp_path_factory.mktemp("spark")
    (scratch / "tmp").mkdir()
    (scratch / "log4j2.properties").write_text(LOG.format(file=scratch / "spark.log"))
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["TMPDIR"] = str(scratch / "tmp")  # of the Python workers
    java = f"-Dlog4j2.configurationFile={scratch}/log4j2.properties -Djava.io.tmpdir={scratch}/tmp"
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.local.dir", str(scratch / "local"))
        .config("spark.eventLog.enabled", "true")
        .config("spark.eventLog.compress", "false")
        .config("spark.eventLog.dir", f"file://{scratch}")
        # Spark deletes the shuffles of frames that are garbage, at any time: also while a test looks through the files.
        .config("spark.cleaner.referenceTracking", "false")
        # Short jobs: what the compiler saves is less than what it costs.
        .config("spark.driver.extraJavaOptions", f"{java} -XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        .getOrCreate()
    )
    session.scratch = scratch
    session.is_four = not session.version.startswith("3.")
    yield session
    session.stop()
