"""Prints what Feast's registry holds as JSON, for the comparison with features.yaml."""

import json
import sys
import warnings

warnings.simplefilter("ignore")

from feast import FeatureStore  # noqa: E402

store = FeatureStore(sys.argv[1])
entities = {e.name: e for e in store.list_entities()}


def features(view):
    return {
        f.name: {
            "type": f.dtype.to_value_type().name,
            "description": f.description,
            "tags": dict(f.tags),
        }
        for f in view.features
        # Feast 0.66 repeats the join keys among the features of stream feature views
        if f.name not in {c.name for c in view.entity_columns}
    }


def described(view, aggregations):
    return {
        "entities": list(view.entities),
        "join_keys": sorted(c.name for c in view.entity_columns),
        "ttl_seconds": view.ttl.total_seconds(),
        "owner": view.owner,
        "description": view.description,
        "writer": view.tags["writer"],
        "push": (view.stream_source or view.batch_source).name,
        "batch": view.batch_source.name,
        "features": features(view),
        "aggregations": {
            a.name: {
                "function": a.function,
                "column": a.column,
                "window_seconds": a.time_window.total_seconds(),
            }
            for a in aggregations
        },
    }


streams = {v.name: v for v in store.list_stream_feature_views()}
views = {v.name: described(v, []) for v in store.list_batch_feature_views()}
views.update({n: described(v, v.aggregations) for n, v in streams.items()})
json.dump(
    {
        "project": store.project,
        "key_version": store.config.entity_key_serialization_version,
        "entities": {
            n: {"join_key": e.join_key, "type": e.value_type.name, "description": e.description}
            for n, e in entities.items()
            if n != "__dummy"
        },
        "streams": sorted(streams),
        "views": views,
        "services": {
            s.name: sorted(p.name for p in s.feature_view_projections)
            for s in store.list_feature_services()
        },
    },
    sys.stdout,
)
