"""Reads a drop in the way that the Spark of the tests has, and looks for what it wrote of it."""

from base64 import b64encode

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException

from mgdc_decrypt import spark as mgdc_spark

#: What a failed job raises: Spark 3.5 has no exception of its own for one that writes.
JOB_FAILED = (PySparkException, Py4JJavaError)


def rows_of(spark, path, keys, **options):
    """The rows of a drop or a list of them, with the options of the data source."""
    paths = [str(one) for one in path] if isinstance(path, list) else str(path)
    if spark.is_four:
        mgdc_spark.register(spark, keys)
        return spark.read.format("mgdc").options(**options).load(paths)
    return mgdc_spark.lines(
        spark,
        paths,
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
