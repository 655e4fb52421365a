"""Records the bytes that Feast itself writes: python record_golden_bytes.py ../resources/feast/golden.json

Every case is a row that Feast's SQLite and Redis online stores wrote, as found in the files of the one
and the hashes of the other.
"""

import json
import sqlite3
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path

import feast_layout as layout
import redis as redis_client
from feast.protos.feast.types.EntityKey_pb2 import EntityKey
from feast.protos.feast.types.Value_pb2 import (
    DoubleList,
    FloatList,
    Int64List,
    StringList,
    Value,
)

EVENT_TIME = datetime(2026, 3, 1, 12, 30, 15, 250000, tzinfo=timezone.utc)

PLAIN = {
    "text": "Amélie ☕",
    "int64": -9007199254740993,
    "int32": 7,
    "float64": 0.1,
    "float32": 0.1,
    "bool": True,
    "timestamp": 1772368215,
    "texts": ["a", "", "日本"],
    "int64s": [1, -2, 9007199254740993],
    "float64s": [0.5, -1e-300],
    "float32s": [0.25, -3.5, 1e10],
}
ZERO = {
    "text": "",
    "int64": 0,
    "int32": 0,
    "float64": 0.0,
    "float32": 0.0,
    "bool": False,
    "timestamp": 0,
    "texts": [],
    "int64s": [],
    "float64s": [],
    "float32s": [],
}
CASES = [
    ("by_user", {"user_id": "u1"}, PLAIN),
    ("by_user", {"user_id": "zero"}, ZERO),
    ("by_user", {"user_id": "nulls"}, {name: None for name in PLAIN}),
    ("by_user", {"user_id": "Ünïcödé 日本語"}, {"text": "x", "int64": 1}),
    ("by_user", {"user_id": "😀👩‍🚀"}, {"text": "😀", "int64": 2}),
    ("by_user", {"user_id": ""}, {"int64": 3}),
    ("by_user_domain", {"user_id": "u1", "domain": "books"}, PLAIN),
    ("by_user_domain", {"user_id": "u😀", "domain": "фильмы"}, {"int32": -2147483648}),
    ("by_driver", {"driver_id": 1001}, {"int64": 9223372036854775807}),
    ("by_driver", {"driver_id": -1}, {"int64": -9223372036854775808}),
] + [
    ("by_user", {"user_id": f"float-{x!r}"}, {"float64": x, "float32": x})
    for x in [1.0, 100.0, 1e15, 1e16, 1e22, 1e23, 123456789.125, 1e-4, 1e-5, 1.5e-7, -2.5e-10, 5e-324,
              1.7976931348623157e308, 2e-3, 5.6843418860808015e-14, -0.0, 3.3333333333333335]
]


def value(name, x):
    if x is None:
        return Value()
    if name == "float32" and abs(x) > 3e38:
        x = 3.0e38
    if name == "texts":
        return Value(string_list_val=StringList(val=x))
    if name == "int64s":
        return Value(int64_list_val=Int64List(val=x))
    if name == "float64s":
        return Value(double_list_val=DoubleList(val=x))
    if name == "float32s":
        return Value(float_list_val=FloatList(val=x))
    field = {"text": "string", "float64": "double", "float32": "float", "timestamp": "unix_timestamp"}.get(name, name)
    return Value(**{f"{field}_val": x})


def entity_key(keys):
    values = [Value(int64_val=v) if isinstance(v, int) else Value(string_val=v) for v in keys.values()]
    return EntityKey(join_keys=list(keys), entity_values=values)


def write(store):
    for view, keys, features in CASES:
        row = (entity_key(keys), {n: value(n, x) for n, x in features.items()}, EVENT_TIME, None)
        table = store.get_feature_view(view)
        store._get_provider().online_write_batch(store.config, table, [row], None)


def main(target):
    golden = {"event_time": EVENT_TIME.isoformat().replace("+00:00", "Z"), "project": layout.PROJECT, "cases": []}
    with tempfile.TemporaryDirectory() as folder, layout.redis_server() as port:
        file = Path(folder) / "online.db"
        write(layout.open_store(folder, layout.sqlite(file)))
        db = sqlite3.connect(file)
        golden["sqlite_schema"] = sorted(
            sql for (sql,) in db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
        )
        tables = {}
        for view in ("by_user", "by_user_domain", "by_driver"):
            tables[view] = db.execute(
                "SELECT hex(entity_key), feature_name, hex(value), typeof(value), value_text, vector_value, event_ts, created_ts"
                f" FROM {layout.PROJECT}_{view}"
            ).fetchall()
        with tempfile.TemporaryDirectory() as other:
            write(layout.open_store(other, layout.redis(port)))
        server = redis_client.Redis(port=port)
        hashes = {key: server.hgetall(key) for key in server.keys()}
    from feast.infra.key_encoding_utils import serialize_entity_key

    for view, keys, features in CASES:
        key = serialize_entity_key(entity_key(keys), 3)
        ours = {
            f.hex(): v.hex() for f, v in hashes[key + layout.PROJECT.encode()].items()
        }
        golden["cases"].append(
            {
                "view": view,
                "keys": keys,
                "features": {n: (repr(x) if isinstance(x, float) else x) for n, x in features.items()},
                "entity_key": key.hex(),
                "sqlite": [
                    dict(zip(("feature", "value", "type", "text", "vector", "event_ts", "created_ts"),
                             (r[1], r[2].lower(), *r[3:])))
                    for r in sorted(tables[view], key=lambda r: r[1]) if r[0].lower() == key.hex()
                ],
                "redis": {"key": (key + layout.PROJECT.encode()).hex(), "hash": dict(sorted(ours.items()))},
            }
        )
    Path(target).write_text(json.dumps(golden, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{len(golden['cases'])} cases in {target}")


if __name__ == "__main__":
    main(sys.argv[1])
