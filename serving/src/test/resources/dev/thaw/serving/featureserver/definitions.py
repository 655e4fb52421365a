"""A data team's repo with views that Thaw knows nothing of: all types, several kinds of keys."""

from datetime import timedelta

import pandas as pd
from feast import Entity, FeatureService, FeatureView, Field, FileSource, PushSource, ValueType
from feast.data_format import ParquetFormat
from feast.on_demand_feature_view import on_demand_feature_view
from feast.types import (
    Array, Bool, Bytes, Float32, Float64, Int32, Int64, Map, String, UnixTimestamp,
)

TYPES = {
    "text": String, "int64": Int64, "int32": Int32, "float64": Float64, "float32": Float32,
    "bool": Bool, "timestamp": UnixTimestamp, "bytes": Bytes, "texts": Array(String),
    "int64s": Array(Int64), "int32s": Array(Int32), "float64s": Array(Float64),
    "float32s": Array(Float32), "bools": Array(Bool), "timestamps": Array(UnixTimestamp),
    "byte_strings": Array(Bytes),
}

user = Entity(name="user", join_keys=["user_id"], value_type=ValueType.STRING)
domain = Entity(name="domain", join_keys=["domain"], value_type=ValueType.STRING)
driver = Entity(name="driver", join_keys=["driver_id"], value_type=ValueType.INT64)
shift = Entity(name="shift", join_keys=["shift"], value_type=ValueType.INT32)
since = Entity(name="since", join_keys=["since"], value_type=ValueType.UNIX_TIMESTAMP)
KEYS = {"user_id": String, "domain": String, "driver_id": Int64, "shift": Int32, "since": UnixTimestamp}


def view(name, entities, features, ttl):
    batch = FileSource(
        name=f"{name}_batch",
        path=f"{name}.parquet",
        file_format=ParquetFormat(),
        timestamp_field="event_timestamp",
    )
    return FeatureView(
        name=name,
        entities=entities,
        ttl=ttl,
        schema=[Field(name=e.join_key, dtype=KEYS[e.join_key]) for e in entities]
        + [Field(name=n, dtype=t) for n, t in features.items()],
        source=PushSource(name=f"{name}_push", batch_source=batch),
        online=True,
    )


by_user = view("by_user", [user], TYPES, timedelta(days=1))
by_user_domain = view(
    "by_user_domain", [user, domain], {"score": Float64, "text": String}, timedelta(0)
)
by_driver = view("by_driver", [driver], {"trips": Int64}, timedelta(0))
by_shift = view("by_shift", [driver, shift, since], {"hours": Int32}, timedelta(0))
everything = view("everything", [], {"rate": Float64}, timedelta(0))
newer = view("newer", [user], {"plain": Int64, "map": Map}, timedelta(0))


@on_demand_feature_view(sources=[by_driver], schema=[Field(name="twice", dtype=Int64)])
def computed(inputs: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"twice": inputs["trips"] * 2})


both = FeatureService(name="both", features=[by_user[["text", "int64"]], by_user_domain[["score"]]])
friends = FeatureService(
    name="friends",
    features=[
        by_user[["int64"]],
        by_user.with_name("friend").with_join_key_map({"user_id": "friend_id"})[["text"]],
    ],
)
python = FeatureService(name="python", features=[computed])
