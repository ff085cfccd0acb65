"""Compares a converted file with its source: `converted.py csv|parquet SOURCE FILE [flatten]`.

Reads the source with Python's json, CSV with Python's csv and DuckDB, Parquet with Arrow and DuckDB. Prints JSON: the
rows, the columns' names and types, and everything that differs.
"""

import csv
import datetime
import decimal
import json
import re
import sys

import duckdb
import pyarrow
import pyarrow.parquet

csv.field_size_limit(2**31 - 1)
# Python 3.11 refuses to read longer integers.
sys.set_int_max_str_digits(0)


class Number(str):
    """A number as it was written."""


def read_source(path):
    """Rows of JSON Lines, of objects in any lay-out, or of an array; numbers as they were written."""
    decoder = json.JSONDecoder(parse_int=Number, parse_float=Number, strict=False)
    with open(path, encoding="utf-8-sig") as file:
        text = file.read().strip()
    if text.startswith("["):
        return decoder.decode(text)
    rows, at = [], 0
    while at < len(text):
        row, end = decoder.raw_decode(text, at)
        rows.append(row)
        at = end
        while at < len(text) and text[at] in " \t\r\n":
            at += 1
    return rows


def flat(row, prefix=""):
    """Dotted names for objects in rows; an empty one stays a value."""
    cells = {}
    for name, value in row.items():
        if isinstance(value, dict) and value:
            cells.update(flat(value, f"{prefix}{name}."))
        else:
            cells[prefix + name] = value
    return cells


def utf8(text):
    """What UTF-8 can hold of it."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(text):
    if text.startswith(FORMULA) and not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?", text):
        return "'" + text
    return text


def same_json(text, value):
    return json.loads(text, parse_int=Number, parse_float=Number, strict=False) == value


def csv_differs(cell, value):
    if value is None:
        return cell != ""
    if isinstance(value, Number):
        return cell != str(value)
    if isinstance(value, bool):
        return cell != str(value).lower()
    if isinstance(value, str):
        return cell != utf8(harmless(value))
    return not same_json(cell, value)


def check_csv(rows, path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        content = file.read()
    problems = []
    if not content.endswith("\r\n"):
        problems.append("the last line does not end with CRLF")
    with open(path, encoding="utf-8-sig", newline="") as file:
        header, *lines = csv.reader(file, strict=True)
    compare(rows, header, lines, csv_differs, problems, "csv")
    options = "header=true, all_varchar=true, auto_detect=false, delim=',', quote='\"', escape='\"', new_line='\\r\\n', max_line_size=64000000"
    columns = ", ".join(f"{json.dumps(f'c{i}')}: 'VARCHAR'" for i in range(len(header))).replace('"', "'")
    query = f"select * from read_csv('{path}', {options}, columns={{{columns}}}, nullstr='', allow_quoted_nulls=false)"
    try:
        again = duckdb.sql(query).fetchall()
        read = [["" if cell is None else cell for cell in line] for line in again]
        if read != lines:
            place = next((index for index, pair in enumerate(zip(read, lines)) if pair[0] != pair[1]), len(read))
            problems.append(f"DuckDB reads other cells than Python's csv: row {place}: {read[place:place + 1]}, expected {lines[place:place + 1]}")
        missing = [value is None for row in rows for value in (row.get(name) for name in header)]
        if len(header) > 1 and not any(name.startswith("'") for name in header):
            nulls = [cell is None for line in again for cell in line]
            if nulls != missing:
                problems.append("DuckDB reads other nulls than the source has")
    except duckdb.Error as error:
        problems.append(f"DuckDB: {error}")
    return {"rows": len(lines), "columns": header, "problems": problems}


def compare(rows, names, lines, differs, problems, reader):
    if len(lines) != len(rows):
        problems.append(f"{reader}: {len(lines)} rows, expected {len(rows)}")
    for index, (row, line) in enumerate(zip(rows, lines)):
        if len(line) != len(names):
            problems.append(f"{reader}: row {index} has {len(line)} cells")
        for name, cell in zip(names, line):
            plain = name[1:] if name.startswith("'") and name not in row else name
            value = row.get(plain)
            if differs(cell, value):
                problems.append(f"{reader}: row {index}, {name!r}: {cell!r}, expected {value!r}")


DAY = re.compile(r"\d{4}-\d\d-\d\d")
TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|\+00:00)?")


def day(text):
    try:
        return datetime.date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None


def ticks(text):
    """(nanoseconds since 1970, digits of the second's part, whether there is a zone), or None."""
    found = TIME.fullmatch(text)
    if not found:
        return None
    try:
        time = datetime.datetime.fromisoformat(found[1])
    except ValueError:
        return None
    since = time - datetime.datetime(1970, 1, 1)
    part = found[2] or ""
    return (since.days * 86400 + since.seconds) * 10**9 + int(part.ljust(9, "0")), len(part), bool(found[3])


def is_exact(number):
    value = float(number)
    if not re.search("[1-9]", re.split("[eE]", number)[0]):
        return True  # zero, whatever its exponent, which may be too long for Decimal
    if value == 0:
        return False
    return abs(value) != float("inf") and decimal.Decimal(repr(value)) == decimal.Decimal(number)


def type_of(values):
    """The type that a column should have."""
    values = [value for value in values if value is not None]
    if not values:
        return "string"
    if all(isinstance(value, bool) for value in values):
        return "bool"
    if all(isinstance(value, Number) for value in values):
        whole = [value for value in values if re.fullmatch(r"-?\d+", value) and value != "-0"]
        if len(whole) == len(values) and all(-(2**63) <= int(value) < 2**63 for value in whole):
            return "int64"
        if all(is_exact(value) for value in values) and all(len(value) < 16 for value in whole):
            return "double"
        return "string"
    if all(isinstance(value, str) and not isinstance(value, Number) for value in values):
        if all(day(value) for value in values):
            return "date32[day]"
        times = [ticks(value) for value in values]
        if all(times) and len({zone for _, _, zone in times}) == 1:
            nanos = any(digits > 6 for _, digits, _ in times)
            years = [int(value[:4]) for value in values]
            if not nanos or all(1678 <= year <= 2261 for year in years):
                return f"timestamp[{'ns' if nanos else 'us'}{', tz=UTC' if times[0][2] else ''}]"
        return "string"
    if all(isinstance(value, (dict, list)) for value in values):
        return "extension<arrow.json>"
    return "string"


def parquet_differs(kind):
    def differs(cell, value):
        if value is None or cell is None:
            return cell is not value
        if kind == "int64":
            return not isinstance(cell, int) or cell != int(value)
        if kind == "double":
            return repr(cell) != repr(float(value))
        if kind == "bool":
            return cell is not value
        if kind == "date32[day]":
            return cell != day(value)
        if kind.startswith("timestamp"):
            return cell * (1 if "[ns" in kind else 1000) != ticks(value)[0]
        if isinstance(value, bool):
            return cell != str(value).lower()
        if isinstance(value, str):
            return cell != utf8(str(value))
        return not same_json(cell, value)

    return differs


def check_parquet(rows, path):
    table = pyarrow.parquet.read_table(path)
    names = table.column_names
    kinds = [str(field.type) for field in table.schema]
    problems = []
    for name, kind in zip(names, kinds):
        wanted = type_of([row.get(name) for row in rows])
        if kind != wanted:
            problems.append(f"{name!r} is {kind}, expected {wanted}")
    columns = []
    for kind, column in zip(kinds, table.columns):
        # Python's datetime has no nanoseconds.
        columns.append((column.cast(pyarrow.int64()) if kind.startswith("timestamp") else column).to_pylist())
    if table.num_rows != len(rows):
        problems.append(f"{table.num_rows} rows, expected {len(rows)}")
    for name, kind, column in zip(names, kinds, columns):
        differs = parquet_differs(kind)
        for index, (row, cell) in enumerate(zip(rows, column)):
            if differs(cell, row.get(name)):
                problems.append(f"row {index}, {name!r}: {cell!r}, expected {row.get(name)!r}")
    missing = {name for row in rows for name in row} - set(names)
    # A name that is null here and an object elsewhere has the columns of the object, all of them null.
    missing = {
        name
        for name in missing
        if any(row.get(name) is not None for row in rows) or not any(other.startswith(f"{name}.") for other in names)
    }
    if missing:
        problems.append(f"columns are missing: {sorted(missing)[:5]}")
    check_duckdb(path, kinds, columns, problems)
    return {"rows": table.num_rows, "columns": names, "types": kinds, "problems": problems}


def check_duckdb(path, kinds, columns, problems):
    connection = duckdb.connect()
    connection.sql("set timezone='UTC'")
    names = [line[0] for line in connection.sql(f"describe select * from '{path}'").fetchall()]
    for kind, name, column in zip(kinds, names, columns):
        quoted = '"' + name.replace('"', '""') + '"'
        unit = "ns" if "[ns" in kind else "us"
        text = f"epoch_{unit}({quoted})" if kind.startswith("timestamp") else quoted
        cells = [line[0] for line in connection.sql(f"select {text} from '{path}'").fetchall()]
        if cells != column:
            problems.append(f"DuckDB reads other values than Arrow in {name!r}")


def main():
    _, to, source, path, *options = sys.argv
    rows = read_source(source)
    if "flatten" in options:
        rows = [flat(row) for row in rows]
    result = check_csv(rows, path) if to == "csv" else check_parquet(rows, path)
    result["count"] = len(result["problems"])
    result["problems"] = result["problems"][:10]
    json.dump(result, sys.stdout)


main()
