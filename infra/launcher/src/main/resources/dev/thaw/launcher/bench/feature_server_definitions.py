"""The view that the feature servers are measured on."""

from datetime import timedelta

from feast import Entity, FeatureView, Field, FileSource, PushSource, ValueType
from feast.data_format import ParquetFormat
from feast.types import Float64, Int64, String

TYPES = (Float64, Int64, String)

user = Entity(name="user", join_keys=["user_id"], value_type=ValueType.STRING)
measured = FeatureView(
    name="measured",
    entities=[user],
    ttl=timedelta(days=3650),
    schema=[Field(name="user_id", dtype=String)]
    + [Field(name=f"f{i}", dtype=TYPES[i % 3]) for i in range(50)],
    source=PushSource(
        name="push",
        batch_source=FileSource(
            name="batch",
            path="measured.parquet",
            file_format=ParquetFormat(),
            timestamp_field="event_timestamp",
        ),
    ),
    online=True,
)
