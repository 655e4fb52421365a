"""Reads through real Feast what Thaw wrote, then writes rows for Thaw to read:
python feast_exchange.py FOLDER sqlite:FILE redis:PORT

Prints one JSON object: per store, per golden case, the features as get_online_features gives them.
"""

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path

import feast_layout as layout
import pandas as pd
from record_golden_bytes import CASES, EVENT_TIME, PLAIN

FEAST_WRITES = [
    {"user_id": "from feast", **PLAIN},
    {"user_id": "from feast 😀", **{name: None for name in PLAIN}, "text": "only text", "int64": 5},
]


def plain(x):
    return int(x.timestamp()) if isinstance(x, datetime) else x


def read(store):
    rows = []
    for view, keys, _ in CASES:
        answer = store.get_online_features(
            features=[f"{view}:{name}" for name in layout.TYPES], entity_rows=[keys]
        ).to_dict()
        rows.append({name: plain(answer[name][0]) for name in layout.TYPES})
    return rows


def write(store):
    times = {"event_timestamp": EVENT_TIME, "timestamp": datetime.fromtimestamp(PLAIN["timestamp"])}
    for row in FEAST_WRITES:
        values = {**row, "event_timestamp": EVENT_TIME}
        if values["timestamp"] is not None:
            values["timestamp"] = times["timestamp"]
        frame = pd.DataFrame({name: pd.Series([x], dtype=dtype(name, x)) for name, x in values.items()})
        store.write_to_online_store("by_user", frame)


def dtype(name, x):
    known = {"int64": "Int64", "int32": "Int32", "float64": "float64", "float32": "float32"}
    if name == "event_timestamp" or (name == "timestamp" and x is not None):
        return None
    return known.get(name, "object") if x is not None else "object"


def main(folder, *stores):
    answers = {}
    for location in stores:
        kind, _, where = location.partition(":")
        repo = Path(folder) / kind
        repo.mkdir()
        online = layout.sqlite(where) if kind == "sqlite" else layout.redis(where)
        store = layout.open_store(repo, online)
        answers[kind] = read(store)
        write(store)
    print(json.dumps(answers))


if __name__ == "__main__":
    main(*sys.argv[1:])
