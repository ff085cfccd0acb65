"""Writes a drop as Parquet, a folder for each dataset.

    spark-submit drop_to_parquet.py DROP KEY TARGET
"""

import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as f

import mgdc_decrypt as mgdc
import mgdc_decrypt.spark


def main(path: str, key: str, target: str) -> None:
    spark = SparkSession.builder.appName("drop to Parquet").getOrCreate()
    with mgdc.open_drop(path, private_key=open(key, "rb").read()) as drop:
        keys = drop.keys
        datasets = sorted({file.dataset for file in drop.files if file.role == "data" and file.path.endswith(".json")})
    for dataset in datasets:
        lines = mgdc.spark.lines(spark, path, keys, datasets=[dataset])
        # Spark reads the lines once for the schema, and once more to write. Give a schema of your own where you know it.
        rows = spark.read.json(lines.rdd.map(lambda row: row.value))
        rows.write.mode("overwrite").parquet(f"{target}/{dataset}")
        print(f"{dataset}\t{spark.read.parquet(f'{target}/{dataset}').agg(f.count('*')).first()[0]} rows")


if __name__ == "__main__":
    main(*sys.argv[1:])
