"""The options of the data source: only Spark 4 has it. The arguments of lines() are checked by their types."""

import pytest
from pyspark.errors import PySparkException
from reading import rows_of
from samples import path_of

import mgdc_decrypt as mgdc


def test_options_that_cannot_be_are_refused(spark):
    for options in ({"mode": "PERMISSIVE"}, {"mode": "SKIP"}):
        with pytest.raises(PySparkException, match="ERR_USAGE"):
            rows_of(spark, path_of("java-gzip-oaep"), mgdc.FileKeys({}), **options).count()
    with pytest.raises(PySparkException, match="ERR_USAGE"):
        spark.read.format("mgdc").schema("id string").load(str(path_of("java-gzip-oaep"))).count()
