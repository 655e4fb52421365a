"""What Feast's registry holds as plain values, for the comparison with features.yaml."""


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


def source(found):
    return {
        "name": found.name,
        "owner": found.owner,
        "description": found.description,
        "tags": dict(found.tags),
    }


def batch(found):
    return {
        **source(found),
        "path": found.path,
        "format": type(found.file_format).__name__,
        "event_time": found.timestamp_field,
        "created": found.created_timestamp_column,
    }


def described(view, aggregations):
    return {
        "entities": list(view.entities),
        "join_keys": {c.name: c.dtype.to_value_type().name for c in view.entity_columns},
        "ttl_seconds": view.ttl.total_seconds(),
        "owner": view.owner,
        "description": view.description,
        "tags": dict(view.tags),
        "online": view.online,
        "push": source(view.stream_source),
        "batch": batch(view.batch_source),
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


def contents(store):
    streams = {v.name: v for v in store.list_stream_feature_views()}
    views = {v.name: described(v, []) for v in store.list_batch_feature_views()}
    views.update({n: described(v, v.aggregations) for n, v in streams.items()})
    return {
        "project": store.project,
        "key_version": store.config.entity_key_serialization_version,
        "online_store": store.config.online_store.type,
        "offline_store": store.config.offline_store.type,
        "entities": {
            e.name: {
                "join_key": e.join_key,
                "type": e.value_type.name,
                "description": e.description,
                "owner": e.owner,
                "tags": dict(e.tags),
            }
            for e in store.list_entities()
            if e.name != "__dummy"
        },
        "streams": sorted(streams),
        "views": views,
        "services": {
            s.name: {
                "views": sorted(p.name for p in s.feature_view_projections),
                "features": {
                    p.name: sorted(f.name for f in p.features)
                    for p in s.feature_view_projections
                },
                "description": s.description,
                "owner": s.owner,
                "tags": dict(s.tags),
            }
            for s in store.list_feature_services()
        },
        "sources": sorted(s.name for s in store.list_data_sources()),
    }
