"""Views of every value type and kind of key, as another team may have them."""

from datetime import timedelta
from pathlib import Path

from feast import Entity, FeatureView, Field, FileSource, PushSource, ValueType, types
from feast.data_format import ParquetFormat

HERE = Path(__file__).resolve().parent
TYPES = {
    "text": types.String,
    "int32": types.Int32,
    "int64": types.Int64,
    "float32": types.Float32,
    "float64": types.Float64,
    "bool": types.Bool,
    "timestamp": types.UnixTimestamp,
    "bytes": types.Bytes,
    "texts": types.Array(types.String),
    "int32s": types.Array(types.Int32),
    "int64s": types.Array(types.Int64),
    "float32s": types.Array(types.Float32),
    "float64s": types.Array(types.Float64),
    "bools": types.Array(types.Bool),
    "timestamps": types.Array(types.UnixTimestamp),
    "byte_strings": types.Array(types.Bytes),
}
KEYS = {
    "user_id": (ValueType.STRING, types.String),
    "domain": (ValueType.STRING, types.String),
    "driver_id": (ValueType.INT64, types.Int64),
    "slot": (ValueType.INT32, types.Int32),
}
entities = {
    key: Entity(name=f"{key}_entity", join_keys=[key], value_type=of)
    for key, (of, _) in KEYS.items()
}


def view(name, keys):
    batch = FileSource(
        name=f"{name}_batch",
        path=str(HERE / f"{name}.parquet"),
        file_format=ParquetFormat(),
        timestamp_field="event_timestamp",
    )
    return FeatureView(
        name=name,
        entities=[entities[key] for key in keys],
        # short, so that rows of the tests have expired
        ttl=timedelta(hours=1),
        schema=[Field(name=key, dtype=KEYS[key][1]) for key in keys]
        + [Field(name=name, dtype=dtype) for name, dtype in TYPES.items()],
        source=PushSource(name=f"{name}_push", batch_source=batch),
    )


by_user = view("by_user", ["user_id"])
by_driver = view("by_driver", ["driver_id"])
by_slot = view("by_slot", ["slot"])
by_all = view("by_all", ["user_id", "domain", "driver_id", "slot"])
user_id, domain, driver_id, slot = entities.values()
