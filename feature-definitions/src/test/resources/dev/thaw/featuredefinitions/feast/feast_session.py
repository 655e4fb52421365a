"""Does what a JSON script says with real Feast: python feast_session.py SCRIPT ANSWERS

A script is a list of steps {"do": NAME, "repo": FOLDER, ...}, the answers a list as long. One
process for all of them, since importing Feast takes longer than anything it is asked here.
Times are epoch milliseconds where rows have them, epoch seconds where a feature is one; bytes are
hexadecimal.
"""

import json
import os
import sys
import warnings
from datetime import datetime, timezone
from pathlib import Path

warnings.simplefilter("ignore")

import pandas as pd  # noqa: E402
import feast_registry  # noqa: E402
from feast import FeatureStore  # noqa: E402
from feast.repo_config import load_repo_config  # noqa: E402
from feast.repo_operations import apply_total  # noqa: E402

TIME = "event_timestamp"
FRAMES = {"Int64": "Int64", "Int32": "Int32", "Float64": "float64", "Float32": "float32"}


def time(millis):
    return datetime.fromtimestamp(millis / 1000, timezone.utc)


def plain(x):
    if isinstance(x, datetime):
        return int(x.replace(tzinfo=x.tzinfo or timezone.utc).timestamp())
    if isinstance(x, bytes):
        return x.hex()
    if isinstance(x, (list, tuple)):
        return [plain(each) for each in x]
    return x


def typed(x, dtype):
    if x is None:
        return None
    if isinstance(x, list):
        return [typed(each, dtype[6:-1]) for each in x]
    if dtype == "UnixTimestamp":
        return datetime.fromtimestamp(x, timezone.utc)
    return bytes.fromhex(x) if dtype == "Bytes" else x


def frame(store, view, row):
    fields = {f.name: str(f.dtype) for f in store.get_feature_view(view).schema}
    columns = {TIME: pd.Series([time(row[TIME])])}
    for name, x in row.items():
        if name != TIME:
            dtype = FRAMES.get(fields[name], "object") if x is not None else "object"
            if fields[name] == "UnixTimestamp" and x is not None:
                dtype = None
            columns[name] = pd.Series([typed(x, fields[name])], dtype=dtype)
    return pd.DataFrame(columns)


def store_of(step):
    return FeatureStore(repo_path=step["repo"])


def apply(step):
    # a second repo's definitions would be taken for the first one's
    sys.modules.pop("definitions", None)
    os.environ.update(step.get("environment", {}))
    repo = Path(step["repo"])
    sys.path.insert(0, str(repo))
    apply_total(load_repo_config(repo, repo / "feature_store.yaml"), repo, False)
    sys.path.remove(str(repo))


def registry(step):
    return feast_registry.contents(store_of(step))


def online(step):
    store = store_of(step)
    features = step["features"]
    if isinstance(features, str):
        features = store.get_feature_service(features)
    answers = []
    for keys in step["keys"]:
        response = store.get_online_features(features, [keys], full_feature_names=step["full"])
        answers.append(
            {
                "values": {name: plain(x[0]) for name, x in response.to_dict().items()},
                "statuses": {
                    name: str(result.statuses[0])
                    for name, result in zip(
                        response.proto.metadata.feature_names.val, response.proto.results
                    )
                },
            }
        )
    return answers


def historical(step):
    labels = pd.DataFrame([{**row, TIME: time(row[TIME])} for row in step["labels"]])
    labels["label"] = range(len(labels))
    job = store_of(step).get_historical_features(
        labels, step["features"], full_feature_names=step["full"]
    )
    rows = sorted(job.to_arrow().to_pylist(), key=lambda row: row["label"])
    return [{name: plain(x) for name, x in row.items()} for row in rows]


def write(step):
    store = store_of(step)
    for row in step["rows"]:
        store.write_to_online_store(step["view"], frame(store, step["view"], row))


def push(step):
    store = store_of(step)
    for row in step["rows"]:
        store.push(f"{step['view']}_push", frame(store, step["view"], row))


def materialize(step):
    store_of(step).materialize(time(step["from"]), time(step["to"]), step["views"])


def tidy(step):
    sys.path.insert(0, step["repo"])
    import tidy_log

    return tidy_log.tidy(Path(step["log"]), time(step["now"]))


def main(script, answers):
    steps = json.loads(Path(script).read_text(encoding="utf-8"))
    done = [globals()[step["do"]](step) for step in steps]
    Path(answers).write_text(json.dumps(done), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
