"""Reads a drop in the way that the Spark of the tests has, and looks for what it wrote of it."""

from base64 import b64encode

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException

from mgdc_decrypt import spark as mgdc_spark

#: What a failed job raises: Spark 3.5 has no exception of its own for one that writes.
JOB_FAILED = (PySparkException, Py4JJavaError)


def rows_of(spark, path, keys, **options):
    """The rows of a drop, with the options of the data source."""
    if spark.is_four:
        mgdc_spark.register(spark, keys)
        return spark.read.format("mgdc").options(**options).load(str(path))
    return mgdc_spark.lines(
        spark,
        str(path),
        keys,
        datasets=options["dataset"].split(",") if "dataset" in options else (),
        only=options["only"].split(",") if "only" in options else (),
        skipped=options.get("skipped"),
    )


def places_with(spark, secrets, frame):
    """Where one of the secrets is, as bytes, as Base64 or in hex; over all files that Spark has written so far."""
    spark._jsc.sc().listenerBus().waitUntilEmpty()
    texts = {"plan": frame._jdf.queryExecution().toString(), "repr": repr(frame)}
    files = [path for path in spark.scratch.rglob("*") if path.is_file()]
    contents = {path.name: path.read_bytes() for path in files} | {name: text.encode() for name, text in texts.items()}
    forms = [form for secret in secrets for form in (secret, b64encode(secret), secret.hex().encode())]
    return {name for name, content in contents.items() if any(form in content for form in forms)}
