"""Reads the sample drop of the repository with a local Spark: `make spark`."""

from pathlib import Path

from pyspark.sql import SparkSession
from pyspark.sql import functions as f

import mgdc_decrypt as mgdc
import mgdc_decrypt.spark

SAMPLES = Path(__file__).resolve().parents[2] / "tests" / "drops"


def main() -> None:
    path = str(SAMPLES / "drops" / "java-gzip-oaep")
    key = (SAMPLES / "keys" / "contoso-2048" / "pkcs8.pem").read_bytes()
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    with mgdc.open_drop(path, private_key=key) as drop:
        mgdc.spark.register(spark, drop.keys)
    rows = spark.read.format("mgdc").load(path)
    rows.groupBy("path").agg(f.count("*").alias("rows")).orderBy("path").show(truncate=False)
    spark.stop()


if __name__ == "__main__":
    main()
