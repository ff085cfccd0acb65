"""Writes a drop as Parquet, a folder for each dataset; or as Delta tables, where Spark has Delta (Databricks, Fabric).

    spark-submit drop_to_parquet.py DROP KEY TARGET [delta]
"""

import sys

from pyspark.sql import DataFrame, SparkSession

import mgdc_decrypt as mgdc
import mgdc_decrypt.spark


def read(spark: SparkSession, path: str, keys: mgdc.FileKeys, dataset: str) -> DataFrame:
    """The lines of a dataset, in the way that this Spark has."""
    if spark.version.startswith("3."):
        return mgdc.spark.lines(spark, path, keys, datasets=[dataset])
    mgdc.spark.register(spark, keys)
    return spark.read.format("mgdc").option("dataset", dataset).load(path)


def main(path: str, key: str, target: str, form: str = "parquet") -> None:
    spark = SparkSession.builder.appName("drop to Parquet").getOrCreate()
    with open(key, "rb") as source, mgdc.open_drop(path, private_key=source.read()) as drop:
        keys = drop.keys
        datasets = sorted({file.dataset for file in drop.files if file.role == "data" and file.path.endswith(".json")})
    for dataset in datasets:
        lines = read(spark, path, keys, dataset)
        # Spark reads the lines once for the schema, and once more to write. Give a schema of your own where you know it.
        rows = spark.read.json(lines.rdd.map(lambda row: str(row.value)))
        rows.write.format(form).mode("overwrite").save(f"{target}/{dataset}")
        print(f"{dataset}\t{spark.read.format(form).load(f'{target}/{dataset}').count()} rows")


if __name__ == "__main__":
    main(*sys.argv[1:])
