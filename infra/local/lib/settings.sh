# Where the stack lies and which ports it takes; sourced by the commands beside it. Everything can be
# set from outside:
#   THAW_HOME          data, logs and settings of one stack; default .thaw/local of this checkout
#   THAW_PORTS         first of 50 ports in a row for all of it, so that stacks can stand side by side
#   THAW_<PART>_PORT   one port
#   THAW_PARALLELISM   of the jobs
here="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)"
root="$(cd "$here/../.." && pwd)"

trap 'say "$0: line $LINENO failed"' ERR
say() { printf '%s\n' "$*" >&2; }
fail() {
  say "$(basename "$0"): $*"
  exit 1
}

export THAW_ROOT="$root" THAW_INFRA="$here"
export THAW_HOME="${THAW_HOME:-$root/.thaw/local}"
[[ "$THAW_HOME" == /* ]] || THAW_HOME="$PWD/$THAW_HOME"
# both stand in command lines of supervisord.conf and in file:// URIs
for folder in "$root" "$THAW_HOME"; do
  [[ "$folder" != *[^[:alnum:]/._@+=~-]* ]] \
    || fail "the paths of checkout and THAW_HOME may have letters, digits and / . _ @ + = ~ - only, one was \"$folder\""
done
mkdir -p "$THAW_HOME"
THAW_HOME="$(cd "$THAW_HOME" && pwd)"

# of_row OFFSET DEFAULT: the port at this place of the row, or the usual one where there is none
of_row() {
  if [[ -n "${THAW_PORTS:-}" ]]; then printf '%s' "$((THAW_PORTS + $1))"; else printf '%s' "$2"; fi
}
export THAW_REDIS_PORT="${THAW_REDIS_PORT:-$(of_row 0 6379)}"
export THAW_KAFKA_PORT="${THAW_KAFKA_PORT:-$(of_row 1 9092)}"
export THAW_KAFKA_CONTROLLER_PORT="${THAW_KAFKA_CONTROLLER_PORT:-$(of_row 2 9093)}"
export THAW_ZOOKEEPER_PORT="${THAW_ZOOKEEPER_PORT:-$(of_row 3 2181)}"
export THAW_FLINK_PORT="${THAW_FLINK_PORT:-$(of_row 4 8081)}"
export THAW_FLINK_RPC_PORT="${THAW_FLINK_RPC_PORT:-$(of_row 5 6123)}"
export THAW_FEATURE_SERVER_PORT="${THAW_FEATURE_SERVER_PORT:-$(of_row 6 6566)}"
export THAW_SERVING_PORT="${THAW_SERVING_PORT:-$(of_row 7 8080)}"
export THAW_SERVING_2_PORT="${THAW_SERVING_2_PORT:-$(of_row 8 8082)}"
export THAW_FEAST_PORT="${THAW_FEAST_PORT:-$(of_row 9 6567)}"
export THAW_FEAST_UI_PORT="${THAW_FEAST_UI_PORT:-$(of_row 10 8888)}"
export THAW_FLINK_METRICS_PORT="${THAW_FLINK_METRICS_PORT:-$(of_row 11 9249)}" # and the three after it
export THAW_MILVUS_PORT="${THAW_MILVUS_PORT:-$(of_row 20 19530)}"
export THAW_MILVUS_PARTS_PORT="${THAW_MILVUS_PARTS_PORT:-$(of_row 21 19531)}" # and the nine after it

export THAW_CONFIG="${THAW_CONFIG:-$here/thaw.yaml}"
export THAW_DOMAINS="${THAW_DOMAINS:-$root/feature-definitions/domains.yaml}"
export THAW_FEATURES="${THAW_FEATURES:-$root/feature-definitions/features.yaml}"
export THAW_PARALLELISM="${THAW_PARALLELISM:-1}"
export THAW_APP="$THAW_HOME/app" THAW_ARTEFACTS="$THAW_HOME/artefacts"
export THAW_REDIS="127.0.0.1:$THAW_REDIS_PORT" THAW_REGISTRY="$THAW_HOME/registry.db" THAW_FEAST="$THAW_HOME/conf/feature_store.yaml"
export THAW_FEATURE_LOG="${THAW_FEATURE_LOG:-$THAW_HOME/feature-log}"

export FLINK_HOME="$root/.thaw/flink/home"
export FLINK_CONF_DIR="$THAW_HOME/flink/conf" FLINK_LIB_DIR="$THAW_HOME/flink/lib"
export FLINK_PLUGINS_DIR="$THAW_HOME/flink/plugins" FLINK_LOG_DIR="$THAW_HOME/logs/flink"
export FLINK_PID_DIR="$THAW_HOME/flink/run" FLINK_IDENT_STRING=thaw
export TZ=UTC

parts=(redis kafka feast milvus flink feature-server serving)
extra_parts=(feast-serve feast-ui)

# What supervisord calls the processes of a part, in the order of their start.
processes() {
  case "$1" in
    redis | kafka | milvus | feature-server | feast-serve | feast-ui) echo "$1" ;;
    feast) ;;
    flink) echo zookeeper jobmanager taskmanager-1 taskmanager-2 ;;
    serving) echo serving-1 serving-2 ;;
    *)
      say "there is no part \"$1\"; the parts are ${parts[*]}, and if asked for ${extra_parts[*]}"
      exit 2
      ;;
  esac
}

# ports_of PROCESS: "PORT VARIABLE" of each port that it opens and nothing else may have
ports_of() {
  local port
  case "$1" in
    redis) echo "$THAW_REDIS_PORT THAW_REDIS_PORT" ;;
    kafka)
      echo "$THAW_KAFKA_PORT THAW_KAFKA_PORT"
      echo "$THAW_KAFKA_CONTROLLER_PORT THAW_KAFKA_CONTROLLER_PORT"
      ;;
    milvus)
      echo "$THAW_MILVUS_PORT THAW_MILVUS_PORT"
      for port in {0..9}; do echo "$((THAW_MILVUS_PARTS_PORT + port)) THAW_MILVUS_PARTS_PORT"; done
      ;;
    zookeeper) echo "$THAW_ZOOKEEPER_PORT THAW_ZOOKEEPER_PORT" ;;
    jobmanager)
      echo "$THAW_FLINK_PORT THAW_FLINK_PORT"
      echo "$THAW_FLINK_RPC_PORT THAW_FLINK_RPC_PORT"
      ;;
    feature-server) echo "$THAW_FEATURE_SERVER_PORT THAW_FEATURE_SERVER_PORT" ;;
    serving-1) echo "$THAW_SERVING_PORT THAW_SERVING_PORT" ;;
    serving-2) echo "$THAW_SERVING_2_PORT THAW_SERVING_2_PORT" ;;
    feast-serve) echo "$THAW_FEAST_PORT THAW_FEAST_PORT" ;;
    feast-ui) echo "$THAW_FEAST_UI_PORT THAW_FEAST_UI_PORT" ;;
  esac
}

address() {
  case "$1" in
    redis) echo "redis://127.0.0.1:$THAW_REDIS_PORT" ;;
    kafka) echo "127.0.0.1:$THAW_KAFKA_PORT" ;;
    milvus) echo "http://127.0.0.1:$THAW_MILVUS_PORT" ;;
    zookeeper) echo "127.0.0.1:$THAW_ZOOKEEPER_PORT" ;;
    jobmanager) echo "http://127.0.0.1:$THAW_FLINK_PORT (web UI)" ;;
    feature-server) echo "http://127.0.0.1:$THAW_FEATURE_SERVER_PORT (gRPC too)" ;;
    serving-1) echo "http://127.0.0.1:$THAW_SERVING_PORT (docs at /docs)" ;;
    serving-2) echo "http://127.0.0.1:$THAW_SERVING_2_PORT" ;;
    feast-serve) echo "http://127.0.0.1:$THAW_FEAST_PORT" ;;
    feast-ui) echo "http://127.0.0.1:$THAW_FEAST_UI_PORT (web UI)" ;;
    *) echo "-" ;;
  esac
}

help() { # the comment at the head of a command
  sed -n '2,/^[^#]/s/^#\( \|$\)//p' "$0"
  exit "${1:-0}"
}
case "${1:-}" in --help | -h) help ;; esac

supervisor() {
  "$root/.thaw/supervisor/bin/supervisorctl" -c "$here/supervisord.conf" "$@"
}
# The socket's path has room for some 100 characters, which the home of a test's stack may not leave.
if [[ -z "${THAW_SOCKET:-}" ]]; then
  export THAW_SOCKET="$THAW_HOME/run/supervisor.sock"
  if ((${#THAW_SOCKET} > 90)); then
    THAW_SOCKET="${TMPDIR:-/tmp}/thaw-$(printf '%s' "$THAW_HOME" | cksum | cut -d ' ' -f 1).sock"
  fi
fi
is_up() { [[ -S "$THAW_SOCKET" ]] && supervisor pid > /dev/null 2>&1; }
