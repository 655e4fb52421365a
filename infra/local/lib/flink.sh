# What the cluster runs, asked over its REST API; sourced by the commands that submit and stop jobs.

streaming_jobs=(encode-items user-profiles user-features fold-in-users item-statistics arm-posteriors)
training_jobs=(train-factors train-bridge train-projection train-segments train-routing)

# asks_for PATTERN: whether the configuration names it
asks_for() {
  sed 's/#.*//' "$THAW_CONFIG" | grep -qE "$1"
}

# what only the meta-learned model needs
if asks_for meta-learned; then streaming_jobs+=(adapt-users); fi
if asks_for 'meta-learned|onboarding: *evidence'; then training_jobs+=(train-meta); fi
# what only the sequential one does, by its name or for the routing to choose
if asks_for '(^|[^.])\bsequential\b|train-routing\.sequential\W*true'; then training_jobs+=(train-sequences); fi
# a network from attributes to the factor space
if asks_for 'train-tabular\.enabled"?: *"?true'; then training_jobs+=(train-tabular); fi

# main_class user-features: dev.thaw.flinkjobs.entry.UserFeaturesMain
main_class() {
  printf 'dev.thaw.flinkjobs.entry.%sMain\n' "$(sed 's/\(^\|-\)\([a-z]\)/\u\2/g' <<< "$1")"
}

# job_id NAME: of the job of this name that has not ended; nothing if there is none. Ends the command
# if the cluster does not say: to be taken in an assignment of its own, as $(...) in a test hides that.
job_id() {
  python3 - "$THAW_FLINK_PORT" "$1" << 'PYTHON' || fail "the cluster does not answer: whether $1 runs is not known, try again once http://127.0.0.1:$THAW_FLINK_PORT does"
import json, sys, urllib.request
port, name = sys.argv[1:]
try:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/jobs/overview", timeout=20) as answer:
        jobs = json.load(answer)["jobs"]
except (OSError, ValueError) as fault:
    sys.exit(str(fault))
for job in jobs:
    if job["name"] == name and job["state"] not in ("FINISHED", "CANCELED", "FAILED"):
        print(job["jid"])
PYTHON
}

# await_running NAME SECONDS: until every task of the job runs; ends with 1 and the reason otherwise
await_running() {
  python3 - "$THAW_FLINK_PORT" "$1" "$2" << 'PYTHON'
import json, sys, time, urllib.request
port, name, patience = sys.argv[1:]

def ask(path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
        return json.load(answer)

until, seen = time.monotonic() + float(patience), "it is not there"
while time.monotonic() < until:
    try:
        job = max((j for j in ask("/jobs/overview")["jobs"] if j["name"] == name), key=lambda j: j["start-time"], default=None)
        if job:
            tasks = [v["status"] for v in ask(f"/jobs/{job['jid']}")["vertices"]]
            if job["state"] == "RUNNING" and all(t in ("RUNNING", "FINISHED") for t in tasks):
                sys.exit(0)
            failures = ask(f"/jobs/{job['jid']}/exceptions")["exceptionHistory"]["entries"]
            seen = f"it is {job['state']}, its tasks {sorted(set(tasks))}"
            if failures:
                seen += ": " + failures[0]["stacktrace"][:2000]
            if job["state"] in ("FAILED", "CANCELED"):
                break
    except OSError as fault:
        seen = str(fault)
    time.sleep(0.3)
sys.exit(f"job {name} does not run: {seen}")
PYTHON
}

# newest_state JOB: folder of its newest savepoint or retained checkpoint, whichever was written last;
# nothing if there is none
newest_state() {
  find "$THAW_HOME/savepoints/$1" "$THAW_HOME/checkpoints/$1" -name _metadata -printf '%T@ %h\n' 2> /dev/null \
    | sort -rn | sed -n '1s/^[^ ]* //p' || true
}

# own_jobs JOB: those that compute some of its views, user-features.VIEW; known by their state
own_jobs() {
  find "$THAW_HOME/savepoints" "$THAW_HOME/checkpoints" -mindepth 1 -maxdepth 1 -name "$1.*" -printf '%f\n' 2> /dev/null \
    | sort -u || true
}

# views_of user-features.A.B: A,B
views_of() {
  local views="${1#*.}"
  echo "${views//./,}"
}

# own_views JOB: A,B,C; nothing if there are none
own_views() {
  local name
  for name in $(own_jobs "$1"); do views_of "$name"; done | paste -sd ,
}

# computes JOB VIEW,VIEW: those of these views that the job has, if it runs; like job_id
computes() {
  local id
  id="$(job_id "$1")" || exit
  [[ -n "$id" ]] || return 0
  python3 - "$THAW_FLINK_PORT" "$id" "$2" << 'PYTHON' || fail "the cluster does not answer: which views $1 computes is not known"
import json, re, sys, urllib.request
port, job, views = sys.argv[1:]
try:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/jobs/{job}", timeout=20) as answer:
        names = " ".join(vertex["name"] for vertex in json.load(answer)["vertices"])
except (OSError, ValueError) as fault:
    sys.exit(str(fault))
print(*(view for view in views.split(",") if re.search(rf"\bstore-{view}\b", names)))
PYTHON
}

flink() { # a job's own files (checkpoints) lie below the stack's home
  THAW_NODE_HOME="$THAW_HOME" "$FLINK_HOME/bin/flink" "$@"
}

# stop_job NAME: with a savepoint, from which the next submission goes on
stop_job() {
  local id log="$THAW_HOME/logs/stop-$1.log"
  id="$(job_id "$1")" || exit
  if [[ -z "$id" ]]; then
    say "$1 does not run"
    return
  fi
  mkdir -p "$THAW_HOME/savepoints/$1"
  flink stop --savepointPath "file://$THAW_HOME/savepoints/$1" "$id" > "$log" 2>&1 \
    || { tail -n 20 "$log" >&2; fail "$1 could not be stopped with a savepoint, see $log"; }
  say "$1 stopped, savepoint $(newest_state "$1")"
}
