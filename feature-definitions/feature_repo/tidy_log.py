"""Tidies a feature log: .venv/bin/python tidy_log.py LOG

Of the many files of a day it makes one, with the columns of the view's newest file: a feature that
was added is null in older rows, one that was removed goes. Rows of erased users go from every view
with a user_id, whichever view the erasure came through. What is not a finished file is left alone,
so that jobs may go on writing. Reading meanwhile may see rows twice for a moment, which training
sets don't mind; two tidyings at a time are one too many.
"""

import os
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import duckdb

# A file that was open while its user was erased appears within a checkpoint; a day is ample.
MARKS_STAY = timedelta(days=1)
USER = "user_id"


def quoted(text, mark="'"):
    return mark + str(text).replace(mark, mark * 2) + mark


def read(files):
    names = ", ".join(quoted(file) for file in files)
    return f"read_parquet([{names}], union_by_name = true, hive_partitioning = false)"


def columns(db, files):
    """Names and types."""
    return [row[:2] for row in db.sql(f"DESCRIBE SELECT * FROM {read(files)}").fetchall()]


def parquet_files(folder):
    return sorted(file for file in folder.glob("*/*.parquet") if not file.name.startswith("."))


def gather_erased(db, views):
    db.sql(f"CREATE TABLE gone ({USER} VARCHAR, event TIMESTAMPTZ, written TIMESTAMPTZ)")
    for files in views:
        if USER in dict(columns(db, files)):
            db.sql(
                f"INSERT INTO gone SELECT {USER}, event_timestamp, created_timestamp"
                f" FROM {read(files)} WHERE erased"
            )


# A deleted profile has no time of its own and is written with the first instant of 1970.
IS_GONE = f"""
    EXISTS (
        SELECT 1 FROM gone WHERE gone.{USER} = log.{USER} AND (
            log.event_timestamp <= gone.event
            OR (epoch(gone.event) = 0 AND log.created_timestamp <= gone.written)
        )
    ) AND NOT (erased AND created_timestamp > $1::TIMESTAMPTZ)
"""


def tidy_day(db, files, wanted, marks_after):
    """Whether the day was written anew."""
    found = columns(db, files)
    gone = IS_GONE if USER in dict(found) else "false AND $1::TIMESTAMPTZ IS NULL"
    query = f"FROM {read(files)} AS log WHERE {gone}"
    [(erased,)] = db.execute(f"SELECT count(*) {query}", [marks_after]).fetchall()
    if len(files) == 1 and found == wanted and not erased:
        return False
    chosen = ", ".join(
        (quoted(name, '"') if name in dict(found) else f"NULL::{kind} AS {quoted(name, chr(34))}")
        for name, kind in wanted
    )
    folder = files[0].parent
    part = folder / ".tidying"
    # a run that ended between writing and deleting left rows twice
    db.execute(
        f"COPY (SELECT DISTINCT {chosen} FROM {read(files)} AS log WHERE NOT ({gone})"
        f" ORDER BY event_timestamp, created_timestamp)"
        f" TO {quoted(part)} (FORMAT parquet, COMPRESSION zstd)",
        [marks_after],
    ).fetchall()
    number = 1 + max([int(f.stem[7:]) for f in files if f.stem.startswith("tidied-")], default=0)
    os.replace(part, folder / f"tidied-{number}.parquet")
    for file in files:
        file.unlink()
    return True


def tidy(log, now):
    """The number of days written anew, by view."""
    db = duckdb.connect()
    db.sql("SET TimeZone = 'UTC'")
    views = {folder.name: parquet_files(folder) for folder in sorted(log.iterdir()) if folder.is_dir()}
    views = {view: files for view, files in views.items() if files}
    gather_erased(db, views.values())
    written = {}
    for view, files in views.items():
        wanted = columns(db, [max(files, key=lambda file: file.stat().st_mtime_ns)])
        days = {file.parent: [f for f in files if f.parent == file.parent] for file in files}
        written[view] = sum(
            tidy_day(db, of_day, wanted, now - MARKS_STAY) for of_day in days.values()
        )
    return written


if __name__ == "__main__":
    for view, days in tidy(Path(sys.argv[1]), datetime.now(timezone.utc)).items():
        print(f"{view}: {days} days written anew")
