"""The feature views of the layout tests, applied to a throw-away Feast repo on SQLite or Redis.

Needs Python 3.11 with feast[redis]==0.66.0 and, for Redis, the binary redis-server. Run with TZ=UTC.
"""

import contextlib
import os
import socket
import subprocess
import tempfile
import time
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("FEAST_USAGE", "False")
assert os.environ.get("TZ") == "UTC", "Feast's SQLite times follow the local zone: run with TZ=UTC"

from feast import Entity, FeatureStore, FeatureView, Field, FileSource, PushSource, ValueType
from feast.data_format import ParquetFormat
from feast.repo_config import RegistryConfig, RepoConfig
from feast.types import Array, Bool, Float32, Float64, Int32, Int64, String, UnixTimestamp

PROJECT = "layout"
TYPES = {
    "text": String,
    "int64": Int64,
    "int32": Int32,
    "float64": Float64,
    "float32": Float32,
    "bool": Bool,
    "timestamp": UnixTimestamp,
    "texts": Array(String),
    "int64s": Array(Int64),
    "float64s": Array(Float64),
    "float32s": Array(Float32),
}


def entities():
    return {
        "user_id": Entity(name="user", join_keys=["user_id"], value_type=ValueType.STRING),
        "domain": Entity(name="domain", join_keys=["domain"], value_type=ValueType.STRING),
        "driver_id": Entity(name="driver", join_keys=["driver_id"], value_type=ValueType.INT64),
    }


def views(folder):
    es = entities()

    def view(name, keys):
        batch = FileSource(
            name=f"{name}_file",
            path=str(Path(folder) / f"{name}.parquet"),
            file_format=ParquetFormat(),
            timestamp_field="event_timestamp",
        )
        return FeatureView(
            name=name,
            entities=[es[k] for k in keys],
            ttl=timedelta(days=3650),
            schema=[Field(name=n, dtype=t) for n, t in TYPES.items()]
            + [Field(name=k, dtype=Int64 if k == "driver_id" else String) for k in keys],
            source=PushSource(name=f"{name}_push", batch_source=batch),
            online=True,
        )

    return [
        view("by_user", ["user_id"]),
        view("by_user_domain", ["user_id", "domain"]),
        view("by_driver", ["driver_id"]),
    ]


def open_store(folder, online_store):
    """A feature store with the views applied."""
    config = RepoConfig(
        project=PROJECT,
        provider="local",
        registry=RegistryConfig(path=str(Path(folder) / "registry.db")),
        online_store=online_store,
        entity_key_serialization_version=3,
        repo_path=Path(folder),
    )
    store = FeatureStore(config=config)
    store.apply(list(entities().values()) + views(folder))
    return store


def sqlite(path):
    return {"type": "sqlite", "path": str(path)}


def redis(port):
    return {"type": "redis", "connection_string": f"127.0.0.1:{port}"}


@contextlib.contextmanager
def redis_server():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder],
            stdout=subprocess.DEVNULL,
        )
        try:
            for _ in range(100):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                time.sleep(0.05)
            yield port
        finally:
            server.terminate()
            server.wait()
