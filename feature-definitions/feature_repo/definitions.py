"""Registers everything ../features.yaml declares. Features are added there, never here.

Training sets are read from the feature log of an installation, one folder a view: below
THAW_FEATURE_LOG, or else below feature-log of THAW_HOME, by default .thaw beside the modules.
"""

import json
import os
import re
import warnings
from datetime import timedelta
from pathlib import Path

import yaml
from feast import Entity, FeatureService, FeatureView, Field, FileSource, PushSource
from feast import StreamFeatureView, ValueType, types
from feast.aggregation import Aggregation
from feast.data_format import ParquetFormat

warnings.filterwarnings("ignore", message="Stream feature views are experimental")

HERE = Path(__file__).resolve().parent
HOME = Path(os.environ.get("THAW_HOME", HERE.parent.parent / ".thaw"))
# DuckDB resolves a relative path from wherever it is asked
LOG = Path(os.environ.get("THAW_FEATURE_LOG", HOME / "feature-log")).resolve()
DECLARATION = Path(os.environ.get("THAW_FEATURES", HERE.parent / "features.yaml"))
TIME = "event_timestamp"
WRITTEN = "created_timestamp"

TYPES = {
    "STRING": types.String,
    "INT32": types.Int32,
    "INT64": types.Int64,
    "FLOAT": types.Float32,
    "DOUBLE": types.Float64,
    "BOOL": types.Bool,
    "UNIX_TIMESTAMP": types.UnixTimestamp,
    "STRING_LIST": types.Array(types.String),
    "INT64_LIST": types.Array(types.Int64),
    "DOUBLE_LIST": types.Array(types.Float64),
    "FLOAT_LIST": types.Array(types.Float32),
}

# The aggregates Feast has a name for; the others are described by tags alone.
FUNCTIONS = {
    "count": "count",
    "sum": "sum",
    "mean": "mean",
    "min": "min",
    "max": "max",
    "distinct": "count_distinct",
}

# What becomes a tag of the field, so that the registry tells the whole definition.
ROLLING_KEYS = (
    "aggregate", "field", "types", "where", "positive", "min_value", "window", "half_life",
)


def duration(text):
    """30s, 15m, 1h, 30d or 200ms."""
    amount, unit = re.fullmatch(r"(\d{1,12})(ms|s|m|h|d)", text).groups()
    names = {"ms": "milliseconds", "s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
    return timedelta(**{names[unit]: int(amount)})


def tag(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ",".join(map(str, value))
    return json.dumps(value, sort_keys=True) if isinstance(value, dict) else str(value)


def field(feature):
    return Field(
        name=feature["name"],
        dtype=TYPES[feature["type"].upper()],
        description=feature["description"],
        tags={key: tag(feature[key]) for key in ROLLING_KEYS if key in feature},
    )


def aggregation(feature):
    return Aggregation(
        name=feature["name"],
        column=feature.get("field", "event_id"),
        function=FUNCTIONS[feature["aggregate"]],
        time_window=duration(feature["window"]),
    )


def aggregations(view):
    return [
        aggregation(feature)
        for feature in view["features"]
        if feature["aggregate"] in FUNCTIONS and "window" in feature
    ]


def push_source(view):
    name = view["name"]
    about = {
        "description": f"Every version of {name}, for training sets",
        "owner": view["owner"],
        "tags": {"writer": view["writer"]},
    }
    batch = FileSource(
        name=f"{name}_batch",
        path=str(LOG / name),
        file_format=ParquetFormat(),
        timestamp_field=TIME,
        created_timestamp_column=WRITTEN,
        **about,
    )
    return PushSource(name=f"{name}_push", batch_source=batch, **about)


def feature_view(view, entities):
    keys = [entities[name] for name in view["entities"]]
    shared = {
        "name": view["name"],
        "entities": keys,
        "ttl": duration(view["ttl"]),
        "schema": [Field(name=key.join_key, dtype=types.String) for key in keys]
        + [field(feature) for feature in view["features"]],
        "source": push_source(view),
        "owner": view["owner"],
        "description": view["description"],
        "tags": {"writer": view["writer"]},
        "online": True,
    }
    if all("aggregate" in feature for feature in view["features"]):
        return StreamFeatureView(
            aggregations=aggregations(view), timestamp_field=TIME, **shared
        )
    return FeatureView(**shared)


def register(declaration):
    """Feast collects the objects of a module's globals, so they are put there by name."""
    entities = {
        entity["name"]: Entity(
            name=entity["name"],
            join_keys=[entity["join_key"]],
            value_type=ValueType.STRING,
            description=entity["description"],
            owner=declaration["project"],
        )
        for entity in declaration["entities"]
    }
    views = {view["name"]: feature_view(view, entities) for view in declaration["views"]}
    services = {
        service["name"]: FeatureService(
            name=service["name"],
            features=[views[name] for name in service["views"]],
            description=service["description"],
            owner=declaration["project"],
        )
        for service in declaration.get("services", [])
    }
    for kind, objects in (("entity", entities), ("view", views), ("service", services)):
        globals().update({f"{kind}_{name}": value for name, value in objects.items()})


register(yaml.safe_load(DECLARATION.read_text(encoding="utf-8")))
